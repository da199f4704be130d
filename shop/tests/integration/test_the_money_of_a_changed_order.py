"""An order that is changed costs more or less: what was paid, is asked for, or goes back."""

from dataclasses import replace
from decimal import Decimal

import pytest

from shop.core.errors import Conflict
from shop.flows.confirm_payment import confirm_payment
from shop.flows.refund_order import refund_order
from shop.flows.refund_outcome import give_up, note_by_hand
from shop.flows.settle_payment import tell_paid
from shop.invoicing.models import TaxDocument
from shop.notifications.models import Message
from shop.payments.models import Payment, Refund
from shop.payments.queries import payment_status
from shop.tests.factories import first_variant, make_product
from shop.tests.integration.changed_orders import WHO, edited, placed, timeline

pytestmark = pytest.mark.django_db


@pytest.fixture
def pot(shop_site):
    return first_variant(make_product("Clay pot", sku="POT", price=500, stock=10))


@pytest.fixture
def order(pot):
    return placed({pot.pk: 2})


def invoices(order):
    rows = TaxDocument.objects.filter(order=order).order_by("pk")
    return [(row.kind, row.total, row.superseded) for row in rows]


def test_what_was_to_be_paid_is_begun_anew(order, pot):
    old = Payment.objects.get(order=order)
    edited(order, demand={pot.pk: 1})
    old.refresh_from_db()
    new = Payment.objects.exclude(pk=old.pk).get(order=order)
    assert (old.state, new.state, new.amount) == ("cancelled", "pending", 800)
    assert Message.objects.filter(order=order, event="order_changed").count() == 2


def test_a_paid_order_that_costs_less_leaves_a_refund_to_people(order, pot):
    confirm_payment(order_id=order.pk)
    done = edited(order, demand={pot.pk: 1})
    refund = Refund.objects.get()
    assert (done.money.goes_back, refund.amount, refund.state) == (500, 500, "by_hand")
    assert order.payment_status == "paid"
    assert invoices(order) == [
        ("invoice", 1300, True), ("credit_note", 1300, False), ("invoice", 800, False),
    ]  # fmt: skip
    note_by_hand(refund_id=refund.pk, reference="SGR1", actor="amina")
    order.refresh_from_db()
    assert order.payment_status == "paid", "the order is paid, no more and no less"
    assert len(invoices(order)) == 3, "what came on top was never sold"
    refund_order(order_id=order.pk, amount=Decimal(100), reference="SGR2")
    order.refresh_from_db()
    assert (order.payment_status, invoices(order)[3][:2]) == (
        "partly_refunded", ("credit_note", 100),
    )  # fmt: skip


def test_a_paid_order_that_costs_more_asks_for_the_rest(order, pot):
    confirm_payment(order_id=order.pk)
    done = edited(order, demand={pot.pk: 3})
    assert (done.money.left, order.payment_status) == (500, "unpaid")
    assert Payment.objects.get(order=order, state="pending").amount == 500
    assert timeline(order, "unpaid") == ["KSh\xa0500 is left to pay"]
    text = Message.objects.get(order=order, event="order_changed", channel="sms").body
    assert "KSh 500 is left to pay." in text.replace("\xa0", " ")
    confirm_payment(order_id=order.pk)
    order.refresh_from_db()
    assert order.payment_status == "paid"
    assert invoices(order)[-1] == ("invoice", 1800, False)
    assert len(timeline(order, "paid")) == len(timeline(order, "paid_before")) == 1
    assert TaxDocument.objects.get(order=order, total=1800).settlement is not None
    assert sum(p.received for p in Payment.objects.filter(order=order, state="paid")) == 1800


def test_more_and_then_less_comes_out_even(order, pot):
    confirm_payment(order_id=order.pk)
    edited(order, demand={pot.pk: 3})
    edited(order, demand={pot.pk: 2})
    assert order.payment_status == "paid"
    assert not Refund.objects.exists()
    assert not Payment.objects.filter(order=order, state="pending").exists()


def test_money_on_the_move_is_waited_for(order, pot):
    Payment.objects.filter(order=order).update(asked_at=order.placed_at)
    with pytest.raises(Conflict) as refused:
        edited(order, demand={pot.pk: 1})
    assert refused.value.code == "payment_under_way"
    edited(order, notes="The gate is green")  # no money in that
    assert order.notes == "The gate is green"


def test_goods_that_were_paid_back_are_not_priced_again(order, pot):
    confirm_payment(order_id=order.pk)
    refund_order(order_id=order.pk, amount=Decimal(100), reference="SGR1")
    with pytest.raises(Conflict) as refused:
        edited(order, demand={pot.pk: 1})
    assert refused.value.code == "money_went_back"


def test_a_name_on_an_invoice_is_put_right_by_a_new_one(order):
    confirm_payment(order_id=order.pk)
    edited(order, contact=replace(WHO, name="Wanjiku Traders", buyer_pin="P051234567Z"))
    current = TaxDocument.objects.get(order=order, kind="invoice", superseded=False)
    assert (current.buyer_name, current.buyer_pin) == ("Wanjiku Traders", "P051234567Z")
    assert [row[:2] for row in invoices(order)] == [
        ("invoice", 1300), ("credit_note", 1300), ("invoice", 1300),
    ]  # fmt: skip


def test_a_refund_that_people_give_up_pays_for_what_was_added_since(order, pot):
    confirm_payment(order_id=order.pk)
    edited(order, demand={pot.pk: 1})
    edited(order, demand={pot.pk: 2})
    assert (order.payment_status, Payment.objects.get(state="pending").amount) == ("unpaid", 500)
    give_up(refund_id=Refund.objects.get().pk, actor="amina")
    order.refresh_from_db()
    assert order.payment_status == "paid"
    assert not Payment.objects.filter(state="pending").exists()


def test_the_rest_is_thanked_for_and_both_receipts_are_named(order, pot):
    for units, receipt in ((3, "FIRST1"), (None, "SECOND2")):
        confirm_payment(order_id=order.pk, reference=receipt)
        paid = Payment.objects.filter(order=order, state="paid").latest("pk")
        for _again in range(2):
            tell_paid(order, paid, receipt=receipt)
        if units:
            edited(order, demand={pot.pk: units})
    thanks = Message.objects.filter(order=order, event="order_paid", channel="sms").order_by("pk")
    assert [("FIRST1" in said.body, "SECOND2" in said.body) for said in thanks] == [
        (True, False), (False, True),
    ]  # fmt: skip
    order.refresh_from_db()
    assert payment_status(order).receipt == "FIRST1, SECOND2"
