"""What M-Pesa tells without being asked, read from the body as it came.

Source: portal pages "M-Pesa Express Simulate" (the callback) and "Customer To Business Register
URL" (confirmation and validation), "Reversals" (result and time-out).
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any

from shop.payments.gateways.answer import RefundResult, Result

MOST = Decimal("99999999.99")


@dataclass(frozen=True, slots=True)
class TransferNotice:
    """Money that a payer sent, or wants to send, by Paybill or till."""

    receipt: str
    account: str
    amount: Decimal | None
    shortcode: str


def read_result(body: str) -> Result | None:
    """Read a callback; None if it is none. Items are read by name: their places differ."""
    callback = _path(_object(body), "Body", "stkCallback")
    request_id = _text(callback.get("CheckoutRequestID"))
    code = _text(callback.get("ResultCode"))
    if not request_id or not code:
        return None
    items = _path(callback, "CallbackMetadata").get("Item")
    found: dict[str, Any] = {}
    for item in items if isinstance(items, list) else []:
        if isinstance(item, dict) and "Name" in item:
            # `Balance` comes without a Value at times.
            found[str(item["Name"])] = item.get("Value")
    return Result(
        request_id=request_id,
        merchant_id=_text(callback.get("MerchantRequestID")),
        code=code,
        description=_text(callback.get("ResultDesc"), 200),
        amount=_amount(found.get("Amount")),
        receipt=_text(found.get("MpesaReceiptNumber"), 32).upper(),
    )


def read_transfer(body: str) -> TransferNotice | None:
    """Read a confirmation or validation; None if it is none."""
    fields = _object(body)
    receipt = _text(fields.get("TransID"), 32).upper()
    if not receipt:
        return None
    return TransferNotice(
        receipt=receipt,
        account=_text(fields.get("BillRefNumber")),
        amount=_amount(fields.get("TransAmount")),
        shortcode=_text(fields.get("BusinessShortCode")),
    )


def read_reversal(body: str) -> RefundResult | None:
    """Read what became of a reversal; None if it is none. One parameter comes without a list."""
    told = _path(_object(body), "Result")
    request_id, code = _text(told.get("ConversationID")), _text(told.get("ResultCode"))
    if not request_id or not code:
        return None
    items = _path(told, "ResultParameters").get("ResultParameter")
    found: dict[str, Any] = {}
    for item in items if isinstance(items, list) else [items]:
        if isinstance(item, dict) and "Key" in item:
            found[str(item["Key"])] = item.get("Value")
    return RefundResult(
        request_id=request_id,
        code=code,
        description=_text(told.get("ResultDesc"), 200),
        amount=_amount(found.get("Amount")),
        receipt=_text(told.get("TransactionID"), 32).upper(),
        original=_text(found.get("OriginalTransactionID"), 32).upper(),
    )


def about(body: str) -> str:
    """Return what the provider calls what a body is about, for people who search; "" if unsaid."""
    result = read_result(body) or read_reversal(body)
    if result is not None:
        return result.request_id
    transfer = read_transfer(body)
    return transfer.receipt if transfer is not None else ""


def _object(body: str) -> dict[str, Any]:
    try:
        # Money never passes through a float.
        data = json.loads(body, parse_float=Decimal, parse_constant=str)
    except (ValueError, RecursionError):
        return {}
    return data if isinstance(data, dict) else {}


def _path(data: Mapping[str, Any], *names: str) -> dict[str, Any]:
    found: Any = data
    for name in names:
        found = found.get(name) if isinstance(found, Mapping) else None
    return found if isinstance(found, dict) else {}


def _text(value: Any, most: int = 80) -> str:
    if isinstance(value, bool) or not isinstance(value, str | int | Decimal):
        return ""
    return str(value).replace("\x00", "").strip()[:most]


def _amount(value: Any) -> Decimal | None:
    try:
        amount = Decimal(_text(value))
    except InvalidOperation:
        return None
    if not amount.is_finite() or not 0 < amount <= MOST:
        return None
    cents = amount.quantize(Decimal("0.01"))
    return cents if cents == amount else None
