"""Money that comes twice, late, or as another amount: nothing of it is lost, people decide."""

from decimal import Decimal

import pytest

from shop.core.errors import Conflict
from shop.flows.cancel_order import cancel_order
from shop.flows.confirm_payment import confirm_payment
from shop.flows.match_payment import match_payment
from shop.flows.pay_order import pay_order
from shop.flows.ship_order import ship_order
from shop.inventory.models import Movement, Reservation, StockLevel
from shop.payments import rules
from shop.payments.models import Payment, ProviderEvent
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
    return first_variant(make_product("Clay pot", price="116.50", stock=3))


@pytest.fixture
def order(pot, safaricom):
    """An order of two pots whose prompt is on the phone."""
    made = mpesa.place("0712 345 678", variant=pot, units=2)
    mpesa.work()
    return made


@pytest.fixture
def payment(order):
    return order.payments.get()


def shown(order):
    order.refresh_from_db()
    return payment_status(order)


def stock(pot):
    level = StockLevel.objects.get(pk=pot.pk)
    promised = sum(Reservation.objects.values_list("quantity", flat=True))
    ledger = sum(Movement.objects.values_list("reserved_change", flat=True))
    assert level.reserved == promised == ledger
    return level.on_hand, level.reserved


def outcomes():
    return list(ProviderEvent.objects.order_by("pk").values_list("state", flat=True))


def test_another_amount_is_for_people(order, payment):
    mpesa.tell(payment, mpesa.paid(payment, amount=500))
    status = shown(order)
    assert (status.state, status.can_retry, order.payment_status) == ("review", False, "unpaid")
    payment.refresh_from_db()
    assert (payment.state, payment.received, payment.receipt) == (
        "review",
        Decimal(500),
        "SGH7X2K9QP",
    )
    assert order.events.filter(kind="payment_review").exists()
    with pytest.raises(Conflict):
        pay_order(order_id=order.pk)
    mpesa.tell(payment, mpesa.paid(payment))  # forged afterwards
    assert shown(order).state == "review"


def test_a_receipt_counts_once(order, payment, pot):
    mpesa.tell(payment, mpesa.paid(payment))
    other = mpesa.place("0722000111", variant=pot, units=1)
    mpesa.work()
    again = other.payments.get()
    mpesa.tell(again, mpesa.paid(again, receipt="SGH7X2K9QP"))
    assert shown(other).state == "review"
    again.refresh_from_db()
    assert (again.receipt, other.payment_status) == (None, "unpaid")


def test_two_phones_that_both_pay_are_both_noted(order, payment):
    second, _made = pay_order(order_id=order.pk, phone="0733000111")
    mpesa.work()
    mpesa.tell(payment, mpesa.paid(payment))
    mpesa.tell(second, mpesa.paid(second, receipt="SGH7X2K9QB"))
    assert shown(order).state == "paid"
    second.refresh_from_db()
    assert (second.state, second.receipt) == ("review", "SGH7X2K9QB")
    assert "on top" in second.reason


def test_nothing_is_cancelled_while_money_is_on_its_way(order, payment, pot):
    for by_customer in (True, False):
        with pytest.raises(Conflict) as refusal:
            cancel_order(order_id=order.pk, by_customer=by_customer)
        assert refusal.value.code == "payment_under_way"
    mpesa.tell(payment, mpesa.ended(payment))
    cancel_order(order_id=order.pk, by_customer=True)
    assert stock(pot) == (3, 0)


def test_money_after_the_order_was_cancelled_takes_it_up_again(order, payment, pot):
    mpesa.tell(payment, mpesa.ended(payment))
    cancel_order(order_id=order.pk)
    mpesa.tell(payment, mpesa.paid(payment))
    assert shown(order).state == "paid"
    assert (order.status, stock(pot)) == ("placed", (3, 2))
    assert order.events.filter(kind="reopened").exists()
    type(order).objects.filter(pk=order.pk).update(status="packed")
    ship_order(order_id=order.pk)
    assert stock(pot) == (1, 0)


def test_money_for_goods_that_are_gone_is_for_people(order, payment, pot, safaricom):
    mpesa.tell(payment, mpesa.ended(payment))
    cancel_order(order_id=order.pk)
    mpesa.place("0722000111", "cash_on_delivery", variant=pot, units=2)
    mpesa.tell(payment, mpesa.paid(payment))
    assert shown(order).state == "review"
    assert (order.status, order.payment_status, stock(pot)) == ("cancelled", "unpaid", (3, 2))
    payment.refresh_from_db()
    assert (payment.reason_code, payment.receipt) == (rules.NO_STOCK, "SGH7X2K9QP")


def test_people_confirm_a_prompts_money_by_its_receipt(order, payment):
    confirm_payment(order_id=order.pk, actor="amina", reference="sgh7x2k9qp")
    mpesa.tell(payment, mpesa.paid(payment))
    assert order.payments.get().state == "paid"
    assert outcomes() == ["ignored"]


def test_people_take_cash_while_a_prompt_is_out(order, payment):
    confirm_payment(order_id=order.pk, actor="amina")
    states = dict(order.payments.values_list("method", "state"))
    assert states == {"mpesa": "pending", "cash_on_delivery": "paid"}
    mpesa.tell(payment, mpesa.paid(payment))
    payment.refresh_from_db()
    assert (payment.state, shown(order).state) == ("review", "paid")


def test_people_take_cash_after_a_prompt_failed(order, payment):
    mpesa.tell(payment, mpesa.ended(payment))
    confirm_payment(order_id=order.pk, actor="amina")
    assert shown(order).state == "paid"


def test_money_that_a_question_found_is_not_noted_again_by_its_callback(order, payment, safaricom):
    confirm_payment(order_id=order.pk)  # at the door, while the prompt is on the phone
    safaricom.script(daraja.QUERY, daraja.result(0))
    mpesa.sweep_later(minutes=1)
    payment.refresh_from_db()
    assert (payment.state, payment.receipt) == ("review", None)
    mpesa.tell(payment, mpesa.paid(payment))
    held = order.payments.get(state="review")
    assert (held.pk, held.receipt) == (payment.pk, "SGH7X2K9QP")
    mpesa.tell(payment, mpesa.paid(payment, receipt="SGH7X2K9QQ"))
    assert order.payments.filter(state="review").count() == 2


def test_a_cancelled_order_holds_no_goods_for_money_that_does_not_fit(order, payment, pot):
    mpesa.tell(payment, mpesa.ended(payment))
    cancel_order(order_id=order.pk)
    stray = Payment.objects.create(
        method="mpesa", state="review", amount=1, received=1, currency="KES", receipt="SGH7X2K9QZ"
    )
    assert not match_payment(payment_id=stray.pk, order_id=order.pk)
    assert stock(pot) == (3, 0)


def test_a_second_match_promises_no_goods_to_an_order_cancelled_since(order, payment, pot):
    mpesa.tell(payment, mpesa.paid(payment))
    assert stock(pot) == (3, 2)
    cancel_order(order_id=order.pk, actor="amina")
    assert stock(pot) == (3, 0)
    assert match_payment(payment_id=payment.pk, order_id=order.pk)
    order.refresh_from_db()
    assert (order.status, stock(pot)) == ("cancelled", (3, 0))
