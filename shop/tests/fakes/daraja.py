"""A pretend Daraja that answers real HTTP on loopback, scripted request by request.

Fields, codes and errors are modelled on the portal pages "Authorization", "M-Pesa Express
Simulate", "M-Pesa Express Query" and "Reversals".
"""

import base64
import json
import threading
from collections import Counter, defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import count
from typing import Any
from urllib.parse import urlsplit

from shop.tests.fakes.provider_server import Incoming, Reply, serve

TOKEN, PROMPT, QUERY, REGISTER = "token", "prompt", "query", "register"
REVERSAL = "reversal"
PATHS = {
    "/oauth/v1/generate": TOKEN,
    "/mpesa/stkpush/v1/processrequest": PROMPT,
    "/mpesa/stkpushquery/v1/query": QUERY,
    "/mpesa/c2b/v1/registerurl": REGISTER,
    "/mpesa/reversal/v1/request": REVERSAL,
}
KEY, SECRET, SHORTCODE, PASSKEY = "key", "hush", "174379", "passkey"

_numbers = count(1)


@dataclass
class Request:
    """One request as it arrived."""

    kind: str
    path: str
    headers: dict[str, str]
    body: dict[str, Any]
    reply: Reply | None = None


def accepted(**fields: Any) -> Reply:
    """Take the prompt."""
    number = next(_numbers)
    answer = {
        "MerchantRequestID": f"29115-34620561-{number}",
        "CheckoutRequestID": f"ws_CO_191220191020363925{number}",
        "ResponseCode": "0",
        "ResponseDescription": "Success. Request accepted for processing",
        "CustomerMessage": "Success. Request accepted for processing",
        **fields,
    }
    return Reply(body=json.dumps(answer).encode(), accepts=True)


def reversing() -> Reply:
    """Take the wish to give money back; what becomes of it is told later."""
    number = next(_numbers)
    answer = {
        "OriginatorConversationID": f"8521-4298025-{number}",
        "ConversationID": f"AG_20261121_{number:020}",
        "ResponseCode": "0",
        "ResponseDescription": "Accept the service request successfully.",
    }
    return Reply(body=json.dumps(answer).encode(), accepts=True)


def error(status: int, code: str, message: str) -> Reply:
    """Refuse as Daraja does."""
    answer = {"requestId": "4788-1", "errorCode": code, "errorMessage": message}
    return Reply(status, json.dumps(answer).encode())


def busy() -> Reply:
    """Refuse for the moment."""
    return error(500, "500.003.02", "System is busy. Please try again in few minutes.")


def bad_token() -> Reply:
    """Forget the token; Daraja says so with 404."""
    return error(404, "404.001.03", "Invalid Access Token")


def locked() -> Reply:
    """Refuse while the payer's line is at something else."""
    return error(
        500, "500.001.1001", "Unable to lock subscriber, a transaction is already in process"
    )


def cut_json() -> Reply:
    """Take the prompt, but break the answer off."""
    return Reply(body=accepted().body[:30], accepts=True)


def reset() -> Reply:
    """Take the prompt and reset the connection instead of answering."""
    return Reply(accepts=True, reset=True)


def hold(until: threading.Event) -> Reply:
    """Take the prompt and answer only when `until` is set."""
    return Reply(body=accepted().body, accepts=True, hold=until)


def result(code: str | int, text: str = "") -> Reply:
    """Answer a question: this became of the prompt."""
    answer = {"ResponseCode": "0", "ResultCode": str(code), "ResultDesc": text or f"Result {code}"}
    return Reply(body=json.dumps(answer).encode())


def still_open() -> Reply:
    """Answer a question: nobody has entered a PIN yet."""
    return error(500, "500.001.1001", "The transaction is being processed")


def callback(
    request_id: str,
    merchant_id: str = "",
    code: Any = 0,
    *,
    amount: Any = None,
    receipt: str = "",
) -> dict[str, Any]:
    """Return what Daraja posts to the shop; items come in no order, one without a value."""
    told: dict[str, Any] = {
        "MerchantRequestID": merchant_id,
        "CheckoutRequestID": request_id,
        "ResultCode": code,
        "ResultDesc": "The service request is processed successfully."
        if code == 0
        else f"Result {code}",
    }
    if code == 0:
        told["CallbackMetadata"] = {
            "Item": [
                {"Name": "Balance"},
                {"Name": "MpesaReceiptNumber", "Value": receipt},
                {"Name": "PhoneNumber", "Value": 254712345678},
                {"Name": "TransactionDate", "Value": 20261121134500},
                {"Name": "Amount", "Value": amount},
            ]
        }
    return {"Body": {"stkCallback": told}}


def reversal(
    request_id: str, code: Any = 0, *, amount: Any = None, receipt: str = "", original: str = ""
) -> dict[str, Any]:
    """Return what Daraja posts about a reversal; one parameter comes without a list around it."""
    told: dict[str, Any] = {
        "ResultType": 0,
        "ResultCode": code,
        "ResultDesc": f"Result {code}",
        "OriginatorConversationID": "8521-4298025-1",
        "ConversationID": request_id,
        "TransactionID": receipt or "SGH0000000",
        "ReferenceData": {"ReferenceItem": {"Key": "QueueTimeoutURL", "Value": "https://x"}},
    }
    if code == 0:
        told["ResultParameters"] = {
            "ResultParameter": [
                {"Key": "DebitAccountBalance", "Value": "Utility Account|KES|51661.00"},
                {"Key": "Amount", "Value": amount},
                {"Key": "OriginalTransactionID", "Value": original},
                {"Key": "Charge"},
            ]
        }
    return {"Result": told}


@dataclass
class FakeDaraja:
    """What the tests see: the address, what came in, and what is answered next."""

    url: str = ""
    requests: list[Request] = field(default_factory=list)
    rung: Counter[str] = field(default_factory=Counter)
    lasts: str = "3599"
    arrived: threading.Semaphore = field(default_factory=lambda: threading.Semaphore(0))
    _replies: dict[str, list[Reply]] = field(default_factory=lambda: defaultdict(list))
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def script(self, kind: str, *replies: Reply) -> None:
        """Answer the next requests of a kind like this; after the last one, well."""
        self._replies[kind] += replies

    def forget_script(self) -> None:
        """Answer everything well from now on."""
        self._replies.clear()

    def of(self, kind: str) -> list[Request]:
        """Return the requests of a kind."""
        return [request for request in self.requests if request.kind == kind]

    def wait_for_prompt(self, seconds: float) -> None:
        """Wait until one more prompt has come in."""
        assert self.arrived.acquire(timeout=seconds), "no prompt reached Daraja"

    def take(self, request: Request) -> Reply:
        """Note a request and choose its reply."""
        with self._lock:
            self.requests.append(request)
            waiting = self._replies[request.kind]
            reply = waiting.pop(0) if waiting else self._usual(request)
            request.reply = reply
            if reply.accepts and request.kind == PROMPT:
                self.rung[str(request.body.get("PhoneNumber"))] += 1
        if request.kind == PROMPT:
            self.arrived.release()
        return reply

    def _usual(self, request: Request) -> Reply:
        if request.kind == TOKEN:
            login = base64.b64encode(f"{KEY}:{SECRET}".encode()).decode()
            if request.headers.get("Authorization") != f"Basic {login}":
                return error(400, "400.008.01", "Invalid Authentication passed")
            answer = {"access_token": f"token-{len(self.of(TOKEN))}", "expires_in": self.lasts}
            return Reply(body=json.dumps(answer).encode())
        if not request.headers.get("Authorization", "").startswith("Bearer token-"):
            return bad_token()
        usual = {PROMPT: accepted, QUERY: still_open, REVERSAL: reversing}
        return usual.get(request.kind, lambda: Reply(body=b'{"ResponseCode": "0"}'))()


@contextmanager
def fake_daraja() -> Iterator[FakeDaraja]:
    """Run the fake on a free port of this machine."""
    fake = FakeDaraja()

    def take(incoming: Incoming) -> Reply:
        body = json.loads(incoming.body or b"{}")
        kind = PATHS[urlsplit(incoming.path).path]
        return fake.take(Request(kind, incoming.path, incoming.headers, body))

    with serve(take) as fake.url:
        yield fake
