"""A customer looks after wishes, places, name and answers on pages that need no script."""

import json
from typing import Any

import pytest
from django.test import Client

from shop.cart.models import Cart
from shop.catalog.models import Product
from shop.customers import actions
from shop.customers.models import Address, Consent, User
from shop.customers.queries import consents_of, wished_product_ids
from shop.tests.factories import make_product
from shop.tests.order_factories import make_order

pytestmark = pytest.mark.django_db

PASSWORD = "a long walk to Kisumu"
HOME = {"label": "Home", "county": "Nairobi", "area": "Kilimani", "landmark": "Blue gate"}


@pytest.fixture
def wanjiku() -> User:
    return User.objects.create_user(
        "wanjiku", "wanjiku@example.org", PASSWORD, phone="+254712345678", phone_verified=True
    )


@pytest.fixture
def pot(shop_site: Any) -> Product:
    return make_product("Clay pot", price=500, stock=10, sku="POT")


@pytest.fixture
def hers(wanjiku: User) -> Client:
    client = Client()
    sign_in(client)
    return client


def sign_in(client: Client, query: str = "") -> Any:
    login = {"login": "wanjiku@example.org", "password": PASSWORD}
    answer = client.post(f"/account/login/{query}", login)
    assert "_auth_user_id" in client.session
    return answer


def words(answer: Any) -> str:
    return " ".join(answer.content.decode().replace("\u00a0", " ").split())


OWN_PAGES = (
    "orders wishlist addresses addresses/new profile consents data data/download data/delete"
).split()


@pytest.mark.parametrize("address", OWN_PAGES)
def test_nobody_sees_a_customers_pages_without_signing_in(client: Client, address: str) -> None:
    answer = client.get(f"/account/{address}/")
    assert answer.status_code == 302
    assert answer["Location"] == f"/account/login/?next=/account/{address}/"


def test_the_heart_puts_a_product_on_the_wishlist_and_takes_it_off(
    hers: Client, wanjiku: User, pot: Product
) -> None:
    assert "Put on wishlist" in words(hers.get("/products/clay-pot/"))
    page = hers.post(f"/account/wishlist/{pot.pk}/", follow=True)
    assert page.redirect_chain == [("/products/clay-pot/", 302)]
    assert "Clay pot is on your wishlist." in words(page)
    assert "On your wishlist" in words(page)
    hers.post(f"/account/wishlist/{pot.pk}/remove/", {"from": "product"})
    assert wished_product_ids(wanjiku) == []


def test_a_guests_wish_is_kept_through_signing_in(
    client: Client, wanjiku: User, pot: Product
) -> None:
    to_login = client.post(f"/account/wishlist/{pot.pk}/")
    assert to_login["Location"] == "/account/login/?next=%2Fproducts%2Fclay-pot%2F"
    back = sign_in(client, "?next=/products/clay-pot/")
    assert back["Location"] == "/products/clay-pot/"
    assert wished_product_ids(wanjiku) == [pot.pk]
    assert "Clay pot is on your wishlist." in words(client.get("/products/clay-pot/"))


def test_a_wish_that_went_away_meanwhile_stops_no_login(
    client: Client, wanjiku: User, pot: Product
) -> None:
    client.post(f"/account/wishlist/{pot.pk}/")
    pot.unpublish()
    sign_in(client)
    assert wished_product_ids(wanjiku) == []


def test_a_draft_cannot_be_wished_for(hers: Client, pot: Product) -> None:
    pot.unpublish()
    assert hers.post(f"/account/wishlist/{pot.pk}/").status_code == 404


def test_the_wishlist_leads_into_the_cart(hers: Client, wanjiku: User, pot: Product) -> None:
    gone = make_product("Copper kettle", stock=0, sku="KETTLE")
    kinds = make_product(
        "Shirt",
        variants=[
            {"sku": "SHIRT-S", "options": {"Size": "S"}},
            {"sku": "SHIRT-L", "options": {"Size": "L"}},
        ],
        sku="SHIRT",
    )
    for product in (pot, gone, kinds):
        actions.add_wish(wanjiku, product.pk)
    page = hers.get("/account/wishlist/")
    assert [wish["sku"] for wish in page.context["wishes"]] == ["", "", "POT"]
    text = words(page)
    assert text.count("Choose a kind") == 1
    assert text.count('name="variant"') == 1
    hers.post("/cart/lines/", {"variant": "POT"})
    assert Cart.objects.get(user=wanjiku).lines.get().sku == "POT"
    hers.post(f"/account/wishlist/{pot.pk}/remove/")
    left = hers.get("/account/wishlist/").context["wishes"]
    assert [wish["card"]["name"] for wish in left] == ["Shirt", "Copper kettle"]


def test_a_long_wishlist_costs_no_more_statements(
    hers: Client, wanjiku: User, shop_site: Any, django_assert_max_num_queries: Any
) -> None:
    for _number in range(12):
        actions.add_wish(wanjiku, make_product().pk)
    hers.get("/account/wishlist/")
    with django_assert_max_num_queries(12):
        hers.get("/account/wishlist/")


def test_an_address_book_is_kept(hers: Client, wanjiku: User) -> None:
    assert "No addresses yet" in words(hers.get("/account/addresses/"))
    hers.post("/account/addresses/new/", HOME)
    hers.post("/account/addresses/new/", {**HOME, "label": "Office", "area": "Westlands"})
    office = Address.objects.get(label="Office")
    hers.post(f"/account/addresses/{office.pk}/", {**HOME, "label": "Office", "area": "Upper Hill"})
    hers.post(f"/account/addresses/{office.pk}/default/")
    page = words(hers.get("/account/addresses/"))
    assert page.index("Office") < page.index("Home")
    assert "Upper Hill" in page
    hers.post(f"/account/addresses/{office.pk}/delete/")
    left = Address.objects.get()
    assert (left.user, left.label, left.is_default) == (wanjiku, "Home", True)


def test_an_address_without_county_is_asked_for_again(hers: Client) -> None:
    page = hers.post("/account/addresses/new/", {**HOME, "county": ""})
    assert page.status_code == 422
    assert 'value="Kilimani"' in words(page), "nothing typed is lost"
    assert not Address.objects.exists()


def test_a_place_from_elsewhere_stays_what_it_is(hers: Client, wanjiku: User) -> None:
    address = actions.save_address(wanjiku, county="Kampala", area="Kololo")
    page = hers.get(f"/account/addresses/{address.pk}/")
    assert '<option value="Kampala" selected>' in words(page)


@pytest.mark.parametrize("what", ["", "default/", "delete/"])
def test_other_peoples_addresses_do_not_exist(hers: Client, what: str) -> None:
    otieno = User.objects.create_user("otieno")
    address = actions.save_address(otieno, county="Kisumu", area="Milimani")
    answer = hers.post(f"/account/addresses/{address.pk}/{what}", HOME)
    assert answer.status_code == 404
    address.refresh_from_db()
    assert (address.county, address.user) == ("Kisumu", otieno)


def test_a_name_changes_but_a_phone_must_be_proved(hers: Client, wanjiku: User) -> None:
    sent = {
        "first_name": "Wanjiku",
        "last_name": "Kamau",
        "phone": "0799 999 999",
        "email": "x@y.z",
    }
    hers.post("/account/profile/", sent)
    wanjiku.refresh_from_db()
    assert wanjiku.get_full_name() == "Wanjiku Kamau"
    assert (str(wanjiku.phone), wanjiku.email) == ("+254712345678", "wanjiku@example.org")


def test_nobody_is_asked_for_offers_with_a_tick_set(hers: Client) -> None:
    form = hers.get("/account/consents/").context["form"]
    ticked = {field.name for field in form if field.value()}
    assert ticked == {"order_sms", "order_email"}


def test_answers_are_noted_with_their_source(hers: Client, wanjiku: User) -> None:
    hers.post("/account/consents/", {"order_sms": "on", "marketing_email": "on"})
    assert consents_of(wanjiku) == {
        "order_sms": True,
        "order_email": False,
        "marketing_sms": False,
        "marketing_email": True,
    }
    assert set(Consent.objects.values_list("source", flat=True)) == {"account"}
    hers.post("/account/consents/", {"order_sms": "on"})
    assert consents_of(wanjiku)["marketing_email"] is False
    page = words(hers.get("/account/consents/"))
    assert page.count("Offers by email") == 3, "the question, the yes and the no"


def test_everything_can_be_downloaded(hers: Client, wanjiku: User) -> None:
    make_order(user=wanjiku, notes="Ring twice")
    answer = hers.get("/account/data/download/")
    assert answer["Content-Disposition"].startswith('attachment; filename="duka-')
    assert "no-store" in answer["Cache-Control"]
    kept = json.loads(answer.content)
    assert kept["orders"][0]["notes"] == "Ring twice"
    assert kept["logins"]["sessions"]


def leave(client: Client, word: str = "delete") -> Any:
    """Prove who one is, then type the word."""
    asked = client.get("/account/data/delete/")
    assert "/reauthenticate/" in asked["Location"], "who left the phone lying about loses nothing"
    client.post(asked["Location"], {"password": PASSWORD})
    return client.post("/account/data/delete/", {"confirm": word}, follow=True)


def test_an_account_is_deleted_after_password_and_word(hers: Client, wanjiku: User) -> None:
    page = leave(hers, "perhaps")
    assert page.status_code == 422
    assert User.objects.filter(pk=wanjiku.pk).exists()
    page = hers.post("/account/data/delete/", {"confirm": " Delete "}, follow=True)
    assert "Your account is deleted." in words(page)
    assert not User.objects.filter(pk=wanjiku.pk).exists()
    assert hers.get("/account/orders/").status_code == 302


def test_deleting_waits_for_the_order_on_its_way(hers: Client, wanjiku: User) -> None:
    order = make_order(user=wanjiku)
    page = leave(hers)
    assert order.readable_number in words(page)
    assert User.objects.filter(pk=wanjiku.pk).exists()
