"""What arrives at the API's door too deep, too large, as no JSON, or with odd cookies."""

import json

import pytest
from django.test import Client

from shop.orders.models import Order
from shop.tests.factories import first_variant, make_product
from shop.tests.integration.api_orders import ORDERS, body

pytestmark = pytest.mark.django_db

JSON = "application/json"


def nested(depth: int, kind: str) -> bytes:
    opening, closing = {"list": ("[", "]"), "object": ('{"a":', "}")}[kind]
    inner = "" if kind == "list" else "1"
    return (opening * depth + inner + closing * depth).encode()


@pytest.mark.parametrize("kind", ["list", "object"])
@pytest.mark.parametrize("depth", [33, 900, 100_000])
def test_a_body_too_deep_is_refused(client: Client, kind, depth):
    sent = nested(depth, kind)
    answer = client.post(ORDERS, sent, content_type=JSON)
    assert answer.status_code == (413 if len(sent) > 512 * 1024 else 400)
    assert set(answer.json()) == {"type", "errors"}


def test_a_body_as_deep_as_allowed_is_read(client: Client):
    answer = client.post(ORDERS, nested(31, "object"), content_type=JSON)
    assert {error["attr"] for error in answer.json()["errors"]} == {"contact"}


BAD = {
    "no JSON": (b"name=x", JSON, 400),
    "half of it": (b'{"items": [', JSON, 400),
    "nothing": (b"", JSON, 400),
    "not Unicode": (b'{"a": "\xff"}', JSON, 400),
    "half a character": (b'{"a": "\\ud800"}', JSON, 400),
    "not a number": (b'{"a": NaN}', JSON, 400),
    "a number of a million digits": (b'{"a": ' + b"9" * 400_000 + b"}", JSON, 400),
    "a list": (b"[]", JSON, 400),
    "too large": (b'{"notes": "' + b"x" * 600_000 + b'"}', JSON, 413),
    "a form": (b"a=1", "application/x-www-form-urlencoded", 415),
    "text": (b"{}", "text/plain", 415),
    "XML": (b"<a/>", "application/xml", 415),
    "another alphabet": (b"{}", f"{JSON}; charset=no-such", 400),
    "an old alphabet": (b'{"a": "\\xe9"}', f"{JSON}; charset=latin-1", 400),
}


@pytest.mark.parametrize(("sent", "kind", "status"), BAD.values(), ids=BAD)
def test_a_body_that_cannot_be_read_is_refused_in_one_form(client: Client, sent, kind, status):
    answer = client.generic("POST", ORDERS, sent, content_type=kind)
    assert answer.status_code == status, answer.content
    told = answer.json()
    assert set(told) == {"type", "errors"}
    assert all(set(error) == {"code", "detail", "attr"} for error in told["errors"])
    assert not Order.objects.exists()


@pytest.mark.parametrize(
    ("method", "address", "status", "code"),
    [
        ("get", "/api/v2/nothing/", 404, "not_found"),
        ("get", "/api/nothing", 404, "not_found"),
        ("put", ORDERS, 405, "method_not_allowed"),
        ("delete", "/api/v2/cart/", 405, "method_not_allowed"),
    ],
)
def test_other_refusals_have_the_same_form(client: Client, method, address, status, code):
    answer = getattr(client, method)(address, follow=True)
    assert answer.status_code == status
    (error,) = answer.json()["errors"]
    assert error["code"] == code


def test_an_answer_is_json_whatever_is_accepted(client: Client, shop_site):
    answer = client.get("/api/v2/products/", headers={"Accept": "application/xml"})
    assert (answer.status_code, answer.headers["Content-Type"]) == (200, JSON)


def test_money_in_a_body_is_never_read(client: Client, shop_site):
    first_variant(make_product("Mango", price=116, sku="MG", stock=10))
    item = {"sku": "MG", "quantity": 2, "price": "1.00", "unit_price": 1, "line_total": "1"}
    sent = body(item, total="1.00", subtotal="1.00", status="paid", discount="100", currency="USD")
    sent |= {"payment_status": "paid", "user": 1, "number": "mine", "placed_at": "2000-01-01"}
    told = client.post(ORDERS, json.dumps(sent), content_type=JSON).json()
    assert (told["subtotal"], told["currency"]) == ("232.00", "KES")
    assert told["status"] != "paid"
    assert told["number"] != "mine"


@pytest.mark.parametrize("cookie", [r'"\000"', r'"abcdefgh\000ijklmnop"', r'"\0001234567890"'])
@pytest.mark.parametrize("address", ["/", "/cart/", "/api/v2/cart/", "/admin/", ORDERS])
def test_a_cookie_that_no_database_can_look_up_is_no_cookie(client, shop_site, cookie, address):
    client.raise_request_exception = False
    answer = client.get(address, headers={"Cookie": f"sessionid={cookie}; csrftoken={cookie}"})
    assert answer.status_code in (200, 302, 401)
