"""Tell the shop how a prompt ended, over HTTP as Daraja does."""

import logging
import time
from collections.abc import Iterable
from datetime import timedelta
from threading import Thread
from typing import Any

import requests
from django.conf import settings
from django.utils.timezone import localtime

from shop.simulators import rules
from shop.simulators.models import Prompt
from shop.simulators.rules import Notice

logger = logging.getLogger(__name__)

TIMEOUT = 10  # seconds


def body_of(prompt: Prompt, notice: Notice) -> dict[str, Any]:
    """Return Daraja's callback: metadata on success only, an item without value among it."""
    told: dict[str, Any] = {
        "MerchantRequestID": prompt.merchant_id,
        "CheckoutRequestID": prompt.checkout_id,
        "ResultCode": int(notice.result),
        "ResultDesc": rules.RESULTS[notice.result],
    }
    if notice.result == rules.PAID:
        paid_at = localtime(prompt.created_at + timedelta(seconds=max(notice.after, 0)))
        items = [
            {"Name": "Amount", "Value": float(prompt.amount - notice.short_by)},
            {"Name": "MpesaReceiptNumber", "Value": prompt.receipt},
            {"Name": "Balance"},
            {"Name": "TransactionDate", "Value": int(f"{paid_at:%Y%m%d%H%M%S}")},
            {"Name": "PhoneNumber", "Value": int(prompt.phone)},
        ]
        told["CallbackMetadata"] = {"Item": items}
    return {"Body": {"stkCallback": told}}


def post(prompt: Prompt, notice: Notice) -> None:
    """Call back once; whoever does not listen hears it never, as from Daraja."""
    try:
        answer = requests.post(prompt.callback_url, json=body_of(prompt, notice), timeout=TIMEOUT)
    except requests.RequestException as error:
        logger.warning("Nobody took the news of %s: %s", prompt.checkout_id, error)
    else:
        logger.info("The news of %s was answered %s", prompt.checkout_id, answer.status_code)


def post_later(prompt: Prompt, notices: Iterable[Notice]) -> None:
    """Call back from a thread, each notice at its second."""
    waiting = sorted(notices, key=lambda notice: notice.after)
    if waiting:
        Thread(target=_post_each, args=(prompt, waiting), daemon=True).start()


def _post_each(prompt: Prompt, waiting: list[Notice]) -> None:
    passed = 0.0
    for notice in waiting:
        time.sleep((notice.after - passed) * settings.SIMULATORS_PACE)
        passed = notice.after
        post(prompt, notice)
