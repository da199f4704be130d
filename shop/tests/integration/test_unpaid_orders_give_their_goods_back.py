"""What nobody paid can be bought by others after a while; money on its way is waited for."""

import pytest

from shop.core.clock import now
from shop.flows.pay_order import pay_order
from shop.flows.tasks import release_unpaid_orders
from shop.inventory.models import StockLevel
from shop.notifications.models import Message
from shop.payments.models import Payment
from shop.payments.queries import payment_status
from shop.tests import mpesa
from shop.tests.factories import first_variant, make_product
from shop.tests.fakes import daraja

pytestmark = pytest.mark.django_db


@pytest.fixture
def safaricom(settings):
    with daraja.fake_daraja() as fake:
        mpesa.set_up(settings, fake.url)
        yield fake


@pytest.fixture
def pot(shop_site):
    return first_variant(make_product("Clay pot", price="100", stock=3))


@pytest.fixture
def order(pot, safaricom):
    """An order of two pots whose prompt is on the phone."""
    made = mpesa.place("0712 345 678", variant=pot, units=2)
    mpesa.work()
    return made


def left(pot):
    return StockLevel.objects.get(pk=pot.pk).available


def status_of(order):
    order.refresh_from_db()
    return order.status


def test_an_order_that_was_not_paid_gives_its_goods_back(order, pot):
    payment = order.payments.get()
    mpesa.tell(payment, mpesa.ended(payment))
    with mpesa.later(minutes=59):
        assert release_unpaid_orders() == 0
    with mpesa.later(minutes=61):
        assert release_unpaid_orders() == 1
        assert release_unpaid_orders() == 0
    assert (status_of(order), left(pot)) == ("cancelled", 3)
    assert order.events.get(kind="cancelled").text == "Not paid in time"
    assert Message.objects.filter(order=order, event="order_cancelled", channel="sms").exists()
    mpesa.tell(payment, mpesa.paid(payment))
    assert (status_of(order), left(pot)) == ("placed", 1)
    assert payment_status(order).state == "paid"


def test_a_prompt_without_an_answer_is_waited_for(order, pot, safaricom):
    with mpesa.later(hours=1, minutes=1):
        assert release_unpaid_orders() == 0
    assert (status_of(order), left(pot)) == ("placed", 1)
    safaricom.script(daraja.QUERY, daraja.result(1037))
    mpesa.sweep_later(seconds=21)
    with mpesa.later(hours=1, minutes=1):
        assert release_unpaid_orders() == 1


def test_a_prompt_that_waits_to_be_sent_is_waited_for(pot, safaricom):
    order = mpesa.place("0712 345 678", variant=pot)
    with mpesa.later(hours=2):
        assert release_unpaid_orders() == 0
    assert status_of(order) == "placed"


def test_who_tries_again_has_the_time_again(order):
    payment = order.payments.get()
    mpesa.tell(payment, mpesa.ended(payment))
    with mpesa.later(minutes=50):
        again, _made = pay_order(order_id=order.pk)
        mpesa.work()
        mpesa.tell(again, mpesa.ended(again))
        Payment.objects.filter(pk=again.pk).update(updated_at=now())
    with mpesa.later(minutes=70):
        assert release_unpaid_orders() == 0
    with mpesa.later(minutes=111):
        assert release_unpaid_orders() == 1


def test_who_pays_at_the_door_keeps_the_goods(pot, safaricom):
    order = mpesa.place("0712 345 678", "cash_on_delivery", variant=pot)
    with mpesa.later(days=30):
        assert release_unpaid_orders() == 0
    assert status_of(order) == "placed"


def test_who_only_tried_mpesa_keeps_what_is_paid_at_the_door(pot, safaricom):
    order = mpesa.place("0712 345 678", "cash_on_delivery", variant=pot)
    payment, _made = pay_order(order_id=order.pk, method="mpesa")
    mpesa.work()
    mpesa.tell(payment, mpesa.ended(payment))
    with mpesa.later(days=1):
        assert release_unpaid_orders() == 0


def test_money_that_people_must_look_at_keeps_the_goods(order):
    payment = order.payments.get()
    mpesa.tell(payment, mpesa.paid(payment, amount=1))
    with mpesa.later(days=1):
        assert release_unpaid_orders() == 0


def test_a_paid_order_and_one_being_packed_stay(order, pot):
    payment = order.payments.get()
    mpesa.tell(payment, mpesa.paid(payment))
    with mpesa.later(days=1):
        assert release_unpaid_orders() == 0
    assert status_of(order) == "placed"


def test_a_shop_may_wait_for_ever(order, settings):
    payment = order.payments.get()
    mpesa.tell(payment, mpesa.ended(payment))
    settings.UNPAID_ORDER_MINUTES = 0
    with mpesa.later(days=1):
        assert release_unpaid_orders() == 0
