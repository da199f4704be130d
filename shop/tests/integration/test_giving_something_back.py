"""A buyer gives something back: asked, answered, received, restocked once, paid back once."""

import pytest
from django.core import mail

from shop.core.errors import Conflict, ShopError
from shop.flows.answer_return import answer_return
from shop.flows.ask_for_return import ask_for_return
from shop.flows.confirm_payment import confirm_payment
from shop.flows.pack_order import pack_order
from shop.flows.pack_shipment import pack_shipment
from shop.flows.receive_return import receive_return
from shop.flows.refund_order import RefundedLine, refund_order
from shop.flows.refund_return import refund_return
from shop.flows.ship_order import ship_order
from shop.flows.ship_shipment import ship_shipment
from shop.fulfilment.actions import IllegalReturnMove, NothingToReturn
from shop.fulfilment.models import Return
from shop.inventory.models import StockLevel
from shop.inventory.returns import take_back
from shop.payments.models import Refund
from shop.tests.integration.parcels import assert_counted, in_two_parcels, lines, shelf

pytestmark = pytest.mark.django_db


@pytest.fixture
def order(shop_site):
    """An order of 3 pots and 2 mugs that was paid and has left."""
    order, _first, _second = in_two_parcels()
    confirm_payment(order_id=order.pk, reference="Till 4")
    pack_order(order_id=order.pk)
    ship_order(order_id=order.pk)
    assert shelf() == [(7, 0), (8, 0)]
    return order


def test_from_asking_to_the_money(order):
    pots, mugs = lines(order)
    asked = ask_for_return(
        order_id=order.pk,
        units={pots.pk: 2, mugs.pk: 1},
        reason="damaged",
        words="Two have cracks.",
        actor="Customer",
    )
    answer_return(return_id=asked.pk, accept=True, answer="Our rider comes on Monday.")
    receive_return(return_id=asked.pk, restock={mugs.pk: 1}, actor="amina")
    assert shelf() == [(7, 0), (9, 0)]
    refund_return(return_id=asked.pk, reference="Till 9", actor="amina")
    refund = Refund.objects.get()
    assert (refund.amount, refund.state, refund.reference) == (1300, "done", "Till 9")
    order.refresh_from_db()
    assert order.payment_status == "partly_refunded"
    assert shelf() == [(7, 0), (9, 0)]
    assert_counted(order)
    kinds = list(order.events.filter(kind__startswith="return_").values_list("kind", flat=True))
    assert kinds == ["return_asked", "return_accepted", "return_received", "return_refunded"]
    sms = order.messages.get(event="order_return", channel="sms", occasion="return:1:accepted")
    assert "yes, you can give back 2 x Clay pot, 1 x Enamel mug." in sms.body
    assert "Our rider comes on Monday." in sms.body
    assert not mail.outbox


def test_nothing_is_received_restocked_or_paid_back_twice(order):
    pots, _mugs = lines(order)
    asked = ask_for_return(order_id=order.pk, units={pots.pk: 1}, key="form-1")
    assert ask_for_return(order_id=order.pk, units={pots.pk: 1}, key="form-1") == asked
    answer_return(return_id=asked.pk, accept=True)
    receive_return(return_id=asked.pk, restock={pots.pk: 1})
    with pytest.raises(IllegalReturnMove):
        receive_return(return_id=asked.pk, restock={pots.pk: 1})
    refund_return(return_id=asked.pk, reference="Till 9")
    with pytest.raises(IllegalReturnMove):
        refund_return(return_id=asked.pk, reference="Till 9")
    assert shelf() == [(8, 0), (8, 0)]
    assert Refund.objects.count() == 1
    assert_counted(order)


def test_units_that_went_back_with_a_refund_do_not_come_back_again(order):
    pots, _mugs = lines(order)
    asked = ask_for_return(order_id=order.pk, units={pots.pk: 2})
    answer_return(return_id=asked.pk, accept=True)
    refund_order(
        order_id=order.pk, lines=[RefundedLine(pots.pk, 2, restock=True)], reference="Till 9"
    )
    with pytest.raises(Conflict) as refusal:
        receive_return(return_id=asked.pk, restock={pots.pk: 2})
    assert refusal.value.code == "nothing_to_take_back"
    receive_return(return_id=asked.pk, restock={pots.pk: 1})
    assert shelf() == [(10, 0), (8, 0)]


def test_units_that_nobody_counts_come_back_once_too(order):
    """Somebody stops to count pots, and begins again: what came back meanwhile is known."""
    pots, _mugs = lines(order)
    back = [RefundedLine(pots.pk, 1, restock=True)]
    pot = StockLevel.objects.filter(pk=pots.variant_id)
    pot.update(tracked=False)
    for _ in range(3):
        take_back(reference=order.number, units={pots.variant_id: 1})
    assert shelf() == [(7, 0), (8, 0)]
    for counted in (False, True):
        pot.update(tracked=counted)
        with pytest.raises(Conflict) as refusal:
            refund_order(order_id=order.pk, lines=back, reference="Till 9")
        assert refusal.value.code == "nothing_to_take_back"
    assert shelf() == [(7, 0), (8, 0)]


def test_only_what_is_out_can_come_back(shop_site):
    order, _first, second = in_two_parcels()
    pots, mugs = lines(order)
    with pytest.raises(NothingToReturn):
        ask_for_return(order_id=order.pk, units={mugs.pk: 1})
    pack_shipment(shipment_id=second.pk)
    ship_shipment(shipment_id=second.pk)
    with pytest.raises(NothingToReturn) as refusal:
        ask_for_return(order_id=order.pk, units={mugs.pk: 2, pots.pk: 1})
    assert {detail["line"] for detail in refusal.value.details} == {mugs.pk, pots.pk}
    ask_for_return(order_id=order.pk, units={mugs.pk: 1})
    with pytest.raises(NothingToReturn):
        ask_for_return(order_id=order.pk, units={mugs.pk: 1})
    assert_counted(order)


def test_what_was_refused_can_be_asked_for_again(order):
    pots, _mugs = lines(order)
    asked = ask_for_return(order_id=order.pk, units={pots.pk: 3}, words="I changed my mind")
    answer_return(return_id=asked.pk, accept=False, answer="It was used.")
    with pytest.raises(IllegalReturnMove):
        answer_return(return_id=asked.pk, accept=True)
    again = ask_for_return(order_id=order.pk, units={pots.pk: 3})
    assert again.number == 2
    assert_counted(order)


def test_more_than_came_goes_on_no_shelf(order):
    pots, mugs = lines(order)
    asked = ask_for_return(order_id=order.pk, units={pots.pk: 1})
    answer_return(return_id=asked.pk, accept=True)
    for wrong in ({pots.pk: 2}, {mugs.pk: 1}):
        with pytest.raises(ShopError) as refusal:
            receive_return(return_id=asked.pk, restock=wrong)
        assert refusal.value.code == "too_many_units"
    asked.refresh_from_db()
    assert (asked.status, shelf()) == ("accepted", [(7, 0), (8, 0)])


@pytest.mark.parametrize(
    ("words", "code"),
    [({"reason": "bored"}, "unknown_reason"), ({"units": {}}, "nothing_chosen")],
)
def test_a_wish_that_says_too_little_is_refused(order, words, code):
    pots, _mugs = lines(order)
    with pytest.raises(ShopError) as refusal:
        ask_for_return(order_id=order.pk, **{"units": {pots.pk: 1}, **words})
    assert refusal.value.code == code
    assert not Return.objects.exists()
