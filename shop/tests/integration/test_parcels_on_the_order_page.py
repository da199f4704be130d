"""A buyer sees what is in each parcel and where it is, and asks to give something back."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from shop.flows.confirm_order import confirm_order
from shop.flows.deliver_order import deliver_order
from shop.flows.pack_order import pack_order
from shop.flows.pack_shipment import pack_shipment
from shop.flows.ship_order import ship_order
from shop.flows.ship_shipment import ship_shipment
from shop.fulfilment.models import Carrier, Return
from shop.tests.integration.parcels import in_two_parcels, lines, placed

pytestmark = pytest.mark.django_db


def page(client, order):
    return client.get(order.get_absolute_url()).content.decode()


def test_each_parcel_with_its_way(client, shop_site):
    Carrier.objects.create(name="G4S", tracking_pattern="https://g4s.example/{number}")
    order, _first, second = in_two_parcels()
    pack_shipment(shipment_id=second.pk)
    ship_shipment(shipment_id=second.pk, carrier="G4S", tracking_number="A1")
    with CaptureQueriesContext(connection) as queries:
        shown = page(client, order)
    assert len(queries) <= 24
    assert shown.count('class="parcel"') == 2
    assert 'href="https://g4s.example/A1"' in shown
    assert "Partly on its way" in shown
    # Nothing of the others has been packed, yet that step lies behind the order.
    assert shown.count("timeline__step--todo") == 2


def test_one_parcel_that_is_still_here_says_nothing_of_its_own(client, shop_site):
    order = placed()
    confirm_order(order_id=order.pk)
    assert 'class="parcel"' not in page(client, order)
    assert "Give something back" not in page(client, order)


def test_asking_to_give_something_back(client, shop_site):
    order = placed()
    confirm_order(order_id=order.pk)
    pack_order(order_id=order.pk)
    ship_order(order_id=order.pk)
    deliver_order(order_id=order.pk)
    pots, mugs = lines(order)
    shown = page(client, order)
    assert f'name="line-{pots.pk}"' in shown
    address = f"/orders/{order.token}/return/"
    wish = {f"line-{pots.pk}": "2", f"line-{mugs.pk}": "0", "reason": "damaged", "key": "one"}
    for _click in range(2):
        answer = client.post(address, {**wish, "words": "Cracks\x00"}, follow=True)
    assert "What you give back" in answer.content.decode()
    asked = Return.objects.get()
    assert [(line.order_line, line.quantity) for line in asked.lines.all()] == [(pots, 2)]
    assert (asked.reason, asked.words, asked.asked_by) == ("damaged", "Cracks", "Customer")


@pytest.mark.parametrize(
    ("wish", "text"),
    [
        ({}, "Choose what you want to give back."),
        ({"pots": "9"}, "Clay pot: only 3 can come back."),
        ({"pots": "-1"}, "Choose what you want to give back."),
        ({"pots": "1", "reason": "x" * 40}, "Choose one of the reasons."),
    ],
)
def test_a_wish_that_cannot_be_is_refused_in_words(client, shop_site, wish, text):
    order = placed()
    confirm_order(order_id=order.pk)
    pack_order(order_id=order.pk)
    ship_order(order_id=order.pk)
    sent = {
        f"line-{lines(order)[0].pk}": wish.get("pots", ""),
        "reason": wish.get("reason", "other"),
    }
    answer = client.post(f"/orders/{order.token}/return/", sent, follow=True)
    assert text in answer.content.decode()
    assert not Return.objects.exists()
    assert client.get(f"/orders/{order.token}/return/").status_code == 405
    assert client.post("/orders/nobodys/return/", sent).status_code == 404
