"""Money in parts, money whose receipt comes later, money after its order was cancelled."""

from decimal import Decimal

import pytest

from shop.flows.accept_payment import ask_for_rest
from shop.flows.ask_for_money import ask_for_money
from shop.flows.cancel_order import cancel_order
from shop.flows.confirm_payment import confirm_payment
from shop.flows.match_payment import match_payment
from shop.flows.place_order import Purchase, place_order
from shop.inventory.models import Reservation
from shop.orders.contact import Contact, Place
from shop.payments import rules
from shop.payments.models import Payment
from shop.payments.reconciliation import desk
from shop.pricing.models import Redemption, Voucher
from shop.tests import mpesa
from shop.tests.factories import first_variant, make_product
from shop.tests.fakes import daraja

pytestmark = pytest.mark.django_db

PHONE = "0712 345 678"


@pytest.fixture(autouse=True)
def safaricom(settings, shop_site):
    with daraja.fake_daraja() as fake:
        mpesa.set_up(settings, fake.url)
        yield fake


def in_part(order, came):
    """Let a part come by Paybill and people ask for the rest; returns that prompt."""
    mpesa.transfer(order.number, came, "SGH0000001")
    return ask_for_rest(payment_id=Payment.objects.get(receipt="SGH0000001").pk, actor="amina")


def test_the_rest_is_asked_for_though_the_whole_was_queued(safaricom):
    order = mpesa.place(PHONE, "mpesa", price="100")
    mpesa.forget_queue()
    [whole] = order.payments.all()
    rest = in_part(order, "60.00")
    assert (rest.amount, rest.pk == whole.pk) == (order.total - 60, False)
    whole.refresh_from_db()
    assert whole.state == Payment.State.CANCELLED
    mpesa.work()
    [asked] = safaricom.of(daraja.PROMPT)
    assert asked.body["Amount"] == int(order.total) - 60


def test_a_whole_prompt_that_rings_is_waited_for_before_the_rest_is_asked_for(safaricom):
    order = mpesa.place(PHONE, "mpesa", price="100")
    mpesa.work()
    with pytest.raises(Exception, match="being made on a phone"):
        in_part(order, "60.00")
    part = Payment.objects.get(receipt="SGH0000001")
    assert part.state == Payment.State.REVIEW
    whole = order.payments.get(method="mpesa", receipt=None)
    mpesa.tell(whole, mpesa.ended(whole))
    with mpesa.later(minutes=3):
        assert ask_for_rest(payment_id=part.pk, actor="amina").amount == order.total - 60


def test_what_was_asked_for_before_is_too_much_once_a_part_is_there(safaricom):
    order = mpesa.place(PHONE, "mpesa", price="100")
    mpesa.work()
    whole = order.payments.get()
    mpesa.tell(whole, mpesa.ended(whole, 1037))
    with mpesa.later(minutes=3):
        in_part(order, "60.00")
        mpesa.tell(whole, mpesa.paid(whole, "SGH0000002"))
    order.refresh_from_db()
    assert order.payment_status == "unpaid"
    [held] = desk.payments_in("over")
    assert (held.receipt, held.amount, held.received) == (
        "SGH0000002",
        order.total - 60,
        order.total,
    )


def test_the_voucher_counts_again_when_money_is_matched_to_a_cancelled_order():
    Voucher.objects.create(code="KARIBU", value=10)
    pot = first_variant(make_product(price=100, stock=3))
    purchase = Purchase(
        Contact("Wanjiku", PHONE), Place("Nairobi"), payment_method="mpesa", voucher="KARIBU"
    )
    order = place_order({pot.pk: 1}, purchase)
    cancel_order(order_id=order.pk)
    assert Redemption.objects.get().given_back_at is not None
    mpesa.transfer("RENT", str(order.payable), "SGH0000003")
    match_payment(payment_id=Payment.objects.get(receipt="SGH0000003").pk, order_id=order.pk)
    order.refresh_from_db()
    assert (order.status, order.payment_status) == ("placed", "paid")
    assert Redemption.objects.get().given_back_at is None


def test_the_receipt_of_money_on_top_that_a_question_found_is_no_more_money(safaricom):
    order = mpesa.place(PHONE, "mpesa", price="100")
    mpesa.work()
    [prompt] = order.payments.all()
    confirm_payment(order_id=order.pk)  # in cash
    safaricom.script(daraja.QUERY, daraja.result(0))
    mpesa.sweep_later(minutes=1)
    prompt.refresh_from_db()
    assert (prompt.state, prompt.reason_code, prompt.receipt) == ("review", rules.DOUBLE, None)
    mpesa.transfer(order.number, f"{prompt.amount}", "SGH0000004")
    prompt.refresh_from_db()
    assert (prompt.state, prompt.receipt) == ("review", "SGH0000004")
    assert order.payments.count() == 2
    assert desk.open_reviews().count() == 1


def test_money_for_what_a_cancelled_order_cost_before_promises_no_goods(safaricom):
    order = mpesa.place(PHONE, "mpesa", price="100")
    mpesa.work()
    [whole] = order.payments.all()
    mpesa.tell(whole, mpesa.ended(whole, 1037))
    with mpesa.later(minutes=3):
        in_part(order, "60.00")
        mpesa.forget_queue()
        cancel_order(order_id=order.pk)
        mpesa.tell(whole, mpesa.paid(whole, "SGH0000005"))
    order.refresh_from_db()
    assert (order.status, order.payment_status) == ("cancelled", "unpaid")
    assert not Reservation.objects.filter(reference=order.number, quantity__gt=0).exists()
    whole.refresh_from_db()
    assert (whole.state, whole.reason_code) == ("review", rules.AMOUNT)


@pytest.mark.parametrize("came", ["117", "116"])
def test_money_without_an_order_that_was_told_of_before_is_no_more_money(came):
    asked = ask_for_money(amount=Decimal(117), phone=PHONE)
    mpesa.work()
    mpesa.transfer("RENT", came, "SGH0000005")
    mpesa.tell(asked, mpesa.paid(asked, "SGH0000005", amount=float(came)))
    here = Payment.objects.filter(state__in=[Payment.State.PAID, Payment.State.REVIEW])
    assert [(money.receipt, money.received) for money in here] == [("SGH0000005", Decimal(came))]
