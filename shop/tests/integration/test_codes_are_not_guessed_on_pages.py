"""Whoever tries one voucher code after the other waits, on the pages as at the API."""

import pytest
from django.core.cache import caches
from django.test import Client

from shop.catalog.models import Variant
from shop.pricing.models import Voucher
from shop.tests.factories import first_variant, make_product
from shop.tests.integration.test_voucher_on_the_pages import FORM, words

pytestmark = pytest.mark.django_db

SOMEWHERE = "203.0.113.9"
WAIT = "You have tried many codes. Please wait 50 seconds, then try again."


@pytest.fixture(autouse=True)
def limits(settings, steady_minute):
    settings.API_RATES = {"voucher": {"guest": 2, "customer": 1}}
    yield steady_minute
    caches["counters"].clear()


@pytest.fixture
def shopper(shop_site):
    client = Client(REMOTE_ADDR=SOMEWHERE)
    pot = first_variant(make_product("Pot", price=1000, stock=50))
    client.post("/cart/lines/", {"variant": pot.sku, "quantity": 2})
    Voucher.objects.create(code="KARIBU10", value=10)
    return client


def tried(client, code):
    return words(client.post("/cart/voucher/", {"voucher": code}, follow=True))


def test_guesses_are_counted_with_those_at_the_api(shopper, limits):
    assert "There is no voucher" in tried(shopper, "A1")
    token = {"REMOTE_ADDR": SOMEWHERE}
    Client(**token).post("/api/v2/cart/voucher/", {"code": "A2"}, content_type="application/json")
    said = tried(shopper, "karibu10")
    assert WAIT in said
    assert "The voucher counts" not in said
    # At the checkout as well, and the order is not placed without what was meant.
    answer = shopper.post("/checkout/", {**FORM, "voucher": "karibu10"})
    assert (answer.status_code, WAIT in words(answer)) == (422, True)
    limits.setattr("shop.core.limits.time.time", lambda: 1_000_000_090.0)
    assert "The voucher counts" in tried(shopper, "karibu10")


def test_the_code_that_counts_already_is_no_try(shopper):
    for _ in range(4):
        assert "The voucher counts" in tried(shopper, "karibu10")


def test_a_customer_is_counted_wherever_they_are(shopper, django_user_model):
    amina = django_user_model.objects.create_user("amina")
    for place, said in ((SOMEWHERE, "There is no voucher"), ("203.0.113.10", "tried many codes")):
        client = Client(REMOTE_ADDR=place)
        client.force_login(amina)
        client.post("/cart/lines/", {"variant": Variant.objects.get().sku})
        assert said in tried(client, "A1")
