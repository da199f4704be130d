"""Money that goes back to its payer, and the shop that is told of it over HTTP as Daraja does."""

import logging
import time
from threading import Thread
from typing import Any

import requests
from django.conf import settings
from django.utils.timezone import localtime

from shop.simulators.models import Prompt, Reversal, Text, Transfer
from shop.simulators.reversal_rules import RESULTS, UNKNOWN_RECEIPT, WENT, way_back

logger = logging.getLogger(__name__)

TIMEOUT = 10  # seconds


def payer_of(receipt: str) -> str:
    """Return whose money a receipt is; "" for one that nobody gave."""
    for paid in (Prompt.objects.filter(receipt=receipt), Transfer.objects.filter(receipt=receipt)):
        phone: str | None = paid.values_list("phone", flat=True).first()
        if phone:
            return phone
    return ""


def give_back(**fields: Any) -> Reversal:
    """Do what the payer's number says: move the money, write to the phone, tell the shop."""
    phone = payer_of(fields["original"])
    way = way_back(phone)
    result = way.result if phone else UNKNOWN_RECEIPT
    made = Reversal.objects.create(phone=phone, result=result, **fields)
    if result == WENT:
        Text.objects.create(
            phone=f"+{phone}",
            sender="MPESA",
            body=f"{made.receipt} Confirmed. Ksh{made.amount:,}.00 of {made.original} was returned"
            " to your account.",
        )
    address, body = (
        (made.timeout_url, _late(made)) if way.late else (made.result_url, body_of(made))
    )
    if any(after < 0 for after in way.after):
        _post(address, body)
    later = [after for after in way.after if after >= 0]
    if later:
        Thread(target=_post_each, args=(address, body, later), daemon=True).start()
    return made


def body_of(made: Reversal) -> dict[str, Any]:
    """Return what Daraja's page "Reversals" shows; parameters on success only."""
    told: dict[str, Any] = {
        "ResultType": 0,
        "ResultCode": int(made.result) if made.result.isdecimal() else made.result,
        "ResultDesc": RESULTS[made.result],
        "OriginatorConversationID": made.originator_id,
        "ConversationID": made.conversation_id,
        "TransactionID": made.receipt,
        "ReferenceData": {"ReferenceItem": {"Key": "QueueTimeoutURL", "Value": made.timeout_url}},
    }
    if made.result == WENT:
        when = localtime(made.created_at)
        told["ResultParameters"] = {
            "ResultParameter": [
                {"Key": "DebitAccountBalance", "Value": "Utility Account|KES|49197.00|0.00"},
                {"Key": "Amount", "Value": float(made.amount)},
                {"Key": "TransCompletedTime", "Value": int(f"{when:%Y%m%d%H%M%S}")},
                {"Key": "OriginalTransactionID", "Value": made.original},
                {"Key": "Charge", "Value": 0},
                {"Key": "CreditPartyPublicName", "Value": f"{made.phone} - WANJIKU"},
            ]
        }
    return {"Result": told}


def _late(made: Reversal) -> dict[str, Any]:
    told = body_of(made)["Result"]
    told.pop("ResultParameters", None)
    return {"Result": {**told, "ResultCode": 1, "ResultDesc": "Timed out in the queue."}}


def _post_each(address: str, body: dict[str, Any], moments: list[float]) -> None:
    passed = 0.0
    for after in moments:
        time.sleep((after - passed) * settings.SIMULATORS_PACE)
        passed = after
        _post(address, body)


def _post(address: str, body: dict[str, Any]) -> None:
    try:
        requests.post(address, json=body, timeout=TIMEOUT)
    except requests.RequestException as error:
        logger.warning("Nobody took the news at %s: %s", address, error)
