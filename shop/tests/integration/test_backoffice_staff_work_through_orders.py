"""Staff find an order however it is asked for, see it on one screen, take the legal next steps."""

from typing import Any

import pytest
from django.contrib.messages import get_messages
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from shop.catalog.models import Product
from shop.customers.models import User
from shop.flows.place_order import Purchase, place_order
from shop.inventory.models import StockLevel
from shop.orders.contact import Contact, Place
from shop.orders.models import Order
from shop.payments.models import Payment
from shop.tests.factories import first_variant, make_product

pytestmark = pytest.mark.django_db

RECORDS = ("orders/order", "payments/payment", "notifications/message", "inventory/movement")


def make_order(
    product: Product, name: str = "Wanjiku Kamau", phone: str = "0712 345 678", **fields: Any
) -> Order:
    contact = Contact(name=name, phone=phone, email=fields.pop("email", ""))
    purchase = Purchase(
        contact=contact,
        place=Place(county="Nairobi", area="Kilimani", landmark="Blue gate"),
        delivery_method="delivery",
        **fields,
    )
    return place_order({first_variant(product).pk: 2}, purchase)


@pytest.fixture
def pot(shop_site: Any) -> Product:
    return make_product("Clay pot", sku="POT", price=500, stock=10)


@pytest.fixture
def order(pot: Product) -> Order:
    return make_order(pot, email="wanjiku@example.org", notes="Please call at the gate.")


def page_of(order: Order) -> str:
    return reverse("orders_order_modeladmin_inspect", args=[order.pk])


def take(client: Client, order: Order, step: str, **words: str) -> list[str]:
    answer = client.post(reverse("order_step", args=[order.pk, step]), words)
    assert answer.status_code == 302
    return [str(message).strip() for message in get_messages(answer.wsgi_request)]


@pytest.mark.parametrize(
    "asked",
    ["number", "grouped", "0712345678", "+254 712 345 678", "254712345678", "712345",
     "0712-345-678", "wanjiku", "pot", "POT", "wanjiku@example.org"],
)  # fmt: skip
def test_an_order_is_found(admin_client: Client, order: Order, asked: str) -> None:
    other = make_order(make_product("Mug", sku="MUG"), "Otieno Ouma", "0733 999 111")
    asked = {"number": order.number, "grouped": order.readable_number}.get(asked, asked)

    answer = admin_client.get(reverse("orders_order_modeladmin_index"), {"q": asked})

    assert list(answer.context["object_list"]) == [order]
    assert other.readable_number not in answer.content.decode()


def test_a_list_of_orders_takes_few_queries(admin_client: Client, pot: Product) -> None:
    for _ in range(4):
        make_order(pot)
    address = reverse("orders_order_modeladmin_index")
    admin_client.get(address)

    with CaptureQueriesContext(connection) as queries:
        answer = admin_client.get(address)

    assert len(answer.context["object_list"]) == 4
    assert len(queries) <= 15, "\n".join(query["sql"][:150] for query in queries)


@pytest.mark.parametrize(
    ("query", "count"),
    [
        ("status__exact=placed", 1),
        ("status__exact=packed", 0),
        ("payment_status__exact=unpaid", 1),
        ("delivery=delivery", 1),
        ("delivery=pickup", 0),
    ],
)
def test_filters(admin_client: Client, order: Order, query: str, count: int) -> None:
    answer = admin_client.get(f"{reverse('orders_order_modeladmin_index')}?{query}")

    assert len(answer.context["object_list"]) == count


@pytest.mark.parametrize("query", ["nonsense=1", "q=%00", "status__exact=%00", "p=9999", "o=x.-y"])
def test_strange_addresses_still_answer(admin_client: Client, order: Order, query: str) -> None:
    answer = admin_client.get(f"{reverse('orders_order_modeladmin_index')}?{query}", follow=True)

    assert answer.status_code == 200


def test_one_screen_tells_all(admin_client: Client, order: Order) -> None:
    with CaptureQueriesContext(connection) as queries:
        page = admin_client.get(page_of(order)).content.decode()

    for text in (
        order.readable_number, "Wanjiku Kamau", "0712 345678", "wanjiku@example.org",
        "Blue gate, Kilimani, Nairobi", "Please call at the gate.", "Clay pot", "POT",
        "KSh\xa01,000", "KSh\xa01,300", "Cash on delivery", "SMS to the customer",
    ):  # fmt: skip
        assert text in page, text
    assert len(queries) <= 24


def test_it_still_stands_when_its_product_is_gone(
    admin_client: Client, order: Order, pot: Product
) -> None:
    pot.delete()

    page = admin_client.get(page_of(order)).content.decode()

    assert "Clay pot" in page
    assert "no longer in the shop" in page


def test_from_placed_to_delivered_and_paid(admin_client: Client, order: Order) -> None:
    def buttons() -> set[str]:
        steps = admin_client.get(page_of(order)).context["steps"]
        return {step.url.rstrip("/").rpartition("/")[2] for step in steps}

    assert buttons() == {"confirmed", "paid", "cancelled"}
    assert admin_client.get(reverse("order_step", args=[order.pk, "confirmed"])).status_code == 200
    order.refresh_from_db()
    assert order.status == "placed"

    take(admin_client, order, "confirmed", note="Called her")
    assert buttons() == {"packed", "paid", "cancelled"}
    take(admin_client, order, "packed")
    take(admin_client, order, "shipped")
    assert buttons() == {"delivered", "paid"}
    take(admin_client, order, "delivered")
    assert buttons() == {"paid"}
    take(admin_client, order, "paid", reference="Receipt 7")
    assert buttons() == set()

    order.refresh_from_db()
    assert (order.status, order.payment_status) == ("delivered", "paid")
    assert Payment.objects.get(order=order).reference == "Receipt 7"
    assert StockLevel.objects.get().on_hand == 8
    page = admin_client.get(page_of(order)).content.decode()
    assert "Called her" in page


def test_cancelling_wants_a_reason_and_gives_the_stock_back(
    admin_client: Client, order: Order
) -> None:
    address = reverse("order_step", args=[order.pk, "cancelled"])
    assert admin_client.post(address, {"note": ""}).status_code == 200
    order.refresh_from_db()
    assert order.status == "placed"

    take(admin_client, order, "cancelled", note="She changed her mind")

    order.refresh_from_db()
    assert order.status == "cancelled"
    assert StockLevel.objects.get().available == 10


def test_a_step_that_somebody_else_took_first_is_refused(
    admin_client: Client, order: Order
) -> None:
    take(admin_client, order, "confirmed")

    said = take(admin_client, order, "confirmed")

    assert said[-1:] == ["The order is confirmed and cannot become confirmed."]
    assert order.events.filter(kind="confirmed").count() == 1


def test_nobody_edits_or_deletes_records(admin_client: Client, order: Order) -> None:
    made_by_hand = [f"{record}/create/" for record in RECORDS]
    for path in [
        *made_by_hand,
        f"{RECORDS[0]}/edit/{order.pk}/",
        f"{RECORDS[0]}/delete/{order.pk}/",
    ]:
        for send in (admin_client.get, admin_client.post):
            answer = send(f"/admin/{path}")
            assert answer.status_code == 302, path
            assert answer["Location"] == "/admin/"
    assert Order.objects.filter(pk=order.pk).exists()


def test_no_such_order(admin_client: Client, order: Order) -> None:
    for address in (
        reverse("orders_order_modeladmin_inspect", args=[999999]),
        reverse("order_step", args=[999999, "confirmed"]),
        reverse("order_step", args=[order.pk, "eaten"]),
        "/admin/orders/order/inspect/abc/",
    ):
        assert admin_client.get(address).status_code == 404, address


def test_who_may_not_change_orders_sees_no_buttons(client: Client, order: Order) -> None:
    from django.contrib.auth.models import Permission

    clerk = User.objects.create_user("clerk", "clerk@example.org", "x")
    clerk.user_permissions.add(
        Permission.objects.get(codename="access_admin"),
        Permission.objects.get(codename="view_order"),
    )
    client.force_login(clerk)

    page = client.get(page_of(order))
    step = client.post(reverse("order_step", args=[order.pk, "confirmed"]))

    assert page.status_code == 200
    assert page.context["steps"] == []
    assert step.status_code == 302
    order.refresh_from_db()
    assert order.status == "placed"


def test_a_name_longer_than_the_timeline_takes_stops_no_step(
    client: Client, order: Order, pot: Product
) -> None:
    client.force_login(
        User.objects.create_superuser("boss", first_name="A" * 150, last_name="B" * 150)
    )
    take(client, order, "confirmed")
    take(client, order, "cancelled", note="Sold out")
    assert [event.actor for event in order.events.order_by("pk")] == ["A" * 150] * 2
    variant = first_variant(pot).pk
    words = {f"variant-{variant}-kind": "received", f"variant-{variant}-quantity": "3"}
    assert client.post(reverse("stock", args=[pot.pk]), words).status_code == 302
    assert StockLevel.objects.get(pk=variant).on_hand == 13
