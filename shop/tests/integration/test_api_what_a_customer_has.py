"""A headless developer builds the account pages: profile, addresses, consents, wishes, data."""

import json

import pytest
from django.test import Client

from shop.customers.models import Address, Consent, User
from shop.tests.factories import make_product
from shop.tests.integration.api_orders import customer, errors
from shop.tests.order_factories import make_order

pytestmark = pytest.mark.django_db

ME = "/api/v2/customers/me/"
BOOK = f"{ME}addresses/"
WISHES = "/api/v2/wishlist/"


@pytest.fixture
def amina(client, shop_site):
    person = customer("amina")
    person.first_name, person.phone = "Amina", "+254712345678"
    person.save()
    client.force_login(person)
    return person


def send(client, method, path, sent=None, status=200):
    body = {} if sent is None else {"data": json.dumps(sent), "content_type": "application/json"}
    answer = getattr(client, method)(path, **body)
    assert answer.status_code == status, answer.content
    return answer.json() if answer.content else None


def test_the_profile_is_read_and_renamed(client, amina):
    me = send(client, "get", ME)
    assert me.pop("joined_at").endswith("Z")
    assert me == {
        "id": amina.pk,
        "first_name": "Amina",
        "last_name": "",
        "email": "amina@example.org",
        "email_verified": False,
        "phone": "+254712345678",
        "phone_verified": False,
        "consents": {
            "order_sms": True,
            "order_email": True,
            "marketing_sms": False,
            "marketing_email": False,
        },
    }
    assert send(client, "patch", ME, {"last_name": "Otieno"})["first_name"] == "Amina"
    whole = {"first_name": "A.", "last_name": "O.", "email": "AMINA@example.org", "phone": None}
    assert send(client, "put", ME, whole)["last_name"] == "O."
    missing = send(client, "put", ME, {"first_name": "A"}, 400)
    assert errors(missing) == {("last_name", "required")}


@pytest.mark.parametrize(
    ("field", "value"),
    [("email", "other@example.org"), ("email", ""), ("phone", "0700 000 000"), ("phone", "")],
)
def test_email_and_phone_need_their_proof(client, amina, field, value):
    refused = send(client, "patch", ME, {"first_name": "X", field: value}, 400)
    assert errors(refused) == {(field, "proof_needed")}
    assert "/_allauth/" in refused["errors"][0]["detail"]
    assert User.objects.get(pk=amina.pk).first_name == "Amina"


def test_the_address_book(client, amina, django_assert_max_num_queries):
    home = send(client, "post", BOOK, {"county": "Nairobi", "label": "Home"}, 201)
    assert home["is_default"] is True
    work = send(client, "post", BOOK, {"county": "Kisumu", "is_default": True}, 201)
    assert [a["county"] for a in send(client, "get", BOOK)["items"]] == ["Kisumu", "Nairobi"]
    changed = send(client, "patch", f"{BOOK}{home['id']}/", {"area": "Kilimani"})
    assert (changed["label"], changed["area"], changed["county"]) == ("Home", "Kilimani", "Nairobi")
    anew = send(client, "put", f"{BOOK}{home['id']}/", {"county": "Nakuru"})
    assert (anew["label"], anew["county"]) == ("", "Nakuru")
    assert send(client, "get", f"{BOOK}{work['id']}/") == {**work}
    send(client, "delete", f"{BOOK}{work['id']}/", status=204)
    assert send(client, "get", BOOK)["meta"] == {"total_count": 1}
    for number in range(8):
        Address.objects.create(user=amina, county=f"County {number}")
    with django_assert_max_num_queries(5):
        assert len(send(client, "get", f"{BOOK}?page=2&page_size=4")["items"]) == 4


@pytest.mark.parametrize("method", ["get", "put", "patch", "delete"])
def test_addresses_of_others_do_not_exist(client, amina, method):
    other = Address.objects.create(user=customer("other"), county="Nairobi")
    sent = None if method in ("get", "delete") else {"county": "Mombasa"}
    foreign = send(client, method, f"{BOOK}{other.pk}/", sent, 404)
    assert foreign == send(client, method, f"{BOOK}999999/", sent, 404)
    assert Address.objects.get(pk=other.pk).county == "Nairobi"


def test_what_makes_no_address_is_named(client, amina):
    assert errors(send(client, "post", BOOK, {}, 400)) == {("county", "required")}
    assert errors(send(client, "post", BOOK, {"county": " "}, 400)) == {("county", "blank")}
    too_long = send(client, "post", BOOK, {"county": "x" * 81}, 400)
    assert errors(too_long) == {("county", "max_length")}


def test_consents_are_answered_with_their_source(client, amina):
    path = f"{ME}consents/"
    assert [row["answered_at"] for row in send(client, "get", path)["items"]] == [None] * 4
    send(client, "post", path, {"purpose": "marketing_sms", "given": True}, 201)
    answered = send(client, "put", path, {"marketing_email": True, "order_sms": False})
    given = {row["purpose"]: (row["given"], row["source"]) for row in answered["items"]}
    assert given == {
        "order_sms": (False, "api"),
        "order_email": (True, None),
        "marketing_sms": (True, "api"),
        "marketing_email": (True, "api"),
    }
    assert Consent.objects.filter(user=amina).count() == 3
    wrong = send(client, "post", path, {"purpose": "spam", "given": True}, 400)
    assert errors(wrong) == {("purpose", "invalid_choice")}


def test_wishes_are_products(client, amina, shop_site, django_assert_max_num_queries):
    mango, kale = make_product("Mango"), make_product("Kale")
    draft = make_product("Draft", live=False)
    assert send(client, "post", WISHES, {"product": mango.pk}, 201)["name"] == "Mango"
    send(client, "post", WISHES, {"product": kale.pk}, 201)
    assert send(client, "post", WISHES, {"product": mango.pk}, 200)["id"] == mango.pk
    for pk in (draft.pk, 999_999):
        assert send(client, "post", WISHES, {"product": pk}, 404)["errors"][0]["attr"] == "product"
    page = send(client, "get", WISHES)
    assert [item["name"] for item in page["items"]] == ["Kale", "Mango"]
    assert send(client, "get", f"{WISHES}?fields=name&limit=1")["items"][0]["name"] == "Kale"
    send(client, "delete", f"{WISHES}{mango.pk}/", status=204)
    send(client, "delete", f"{WISHES}999999/", status=204)
    for number in range(12):
        product = make_product(f"Wish {number}")
        send(client, "post", WISHES, {"product": product.pk}, 201)
    with django_assert_max_num_queries(6):
        assert send(client, "get", WISHES)["meta"] == {"total_count": 13}


def test_all_of_it_is_handed_over(client, amina):
    make_order(user=amina)
    answer = client.get(f"{ME}export/")
    assert answer["Content-Disposition"] == 'attachment; filename="my-data.json"'
    assert len(answer.json()["orders"]) == 1


def test_an_account_is_deleted_and_its_session_ends(client, amina):
    make_order(user=amina, status="placed")
    waiting = send(client, "delete", ME, status=409)
    assert waiting["errors"][0]["code"] == "order_on_its_way"
    amina.orders.update(status="delivered")
    send(client, "delete", ME, status=204)
    assert not User.objects.filter(pk=amina.pk).exists()
    assert client.get(ME).status_code == 401


def test_nobody_has_nothing(shop_site):
    for path in (ME, BOOK, f"{ME}consents/", f"{ME}export/", WISHES):
        assert Client().get(path).status_code == 401
