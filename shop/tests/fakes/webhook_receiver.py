"""A pretend program that receives webhooks over real HTTP on loopback, answering as it is told."""

import json
import socket
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from time import sleep
from typing import Any


@dataclass
class Received:
    """One request as it arrived."""

    path: str
    headers: dict[str, str]
    body: bytes

    @property
    def event(self) -> dict[str, Any]:
        """The body as a program reads it."""
        return json.loads(self.body)


@dataclass
class Answer:
    """How one request is answered; `hold` waits for a sign, `drip` sends a byte at a time."""

    status: int = 200
    body: bytes = b"thank you"
    headers: dict[str, str] = field(default_factory=dict)
    hold: threading.Event | None = None
    hang_up: bool = False
    announced: int | None = None
    drip: float = 0


@dataclass
class WebhookReceiver:
    """What the tests see: the address, what came in, and what comes next."""

    port: int = 0
    scheme: str = "http"
    received: list[Received] = field(default_factory=list)
    answers: list[Answer] = field(default_factory=list)
    always: Answer = field(default_factory=Answer)
    arrived: threading.Semaphore = field(default_factory=lambda: threading.Semaphore(0))
    closed: threading.Event = field(default_factory=threading.Event)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    @property
    def url(self) -> str:
        """Where it listens, with a path of its own."""
        return f"{self.scheme}://127.0.0.1:{self.port}/hooks?shop=1"

    @property
    def events(self) -> list[dict[str, Any]]:
        """What was told, in the order of arrival."""
        return [request.event for request in self.received]

    def take(self, request: Received) -> Answer:
        """Note a request and choose its answer."""
        with self._lock:
            self.received.append(request)
            answer = self.answers.pop(0) if self.answers else self.always
        self.arrived.release()
        return answer


class _Handler(BaseHTTPRequestHandler):
    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        answer = self.server.receiver.take(Received(self.path, dict(self.headers), body))
        self.close_connection = True
        if answer.hold is not None:
            answer.hold.wait(60)
        with suppress(OSError):
            if answer.hang_up:
                self.connection.shutdown(socket.SHUT_RDWR)
            elif answer.drip:
                self._drip(answer)
            else:
                self._say(answer)

    def _say(self, answer: Answer) -> None:
        self.send_response(answer.status)
        length = len(answer.body) if answer.announced is None else answer.announced
        for name, value in {"Content-Length": str(length), **answer.headers}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(answer.body)

    def _drip(self, answer: Answer) -> None:
        self.wfile.write(b"HTTP/1.1 200 OK\r\nX-Slow: ")
        while not self.server.receiver.closed.is_set():
            self.wfile.write(b".")
            sleep(answer.drip)

    def finish(self) -> None:
        with suppress(OSError):
            super().finish()

    def log_message(self, format: str, *args: Any) -> None:
        """Stay quiet."""


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    block_on_close = False

    def __init__(self, receiver: WebhookReceiver) -> None:
        self.receiver = receiver
        super().__init__(("127.0.0.1", 0), _Handler)

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Stay quiet about clients that hang up."""


@contextmanager
def webhook_receiver(certificate: Path | None = None) -> Iterator[WebhookReceiver]:
    """Run a receiver on a free port of this machine, over TLS with a certificate and its key."""
    receiver = WebhookReceiver()
    server = _Server(receiver)
    if certificate is not None:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(certificate)
        server.socket = context.wrap_socket(server.socket, server_side=True)
        receiver.scheme = "https"
    receiver.port = server.server_port
    thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
    thread.start()
    try:
        yield receiver
    finally:
        receiver.closed.set()
        server.shutdown()
        server.server_close()
        thread.join(5)
