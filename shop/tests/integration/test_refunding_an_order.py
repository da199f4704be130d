"""Money goes back: never more than came, never twice, and its goods only once."""

from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction

from shop.core.errors import Conflict, ShopError
from shop.flows.refund_order import RefundedLine, refund_order
from shop.flows.refund_outcome import give_up, note_by_hand
from shop.flows.ship_order import ship_order
from shop.notifications.models import Message
from shop.payments.models import ProviderEvent, Refund
from shop.payments.queries import payment_status
from shop.payments.signals import refund_done
from shop.tests import mpesa
from shop.tests.factories import first_variant, make_product
from shop.tests.fakes import daraja
from shop.tests.integration.refunding import from_daraja, shelf, stands, told

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


@pytest.fixture
def order(pot, safaricom):
    """An order of three pots at 100 and delivery for 300, paid with M-Pesa."""
    made = mpesa.place("0712 345 678", variant=pot, units=3)
    mpesa.work()
    payment = made.payments.get()
    mpesa.tell(payment, mpesa.paid(payment))
    made.refresh_from_db()
    return made


@pytest.fixture
def payment(order):
    return order.payments.get()


@pytest.fixture
def line(order):
    return order.lines.get()


@pytest.fixture
def done():
    """Every refund that was told of as done."""
    told = []

    def hear(refund, **kwargs):
        told.append(refund.pk)

    refund_done.connect(hear)
    yield told
    refund_done.disconnect(hear)


def test_all_of_it_goes_back_through_daraja(order, payment, safaricom, done, client):
    refund = refund_order(order_id=order.pk, reason="Broken", actor="amina")
    assert (refund.state, safaricom.of(daraja.REVERSAL)) == ("requested", [])
    mpesa.work()
    [asked] = safaricom.of(daraja.REVERSAL)
    assert asked.body["TransactionID"] == payment.receipt
    assert (asked.body["Amount"], asked.body["RecieverIdentifierType"]) == (600, "11")
    assert asked.body["ResultURL"].endswith(
        f"/payments/notify/{Refund.objects.get().notify_token}/"
    )
    assert stands(order) == "paid"
    told(refund, original=payment.receipt)
    assert (refund.state, refund.reference, stands(order)) == (
        "done",
        f"SGR{refund.pk:07}",
        "refunded",
    )
    told(refund)  # doubled
    assert done == [refund.pk]
    assert "Your money is back" in client.get(order.get_absolute_url()).text
    assert sorted(
        Message.objects.filter(event="order_refunded").values_list("channel", flat=True)
    ) == [
        "email",
        "sms",
    ]
    with pytest.raises(Conflict):
        refund_order(order_id=order.pk)


def test_parts_go_back_until_nothing_is_left(order, payment, line, pot):
    type(order).objects.filter(pk=order.pk).update(status="packed")
    ship_order(order_id=order.pk)
    assert shelf(pot) == (2, 0)
    first = refund_order(order_id=order.pk, lines=[RefundedLine(line.pk, 1, restock=True)])
    assert (first.amount, shelf(pot)) == (Decimal(100), (3, 0))
    with pytest.raises(Conflict) as refusal:
        refund_order(order_id=order.pk, lines=[RefundedLine(line.pk, 3)])
    assert refusal.value.code == "too_many_units"
    with pytest.raises(Conflict) as refusal:
        refund_order(order_id=order.pk, amount=Decimal(501))
    assert refusal.value.code == "refund_too_large"
    mpesa.work()
    told(first)
    assert stands(order) == "partly_refunded"
    second = refund_order(order_id=order.pk, amount=Decimal(350), reference="Cash, 21 Nov")
    assert (second.state, stands(order)) == ("done", "partly_refunded")
    assert payment_status(order).message == "A part of your money went back to you."
    third = refund_order(order_id=order.pk, lines=[RefundedLine(line.pk, 2, restock=True)])
    assert (third.amount, shelf(pot)) == (Decimal(150), (5, 0))
    mpesa.work()
    told(third)
    assert stands(order) == "refunded"
    assert Message.objects.filter(event="order_refunded", channel="sms").count() == 3


def test_units_come_back_once(order, line, pot):
    before = shelf(pot)
    refund = refund_order(order_id=order.pk, lines=[RefundedLine(line.pk, 2, restock=True)])
    assert shelf(pot) == (before[0], before[1] - 2)  # not shipped: only the promise ends
    mpesa.work()
    told(refund, code=11)
    with pytest.raises(Conflict) as refusal:  # the money stayed, the units are back all the same
        refund_order(order_id=order.pk, lines=[RefundedLine(line.pk, 2, restock=True)])
    assert refusal.value.code == "nothing_to_take_back"
    assert refund_order(order_id=order.pk, lines=[RefundedLine(line.pk, 2)]).amount == 200
    assert shelf(pot) == (before[0], before[1] - 2)


@pytest.mark.parametrize(
    ("wish", "code"),
    [
        ({"amount": Decimal(0)}, "invalid_amount"),
        ({"amount": Decimal(-5)}, "invalid_amount"),
        ({"amount": Decimal("10.50")}, "whole_units_only"),
        ({"amount": Decimal(10), "lines": [RefundedLine(1, 1)]}, "amount_or_lines"),
        ({"lines": [RefundedLine(0, 1)]}, "unknown_line"),
        ({"lines": [RefundedLine(1, 0)]}, "invalid_quantity"),
    ],
)
def test_a_wish_that_can_not_be(order, pot, wish, code):
    with pytest.raises(ShopError) as refusal:
        refund_order(order_id=order.pk, **wish)
    assert (refusal.value.code, Refund.objects.count()) == (code, 0)


def test_a_second_click_finds_the_first_ones_refund(order, line, pot):
    wish = {"order_id": order.pk, "lines": [RefundedLine(line.pk, 1, restock=True)], "key": "k1"}
    assert refund_order(**wish) == refund_order(**wish)
    assert (Refund.objects.count(), shelf(pot)) == (1, (5, 2))


def test_the_database_refuses_more_than_came(payment):
    payment.refunded = payment.received + 1
    with pytest.raises(IntegrityError), transaction.atomic():
        payment.save()


def test_money_stays_and_can_go_back_another_way(order, payment):
    refund = refund_order(order_id=order.pk)
    mpesa.work()
    told(refund, code=1)
    assert (refund.state, stands(order)) == ("failed", "paid")
    assert "Top it up" in refund.problem
    assert Message.objects.filter(event="alert").exists()
    assert refund_order(order_id=order.pk, reference="M-Pesa SGX").state == "done"
    assert stands(order) == "refunded"


@pytest.mark.parametrize(
    "lost", [daraja.reset(), daraja.cut_json(), daraja.error(500, "500.001.9999", "Inner error")]
)
def test_an_answer_that_was_lost_is_never_asked_for_again(order, safaricom, lost):
    safaricom.script(daraja.REVERSAL, lost)
    refund = refund_order(order_id=order.pk)
    mpesa.work()
    mpesa.sweep_later(hours=3)
    refund.refresh_from_db()
    assert (refund.state, refund.problem_code) == ("sent", "lost")
    assert len(safaricom.of(daraja.REVERSAL)) == 1
    told(refund)  # it had gone after all
    assert (refund.state, stands(order)) == ("done", "refunded")


def test_a_time_out_at_daraja_is_for_people(order, safaricom):
    refund = refund_order(order_id=order.pk)
    mpesa.work()
    told(refund, code=1, late="late/")
    assert (refund.state, refund.problem_code) == ("sent", "late")
    with pytest.raises(Conflict):
        refund_order(order_id=order.pk)
    note_by_hand(refund_id=refund.pk, reference="SGRPORTAL1", actor="amina")
    assert stands(order) == "refunded"
    with pytest.raises(Conflict):
        give_up(refund_id=refund.pk)


def test_silence_is_for_people_and_a_late_success_still_counts(order, safaricom):
    refund = refund_order(order_id=order.pk)
    mpesa.work()
    with pytest.raises(Conflict):  # Daraja may still tell
        note_by_hand(refund_id=refund.pk, reference="SGRPORTAL1")
    mpesa.sweep_later(minutes=31)
    refund.refresh_from_db()
    assert refund.problem_code == "silent"
    give_up(refund_id=refund.pk, actor="amina")
    told(refund)
    assert (refund.state, stands(order)) == ("done", "refunded")


def test_money_that_went_twice_is_told_to_people(order):
    refund = refund_order(order_id=order.pk)
    mpesa.work()
    mpesa.sweep_later(minutes=31)
    give_up(refund_id=refund.pk)
    refund_order(order_id=order.pk, reference="By hand")
    told(refund)
    assert refund.state == "failed"
    assert ProviderEvent.objects.get(refund=refund).state == "review"
    assert Message.objects.filter(event="alert", body__contains="twice").exists()


@pytest.mark.parametrize(
    "body",
    [
        b"not json",
        b"{}",
        {"Result": {"ConversationID": "AG_other", "ResultCode": 0}},
        daraja.reversal("AG_other", amount="600", receipt="SGR1234567"),
    ],
)
def test_forged_and_broken_results_change_nothing(order, body):
    refund = refund_order(order_id=order.pk)
    mpesa.work()
    from_daraja(refund, body)
    refund.refresh_from_db()
    assert (refund.state, stands(order)) == ("sent", "paid")


def test_daraja_is_busy_and_then_is_not(order, safaricom):
    safaricom.script(daraja.REVERSAL, daraja.busy())
    refund = refund_order(order_id=order.pk)
    mpesa.work()
    refund.refresh_from_db()
    assert refund.state == "requested"
    mpesa.sweep_later(minutes=2)
    refund.refresh_from_db()
    assert (refund.state, len(safaricom.of(daraja.REVERSAL))) == ("sent", 2)
