"""Money that came by hand, too late or in the wrong amount goes back as well."""

from decimal import Decimal

import pytest

from shop.core.errors import Conflict
from shop.flows.cancel_order import cancel_order
from shop.flows.confirm_payment import confirm_payment
from shop.flows.pay_order import pay_order
from shop.flows.refund_order import refund_order, refund_payment
from shop.flows.refund_outcome import note_by_hand
from shop.notifications.models import Message
from shop.payments.models import Payment
from shop.payments.queries import payment_status
from shop.tests import mpesa
from shop.tests.factories import first_variant, make_product
from shop.tests.fakes import daraja
from shop.tests.integration.refunding import stands, told

pytestmark = pytest.mark.django_db


@pytest.fixture
def safaricom(settings):
    with daraja.fake_daraja() as fake:
        mpesa.set_up(settings, fake.url)
        mpesa.let_reverse(settings)
        yield fake


@pytest.fixture
def pot(shop_site):
    return first_variant(make_product("Clay pot", price="100.00", stock=5))


def test_cash_goes_back_by_hand(pot, safaricom):
    order = mpesa.place("0712 345 678", "cash_on_delivery", variant=pot, units=1)
    with pytest.raises(Conflict):
        refund_order(order_id=order.pk)
    confirm_payment(order_id=order.pk)
    refund = refund_order(order_id=order.pk, amount=Decimal("10.50"))
    mpesa.work()
    refund.refresh_from_db()
    assert (refund.state, stands(order)) == ("by_hand", "paid")
    note_by_hand(refund_id=refund.pk, reference="Till 2")
    assert stands(order) == "partly_refunded"


def test_money_after_the_goods_were_gone_goes_back_the_same_way(pot, safaricom):
    order = mpesa.place("0712 345 678", variant=pot, units=3)
    mpesa.work()
    payment = order.payments.get()
    mpesa.tell(payment, mpesa.ended(payment))
    cancel_order(order_id=order.pk)
    mpesa.place("0722000111", "cash_on_delivery", variant=pot, units=4)
    mpesa.tell(payment, mpesa.paid(payment))
    assert payment_status(order).state == "review"
    assert Message.objects.filter(event="alert").exists()
    refund = refund_payment(payment_id=payment.pk, reason="Sold out")
    mpesa.work()
    told(refund)
    assert (refund.state, stands(order)) == ("done", "unpaid")


def test_an_order_can_be_paid_again_once_the_wrong_amount_went_back(pot, safaricom):
    order = mpesa.place("0712 345 678", variant=pot, units=3)
    mpesa.work()
    payment = order.payments.get()
    mpesa.tell(payment, mpesa.paid(payment, amount=599))
    with pytest.raises(Conflict):
        pay_order(order_id=order.pk, phone="0733000111")
    refund_payment(payment_id=payment.pk, reference="By hand")
    again, made = pay_order(order_id=order.pk, phone="0733000111")
    assert made
    mpesa.work()
    mpesa.tell(again, mpesa.paid(again, receipt="SGH7X2K9QB"))
    assert stands(order) == "paid"
    assert Payment.objects.get(pk=payment.pk).refundable == 0
