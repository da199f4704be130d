"""A pretend mail server that speaks real SMTP on loopback, scripted address by address."""

import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any


@dataclass
class FakeMailServer:
    """What the tests see: the port, the mails taken, and how each address is answered."""

    port: int = 0
    mails: list[tuple[str, str]] = field(default_factory=list)
    greeting: str = "220 fake ready"
    goodbye: str | None = "221 bye"
    # Recipient to the answer on RCPT, or on the end of DATA; "drop" hangs up instead.
    at_rcpt: dict[str, str] = field(default_factory=dict)
    at_data_end: dict[str, str] = field(default_factory=dict)


class _Handler(socketserver.StreamRequestHandler):
    def handle(self) -> None:
        fake: FakeMailServer = self.server.fake  # type: ignore[attr-defined]
        self._say(fake.greeting)
        recipient = ""
        while line := self.rfile.readline().decode().strip():
            verb = line.split(" ")[0].upper()
            if verb == "RCPT":
                recipient = line.partition("<")[2].partition(">")[0]
                if not self._say(fake.at_rcpt.get(recipient, "250 ok")):
                    return
            elif verb == "DATA":
                self._say("354 go on")
                text = self._text()
                reply = fake.at_data_end.get(recipient, "250 taken")
                if reply.startswith("250") or reply == "drop":
                    fake.mails.append((recipient, text))
                if not self._say(reply):
                    return
            elif verb == "QUIT":
                if fake.goodbye is not None:
                    self._say(fake.goodbye)
                return
            else:
                self._say("250 ok")

    def _text(self) -> str:
        lines = []
        while (line := self.rfile.readline().decode().rstrip("\r\n")) != ".":
            lines.append(line)
        return "\n".join(lines)

    def _say(self, reply: str) -> bool:
        if reply == "drop":
            return False
        self.wfile.write(f"{reply}\r\n".encode())
        return True


class _Server(socketserver.ThreadingTCPServer):
    daemon_threads = True
    block_on_close = False
    allow_reuse_address = True

    def __init__(self, fake: FakeMailServer) -> None:
        self.fake = fake
        super().__init__(("127.0.0.1", 0), _Handler)

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Stay quiet about clients that hang up."""


@contextmanager
def fake_mail_server() -> Iterator[FakeMailServer]:
    """Run the fake on a free port of this machine."""
    fake = FakeMailServer()
    server = _Server(fake)
    fake.port = server.server_address[1]
    thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
    thread.start()
    try:
        yield fake
    finally:
        server.shutdown()
        server.server_close()
        thread.join(5)
