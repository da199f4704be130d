"""Staff find customers, see all of one on one screen, lock out, take out and delete."""

import json

import pytest
from django.contrib.auth.models import Group
from django.test import Client
from django.urls import reverse
from wagtail.models import ModelLogEntry

from shop.customers.models import User
from shop.notifications.actions import keep_report
from shop.tests.news_readers import make_reader
from shop.tests.order_factories import make_order

pytestmark = pytest.mark.django_db

LIST = "customers_modeladmin_index"


def page_of(person, name="customers_modeladmin_inspect"):
    return reverse(name, args=[person.pk])


@pytest.fixture
def zawadi(shop_site):
    return make_reader(7, first_name="Zawadi", last_name="Nekesa")


@pytest.mark.parametrize(
    "words", ["zawadi nek", "reader-7@example", "0712 000 007", "+254712000007"]
)
def test_a_customer_is_found_however_written(admin_client, zawadi, words):
    make_reader(8)
    found = admin_client.get(reverse(LIST), {"q": words})
    assert list(found.context["object_list"]) == [zawadi]


def test_the_list_asks_no_more_for_many(admin_client, shop_site, django_assert_max_num_queries):
    for number in range(25):
        make_reader(number, yes=None)
    admin_client.get(reverse(LIST))
    with django_assert_max_num_queries(16):
        assert len(admin_client.get(reverse(LIST)).context["object_list"]) == 26


def test_one_screen_shows_everything(admin_client, zawadi, django_assert_max_num_queries):
    for _ in range(3):
        order = make_order(user=zawadi)
    keep_report(kind="incoming", body=b"from=%2B254712000007&text=Where+is+my+order&id=1")
    admin_client.post(page_of(zawadi, "customer_note"), {"text": "Prefers mornings"})
    admin_client.post(page_of(zawadi, "customer_note"), {"text": "  "})
    with django_assert_max_num_queries(30):
        shown = admin_client.get(page_of(zawadi)).text
    for told in (
        *("Zawadi Nekesa", order.readable_number, "Where is my order", "Prefers mornings"),
        *("Offers by SMS", "reader-7@example.org", "Order placed"),
    ):
        assert told in shown
    assert zawadi.notes.count() == 1


def test_a_closed_account_is_out_at_once_and_comes_back(admin_client, zawadi):
    hers = Client()
    hers.force_login(zawadi)
    assert hers.get("/account/orders/").status_code == 200
    step = page_of(zawadi, "customer_deactivate")
    assert "Close the account" in admin_client.get(step).text
    for _twice in range(2):
        admin_client.post(step, {"wish": "close"})
    assert hers.get("/account/orders/").status_code == 302
    zawadi.refresh_from_db()
    assert not zawadi.is_active
    admin_client.post(step, {"wish": "open"})
    zawadi.refresh_from_db()
    assert zawadi.is_active
    actions = ModelLogEntry.objects.filter(object_id=str(zawadi.pk)).values_list(
        "action", flat=True
    )
    assert sorted(actions) == ["shop.customer_closed", "shop.customer_opened"]


def test_what_is_kept_is_taken_out(admin_client, zawadi):
    admin_client.post(page_of(zawadi, "customer_note"), {"text": "Prefers mornings"})
    assert admin_client.get(page_of(zawadi, "customer_export")).status_code == 405
    answer = admin_client.post(page_of(zawadi, "customer_export"))
    kept = json.loads(answer.content)
    assert kept["profile"]["email"] == "reader-7@example.org"
    assert kept["notes"][0]["text"] == "Prefers mornings"
    assert "attachment" in answer.headers["Content-Disposition"]


def test_an_account_is_deleted_with_the_word_and_not_while_an_order_is_open(admin_client, zawadi):
    order = make_order(user=zawadi)
    step = page_of(zawadi, "customer_erase")
    assert order.readable_number in admin_client.get(step).text
    admin_client.post(step, {"word": "DELETE"})
    assert User.objects.filter(pk=zawadi.pk).exists()
    order.status = "cancelled"
    order.save()
    admin_client.post(step, {"word": "no"})
    assert User.objects.filter(pk=zawadi.pk).exists()
    admin_client.post(step, {"word": "delete"})
    assert not User.objects.filter(pk=zawadi.pk).exists()
    assert ModelLogEntry.objects.filter(action="shop.customer_erased").exists()


def test_staff_are_neither_closed_nor_deleted_here(admin_client, admin_user):
    for name, sent in (("deactivate", {"wish": "close"}), ("erase", {"word": "DELETE"})):
        admin_client.post(page_of(admin_user, f"customer_{name}"), sent)
    admin_user.refresh_from_db()
    assert admin_user.is_active


RIGHTS = {
    # step: who may take it
    "customers_modeladmin_inspect": {"Support", "Order desk", "Managers"},
    "customer_note": {"Order desk", "Managers"},
    "customer_deactivate": {"Managers"},
    "customer_export": {"Managers"},
    "customer_erase": {"Managers"},
}


@pytest.mark.parametrize(
    "role", ["Support", "Editors", "Catalogue managers", "Order desk", "Managers"]
)
def test_what_each_role_may_do_with_a_customer(client, zawadi, role):
    person = User.objects.create_user("worker")
    person.groups.add(Group.objects.get(name=role))
    client.force_login(person)
    allowed = set()
    for name in RIGHTS:
        ask = client.get if name == "customers_modeladmin_inspect" else client.post
        answer = ask(page_of(zawadi, name), {"text": "Hi"} if ask == client.post else None)
        refused = answer.status_code == 403 or answer.headers.get("Location") == "/admin/"
        allowed |= set() if refused else {name}
    assert allowed == {name for name, roles in RIGHTS.items() if role in roles}
