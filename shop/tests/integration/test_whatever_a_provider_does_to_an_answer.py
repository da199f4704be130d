"""Everything that a provider or the network does to an answer, and how the order ends after it."""

import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import pytest

from shop.notifications.actions import sweep as sweep_messages
from shop.notifications.gateways import africastalking as sms_gateway
from shop.notifications.models import Message
from shop.notifications.tasks import deliver_for_order
from shop.tests import mpesa
from shop.tests.fakes import africastalking, daraja
from shop.tests.fakes.provider_server import Reply, page
from shop.tests.order_factories import make_order

pytestmark = pytest.mark.django_db

NEVER = threading.Event()
GATEWAY = Reply(502, b"<html>Bad Gateway</html>", "text/html")
PAID, CANCELLED, ODD = "paid", "cancelled", "odd"


@dataclass(frozen=True)
class Case:
    """What Daraja does: to the request, in callbacks, to questions; and what comes of it."""

    replies: tuple[Callable[[], Reply], ...] = ()
    told: tuple[str, ...] = (PAID,)
    answer: int | None = None
    order: str = "paid"
    payments: tuple[str, ...] = ("paid",)
    rung: int = 1


NO_MONEY: dict[str, Any] = {"told": (), "order": "unpaid", "payments": ("failed",)}
DARAJA = {
    "well": Case(),
    "error body": Case((lambda: daraja.error(400, "400.002.02", "Bad"),), **NO_MONEY, rung=0),
    "busy, then well": Case((daraja.busy,)),
    "token forgotten, then well": Case((daraja.bad_token,)),
    "bad gateway": Case((lambda: GATEWAY,), **NO_MONEY, rung=0),
    "time-out, paid": Case((lambda: daraja.hold(NEVER),)),
    "time-out, never told": Case((lambda: daraja.hold(NEVER),), **NO_MONEY),
    "cut JSON": Case((daraja.cut_json,)),
    "HTML": Case((page,), **NO_MONEY, rung=0),
    "answer lost after the work": Case((daraja.reset,)),
    "doubled": Case(told=(PAID, PAID, PAID)),
    "cancelled, then successful": Case(told=(CANCELLED, PAID)),
    "successful, then cancelled": Case(told=(PAID, CANCELLED)),
    "another amount": Case(told=(ODD,), order="unpaid", payments=("review",)),
    "never told, asked": Case(told=(), answer=0),
    "never told, cancelled": Case(told=(), answer=1032, order="unpaid", payments=("cancelled",)),
}


@pytest.mark.parametrize("name", DARAJA)
def test_daraja(shop_site, settings, name):
    case = DARAJA[name]
    with daraja.fake_daraja() as safaricom:
        mpesa.set_up(settings, safaricom.url)
        safaricom.script(daraja.PROMPT, *(make() for make in case.replies))
        order = mpesa.place("0712 345 678")
        mpesa.work()
        mpesa.sweep_later(minutes=1)  # what may be asked for again is
        payment = order.payments.get()
        for news in case.told:
            mpesa.tell(payment, callback(payment, news))
        if case.answer is not None:
            safaricom.script(daraja.QUERY, daraja.result(case.answer))
        for minutes in (3, 30):
            mpesa.sweep_later(minutes=minutes)
    order.refresh_from_db()
    assert order.payment_status == case.order
    assert tuple(order.payments.values_list("state", flat=True)) == case.payments
    assert safaricom.rung["254712345678"] == case.rung
    assert order.events.filter(kind="paid").count() == (case.order == "paid")
    assert Message.objects.filter(event="order_paid", channel="sms").count() == (
        case.order == "paid"
    )


def callback(payment, news):
    if news == CANCELLED:
        return mpesa.ended(payment)
    return mpesa.paid(payment, amount=1 if news == ODD else None)


@dataclass(frozen=True)
class Sms:
    """What Africa's Talking does to a message, and what is known of it afterwards."""

    replies: tuple[Callable[[], Reply], ...] = field(default=())
    state: str = "sent"
    taken: int = 1


SMS = {
    "well": Sms(),
    "error body": Sms((lambda: africastalking.verdict(403),), "failed", 0),
    "error as words": Sms((lambda: africastalking.nobody("InvalidSenderId"),), "failed", 0),
    "5xx in the body, then well": Sms((lambda: africastalking.verdict(500),)),
    "5xx, then well": Sms((lambda: africastalking.http(503),)),
    "time-out": Sms((lambda: africastalking.hold(NEVER),), "unknown"),
    "cut JSON": Sms((africastalking.cut_json,), "unknown"),
    "cut body": Sms((africastalking.cut_body,), "unknown"),
    "HTML, then well": Sms((page,)),
    "answer lost after the work": Sms((africastalking.reset,), "unknown"),
}


@pytest.mark.parametrize("name", SMS)
def test_africas_talking(settings, monkeypatch, name):
    case = SMS[name]
    monkeypatch.setattr(sms_gateway, "TIMEOUT", (20, 0.3))
    settings.AFRICASTALKING_USERNAME, settings.AFRICASTALKING_API_KEY = "duka", "secret"
    with africastalking.fake_africastalking() as fake:
        settings.AFRICASTALKING_BASE_URL = fake.url
        order = make_order(notify_email=False)
        number = str(order.phone)
        fake.script(number, *(make() for make in case.replies))
        for minutes in (0, 30, 60):
            with mpesa.later(minutes=minutes):
                sweep_messages()
                deliver_for_order(order.pk)
    assert Message.objects.get(order=order, channel="sms").state == case.state
    assert fake.accepted[number] == case.taken
