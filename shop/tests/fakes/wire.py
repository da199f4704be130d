"""A wire to a server, which a test cuts and mends; the server itself knows nothing of it."""

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress


class Wire:
    """Passes on what comes to a port of this machine, while it is whole."""

    def __init__(self, host: str, port: int) -> None:
        self._to = (host, port)
        self._ends: list[socket.socket] = []
        self._lock = threading.Lock()
        self._listener = self._listen(0)
        self.port: int = self._listener.getsockname()[1]
        self._accept()

    def cut(self) -> None:
        """Refuse new connections and end those that are open."""
        with self._lock:
            ends, self._ends = [*self._ends, self._listener], []
        for end in ends:
            with suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)
            end.close()

    def mend(self) -> None:
        """Take connections again, at the same port."""
        self._listener = self._listen(self.port)
        self._accept()

    @staticmethod
    def _listen(port: int) -> socket.socket:
        listener = socket.socket()
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind(("127.0.0.1", port))
        listener.listen(64)
        return listener

    def _accept(self) -> None:
        threading.Thread(target=self._serve, args=(self._listener,), daemon=True).start()

    def _serve(self, listener: socket.socket) -> None:
        with suppress(OSError):
            while True:
                here, _address = listener.accept()
                there = socket.create_connection(self._to)
                with self._lock:
                    self._ends += [here, there]
                for pair in ((here, there), (there, here)):
                    threading.Thread(target=self._pass_on, args=pair, daemon=True).start()

    @staticmethod
    def _pass_on(here: socket.socket, there: socket.socket) -> None:
        with suppress(OSError):
            while data := here.recv(65536):
                there.sendall(data)
        with suppress(OSError):
            there.shutdown(socket.SHUT_RDWR)


@contextmanager
def wire_to(host: str, port: int) -> Iterator[Wire]:
    """Lay a wire to a server."""
    wire = Wire(host, port)
    try:
        yield wire
    finally:
        wire.cut()
