"""A headless developer sells: orders of items or of the cart, placed once, read by their owner."""

from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from shop.catalog.models import Product
from shop.inventory.models import StockLevel
from shop.orders.models import Order
from shop.tests.factories import first_variant, make_product
from shop.tests.integration.api_orders import ORDERS, body, customer, errors, nothing_written, post

pytestmark = pytest.mark.django_db


@pytest.fixture
def mango(shop_site):
    return first_variant(make_product("Mango", price=116, sku="MG", stock=10))


@pytest.fixture
def bread(shop_site):
    return first_variant(make_product("Bread", price="65.50", sku="BR", stock=4, tax_class="zero"))


@pytest.fixture
def shirt(shop_site):
    sizes = [{"sku": "SH-M", "options": {"Size": "M"}}, {"sku": "SH-L", "options": {"Size": "L"}}]
    return make_product("Shirt", price=1000, sku="SH", variants=sizes)


def test_a_guest_orders_and_follows_the_order(client, mango, bread):
    order = post(client, body({"sku": "mg", "quantity": 2}, {"product": bread.product_id}))
    stored = Order.objects.get(pk=order["id"])
    assert order.pop("placed_at") == stored.placed_at.isoformat().replace("+00:00", "Z")
    items = order.pop("items")
    assert [
        (i["sku"], i["name"], i["quantity"], i["unit_price"], i["line_total"]) for i in items
    ] == [
        ("MG", "Mango", 2, "116.00", "232.00"),
        ("BR", "Bread", 1, "65.50", "65.50"),
    ]
    assert order == {
        "id": stored.pk,
        "number": stored.number,
        "token": stored.token,
        "status": "placed",
        "currency": "KES",
        "subtotal": "297.50",
        "discount": "0.00",
        "reductions": [],
        "voucher": None,
        "delivery_fee": "300.00",
        "tax": "73.38",
        "taxes": [
            {"tax_class": "standard", "percent": "16.00", "gross": "532.00", "tax": "73.38"},
            {"tax_class": "zero", "percent": "0.00", "gross": "65.50", "tax": "0.00"},
        ],
        "total": "597.50",
        "rounding": "0.00",
        "payable": "597.50",
        "contact": {**body()["contact"], "phone": "+254712345678", "buyer_pin": ""},
        "address": {"county": "Nairobi", "area": "Kilimani", "landmark": "Blue gate"},
        "delivery_method": "delivery",
        "pickup_point": None,
        "payment_method": "cash_on_delivery",
        "payment_status": "unpaid",
        "payment": {
            "method": "cash_on_delivery",
            "status": "pending",
            "amount": "597.50",
            "currency": "KES",
        },
        "notify": {"sms": True, "email": False},
        "notes": "Call first",
        "track_url": f"https://shop.test/orders/{stored.token}/",
    }
    path = f"{ORDERS}{order['id']}/"
    assert client.get(path, {"token": order["token"]}).json()["items"] == items
    for token in ({}, {"token": "guess"}, {"token": ""}):
        assert client.get(path, token).status_code == 404
    messages = client.get(f"{path}notifications/", {"token": order["token"]}).json()
    assert [message["channel"] for message in messages["items"]] == ["sms"]
    cancelled = post(client, {}, 200, f"{path}cancel/?token={order['token']}")
    assert cancelled["status"] == "cancelled"
    assert StockLevel.objects.get(pk=mango.pk).available == 10
    again = post(client, {}, 409, f"{path}cancel/?token={order['token']}")
    assert again["errors"][0]["code"] == "already_cancelled"


def test_one_thing_named_twice_is_one_line(client, mango):
    order = post(
        client,
        body({"sku": "MG", "quantity": 2}, {"variant": mango.pk, "quantity": 3}, {"sku": "mg"}),
    )
    assert [(item["sku"], item["quantity"]) for item in order["items"]] == [("MG", 6)]


def test_short_of_stock_says_what_is_left_of_each(client, mango, bread):
    wanted = body(
        {"sku": "MG", "quantity": 1}, {"sku": "BR", "quantity": 5}, {"sku": "MG", "quantity": 11}
    )
    answer = post(client, wanted, 409)
    assert answer["type"] == "client_error"
    assert errors(answer) == {
        ("items.0.quantity", "insufficient_stock"),
        ("items.1.quantity", "insufficient_stock"),
    }
    assert any("4 left" in error["detail"] for error in answer["errors"])
    nothing_written()


def test_prices_are_the_shops(client, mango):
    sent = body(
        {"sku": "MG", "quantity": 1, "price": "1.00", "unit_price": 1}, total=1, status="paid"
    )
    assert post(client, sent)["subtotal"] == "116.00"


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"items": []}, {("items", "empty")}),
        ({"items": None}, {("items", "null")}),
        ({"items": {}}, {("items", "not_a_list")}),
        ({"items": ["MG"]}, {("items.0", "invalid")}),
        ({"items": [[[]]]}, {("items.0", "invalid")}),
        ({"items": [{}]}, {("items.0", "one_name")}),
        ({"items": [{"sku": "MG", "product": 1}]}, {("items.0", "one_name")}),
        ({"items": [{"sku": "MG", "quantity": 0}]}, {("items.0.quantity", "min_value")}),
        ({"items": [{"sku": "MG", "quantity": -1}]}, {("items.0.quantity", "min_value")}),
        ({"items": [{"sku": "MG", "quantity": 10**30}]}, {("items.0.quantity", "max_value")}),
        ({"items": [{"sku": "MG", "quantity": 1.5}]}, {("items.0.quantity", "invalid")}),
        ({"items": [{"sku": "MG", "quantity": True}]}, {("items.0.quantity", "invalid")}),
        ({"items": [{"sku": "MG", "quantity": None}]}, {("items.0.quantity", "null")}),
        ({"items": [{"sku": "MG", "quantity": "two"}]}, {("items.0.quantity", "invalid")}),
        ({"items": [{"sku": "MG", "quantity": [1]}]}, {("items.0.quantity", "invalid")}),
        ({"items": [{"sku": ["MG"]}]}, {("items.0.sku", "invalid")}),
        ({"items": [{"sku": ""}]}, {("items.0.sku", "blank")}),
        ({"items": [{"sku": "M\x00G"}]}, {("items.0.sku", "null_characters_not_allowed")}),
        ({"items": [{"sku": "M" * 65}]}, {("items.0.sku", "max_length")}),
        ({"items": [{"sku": "NO"}, {"sku": "MG"}]}, {("items.0.sku", "not_for_sale")}),
        ({"items": [{"variant": 10**30}]}, {("items.0.variant", "max_value")}),
        ({"items": [{"sku": "MG"}, {"variant": 10**15}]}, {("items.1.variant", "not_for_sale")}),
        ({"items": [{"product": 10**15}]}, {("items.0.product", "not_for_sale")}),
        (
            {"items": [{"variant": 10**15}, {"sku": "MG"}, {"sku": "NO"}]},
            {("items.0.variant", "not_for_sale"), ("items.2.sku", "not_for_sale")},
        ),
        ({"items": [{"sku": "MG"}] * 1000}, {("items", "max_length")}),
        ({"items": [{"sku": "MG", "quantity": 99_999}] * 2}, {("items", "quantity_out_of_range")}),
        ({"contact": None}, {("contact", "null")}),
        ({"contact": "me"}, {("contact", "invalid")}),
        ({"contact": {}}, {("contact.name", "required"), ("contact.phone", "required")}),
        ({"contact": {"name": "A", "phone": "123"}}, {("contact.phone", "invalid_phone")}),
        (
            {"contact": {"name": "A", "phone": 712345678, "email": "x"}},
            {("contact.email", "invalid_email")},
        ),
        (
            {"contact": {"name": "A\x00", "phone": "0712345678"}},
            {("contact.name", "null_characters_not_allowed")},
        ),
        ({"contact": {"name": {"$ne": 1}, "phone": "0712345678"}}, {("contact.name", "invalid")}),
        ({"address": {}}, {("address.county", "required")}),
        ({"address": []}, {("address", "invalid")}),
        ({"delivery_method": "drone"}, {("delivery_method", "delivery_unavailable")}),
        ({"payment_method": "shells"}, {("payment_method", "unknown_payment_method")}),
        ({"notes": "x" * 1001}, {("notes", "max_length")}),
        ({"notify": {"sms": "perhaps"}}, {("notify.sms", "invalid")}),
    ],
)
def test_wrong_input_is_named_and_writes_nothing(client, mango, changes, expected):
    answer = post(client, body(**{"items": [{"sku": "MG"}], **changes}), 400)
    assert answer["type"] == "validation_error"
    assert errors(answer) == expected
    nothing_written()


@pytest.mark.parametrize(
    "text",
    [
        "", "[]", "null", '"x"', "{", '{"a": NaN}', "[" * 100_000, '{"notes": "\\ud800"}',
        b"\xff\xfe", '{"items": ' + "9" * 5_000 + "}",
    ],
)  # fmt: skip
def test_a_body_that_is_no_order_is_refused(client, mango, text):
    answer = post(client, text, 400)
    assert answer["errors"][0]["detail"]
    nothing_written()


def test_what_the_door_refuses_has_the_same_shape(client, mango):
    form = client.post(ORDERS, {"a": "b"})
    assert (form.status_code, form.json()["errors"][0]["code"]) == (415, "unsupported_media_type")
    method = client.put(ORDERS, "{}", content_type="application/json")
    assert (method.status_code, method.json()["errors"][0]["code"]) == (405, "method_not_allowed")
    assert post(client, body(notes="x" * 600_000), 413)["errors"][0]["code"] == "request_too_large"
    assert client.get(ORDERS).status_code == 401


def test_names_in_any_script_are_kept(client, mango):
    contact = {"name": "Ωλγα 王芳 🌍", "phone": "+254712345678"}
    order = post(
        client, body({"sku": "MG"}, contact=contact, address={"city": "Kisumu", "area": "Ñ"})
    )
    assert order["contact"]["name"] == "Ωλγα 王芳 🌍"
    assert order["address"]["county"] == "Kisumu"


def test_a_choice_must_be_made_among_variants(client, shirt):
    answer = post(client, body({"product": shirt.pk}), 400)
    assert errors(answer) == {("items.0.product", "variant_required")}
    answer = post(client, body({"sku": shirt.sku}), 400)
    assert errors(answer) == {("items.0.sku", "variant_required")}
    assert "SH-M, SH-L" in answer["errors"][0]["detail"]
    assert post(client, body({"sku": "SH-L"}))["items"][0]["options"] == "L"


def test_a_draft_cannot_be_ordered(client, mango):
    make_product("Secret", sku="SECRET", live=False)
    answer = post(client, body({"sku": "MG"}, {"sku": "SECRET"}), 400)
    assert errors(answer) == {("items.1.sku", "not_for_sale")}


def test_the_variants_of_a_draft_are_not_told(client, shirt):
    Product.objects.filter(pk=shirt.pk).update(live=False)
    answer = post(client, body({"product": shirt.pk}), 400)
    assert errors(answer) == {("items.0.product", "not_for_sale")}


def test_the_longest_reason_to_cancel_is_taken(client, mango):
    order = post(client, body({"sku": "MG"}))
    path = f"{ORDERS}{order['id']}/cancel/?token={order['token']}"
    assert post(client, {"note": "n" * 300}, 200, path)["status"] == "cancelled"


def test_who_may_see_and_stop_an_order(client, mango):
    owner, other = customer("owner"), customer("other")
    staff = customer("staff", "view_order", "change_order")
    client.force_login(owner)
    order = post(client, body({"sku": "MG"}))
    path = f"{ORDERS}{order['id']}/"
    for user, status, count in ((owner, 200, 1), (other, 404, 0), (staff, 200, 1)):
        client.force_login(user)
        assert client.get(path).status_code == status
        assert client.get(f"{path}notifications/").status_code == status
        assert client.get(ORDERS).json()["meta"]["total_count"] == count
    channels = [m["channel"] for m in client.get(f"{path}notifications/").json()["items"]]
    client.force_login(other)
    assert post(client, {}, 404, f"{path}cancel/")["errors"][0]["code"] == "not_found"
    client.force_login(customer("viewer", "view_order"))
    post(client, {}, 409 if channels == [] else 404, f"{path}cancel/")
    client.force_login(staff)
    assert post(client, {"note": "Sold elsewhere"}, 200, f"{path}cancel/")["status"] == "cancelled"
    event = Order.objects.get(pk=order["id"]).events.get(kind="cancelled")
    assert (event.actor, event.text) == ("staff", "Sold elsewhere")


def test_a_session_needs_its_csrf_token(mango):
    from django.test import Client

    client = Client(enforce_csrf_checks=True)
    post(client, body({"sku": "MG"}))
    client.force_login(customer("owner"))
    assert post(client, body({"sku": "MG"}), 403)["errors"][0]["code"] == "permission_denied"


def test_orders_come_in_pages(client, mango, django_assert_max_num_queries):
    client.force_login(customer("owner"))
    ids = [post(client, body({"sku": "MG"}))["id"] for _ in range(5)]
    seen, address = [], f"{ORDERS}?limit=2"
    while address:
        page = client.get(address.removeprefix("https://shop.test")).json()
        assert page["meta"]["total_count"] == 5
        seen += [item["id"] for item in page["items"]]
        address = page["meta"]["next"]
    assert seen == ids[::-1]
    # Session (where no cache keeps it), user, rights twice, count, orders, lines, payments.
    with django_assert_max_num_queries(8):
        client.get(ORDERS)
    for cursor in ("x", "-1", "9" * 30):
        assert client.get(ORDERS, {"cursor": cursor}).status_code == 400


def test_an_order_of_three_lines_takes_few_statements(client, mango, bread, shirt):
    sent = body({"sku": "MG"}, {"sku": "BR"}, {"sku": "SH-M"})
    post(client, sent)
    with CaptureQueriesContext(connection) as queries:
        order = post(client, sent)
    assert Decimal(order["subtotal"]) == Decimal("1181.50")
    asked = [query["sql"] or "a prepared statement" for query in queries]
    statements = [sql for sql in asked if "SAVEPOINT" not in sql]
    assert len(statements) <= 15, "\n".join(statements)
