"""A headless front sells in GraphQL: carts, orders, what a customer keeps; each to its owner."""

import pytest
from django.test import Client

from shop.catalog.models import Product
from shop.inventory.models import StockLevel
from shop.orders.models import Order
from shop.tests.api_tokens import bearer, program_token
from shop.tests.factories import first_variant, make_product
from shop.tests.integration.api_orders import customer, nothing_written
from shop.tests.integration.graphql_door import GRAPHQL, data, refusals, send

pytestmark = pytest.mark.django_db

ORDER = """mutation ($input: OrderInput!) { createOrder(input: $input) {
  id number token status currency items { sku name quantity unitPrice lineTotal }
  deliveryFee total placedAt contact { name phone } payment { method status amount } } }"""
ADD = """mutation ($input: LineInput!, $key: String) {
  cartAddLine(input: $input, idempotencyKey: $key) {
    token count subtotal canBeOrdered lines { id sku quantity } } }"""
MINE = 'query ($id: ID, $token: String! = "") { order(id: $id, token: $token) { id } }'


@pytest.fixture
def mango(shop_site):
    return first_variant(make_product("Mango", price=116, sku="MG", stock=10))


def wish(*items, **changes):
    return {
        **({"items": list(items)} if items else {}),
        "contact": {"name": "Wanjiku Kamau", "phone": "0712 345 678", "email": "w@example.org"},
        "address": {"county": "Nairobi", "area": "Kilimani", "landmark": "Blue gate"},
        "deliveryMethod": "delivery",
        "paymentMethod": "cash_on_delivery",
        "notify": {"sms": True, "email": False},
        **changes,
    }


def ordered(client, *items, headers=None, **changes):
    return data(client, ORDER, headers=headers, input=wish(*items, **changes))["createOrder"]


def browser(user):
    client = Client()
    client.force_login(user)
    return client


def test_a_guest_orders_and_follows_the_order_by_its_token(client, mango):
    order = ordered(client, {"sku": "mg", "quantity": 2})
    stored = Order.objects.get()
    assert order["placedAt"] == stored.placed_at.isoformat().replace("+00:00", "Z")
    assert order["items"] == [
        {
            "sku": "MG",
            "name": "Mango",
            "quantity": 2,
            "unitPrice": "116.00",
            "lineTotal": "232.00",
        }
    ]
    assert (order["total"], order["deliveryFee"]) == ("532.00", "300.00")
    assert order["contact"] == {"name": "Wanjiku Kamau", "phone": "+254712345678"}
    assert order["payment"]["amount"] == "532.00"
    assert StockLevel.objects.get(variant_id=mango.pk).reserved == 2
    held = {"order": {"id": str(stored.pk)}}
    assert data(client, MINE, token=stored.token) == held
    assert data(client, MINE, id=order["id"], token=stored.token) == held
    assert refusals(client, MINE, id=order["id"]) == [(None, "not_found")]
    assert refusals(client, MINE, id=order["id"], token="x") == [(None, "not_found")]
    assert refusals(client, MINE) == [(None, "not_found")]


def test_what_is_wrong_with_an_order_is_told_as_over_rest(client, mango):
    assert refusals(client, ORDER, input=wish({"sku": "MG", "quantity": 11})) == [
        ("items.0.quantity", "insufficient_stock")
    ]
    assert refusals(client, ORDER, input=wish({"sku": "MG", "product": "1"})) == [
        ("items.0", "one_name")
    ]
    wrong = wish({"sku": "MG"}, contact={"phone": "12", "name": "W"}, deliveryMethod="by balloon")
    told = send(client, ORDER, input=wrong)
    assert told["data"] == {"createOrder": None}
    assert told["errors"][0]["path"] == ["createOrder"]
    assert told["errors"][0]["extensions"]["status"] == 400
    assert told["errors"][0]["extensions"]["type"] == "validation_error"
    assert told["errors"][0]["extensions"]["errors"][0]["attr"] == "deliveryMethod"
    assert refusals(client, ORDER, input=wish()) == [("items", "cart_empty")]
    nothing_written()


def test_a_client_s_price_is_no_input(client, mango):
    priced = wish({"sku": "MG", "price": "1.00"})
    assert refusals(client, ORDER, 400, input=priced) == [(None, "invalid")]
    nothing_written()


@pytest.mark.parametrize("by_header", [True, False])
def test_an_order_that_is_sent_again_is_placed_once(client, mango, by_header):
    headers = {"Idempotency-Key": "k-1"} if by_header else {}
    more = {} if by_header else {"idempotencyKey": "k-1"}
    first = ordered(client, {"sku": "MG"}, headers=headers, **more)
    again = client.post(
        GRAPHQL,
        {"query": ORDER, "variables": {"input": wish({"sku": "MG"}, **more)}},
        content_type="application/json",
        headers=headers,
    )
    assert again.json()["data"]["createOrder"] == first
    assert again["Idempotency-Replayed"] == "true"
    assert Order.objects.count() == 1
    other = wish({"sku": "MG", "quantity": 2}, **more)
    assert refusals(client, ORDER, headers=headers, input=other) == [
        (None, "idempotency_key_reused")
    ]


def test_a_refusal_is_repeated_too(client, mango):
    sent = wish({"sku": "MG", "quantity": 11}, idempotencyKey="k-2")
    first = refusals(client, ORDER, input=sent)
    StockLevel.objects.update(on_hand=50)
    assert refusals(client, ORDER, input=sent) == first
    assert not Order.objects.exists()
    long = wish({"sku": "MG"}, idempotencyKey="k" * 256)
    assert refusals(client, ORDER, input=long) == [("idempotencyKey", "invalid")]


def test_a_guest_fills_a_cart_and_orders_it(client, mango):
    cart = data(client, ADD, input={"sku": "MG", "quantity": 3})["cartAddLine"]
    assert (cart["count"], cart["subtotal"], cart["canBeOrdered"]) == (3, "348.00", True)
    mine = {"X-Cart-Token": cart["token"]}
    line = cart["lines"][0]["id"]
    setting = (
        "mutation ($line: ID!, $n: Int!) { cartSetQuantity(line: $line, quantity: $n) { count } }"
    )
    assert data(client, setting, headers=mine, line=line, n=5)["cartSetQuantity"]["count"] == 5
    assert refusals(client, setting, headers=mine, line=line, n=11) == [
        ("quantity", "insufficient_stock")
    ]
    assert refusals(client, setting, line=line, n=1) == [(None, "line_not_found")]
    assert data(client, "{ cart { count } }", headers=mine) == {"cart": {"count": 5}}
    assert data(client, "{ cart { count token } }") == {"cart": {"count": 0, "token": None}}
    order = ordered(client, headers=mine)
    assert order["items"][0]["quantity"] == 5
    assert data(client, "{ cart { lines { id } } }", headers=mine) == {"cart": {"lines": []}}


def test_a_line_is_taken_out(client, mango):
    cart = data(client, ADD, input={"variant": mango.pk})["cartAddLine"]
    mine = {"X-Cart-Token": cart["token"]}
    taking = f"mutation {{ cartRemoveLine(line: {cart['lines'][0]['id']}) {{ count }} }}"
    assert data(client, taking, headers=mine) == {"cartRemoveLine": {"count": 0}}
    assert refusals(client, taking, headers=mine) == [(None, "line_not_found")]


def test_two_strangers_with_one_key_get_two_carts(client, mango):
    first = data(client, ADD, input={"sku": "MG"}, key="same")["cartAddLine"]
    second = data(Client(), ADD, input={"sku": "MG"}, key="same")["cartAddLine"]
    assert first["token"] != second["token"]
    mine = {"X-Cart-Token": first["token"]}
    for _sent in range(2):
        added = data(client, ADD, headers=mine, input={"sku": "MG"}, key="more")["cartAddLine"]
        assert added["count"] == 2


def test_a_draft_can_neither_be_put_in_nor_ordered(client, mango):
    Product.objects.update(live=False)
    for query, sent in ((ADD, {"sku": "MG"}), (ORDER, wish({"sku": "MG"}))):
        assert [code for _attr, code in refusals(client, query, input=sent)] == ["not_for_sale"]
    nothing_written()


def test_orders_are_read_by_their_buyer_and_staff_alone(client, mango):
    amina, brian = customer("amina"), customer("brian")
    support = customer("support", "view_order")
    order = ordered(browser(amina), {"sku": "MG"})
    listing = "{ orders { id items { sku } } }"
    seen = [{"id": order["id"], "items": [{"sku": "MG"}]}]
    assert data(browser(amina), listing)["orders"] == seen
    assert data(browser(brian), listing)["orders"] == []
    assert data(browser(support), listing)["orders"] == seen
    assert refusals(client, listing) == [(None, "not_authenticated")]
    assert data(browser(amina), MINE, id=order["id"]) == {"order": {"id": order["id"]}}
    assert refusals(browser(brian), MINE, id=order["id"]) == [(None, "not_found")]
    assert refusals(browser(brian), MINE, id="9" * 30) == [(None, "not_found")]


def test_cancelling_is_for_the_buyer_too(mango):
    amina, brian = customer("amina"), customer("brian")
    order = ordered(browser(amina), {"sku": "MG"})
    stop = f"mutation {{ cancelOrder(id: {order['id']}) {{ status }} }}"
    assert refusals(browser(brian), stop) == [(None, "not_found")]
    assert data(browser(amina), stop) == {"cancelOrder": {"status": "cancelled"}}
    assert refusals(browser(amina), stop) == [("status", "already_cancelled")]
    assert StockLevel.objects.get(variant_id=mango.pk).reserved == 0


def test_a_token_may_what_its_scopes_say(client, mango):
    amina = customer("amina")
    reader = bearer(program_token("orders:read", owner=amina))
    writer = bearer(program_token("orders:write", owner=amina))
    person = bearer(program_token("profile", owner=amina))
    order = ordered(client, {"sku": "MG"}, headers=writer)
    assert Order.objects.get().user == amina
    listing = "{ orders { id } }"
    assert data(client, listing, headers=reader) == {"orders": [{"id": order["id"]}]}
    assert data(client, "{ me { email } }", headers=person) == {"me": {"email": amina.email}}
    forbidden = [(None, "insufficient_scope")]
    stop = f"mutation {{ cancelOrder(id: {order['id']}) {{ id }} }}"
    assert refusals(client, ORDER, headers=reader, input=wish({"sku": "MG"})) == forbidden
    assert refusals(client, stop, headers=reader) == forbidden
    assert refusals(client, listing, headers=writer) == forbidden
    assert refusals(client, MINE, headers=person, id=order["id"]) == forbidden
    assert refusals(client, "{ me { email } }", headers=reader) == forbidden
    assert data(client, "{ products { name } cart { count } }", headers=reader)
    assert Order.objects.count() == 1


def test_a_customer_keeps_wishes_and_addresses(mango):
    amina, brian = browser(customer("amina")), browser(customer("brian"))
    add = f"mutation {{ wishlistAdd(product: {mango.product_id}) {{ name inStock }} }}"
    assert data(amina, add) == {"wishlistAdd": [{"name": "Mango", "inStock": True}]}
    save = """mutation ($id: ID, $input: AddressInput!) {
      addressSave(id: $id, input: $input) { id county isDefault } }"""
    home = data(amina, save, input={"county": "Nairobi"})["addressSave"]
    assert home["isDefault"] is True
    me = "{ me { firstName wishlist { name } addresses { id county } } }"
    assert data(amina, me)["me"] == {
        "firstName": "",
        "wishlist": [{"name": "Mango"}],
        "addresses": [{"id": home["id"], "county": "Nairobi"}],
    }
    assert data(brian, me)["me"] == {"firstName": "", "wishlist": [], "addresses": []}
    theirs = {"id": home["id"], "input": {"county": "Kisumu"}}
    assert refusals(brian, save, **theirs) == [(None, "address_not_found")]
    assert data(amina, save, **theirs)["addressSave"]["county"] == "Kisumu"
    assert refusals(amina, save, input={"county": " "}) == [("county", "required")]
    gone = f"mutation {{ addressDelete(id: {home['id']}) }}"
    assert refusals(brian, gone) == [(None, "address_not_found")]
    assert data(amina, gone) == {"addressDelete": home["id"]}
    remove = f"mutation {{ wishlistRemove(product: {mango.product_id}) {{ name }} }}"
    assert data(amina, remove) == {"wishlistRemove": []}
    Product.objects.update(live=False)
    assert refusals(amina, add) == [("product", "product_not_found")]
    for query in (add, remove, me, gone):
        assert refusals(Client(), query) == [(None, "not_authenticated")]


def test_one_mutation_that_is_refused_undoes_no_other(client, mango):
    query = """mutation ($good: OrderInput!, $bad: OrderInput!) {
      bad: createOrder(input: $bad) { number } good: createOrder(input: $good) { number } }"""
    told = send(client, query, good=wish({"sku": "MG"}), bad=wish({"sku": "NONE"}))
    assert told["data"]["bad"] is None
    assert told["data"]["good"]["number"] == Order.objects.get().number
    assert told["errors"][0]["path"] == ["bad"]
