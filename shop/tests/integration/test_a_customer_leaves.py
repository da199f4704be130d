"""Who deletes the account is gone from every table but the books, and later from those too."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from allauth.idp.oidc.models import Client as ApiClient
from allauth.idp.oidc.models import Token
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from allauth.usersessions.models import UserSession
from django.contrib.auth.models import Permission
from django.contrib.sessions.models import Session
from django.test import Client
from django.urls import reverse
from django_q.models import Schedule

from shop.api.models import IdempotencyRecord
from shop.core.clock import fixed
from shop.core.errors import Conflict
from shop.customers import actions
from shop.customers.models import User
from shop.flows.cancel_order import cancel_order
from shop.flows.claim_orders import claim_orders
from shop.flows.erase_customer import erase_customer
from shop.flows.tasks import forget_old_buyers
from shop.launch.schedules import ensure_schedules
from shop.notifications.models import Message
from shop.orders.models import Order, OrderEvent
from shop.tests.integration.a_rich_life import (
    EVERYTHING,
    PASSWORD,
    SPRING,
    live_richly,
    make_zawadi,
    signed_in,
)
from shop.tests.order_factories import make_order
from shop.tests.personal_traces import tables_that_tell
from shop.webhooks.models import Delivery

pytestmark = pytest.mark.django_db


FULL_OF_ZAWADI = [
    *"customers_user customers_address orders_order orders_orderevent".split(),
    *"notifications_message api_idempotencyrecord account_emailaddress".split(),
    "invoicing_taxdocument",
    *"notifications_carrierreport customers_customernote".split(),
    "socialaccount_socialaccount",
    *"usersessions_usersession wagtailcore_modellogentry allauth_idp_oidc_token".split(),
    *["sessions, unpacked", "tasks, unpacked"],
]


@pytest.fixture(autouse=True)
def _spring() -> Iterator[None]:
    with fixed(SPRING):
        yield


@pytest.fixture
def zawadi(shop_site: Any) -> User:
    return make_zawadi()


def test_nothing_is_left_but_what_the_books_need(zawadi: User) -> None:
    live_richly(zawadi)
    before = tables_that_tell(EVERYTHING)
    for table in FULL_OF_ZAWADI:
        assert table in before, f"the search is blind: it does not find {table}"

    erase_customer(zawadi)

    assert tables_that_tell(EVERYTHING) == {
        "orders_order": {"Zawadi", "Nekesa", "722000111", "Loresho Ridge"},
        "orders_orderevent": {"Zawadi", "722000111"},
        "invoicing_taxdocument": {"Zawadi", "Nekesa"},
    }
    order = Order.objects.get()
    assert (order.user, order.erase_after) == (None, date(2031, 12, 31))
    assert Delivery.objects.exists(), "what other programs heard was looked through too"
    assert order.lines.get().quantity == 2
    assert not any(
        model.objects.exists()
        for model in (
            *(User, EmailAddress, SocialAccount, Authenticator, Token, ApiClient),
            *(UserSession, IdempotencyRecord, Message),
        )
    )
    assert not any("_auth_user_id" in row.get_decoded() for row in Session.objects.all())


def test_after_the_legal_period_nothing_at_all_is_left(zawadi: User) -> None:
    live_richly(zawadi)
    erase_customer(zawadi)
    with fixed(datetime(2031, 12, 31, 20, tzinfo=UTC)):
        assert forget_old_buyers() == 0
    with fixed(datetime(2031, 12, 31, 21, 5, tzinfo=UTC)):  # five past midnight in Nairobi
        assert forget_old_buyers() == 1
        assert forget_old_buyers() == 0
    assert tables_that_tell(EVERYTHING) == {}
    order = Order.objects.get()
    assert (order.total, order.lines.get().sku) == (order.subtotal + order.delivery_fee, "MANGO")
    assert OrderEvent.objects.filter(kind="delivered").exists(), "the books keep what happened"


def test_other_people_keep_everything(zawadi: User) -> None:
    live_richly(zawadi)
    otieno = User.objects.create_user("otieno", "otieno@example.org", PASSWORD)
    EmailAddress.objects.create(user=otieno, email=otieno.email, verified=True, primary=True)
    his = signed_in(otieno)
    actions.save_address(otieno, county="Kisumu")
    session = his.session
    session["note"] = "zawadi@example.org"
    session.save()
    order = make_order(user=otieno)
    erase_customer(zawadi)
    assert his.get("/account/orders/").status_code == 200
    assert otieno.addresses.count() == 1
    order.refresh_from_db()
    assert (order.user, order.landmark) == (otieno, "Blue gate")
    assert order.messages.exists()


def test_an_old_link_to_an_order_leads_nowhere(zawadi: User) -> None:
    client = live_richly(zawadi)
    address = Order.objects.get().get_absolute_url()
    assert client.get(address).status_code == 200
    erase_customer(zawadi)
    assert Client().get(address).status_code == 404


def test_what_was_bought_as_a_guest_goes_too(zawadi: User) -> None:
    bought = make_order(phone="+254722000111", status="delivered", landmark="Purple gate")
    strangers = make_order(email="somebody@example.org", status="delivered")
    erase_customer(zawadi)
    bought.refresh_from_db()
    assert (bought.landmark, bought.erase_after) == ("", date(2031, 12, 31))
    assert not bought.messages.exists()
    strangers.refresh_from_db()
    assert (strangers.landmark, strangers.erase_after) == ("Blue gate", None)


def test_a_number_that_somebody_else_has_now_brings_back_no_old_orders(zawadi: User) -> None:
    live_richly(zawadi)
    erase_customer(zawadi)
    otieno = User.objects.create_user("otieno", phone="+254722000111", phone_verified=True)
    assert claim_orders(otieno) == 0
    assert not otieno.orders.exists()


def test_who_waits_for_an_order_stays_until_it_came(zawadi: User) -> None:
    order = make_order(user=zawadi)
    with pytest.raises(Conflict) as refused:
        erase_customer(zawadi)
    assert refused.value.code == "order_on_its_way"
    assert [entry["number"] for entry in refused.value.details] == [order.number]
    assert User.objects.filter(pk=zawadi.pk).exists()
    cancel_order(order_id=order.pk, by_customer=True)
    erase_customer(zawadi)
    assert not User.objects.filter(pk=zawadi.pk).exists()


@pytest.mark.parametrize("rights", ["superuser", "staff", "permission"])
def test_who_works_here_cannot_vanish(zawadi: User, rights: str) -> None:
    zawadi.is_superuser = rights == "superuser"
    zawadi.is_staff = rights == "staff"
    zawadi.save()
    if rights == "permission":
        zawadi.user_permissions.add(Permission.objects.get(codename="access_admin"))
    with pytest.raises(Conflict) as refused:
        erase_customer(zawadi)
    assert refused.value.code == "staff_account"
    assert User.objects.filter(pk=zawadi.pk).exists()


def test_guests_are_forgotten_after_the_legal_period_too(shop_site: Any) -> None:
    make_order(name="Zawadi Nekesa", phone="+254722000111", notes="Ring twice")
    kept = make_order(user=User.objects.create_user("otieno"), area="Kibuye")
    with fixed(datetime(2031, 12, 31, 20, tzinfo=UTC)):
        assert forget_old_buyers() == 0
    with fixed(datetime(2032, 1, 1, 6, tzinfo=UTC)):
        assert forget_old_buyers() == 1
    assert tables_that_tell({"Zawadi", "722000111", "Ring twice"}) == {}
    kept.refresh_from_db()
    assert kept.area == "Kibuye", "an account keeps its own orders"


def test_the_worker_erases_by_the_clock(db: None) -> None:
    ensure_schedules()
    assert Schedule.objects.filter(func="shop.flows.tasks.forget_old_buyers").exists()


def test_the_books_can_still_be_read(zawadi: User, admin_client: Client) -> None:
    live_richly(zawadi)
    erase_customer(zawadi)
    order = Order.objects.get()
    screens = (
        reverse("orders_order_modeladmin_index"),
        reverse("orders_order_modeladmin_inspect", args=[order.pk]),
        f"/api/v2/orders/{order.pk}/",
        f"/orders/{order.token}/",
    )
    assert "31 Dec 2031" in admin_client.get(screens[1]).content.decode()
    with fixed(datetime(2032, 1, 1, 6, tzinfo=UTC)):
        assert forget_old_buyers() == 1
    for screen in screens:
        answer = admin_client.get(screen)
        assert answer.status_code == 200, screen
        assert "Zawadi" not in answer.content.decode()
