"""A pretend Africa's Talking that answers real HTTP on loopback, scripted number by number.

Answers are modelled on docs.africastalking.com/sms/sending.
"""

import json
import threading
from collections import Counter, defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qs

from shop.tests.fakes.provider_server import JSON, Incoming, Reply, serve

STATUS_WORDS = {
    100: "Processed",
    101: "Success",
    102: "Queued",
    401: "RiskHold",
    402: "InvalidSenderId",
    403: "InvalidPhoneNumber",
    404: "UnsupportedNumberType",
    405: "InsufficientBalance",
    406: "UserInBlacklist",
    407: "CouldNotRoute",
    409: "DoNotDisturbRejection",
    500: "InternalServerError",
    501: "GatewayError",
    502: "RejectedByGateway",
}
TAKEN = 201


@dataclass
class Request:
    """One request as it arrived."""

    path: str
    headers: dict[str, str]
    form: dict[str, str]


def success(number: str = "", *, content_type: str = JSON, **recipient: Any) -> Reply:
    """Take the message; `recipient` changes fields of its entry."""
    entry = {
        "statusCode": 101,
        "number": number,
        "status": "Success",
        "cost": "KES 0.8000",
        "messageId": "ATXid_1",
        **recipient,
    }
    return Reply(TAKEN, answer([entry]), content_type, accepts=True)


def verdict(code: int) -> Reply:
    """Answer 201 with a code for the recipient, as the provider refuses."""
    entry = {"statusCode": code, "status": STATUS_WORDS.get(code, "?"), "messageId": "None"}
    return Reply(TAKEN, answer([{**entry, "cost": "0", "number": ""}]), accepts=code < 400)


def nobody(message: str) -> Reply:
    """Answer 201 with an empty list of recipients and the reason as a word."""
    return Reply(TAKEN, answer([], message))


def http(status: int, text: str = "", content_type: str = "text/plain") -> Reply:
    """Answer with a bare HTTP status."""
    return Reply(status, text.encode(), content_type)


def cut_json() -> Reply:
    """Take the message, but break the answer off in the middle of its JSON."""
    return Reply(TAKEN, success().body[:40], accepts=True)


def cut_body() -> Reply:
    """Take the message, announce a length and close before it is reached."""
    return Reply(TAKEN, success().body, accepts=True, cut=True)


def reset() -> Reply:
    """Take the message and reset the connection instead of answering."""
    return Reply(accepts=True, reset=True)


def hold(until: threading.Event) -> Reply:
    """Take the message and answer only when `until` is set."""
    return Reply(TAKEN, success().body, accepts=True, hold=until)


def answer(recipients: list[dict[str, Any]], message: str = "") -> bytes:
    """Return the JSON that Africa's Talking wraps its answers in."""
    message = message or f"Sent to {len(recipients)}/1 Total Cost: KES 0.8000"
    return json.dumps({"SMSMessageData": {"Message": message, "Recipients": recipients}}).encode()


@dataclass
class FakeAfricasTalking:
    """What the tests see: the address, what came in, and what each number answers next."""

    url: str = ""
    requests: list[Request] = field(default_factory=list)
    accepted: Counter[str] = field(default_factory=Counter)
    arrived: threading.Semaphore = field(default_factory=lambda: threading.Semaphore(0))
    _replies: dict[str, list[Reply]] = field(default_factory=lambda: defaultdict(list))
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def script(self, number: str, *replies: Reply) -> None:
        """Answer the next requests for `number` like this; after the last one, with success."""
        self._replies[number] += replies

    def take(self, request: Request) -> Reply:
        """Note a request and choose its reply."""
        number = request.form.get("to", "")
        with self._lock:
            self.requests.append(request)
            waiting = self._replies[number]
            reply = waiting.pop(0) if waiting else success(number)
            if reply.accepts:
                self.accepted[number] += 1
        self.arrived.release()
        return reply

    def wait_for(self, requests: int, seconds: float) -> None:
        """Wait until so many more requests have come in."""
        for _ in range(requests):
            assert self.arrived.acquire(timeout=seconds), "no request reached the provider"


@contextmanager
def fake_africastalking() -> Iterator[FakeAfricasTalking]:
    """Run the fake on a free port of this machine."""
    fake = FakeAfricasTalking()

    def take(incoming: Incoming) -> Reply:
        form = {name: values[0] for name, values in parse_qs(incoming.body.decode()).items()}
        return fake.take(Request(incoming.path, incoming.headers, form))

    with serve(take) as fake.url:
        yield fake
