"""The HTTP frame of pretend providers: a port on loopback, and answers that may go wrong."""

import json
import socket
import struct
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

JSON = "application/json"
HOLD = 60  # seconds after which a held answer leaves all the same
CUT_AT = 20  # bytes of a body that is cut


@dataclass
class Reply:
    """How a pretend provider answers one request.

    `accepts` says whether the work was done; `before` happens between the work and the answer.
    """

    status: int = 200
    body: bytes = b""
    content_type: str = JSON
    accepts: bool = False
    reset: bool = False
    cut: bool = False
    hold: threading.Event | None = None
    before: Callable[[dict[str, Any]], None] | None = None


@dataclass
class Incoming:
    """A request as it came over the wire."""

    path: str
    headers: dict[str, str]
    body: bytes
    method: str = "GET"


def page(status: int = 200) -> Reply:
    """Answer as a firewall does."""
    return Reply(status, b"<!DOCTYPE html><html><body>Blocked</body></html>", "text/html")


class _Handler(BaseHTTPRequestHandler):
    server: "_Server"

    def do_GET(self) -> None:
        self._serve()

    def do_POST(self) -> None:
        self._serve()

    def do_PUT(self) -> None:
        if self.headers.get("Expect", "").lower() == "100-continue":
            self.wfile.write(b"HTTP/1.1 100 Continue\r\n\r\n")
        self._serve()

    def do_DELETE(self) -> None:
        self._serve()

    def do_HEAD(self) -> None:
        self._serve()

    def do_PURGE(self) -> None:
        self._serve()

    def _serve(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        reply = self.server.take(Incoming(self.path, dict(self.headers), body, self.command))
        self.close_connection = True
        if reply.before is not None:
            reply.before(json.loads(reply.body))
        if reply.hold is not None:
            reply.hold.wait(HOLD)
        if reply.reset:
            # Lingering for no time turns the close into a reset.
            self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            self.connection.close()
            return
        with suppress(OSError):  # whoever asked may be gone: killed, or tired of waiting
            self.send_response(reply.status)
            self.send_header("Content-Type", reply.content_type)
            self.send_header("Content-Length", str(len(reply.body)))
            self.end_headers()
            if self.command != "HEAD":
                self.wfile.write(reply.body[:CUT_AT] if reply.cut else reply.body)

    def finish(self) -> None:
        with suppress(OSError, ValueError):  # the connection may have been reset
            super().finish()

    def log_message(self, format: str, *args: object) -> None:
        """Stay quiet."""


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    block_on_close = False

    def __init__(self, take: Callable[[Incoming], Reply]) -> None:
        self.take = take
        super().__init__(("127.0.0.1", 0), _Handler)


@contextmanager
def serve(take: Callable[[Incoming], Reply]) -> Iterator[str]:
    """Answer requests on a free port of this machine; yields the address."""
    server = _Server(take)
    thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join(5)
