"""A guest who fills a cart and then signs in finds one cart, and is told what did not fit."""

from typing import Any

import pytest
from django.contrib.messages import get_messages
from django.test import Client

from shop.cart import actions
from shop.cart.actions import MAX_LINES
from shop.cart.models import Cart
from shop.catalog.models import Variant
from shop.customers.models import User
from shop.inventory.actions import set_on_hand
from shop.tests.factories import ShopSite, first_variant, make_product

pytestmark = pytest.mark.django_db

PASSWORD = "a long walk to Kisumu"


@pytest.fixture
def user(shop_site: ShopSite) -> User:
    return User.objects.create_user("wanjiku", "wanjiku@example.org", PASSWORD)


@pytest.fixture
def pot(shop_site: ShopSite) -> Variant:
    return first_variant(make_product("Clay pot", price=500, stock=3))


def put(browser: Client, variant: Variant, quantity: int) -> None:
    browser.post("/cart/lines/", {"variant": variant.sku, "quantity": quantity})


def own_cart(user: User, variant: Variant, quantity: int) -> None:
    cart, _ = Cart.objects.get_or_create(user=user)
    actions.add_line(cart=cart, variant_id=variant.pk, quantity=quantity)


def sign_in(browser: Client, **headers: str) -> list[str]:
    """Sign in; return what the shopper is told."""
    answer = browser.post(
        "/account/login/", {"login": "wanjiku", "password": PASSWORD}, headers=headers
    )
    assert answer.status_code == 302
    return [str(message) for message in get_messages(answer.wsgi_request)]


def quantities(user: User) -> dict[str, int]:
    return {line.name: line.quantity for line in user.cart.lines.all()}


def test_quantities_are_summed(client: Client, user: User, pot: Variant):
    own_cart(user, pot, 1)
    put(client, pot, 2)
    told = sign_in(client)
    assert quantities(user) == {"Clay pot": 3}
    assert Cart.objects.count() == 1
    assert any("still there" in words for words in told)
    assert client.session["cart_count"] == 3


def test_what_does_not_fit_is_said_in_numbers(client: Client, user: User, pot: Variant):
    own_cart(user, pot, 3)
    put(client, pot, 2)
    told = sign_in(client)
    assert quantities(user) == {"Clay pot": 3}
    assert "Clay pot: we put 3 of 5 into your cart, only 3 are left." in told
    assert not any("still there" in words for words in told)


def test_stock_that_went_meanwhile_counts_for_the_guests_own_line(
    client: Client, user: User, pot: Variant
):
    put(client, pot, 3)
    set_on_hand({pot.pk: 1}, reason="sold elsewhere")
    told = sign_in(client)
    assert quantities(user) == {"Clay pot": 1}
    assert "Clay pot: we put 1 of 3 into your cart, only 1 is left." in told


def test_what_is_sold_out_is_said_and_left_out(client: Client, user: User, pot: Variant):
    put(client, pot, 2)
    set_on_hand({pot.pk: 0}, reason="sold elsewhere")
    told = sign_in(client)
    assert quantities(user) == {}
    assert told.count("Clay pot is sold out.") == 1


def test_what_nobody_counts_is_summed_without_end(client: Client, user: User):
    endless = first_variant(make_product("Greeting card", price=50))
    own_cart(user, endless, 40)
    put(client, endless, 60)
    sign_in(client)
    assert quantities(user) == {"Greeting card": 100}


def test_different_things_come_side_by_side(client: Client, user: User, pot: Variant):
    mug = first_variant(make_product("Mug", price=300, stock=9))
    own_cart(user, mug, 4)
    put(client, pot, 2)
    sign_in(client)
    assert quantities(user) == {"Mug": 4, "Clay pot": 2}


def test_a_full_cart_takes_no_more_things(client: Client, user: User, pot: Variant):
    cart = Cart.objects.create(user=user)
    for number in range(MAX_LINES):
        cart.lines.create(name=f"Thing {number}", quantity=1, price_when_added=1)
    put(client, pot, 2)
    told = sign_in(client)
    assert cart.lines.count() == MAX_LINES
    assert "Clay pot did not fit into your cart." in told


def test_nobody_is_told_anything_without_a_guest_cart(client: Client, user: User, pot: Variant):
    own_cart(user, pot, 2)
    assert [words for words in sign_in(client) if "cart" in words] == []
    assert client.session["cart_count"] == 2


def test_the_cart_of_another_customer_is_not_taken_by_its_token(
    client: Client, user: User, pot: Variant
):
    other = User.objects.create_user("other")
    own_cart(other, pot, 2)
    sign_in(client, **{"X-Cart-Token": other.cart.token})
    assert quantities(other) == {"Clay pot": 2}
    assert not Cart.objects.filter(user=user).exists()


def test_a_guests_cart_named_by_its_header_comes_too(client: Client, user: User, pot: Variant):
    guest = Client()
    put(guest, pot, 1)
    token = Cart.objects.get().token
    sign_in(client, **{"X-Cart-Token": token})
    assert quantities(user) == {"Clay pot": 1}


def test_joining_twice_adds_once(user: User, pot: Variant):
    guest = Cart.objects.create()
    actions.add_line(cart=guest, variant_id=pot.pk, quantity=1)
    for _ in range(2):
        actions.adopt(guest=guest, user=user)
    assert quantities(user) == {"Clay pot": 1}


def test_strange_tokens_are_no_cart(client: Client, user: User, pot: Any):
    for token in ("", "x", "' OR 1=1", "a" * 5000):
        browser = Client()
        sign_in(browser, **{"X-Cart-Token": token})
    assert not Cart.objects.exists()
