"""Programs of the shop pack and send orders; buyers follow them, and give things back."""

import json

import pytest
from django.test import Client

from shop.customers.models import User
from shop.flows.confirm_payment import confirm_payment
from shop.fulfilment.models import Carrier
from shop.payments.models import Refund
from shop.tests.factories import make_product
from shop.tests.integration.api_orders import body, customer, errors, post
from shop.tests.integration.parcels import shelf

pytestmark = pytest.mark.django_db

SHIPMENTS = "/api/v2/shipments/"


@pytest.fixture
def staff(client, shop_site):
    client.force_login(User.objects.create_superuser("root"))
    return client


@pytest.fixture
def order(shop_site):
    make_product("Clay pot", sku="POT", price=500, stock=10)
    make_product("Enamel mug", sku="MUG", price=300, stock=10)
    sent = body({"sku": "POT", "quantity": 3}, {"sku": "MUG", "quantity": 2})
    return post(Client(), sent)


def patch(client, path, sent, status=200):
    answer = client.patch(path, json.dumps(sent), content_type="application/json")
    assert answer.status_code == status, answer.content
    return answer.json()


def test_one_call_makes_a_parcel_another_sends_it(staff, order):
    Carrier.objects.create(name="G4S", tracking_pattern="https://g4s.example/{number}")
    made = post(staff, {"order": order["number"], "carrier": "g4s"}, path=SHIPMENTS)
    assert (made["status"], made["number"], made["carrier"]) == ("preparing", 1, "G4S")
    assert made["order"]["status"] == "confirmed"
    assert [(item["sku"], item["quantity"]) for item in made["items"]] == [("POT", 3), ("MUG", 2)]
    again = post(staff, {"order": order["id"]}, status=200, path=SHIPMENTS)
    assert again["id"] == made["id"]
    sent = patch(
        staff, f"{SHIPMENTS}{made['id']}/", {"status": "shipped", "tracking_number": "A 1"}
    )
    assert sent["tracking_url"] == "https://g4s.example/A%201"
    assert (sent["status"], sent["order"]["status"]) == ("shipped", "shipped")
    assert sent["packed_at"]
    assert shelf() == [(7, 0), (8, 0)]
    done = patch(staff, f"{SHIPMENTS}{made['id']}/", {"status": "delivered"})
    assert done["order"]["status"] == "delivered"
    refused = patch(staff, f"{SHIPMENTS}{made['id']}/", {"status": "packed"}, 409)
    assert errors(refused) == {("status", "illegal_move")}


def test_parts_go_out_on_their_own(staff, order):
    sent = {"order": order["id"], "items": [{"sku": "mug", "quantity": 1}]}
    mugs = post(staff, sent, path=SHIPMENTS)
    assert mugs["number"] == 2
    patch(staff, f"{SHIPMENTS}{mugs['id']}/", {"status": "shipped"})
    seen = staff.get(f"/api/v2/orders/{order['id']}/shipments/").json()
    assert [(s["number"], s["status"]) for s in seen["items"]] == [
        (1, "preparing"),
        (2, "shipped"),
    ]
    listed = staff.get(f"{SHIPMENTS}?status=shipped").json()
    assert [s["id"] for s in listed["items"]] == [mugs["id"]]
    rest = next(s for s in seen["items"] if s["number"] == 1)
    gone = patch(staff, f"{SHIPMENTS}{rest['id']}/", {"status": "cancelled", "note": "Broken"})
    assert gone["order"]["status"] == "shipped"
    assert shelf() == [(10, 0), (9, 0)]


@pytest.mark.parametrize(
    ("items", "status", "wrong"),
    [
        ([{"sku": "POT", "quantity": 4}], 409, {("items", "not_enough_units")}),
        ([{"sku": "HAT"}], 400, {("items.0.sku", "not_in_order")}),
        ([{"sku": "POT", "quantity": 0}], 400, {("items.0.quantity", "min_value")}),
        ([], 400, {("items", "empty")}),
    ],
)
def test_what_cannot_be_packed_is_refused(staff, order, items, status, wrong):
    answer = post(staff, {"order": order["id"], "items": items}, status=status, path=SHIPMENTS)
    assert errors(answer) == wrong


def test_a_buyer_follows_by_token_and_gives_back(staff, order):
    guest = Client()
    made = post(staff, {"order": order["id"]}, path=SHIPMENTS)
    token = f"?token={order['token']}"
    assert guest.get(f"{SHIPMENTS}{made['id']}/").status_code == 404
    assert guest.get(f"{SHIPMENTS}{made['id']}/{token}").json()["id"] == made["id"]
    returns = f"/api/v2/orders/{order['id']}/returns/{token}"
    wish = {"items": [{"sku": "POT", "quantity": 2}], "reason": "damaged", "note": "Cracks"}
    assert errors(post(guest, wish, status=409, path=returns)) == {("items", "nothing_to_return")}
    patch(staff, f"{SHIPMENTS}{made['id']}/", {"status": "shipped"})
    asked = post(guest, wish, path=returns, **{"Idempotency-Key": "back-1"})
    assert (asked["status"], asked["note"]) == ("asked", "Cracks")
    assert post(guest, wish, path=returns, **{"Idempotency-Key": "back-1"}) == asked
    confirm_payment(order_id=order["id"], reference="Till 4")
    address = f"/api/v2/returns/{asked['id']}/"
    patch(staff, address, {"status": "received"}, 409)
    patch(staff, address, {"status": "accepted", "answer": "Bring it"})
    received = patch(staff, address, {"status": "received", "restock": True})
    assert received["items"][0]["restocked"] == 2
    assert shelf() == [(9, 0), (8, 0)]
    patch(staff, address, {"status": "refunded", "reference": "Till 9"})
    assert Refund.objects.get().amount == 1000
    assert guest.get(returns).json()["items"][0]["answer"] == "Bring it"
    assert staff.get("/api/v2/returns/?status=refunded").json()["meta"]["total_count"] == 1


def test_others_parcels_are_nobodys_business(client, staff, order):
    made = post(staff, {"order": order["id"]}, path=SHIPMENTS)
    client.force_login(customer("brian"))
    assert client.get(f"{SHIPMENTS}{made['id']}/").status_code == 404
    assert client.get(SHIPMENTS).json()["items"] == []
    assert post(client, {"order": order["id"]}, status=403, path=SHIPMENTS)


def test_graphql_tells_what_is_in_each_parcel(client, staff, order):
    made = post(staff, {"order": order["id"], "carrier": "Our own rider"}, path=SHIPMENTS)
    client.logout()
    query = """query ($token: String!) {
        order(token: $token) { status shipments { number status carrier items { sku quantity } } }
    }"""
    sent = {"query": query, "variables": {"token": order["token"]}}
    told = post(client, sent, status=200, path="/api/graphql/")["data"]["order"]
    assert told == {
        "status": "confirmed",
        "shipments": [
            {
                "number": made["number"],
                "status": "preparing",
                "carrier": "Our own rider",
                "items": [{"sku": "POT", "quantity": 3}, {"sku": "MUG", "quantity": 2}],
            }
        ],
    }
