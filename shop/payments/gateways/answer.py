"""How talking to a provider can end, in the same words for all of them."""

from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from typing import Any

# How a request can end.
ACCEPTED = "accepted"
REFUSED = "refused"
RETRY = "retry"
UNKNOWN = "unknown"

# The code of a result that is money.
MONEY = "0"


@dataclass(frozen=True, slots=True)
class Answer:
    """How a request ended: accepted, refused (for good), retry (nothing was done), unknown.

    `data` is the answer's JSON, `body` all of it as it came, `pause` the least wait before a retry.
    """

    kind: str
    reason: str = ""
    code: str = ""
    data: dict[str, Any] | None = None
    body: str = ""
    pause: timedelta = timedelta(0)


@dataclass(frozen=True, slots=True)
class Result:
    """What became of a payment; code "0" is money. Amount and receipt come only with money.

    `request_id` is what the provider calls the request, `merchant_id` its second name for it.
    """

    request_id: str
    merchant_id: str
    code: str
    description: str
    amount: Decimal | None = None
    receipt: str = ""


@dataclass(frozen=True, slots=True)
class RefundResult:
    """What became of a refund; code "0": the money went back. `original` is the receipt of the
    payment it went back from, `receipt` that of its own way back.
    """

    request_id: str
    code: str
    description: str
    amount: Decimal | None = None
    receipt: str = ""
    original: str = ""
