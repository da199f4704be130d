"""An app without a browser page signs people up and in, and buys for them with the same session."""

from typing import Any

import pytest
from django.test import Client

from shop.cart.models import Cart
from shop.customers.models import User
from shop.notifications.models import Message
from shop.tests.factories import ShopSite, first_variant, make_product
from shop.tests.mailbox import mailbox
from shop.tests.signing_in import latest_code

pytestmark = pytest.mark.django_db

PHONE = "+254712345678"


class App:
    """An app with its session token; it keeps no cookies."""

    def __init__(self, door: str = "app") -> None:
        self.door = door
        self.token = ""
        self.status = 0

    def __call__(self, method: str, path: str, data: Any = None, **headers: str) -> Any:
        if self.token:
            headers["X-Session-Token"] = self.token
        address = path if path.startswith("/") else f"/_allauth/{self.door}/v1/{path}"
        answer = Client().generic(
            method, address, json_of(data), content_type="application/json", headers=headers
        )
        self.status = answer.status_code
        content = answer.json()
        self.token = content.get("meta", {}).get("session_token") or self.token
        return content

    def waiting(self) -> list[str]:
        """Return the steps that are open before the person is in."""
        content = self("GET", "auth/session")
        return [flow["id"] for flow in content["data"]["flows"] if flow.get("is_pending")]

    def person(self) -> dict[str, Any] | None:
        """Return who is in."""
        content = self("GET", "auth/session")
        return content["data"]["user"] if self.status == 200 else None


def json_of(data: Any) -> bytes:
    import json

    return b"" if data is None else json.dumps(data).encode()


@pytest.mark.parametrize("written", [PHONE, "0712 345 678"])
@pytest.mark.parametrize("address", ["auth/code/request", "auth/signup"])
def test_a_phone_and_a_code_are_all_it_takes(written: str, address: str):
    app = App()
    app("POST", address, {"phone": written})
    assert app.status == 401
    assert app.waiting() == ["login_by_code"]
    assert User.objects.count() == 0

    app("POST", "auth/code/confirm", {"code": latest_code()})

    assert app.status == 200
    user = User.objects.get()
    assert (str(user.phone), user.phone_verified) == (PHONE, True)
    assert app.person()["id"] == user.pk

    again = App()
    again("POST", "auth/code/request", {"phone": PHONE})
    again("POST", "auth/code/confirm", {"code": latest_code()})
    assert again.person()["id"] == user.pk
    again("DELETE", "auth/session")
    assert again.person() is None


def test_an_email_and_a_code(db: None):
    app = App()
    app("POST", "auth/code/request", {"email": "amina@example.org"})
    app("POST", "auth/code/confirm", {"code": latest_code()})
    assert app.person()["email"] == "amina@example.org"
    assert any("code" in mail.body for mail in mailbox())


def test_an_email_and_a_password():
    app = App()
    form = {"email": "amina@example.org", "password": "a long walk to Kisumu"}
    app("POST", "auth/signup", form)
    assert app.status == 200
    assert app.person()["email"] == "amina@example.org"
    later = App()
    later("POST", "auth/login", {**form, "password": "wrong"})
    assert later.status == 400
    later("POST", "auth/login", form)
    assert later.person()["id"] == app.person()["id"]


@pytest.mark.parametrize(
    "form",
    [
        {},
        {"phone": "12"},
        {"email": "x"},
        {"email": "a@example.org", "phone": PHONE},
        {"email": "a@example.org", "password": "short"},
    ],
)
def test_what_is_no_sign_up_is_refused(form: dict[str, str]):
    app = App()
    content = app("POST", "auth/signup", form)
    assert app.status == 400
    assert content["errors"]
    assert User.objects.count() == 0


@pytest.mark.parametrize(
    "nobody", [{}, {"phone": None}, {"email": ""}, {"phone": "", "email": None}]
)
def test_no_code_goes_nowhere(nobody: dict[str, Any]):
    app = App()
    content = app("POST", "auth/code/request", nobody)
    assert app.status == 400
    assert content["errors"][0]["param"] == "email"
    assert app.waiting() == []
    assert not Message.objects.exists()


def test_five_wrong_codes_end_it():
    app = App()
    app("POST", "auth/code/request", {"phone": PHONE})
    right = latest_code()
    wrong = f"{(int(right) + 1) % 1_000_000:06}"
    for _ in range(5):
        content = app("POST", "auth/code/confirm", {"code": wrong})
        assert app.status == 400
        assert content["errors"][0]["code"] == "incorrect_code"
    app("POST", "auth/code/confirm", {"code": right})
    assert app.status == 409
    assert app.person() is None


def test_a_code_is_sent_again_but_not_for_ever():
    app = App()
    app("POST", "auth/code/request", {"phone": PHONE})
    for expected in (200, 200, 409):
        app("POST", "auth/code/resend")
        assert app.status == expected
    app("POST", "auth/code/confirm", {"code": latest_code()})
    assert app.person()


def test_no_code_waits():
    app = App()
    app("POST", "auth/code/confirm", {"code": "123456"})
    assert app.status == 409
    app("POST", "auth/code/resend")
    assert app.status == 409


def test_an_app_that_asks_without_end_is_told_to_wait(settings: Any):
    settings.ACCOUNT_RATE_LIMITS = {"request_login_code": "2/m/key"}
    answers = []
    for _ in range(3):
        app = App()
        app("POST", "auth/code/request", {"phone": PHONE})
        answers.append(app.status)
    assert answers == [401, 401, 400]


def test_the_guests_cart_is_the_customers_after_login(shop_site: ShopSite):
    variant = first_variant(make_product("Clay pot", price=500, stock=10))
    guest = App()
    cart = guest("POST", "/api/v2/cart/lines/", {"variant": variant.pk, "quantity": 2})
    token = {"X-Cart-Token": cart["token"]}

    app = App()
    app("POST", "auth/code/request", {"phone": PHONE}, **token)
    app("POST", "auth/code/confirm", {"code": latest_code()}, **token)

    own = Cart.objects.get()
    assert own.user == User.objects.get()
    assert [line.quantity for line in own.lines.all()] == [2]


def test_the_browser_client_knows_the_same_codes(client: Client):
    """A front on the shop's own site uses cookies."""
    address = "/_allauth/browser/v1/auth/code"
    asked = client.post(f"{address}/request", {"phone": PHONE}, content_type="application/json")
    assert asked.status_code == 401
    confirmed = client.post(
        f"{address}/confirm", {"code": latest_code()}, content_type="application/json"
    )
    assert confirmed.status_code == 200
    assert client.get("/account/", follow=True).status_code == 200


def test_it_is_described(client: Client):
    answer = client.get("/_allauth/openapi.json")
    assert answer.status_code == 200
    assert "/_allauth/{client}/v1/auth/code/confirm" in answer.json()["paths"]
