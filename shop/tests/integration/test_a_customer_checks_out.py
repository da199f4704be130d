"""The checkout knows a customer's name, places and answers, and keeps a new place if asked."""

from typing import Any

import pytest
from django.test import Client

from shop.cart.models import Cart
from shop.catalog.models import Product
from shop.customers import actions
from shop.customers.models import User
from shop.orders.models import Order
from shop.tests.factories import make_product

pytestmark = pytest.mark.django_db

HOME = {"label": "Home", "county": "Nairobi", "area": "Kilimani", "landmark": "Blue gate"}


@pytest.fixture
def wanjiku() -> User:
    return User.objects.create_user(
        "wanjiku", "wanjiku@example.org", phone="+254712345678", phone_verified=True
    )


@pytest.fixture
def pot(shop_site: Any) -> Product:
    return make_product("Clay pot", price=500, stock=10, sku="POT")


@pytest.fixture
def hers(wanjiku: User) -> Client:
    client = Client()
    client.force_login(wanjiku)
    return client


def words(answer: Any) -> str:
    return " ".join(answer.content.decode().replace("\u00a0", " ").split())


def basket(client: Client, **changes: Any) -> dict[str, Any]:
    client.post("/cart/lines/", {"variant": "POT", "quantity": 1})
    return {
        "checkout_key": Cart.objects.get().checkout_key,
        "name": "Wanjiku Kamau",
        "phone": "0712 345 678",
        "delivery_method": "delivery",
        "payment_method": "cash_on_delivery",
        "action": "place",
        **changes,
    }


def test_the_checkout_knows_the_customer(hers: Client, wanjiku: User, pot: Product) -> None:
    actions.update_profile(wanjiku, first_name="Wanjiku", last_name="Kamau")
    actions.set_consent(wanjiku, purpose="order_email", given=False, source="account")
    home = actions.save_address(wanjiku, **HOME)
    basket(hers)
    page = hers.get("/checkout/")
    form = page.context["form"]
    known = {name: form[name].value() for name in ("name", "phone", "email", "notify_email")}
    assert known == {
        "name": "Wanjiku Kamau",
        "phone": "0712 345678",
        "email": "wanjiku@example.org",
        "notify_email": False,
    }
    assert [place["selected"] for place in page.context["book"]] == [True]
    assert page.context["book"][0]["value"] == str(home.pk)
    assert page.context["delivery_options"], "the known place has its ways of delivery at once"


def test_a_known_place_needs_no_typing(hers: Client, wanjiku: User, pot: Product) -> None:
    home = actions.save_address(wanjiku, **HOME)
    hers.post("/checkout/", basket(hers, address=str(home.pk), county="Kisumu", save_address="on"))
    order = Order.objects.get()
    assert (order.county, order.area, order.landmark) == ("Nairobi", "Kilimani", "Blue gate")
    assert wanjiku.addresses.count() == 1


def test_a_new_place_is_kept_if_wished(hers: Client, wanjiku: User, pot: Product) -> None:
    place = {"address": "", "county": "Kisumu", "area": "Milimani"}
    hers.post("/checkout/", basket(hers, **place))
    assert not wanjiku.addresses.exists()
    hers.post("/checkout/", basket(hers, **place, save_address="on"))
    assert wanjiku.addresses.get().area == "Milimani"
    assert Order.objects.count() == 2


def test_nobody_orders_to_another_persons_address(hers: Client, pot: Product) -> None:
    otieno = User.objects.create_user("otieno")
    his = actions.save_address(otieno, county="Kisumu", landmark="Under the fig tree")
    page = hers.post("/checkout/", basket(hers, address=str(his.pk)))
    assert page.status_code == 422
    assert "fig tree" not in words(page)
    assert not Order.objects.exists()


def test_a_guest_is_offered_no_address_book(client: Client, pot: Product) -> None:
    client.post("/cart/lines/", {"variant": "POT", "quantity": 1})
    page = words(client.get("/checkout/"))
    assert 'name="address"' not in page
    assert 'name="save_address"' not in page
