"""A pretend Stripe that answers real HTTP on loopback: Checkout Sessions, refunds, webhooks.

Fields are modelled on Stripe's API reference "Checkout Sessions", "Refunds" and "Webhooks".
"""

import hashlib
import hmac
import json
import threading
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import count
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from shop.core.clock import now
from shop.tests.fakes.provider_server import Incoming, Reply, serve

KEY, SECRET = "sk_test_hush", "whsec_hush"
PAGE, REFUND, CLOSE = "page", "refund", "close"

_numbers = count(1)


def error(status: int, kind: str, code: str = "", message: str = "No.") -> Reply:
    """Refuse as Stripe does."""
    said = {"error": {"type": kind, "code": code, "message": message}}
    return Reply(status, json.dumps(said).encode())


def signed(event: dict[str, Any], *, secret: str = SECRET, at: float | None = None) -> tuple:
    """Return an event's body and the header that proves who sent it."""
    body = json.dumps(event).encode()
    moment = int(now().timestamp() if at is None else at)
    proof = hmac.new(secret.encode(), f"{moment}.".encode() + body, hashlib.sha256).hexdigest()
    return body, f"t={moment},v1={proof}"


def event(kind: str, about: dict[str, Any]) -> dict[str, Any]:
    """Return a notice of something that happened."""
    return {
        "id": f"evt_{next(_numbers)}",
        "object": "event",
        "api_version": "2026-10-28",
        "type": kind,
        "data": {"object": about},
    }


@dataclass
class FakeStripe:
    """What the tests see: the address, pages and refunds by id, what is answered next."""

    url: str = ""
    pages: dict[str, dict[str, Any]] = field(default_factory=dict)
    refunds: dict[str, dict[str, Any]] = field(default_factory=dict)
    asked: list[tuple[str, dict[str, str]]] = field(default_factory=list)
    refund_status: str = "succeeded"
    _replies: dict[str, list[Reply]] = field(default_factory=lambda: defaultdict(list))
    _by_key: dict[str, dict[str, Any]] = field(default_factory=dict)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def script(self, kind: str, *replies: Reply) -> None:
        """Answer the next requests of a kind like this; work that is accepted is done first."""
        self._replies[kind] += replies

    def of(self, kind: str) -> list[dict[str, str]]:
        """Return what was sent with the requests of a kind."""
        return [fields for name, fields in self.asked if name == kind]

    def pay(self, page: str, **changes: Any) -> dict[str, Any]:
        """Charge the card of whoever is on a page; returns the page as Stripe tells of it."""
        self.pages[page] |= {
            "status": "complete",
            "payment_status": "paid",
            "payment_intent": f"pi_{page}",
            **changes,
        }
        return self.pages[page]

    def expire(self, page: str) -> dict[str, Any]:
        """Let a page run out."""
        self.pages[page] |= {"status": "expired"}
        return self.pages[page]

    def take(self, incoming: Incoming) -> Reply:
        """Note a request and answer it."""
        headers = {name.lower(): value for name, value in incoming.headers.items()}
        if headers.get("authorization") != f"Bearer {KEY}":
            return error(401, "invalid_request_error")
        path, fields = urlsplit(incoming.path).path, dict(parse_qsl(incoming.body.decode()))
        with self._lock:
            if path.startswith("/v1/checkout/sessions/"):
                number, _slash, verb = path.removeprefix("/v1/checkout/sessions/").partition("/")
                page = self.pages.get(number)
                if page and verb == "expire":
                    return self._close(page)
                return Reply(body=json.dumps(page).encode()) if page else error(404, "x")
            kind = PAGE if path == "/v1/checkout/sessions" else REFUND
            self.asked.append((kind, fields))
            reply = self._replies[kind].pop(0) if self._replies[kind] else None
            if reply is not None and not reply.accepts:
                return reply
            key = headers["idempotency-key"]
            made = self._by_key.get(key)
            if made is None:
                made = self._by_key[key] = self._make(kind, fields)
            answer = Reply(body=json.dumps(made).encode())
        if reply is not None:
            reply.body = reply.body or answer.body
        return reply or answer

    def _close(self, page: dict[str, Any]) -> Reply:
        self.asked.append((CLOSE, {"id": page["id"]}))
        if self._replies[CLOSE]:
            return self._replies[CLOSE].pop(0)
        if page["status"] != "open":
            return error(400, "invalid_request_error", message="Only open pages can be expired.")
        return Reply(body=json.dumps(self.expire(page["id"])).encode())

    def _make(self, kind: str, fields: dict[str, str]) -> dict[str, Any]:
        number = next(_numbers)
        if kind == PAGE:
            page = f"cs_test_{number}"
            self.pages[page] = {
                "id": page,
                "object": "checkout.session",
                "url": f"https://checkout.stripe.example/c/pay/{page}",
                "status": "open",
                "payment_status": "unpaid",
                "payment_intent": None,
                "client_reference_id": fields["client_reference_id"],
                "amount_total": int(fields["line_items[0][price_data][unit_amount]"]),
                "currency": fields["line_items[0][price_data][currency]"],
            }
            return self.pages[page]
        refund = f"re_{number}"
        self.refunds[refund] = {
            "id": refund,
            "object": "refund",
            "status": self.refund_status,
            "amount": int(fields["amount"]),
            "currency": "kes",
            "payment_intent": fields["payment_intent"],
        }
        return self.refunds[refund]


@contextmanager
def fake_stripe() -> Iterator[FakeStripe]:
    """Run the fake on a free port of this machine."""
    fake = FakeStripe()
    with serve(fake.take) as fake.url:
        yield fake
