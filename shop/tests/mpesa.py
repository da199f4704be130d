"""Pay with M-Pesa in tests: an install set up for it, and the notices that come."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

from django.test import Client
from django_q.models import OrmQ

from shop.core.clock import fixed, now
from shop.flows import tasks as flow_tasks
from shop.flows.place_order import Purchase, place_order
from shop.orders.contact import Contact, Place
from shop.orders.models import Order
from shop.payments import tasks as payment_tasks
from shop.payments.actions import transfer_token
from shop.payments.models import Payment
from shop.tests.factories import first_variant, make_product
from shop.tests.fakes import daraja

TASKS = {
    "shop.payments.tasks.send_prompt": payment_tasks.send_prompt,
    "shop.payments.tasks.open_card_page": payment_tasks.open_card_page,
    "shop.flows.tasks.send_refund": flow_tasks.send_refund,
    "shop.flows.tasks.apply_provider_event": flow_tasks.apply_provider_event,
    "shop.flows.tasks.ask_about_prompt": flow_tasks.ask_about_prompt,
}


def set_up(settings: Any, url: str) -> None:
    """Give an install the credentials that the fake knows."""
    settings.MPESA_BASE_URL = url
    settings.MPESA_CONSUMER_KEY = daraja.KEY
    settings.MPESA_CONSUMER_SECRET = daraja.SECRET
    settings.MPESA_SHORTCODE = daraja.SHORTCODE
    settings.MPESA_PASSKEY = daraja.PASSKEY
    settings.MPESA_TIMEOUT = (1, 0.5)


def let_reverse(settings: Any) -> None:
    """Give an install an initiator who may give money back."""
    settings.MPESA_INITIATOR = "amina"
    settings.MPESA_SECURITY_CREDENTIAL = "c2VhbGVk"


def place(
    phone: str, method: str = "mpesa", price: str = "116.50", units: int = 1, variant: Any = None
) -> Order:
    """Place an order, to be paid with M-Pesa."""
    variant = variant or first_variant(make_product(price=price, stock=50))
    purchase = Purchase(
        contact=Contact("Wanjiku Kamau", phone, "wanjiku@example.org"),
        place=Place(county="Nairobi"),
        payment_method=method,
    )
    return place_order({variant.pk: units}, purchase)


def work(first: str = "") -> None:
    """Run what the queue holds for payments, as workers do, until it is empty.

    With several workers any task may come `first`.
    """
    while rows := list(OrmQ.objects.order_by("pk")):
        for row in sorted(rows, key=lambda row: row.task["func"] != first):
            task = row.task
            row.delete()
            if run := TASKS.get(task["func"]):
                run(*task["args"])


def sweep() -> None:
    """Run what the schedules of payments run each minute, and what that queued."""
    payment_tasks.sweep()
    flow_tasks.sweep_prompts_and_events()
    work()


def sweep_later(**delta: float) -> None:
    """Run the schedules of payments as they run later."""
    with later(**delta):
        sweep()


@contextmanager
def later(**delta: float) -> Iterator[None]:
    """Let it be later inside the block."""
    with fixed(now() + timedelta(**delta)):
        yield


def forget_queue() -> None:
    """Lose what waits, as a queue without a disk does."""
    OrmQ.objects.all().delete()


def tell(payment: Payment, body: Any, status: int = 200) -> None:
    """Post to the payment's own address as Daraja does, and let the worker apply it."""
    tell_only(payment, body, status)
    work()


def tell_only(asked: Any, body: Any, status: int = 200, late: str = "") -> None:
    """Post to the own address of a payment or a refund as Daraja does."""
    raw = body if isinstance(body, bytes) else json.dumps(body).encode()
    answer = Client().post(
        f"/payments/notify/{asked.notify_token}/{late}", raw, content_type="application/json"
    )
    assert answer.status_code == status
    if status == 200:
        assert answer.json() == {"ResultCode": 0, "ResultDesc": "Accepted"}


def transfer(account: str, amount: str, receipt: str) -> None:
    """Tell of money that somebody sent by Paybill, and let the worker apply it."""
    body = {
        "TransactionType": "Pay Bill",
        "TransID": receipt,
        "TransTime": "20261121134500",
        "TransAmount": amount,
        "BusinessShortCode": daraja.SHORTCODE,
        "BillRefNumber": account,
        "MSISDN": "25470****149",
    }
    answer = Client().post(
        f"/payments/notify/{transfer_token()}/confirmation/", body, content_type="application/json"
    )
    assert answer.status_code == 200
    work()


def paid(payment: Payment, receipt: str = "SGH7X2K9QP", amount: Any = None) -> dict[str, Any]:
    """Return the callback of a prompt that was paid."""
    payment.refresh_from_db()
    return daraja.callback(
        payment.provider_id or "ws_CO_early",
        payment.merchant_id,
        amount=float(payment.amount) if amount is None else amount,
        receipt=receipt,
    )


def ended(payment: Payment, code: Any = 1032) -> dict[str, Any]:
    """Return the callback of a prompt that brought no money."""
    payment.refresh_from_db()
    return daraja.callback(payment.provider_id or "ws_CO_early", payment.merchant_id, code)
