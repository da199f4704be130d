"""A shopper without an account fills a cart, checks out and follows the order, no script needed."""

from decimal import Decimal

import pytest
from django.urls import reverse

from shop.cart.models import Cart, CartLine
from shop.catalog.models import Product
from shop.customers.models import User
from shop.notifications.models import Message
from shop.orders.models import Order
from shop.tests.factories import first_variant, make_product

pytestmark = pytest.mark.django_db

DETAILS = {
    "name": "Demo Shopper",
    "phone": "0712 345 678",
    "email": "shopper@example.org",
    "county": "Nairobi",
    "area": "Kilimani",
    "landmark": "Blue gate",
    "delivery_method": "delivery",
    "payment_method": "cash_on_delivery",
    "notify_sms": "on",
    "notify_email": "on",
    "action": "place",
}


@pytest.fixture
def mangoes(shop_site):
    return make_product("Mangoes", price=116, stock=10, sku="MANGO")


def put_in(client, sku="MANGO", quantity=2):
    return client.post("/cart/lines/", {"variant": sku, "quantity": quantity}, follow=True)


def details(client, **changes):
    cart = Cart.objects.get(token=client.session["cart_token"])
    return {**DETAILS, "checkout_key": cart.checkout_key, **changes}


def words(response):
    return " ".join(response.content.decode().replace("\u00a0", " ").split())


def test_from_product_to_order_page(client, mangoes):
    page = client.get("/products/mangoes/")
    assert "KSh 116" in words(page)
    cart = put_in(client)
    assert "Mangoes is in your cart." in words(cart)
    assert "KSh 232" in words(cart)
    assert client.get("/checkout/").status_code == 200
    refreshed = client.post("/checkout/", details(client, action="refresh"))
    assert "KSh 532" in words(refreshed)
    order_page = client.post("/checkout/", details(client), follow=True)
    order = Order.objects.get()
    assert order_page.redirect_chain[-1][0] == f"/orders/{order.token}/"
    text = words(order_page)
    for expected in ("Asante, Demo Shopper", order.readable_number, "KSh 532", "Blue gate"):
        assert expected in text
    assert order.total == Decimal("532.00")
    assert {m.channel for m in Message.objects.all()} == {"sms", "email", "staff_email"}
    assert client.get("/cart/").context["cart"]["lines"] == []
    assert "Asante" not in words(client.get(f"/orders/{order.token}/"))


def test_a_second_click_leads_to_the_same_order(client, mangoes):
    put_in(client)
    form = details(client)
    first = client.post("/checkout/", form)
    second = client.post("/checkout/", form)
    assert first["Location"] == second["Location"]
    assert Order.objects.count() == 1


def test_wrong_details_are_named_and_nothing_typed_is_lost(client, mangoes):
    put_in(client)
    page = client.post("/checkout/", details(client, phone="12", name="", area=""))
    assert page.status_code == 422
    text = words(page)
    assert "This field is required." in text
    assert 'value="Blue gate"' in text
    assert not Order.objects.exists()
    page = client.post("/checkout/", details(client, phone="12", email="nobody"))
    assert "We do not know this number" in words(page)
    assert "This is no email address" in words(page)
    assert not Order.objects.exists()


def test_the_price_is_the_servers_whatever_the_form_says(client, mangoes):
    put_in(client, quantity=1)
    client.post("/checkout/", details(client, total="1", unit_price="1", delivery_fee="0"))
    assert Order.objects.get().total == Decimal("416.00")


def test_a_changed_price_is_said(client, mangoes):
    put_in(client)
    mangoes.price = 150
    mangoes.save()
    assert "The price rose to KSh 150." in words(client.get("/cart/"))


def test_a_product_that_went_away_is_said_and_stops_the_checkout(client, mangoes):
    put_in(client)
    mangoes.unpublish()
    assert "This is no longer for sale." in words(client.get("/cart/"))
    assert client.get("/checkout/")["Location"] == "/cart/"
    mangoes.delete()
    assert "This is no longer for sale." in words(client.get("/cart/"))
    line = CartLine.objects.get()
    client.post(f"/cart/lines/{line.pk}/remove/")
    assert not CartLine.objects.exists()


def test_no_more_than_there_is(client, mangoes):
    assert "Only 10 left." in words(put_in(client, quantity=11))
    assert not CartLine.objects.exists()
    put_in(client, quantity=10)
    line = CartLine.objects.get()
    client.post(f"/cart/lines/{line.pk}/", {"quantity": "12"})
    assert CartLine.objects.get().quantity == 10
    client.post(f"/cart/lines/{line.pk}/", {"quantity": "0"})
    assert not CartLine.objects.exists()


@pytest.mark.parametrize("quantity", ["-1", "0", "1e3", "x", "9" * 40, "\uff11", "1.5"])
def test_strange_quantities_are_refused(client, mangoes, quantity):
    put_in(client, quantity=quantity)
    assert not CartLine.objects.exists()


def test_sold_out_between_cart_and_checkout_is_said(client, mangoes, django_user_model):
    put_in(client, quantity=8)
    form = details(client)
    other = type(client)()
    put_in(other, quantity=8)
    other.post("/checkout/", details(other))
    page = client.post("/checkout/", form, follow=True)
    assert page.redirect_chain[-1][0] == "/cart/"
    assert "Only 2 left" in words(page)
    assert Order.objects.count() == 1


def test_a_draft_cannot_be_seen_or_put_into_a_cart(client, shop_site):
    draft = make_product("Secret", live=False, sku="SECRET")
    assert client.get(f"/products/{draft.slug}/").status_code == 404
    refused = put_in(client, sku="SECRET")
    assert "no longer for sale" in words(refused)
    assert refused.redirect_chain == [("/cart/", 302)], "a draft's address is nobody's to know"
    assert not CartLine.objects.exists()


def test_cancelling_on_the_order_page(client, mangoes):
    put_in(client)
    client.post("/checkout/", details(client))
    order = Order.objects.get()
    page = client.post(f"/orders/{order.token}/cancel/", follow=True)
    assert "Your order is cancelled." in words(page)
    assert "Cancelled" in words(page)
    again = client.post(f"/orders/{order.token}/cancel/", follow=True)
    assert again.status_code == 200
    order.refresh_from_db()
    assert order.status == "cancelled"


def test_a_guessed_address_shows_nothing(client, mangoes):
    put_in(client)
    client.post("/checkout/", details(client))
    order = Order.objects.get()
    for guess in (order.number, str(order.pk), order.token[:-1] + "x", "a%00b"):
        assert client.get(f"/orders/{guess}/").status_code == 404


def test_what_no_database_can_read_is_refused(client, mangoes):
    assert "no longer for sale" in words(put_in(client, sku="\x00"))
    put_in(client)
    page = client.post("/checkout/", details(client, checkout_key="\x00"))
    assert page.status_code == 422
    assert not Order.objects.exists()


def test_a_guest_who_logs_in_keeps_the_cart(client, mangoes):
    user = User.objects.create_user("demo", "demo@example.org", "a long demo password")
    own = Cart.objects.create(user=user)
    CartLine.objects.create(
        cart=own,
        variant=first_variant(mangoes),
        name="Mangoes",
        quantity=7,
        price_when_added=116,
    )
    put_in(client, quantity=6)
    page = client.post(
        reverse("account_login"),
        {"login": "demo@example.org", "password": "a long demo password"},
        follow=True,
    )
    assert "Mangoes: we put 10 of 13 into your cart, only 10 are left" in words(page)
    assert CartLine.objects.get().quantity == 10
    assert client.session["cart_count"] == 10
    client.post("/checkout/", {**DETAILS, "checkout_key": own.checkout_key})
    assert Order.objects.get().user == user
    assert Order.objects.get().readable_number in words(client.get("/account/orders/"))


def test_an_order_keeps_its_page_after_its_product_went(client, mangoes):
    put_in(client)
    client.post("/checkout/", details(client))
    Product.objects.all().delete()
    assert "Mangoes" in words(client.get(f"/orders/{Order.objects.get().token}/"))
