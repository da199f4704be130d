"""Post to an address once: pinned to the machine that was judged, bounded in time and size."""

import socket
import ssl
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import lru_cache
from http.client import HTTPException
from threading import Event, Timer
from time import monotonic

from requests.utils import DEFAULT_CA_BUNDLE_PATH
from urllib3 import BaseHTTPResponse
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.exceptions import HTTPError

from shop.webhooks.gateways.addresses import public_addresses
from shop.webhooks.rules import BadTarget, Target, read_target

# Seconds to connect, between two bytes, and for all of it, however slowly it drips.
CONNECT, READ, WHOLE = 3.05, 5.0, 8.0
# Bytes of an answer that are kept; nobody reads the rest.
KEPT_OF_ANSWER = 1024
MOST_ADDRESSES = 2


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of a post. Without a `status` nobody answered, or not in time."""

    status: int | None
    reason: str = ""
    body: str = ""
    milliseconds: int = 0

    @property
    def delivered(self) -> bool:
        """Tell whether the receiver took it: any 2xx."""
        return self.status is not None and 200 <= self.status < 300


def post(url: str, *, body: bytes, headers: Mapping[str, str], private_allowed: bool) -> Outcome:
    """Post and return what came of it; every failure of the outside world is an Outcome.

    Redirects are answers like any other, proxies of the environment are not asked.
    """
    began = monotonic()
    status, reason, text = None, "", ""
    try:
        target = read_target(url, private_allowed=private_allowed)
        addresses = public_addresses(target, private_allowed=private_allowed)
        with _connected(target, addresses) as (connection, over):
            response = _answer(connection, target, body, headers)
            if over.is_set():  # headers that broke off look like headers that ended
                raise TimeoutError
            status, text = response.status, _beginning(response)
        reason = "" if 200 <= status < 300 else _explain(status)
    except BadTarget as problem:
        reason = f"Not sent: {problem}"
    except (OSError, HTTPError, HTTPException) as problem:
        reason = _words(problem, late=monotonic() - began >= WHOLE)
    return Outcome(status, reason, text, round((monotonic() - began) * 1000))


@contextmanager
def _connected(target: Target, addresses: list[str]) -> Iterator[tuple[HTTPConnection, Event]]:
    """Connect to one of the addresses; when the time is over, hang up and say so."""
    problem: Exception | None = None
    for address in addresses[:MOST_ADDRESSES]:
        connection = _connection(target, address)
        over = Event()
        watch = Timer(WHOLE, _hang_up, [connection, over])
        watch.daemon = True
        watch.start()
        try:
            connection.connect()
        except (OSError, HTTPError) as failure:
            watch.cancel()
            connection.close()
            problem = failure
            continue
        try:
            yield connection, over
            return
        finally:
            watch.cancel()
            connection.close()
    raise problem or OSError("The host has no address")


def _connection(target: Target, address: str) -> HTTPConnection:
    if not target.secure:
        return HTTPConnection(address, target.port, timeout=CONNECT)
    # The certificate is the name's, though the connection goes to the address.
    return HTTPSConnection(
        address,
        target.port,
        timeout=CONNECT,
        server_hostname=target.host,
        ssl_context=_trust(),
    )


@lru_cache(maxsize=1)
def _trust() -> ssl.SSLContext:
    """Trust what this system trusts, and the authorities that browsers know."""
    context = ssl.create_default_context()
    context.load_verify_locations(DEFAULT_CA_BUNDLE_PATH)
    return context


def _hang_up(connection: HTTPConnection, over: Event) -> None:
    """End a conversation from outside: whoever waits for a byte gets none."""
    over.set()
    line = connection.sock
    if line is not None:
        with suppress(OSError):  # the other side was quicker
            # Of the plain socket, below TLS: that would wait for a goodbye.
            socket.socket.shutdown(line, socket.SHUT_RDWR)


def _answer(
    connection: HTTPConnection, target: Target, body: bytes, headers: Mapping[str, str]
) -> BaseHTTPResponse:
    """Send, and wait for the status and headers of the answer."""
    connection.sock.settimeout(READ)
    connection.request(
        "POST",
        target.path,
        body=body,
        headers={
            "Host": target.authority,
            "Accept-Encoding": "identity",
            "Connection": "close",
            **headers,
        },
        preload_content=False,
        decode_content=False,
    )
    return connection.getresponse()


def _beginning(response: BaseHTTPResponse) -> str:
    """Read what a person may want to see; the status counts whatever becomes of the body."""
    raw = b""
    try:
        raw = response.read(KEPT_OF_ANSWER) or b""
    except (OSError, HTTPError, HTTPException):
        raw = b"(the answer broke off)"
    return raw[:KEPT_OF_ANSWER].decode(errors="replace").replace("\x00", "")


def _explain(status: int) -> str:
    if 300 <= status < 400:
        return f"Answered with a redirect (HTTP {status}), which is not followed"
    return f"Answered with HTTP {status}"


def _words(problem: Exception, *, late: bool) -> str:
    cause = problem.__cause__ or problem  # urllib3 wraps what the system says
    if late or isinstance(cause, TimeoutError):
        return "No answer in time"
    text = (cause.strerror if isinstance(cause, OSError) else "") or str(cause)
    return f"No answer: {' '.join(text.split()) or type(cause).__name__}"[:300]
