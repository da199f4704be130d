"""Other programs hear of orders, products and stock: once, in the transaction, nothing personal."""

import json
from datetime import timedelta
from decimal import Decimal

import pytest
from django.core.management import call_command
from django.db import connection, transaction
from django.utils import timezone
from django_q.models import OrmQ
from wagtail.models import Revision

from shop.catalog.actions import create_product, update_product
from shop.core import clock
from shop.flows.cancel_order import cancel_order
from shop.flows.confirm_order import confirm_order
from shop.flows.confirm_payment import confirm_payment
from shop.flows.pack_order import pack_order
from shop.flows.place_order import OutOfStock, Purchase, place_order
from shop.flows.ship_order import ship_order
from shop.inventory.actions import set_on_hand
from shop.inventory.models import StockLevel
from shop.inventory.promises import release
from shop.orders.contact import Contact, Place
from shop.tests.factories import first_variant, make_product
from shop.tests.integration.drafts import draft, publish
from shop.tests.webhook_factories import make_endpoint
from shop.webhooks.actions import forget_old
from shop.webhooks.models import Delivery, Endpoint

pytestmark = pytest.mark.django_db

BUYER = ("Wanjiku Kamau", "0712 345 678", "wanjiku@example.org")


def buy(demand):
    return place_order(
        demand,
        Purchase(
            contact=Contact(*BUYER),
            place=Place("Nairobi", "Kilimani", "Blue gate"),
            notes="Call at the gate",
        ),
    )


def told(event=None):
    deliveries = Delivery.objects.order_by("pk")
    if event:
        deliveries = deliveries.filter(event=event)
    return [json.loads(delivery.payload) for delivery in deliveries]


@pytest.fixture
def mangoes(shop_site):
    return first_variant(make_product("Mangoes", price=116, stock=10, sku="MANGO"))


def test_the_life_of_an_order_is_told(mangoes):
    endpoint = make_endpoint()
    order = buy({mangoes.pk: 2})
    confirm_payment(order_id=order.pk)
    confirm_order(order_id=order.pk)
    pack_order(order_id=order.pk)
    ship_order(order_id=order.pk)
    cancelled = buy({mangoes.pk: 1})
    cancel_order(order_id=cancelled.pk, actor="Otieno", note="Changed my mind")

    events = told()
    assert [(event["type"], event["data"]["id"]) for event in events] == [
        ("order.placed", order.pk),
        ("order.paid", order.pk),
        ("order.shipped", order.pk),
        ("shipment.shipped", order.shipments.get().pk),
        ("order.placed", cancelled.pk),
        ("order.cancelled", cancelled.pk),
    ]
    data = events[0]["data"]
    assert (data["number"], data["status"], data["currency"]) == (order.number, "placed", "KES")
    assert (data["total"], data["payment_status"]) == (f"{order.total:.2f}", "unpaid")
    assert [(line["sku"], line["quantity"], line["line_total"]) for line in data["items"]] == [
        ("MANGO", 2, "232.00")
    ]
    assert events[2]["data"]["items"] == data["items"]
    assert events[1]["data"]["payment_status"] == "paid"
    assert data["api_url"] == f"https://shop.test/api/v2/orders/{order.pk}/"
    parcel = events[3]["data"]
    assert (parcel["order"]["number"], parcel["order"]["status"]) == (order.number, "shipped")
    assert [(line["sku"], line["quantity"]) for line in parcel["items"]] == [("MANGO", 2)]
    assert len({event["id"] for event in events}) == 6
    assert list(Delivery.objects.values_list("endpoint", flat=True).distinct()) == [endpoint.pk]


def test_nothing_personal_is_told(mangoes):
    make_endpoint()
    order = buy({mangoes.pk: 1})
    confirm_payment(order_id=order.pk, reference="RKT123ABC")
    stored = " ".join(Delivery.objects.values_list("payload", flat=True))
    for secret in (*BUYER, "Wanjiku", "+254712345678", "712345678", "Kilimani", "Blue gate",
                   "Nairobi", "at the gate", order.token, "RKT123ABC"):  # fmt: skip
        assert secret not in stored


def test_nobody_hears_what_was_undone(mangoes):
    make_endpoint()
    queued = OrmQ.objects.count()
    with pytest.raises(OutOfStock):
        buy({mangoes.pk: 11})
    with pytest.raises(RuntimeError), transaction.atomic():
        buy({mangoes.pk: 1})
        raise RuntimeError
    assert told() == []
    assert OrmQ.objects.count() == queued


def test_each_endpoint_hears_what_it_asked_for(mangoes):
    everything = make_endpoint()
    orders = make_endpoint(events=["order.placed", "order.paid"])
    make_endpoint(active=False)
    order = buy({mangoes.pk: 1})
    cancel_order(order_id=order.pk)

    heard = list(Delivery.objects.order_by("pk").values_list("endpoint_id", "event"))
    assert heard == [
        (everything.pk, "order.placed"),
        (orders.pk, "order.placed"),
        (everything.pk, "order.cancelled"),
    ]
    assert len(set(Delivery.objects.values_list("event_id", flat=True))) == 2


def test_the_same_occasion_is_told_once(mangoes):
    make_endpoint()
    order = buy({mangoes.pk: 1})
    confirm_payment(order_id=order.pk)
    paid = type(order).objects.get(pk=order.pk)
    paid.save(update_fields=["payment_status"])
    paid.save()
    assert [event["type"] for event in told()] == ["order.placed", "order.paid"]


def statements_of(work):
    seen = []

    def note(execute, sql, *details):
        seen.append(sql)
        return execute(sql, *details)

    with connection.execute_wrapper(note):
        work()
    return seen


def test_an_order_costs_no_statement_where_nobody_listens(mangoes):
    buy({mangoes.pk: 1})
    silent = statements_of(lambda: buy({mangoes.pk: 1}))
    make_endpoint(events=["order.placed"])
    buy({mangoes.pk: 1})
    heard = statements_of(lambda: buy({mangoes.pk: 1}))

    def about(table, statements):
        return len([sql for sql in statements if f'"{table}"' in sql])

    # Who listens is read once a second at most, by whichever order comes then.
    assert about("webhooks_endpoint", silent) <= 1
    assert about("webhooks_delivery", silent) == 0
    assert about("webhooks_delivery", heard) == 1
    assert about("django_q_ormq", heard) == about("django_q_ormq", silent) + 1


def test_an_endpoint_that_is_removed_meanwhile_undoes_no_order(mangoes):
    endpoint = make_endpoint()
    buy({mangoes.pk: 1})
    # Another process still remembers it.
    Endpoint.objects.filter(pk=endpoint.pk)._raw_delete("default")
    assert buy({mangoes.pk: 1}).pk


def test_a_published_draft_is_told_and_a_saved_one_is_not(shop_site):
    product = make_product("Lamp", price=500)
    make_endpoint()
    revision = draft(product, name="Solar lamp")
    assert told() == []

    publish(revision)
    first = told("product.published")
    assert [event["data"]["name"] for event in first] == ["Solar lamp"]
    assert first[0]["data"]["price"] == "500.00"
    assert first[0]["data"]["html_url"].startswith("https://shop.test/products/")

    live = type(product).objects.get(pk=product.pk)
    live.featured = True
    live.save()
    assert len(told("product.published")) == 1

    publish(draft(live, name="Big solar lamp"))
    assert [event["data"]["name"] for event in told("product.published")] == [
        "Solar lamp",
        "Big solar lamp",
    ]


def test_a_scheduled_draft_is_told_when_it_goes_live(shop_site):
    product = make_product("Tea", live=False)
    make_endpoint()
    revision = draft(product, go_live_at=timezone.now() + timedelta(hours=1))
    publish(revision)
    assert told() == []

    past = timezone.now() - timedelta(minutes=1)
    revision = Revision.objects.get(pk=revision.pk)
    revision.approved_go_live_at = past
    revision.content["go_live_at"] = past.isoformat()
    revision.save()
    call_command("publish_scheduled")
    assert [event["data"]["id"] for event in told("product.published")] == [product.pk]


def test_what_the_api_makes_live_is_told(shop_site):
    make_endpoint(events=["product.published"])
    product = create_product(name="Rice", price=Decimal(200), live=False)
    assert told() == []
    update_product(product_id=product.pk, changes={"live": True})
    update_product(product_id=product.pk, changes={"price": Decimal(210)})
    assert [event["data"]["sku"] for event in told()] == [product.sku]


def test_an_endpoint_does_not_hear_of_what_was_before(shop_site):
    product = create_product(name="Rice", price=Decimal(200))
    make_endpoint()
    update_product(product_id=product.pk, changes={"price": Decimal(210)})
    assert told("product.published") == []


def lows():
    return [event["data"]["available"] for event in told("stock.low")]


def test_a_dip_is_told_once_and_the_next_one_again(mangoes):
    make_endpoint(events=["stock.low"])
    StockLevel.objects.filter(pk=mangoes.pk).update(low_stock_threshold=3)
    buy({mangoes.pk: 6})
    assert lows() == []
    order = buy({mangoes.pk: 1})
    assert told()[0]["data"] == {
        "variant": mangoes.pk,
        "product": mangoes.product_id,
        "sku": "MANGO",
        "available": 3,
        "low_stock_threshold": 3,
    }
    buy({mangoes.pk: 1})
    set_on_hand({mangoes.pk: 9})
    assert lows() == [3]

    release(reference=order.number)
    set_on_hand({mangoes.pk: 20})
    set_on_hand({mangoes.pk: 9})
    assert lows() == [3, 2]


def test_units_that_nobody_counts_are_never_low(shop_site):
    make_endpoint(events=["stock.low"])
    bread = first_variant(make_product("Bread"))
    buy({bread.pk: 50})
    assert lows() == []
    set_on_hand({bread.pk: 52})  # two left beside what was promised: known to be low from now on
    assert lows() == [2]


def test_what_is_old_is_forgotten(mangoes):
    make_endpoint()
    with clock.fixed(clock.now() - timedelta(days=31)):
        buy({mangoes.pk: 1})
    young = buy({mangoes.pk: 1})
    assert forget_old() == 1
    assert [event["data"]["id"] for event in told()] == [young.pk]
