"""A customer sees where the account is signed in, and ends what is not theirs or not needed."""

from typing import Any

import pytest
from allauth.usersessions.models import UserSession
from django.test import Client

from shop.customers.models import User
from shop.storefront.accounts.devices import device_name
from shop.tests.account_holders import LAPTOP, PASSWORD, PHONE, make_customer, signed_in
from shop.tests.mailbox import mailbox

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _site(shop_site: Any) -> None:
    """Every page shows the shop's name and shelves."""


@pytest.fixture
def customer() -> User:
    """Somebody with a proved address and a password."""
    return make_customer()


def test_devices_are_listed_by_name_and_one_is_ended(customer: User):
    phone, laptop = signed_in(customer), signed_in(customer, LAPTOP)
    page = phone.get("/account/sessions/").content.decode()
    assert "Chrome on Android" in page
    assert "Firefox on Windows" in page
    assert page.count("This device") == 1
    other = UserSession.objects.get(user_agent=LAPTOP)

    phone.post(f"/account/sessions/{other.pk}/end/")

    assert laptop.get("/account/orders/").status_code == 302
    assert phone.get("/account/orders/").status_code == 200
    assert not UserSession.objects.filter(pk=other.pk).exists()


def test_a_session_kept_in_the_cache_ends_too(customer: User, settings: Any):
    settings.SESSION_ENGINE = "django.contrib.sessions.backends.cached_db"
    phone, laptop = signed_in(customer), signed_in(customer, LAPTOP)
    assert laptop.get("/account/orders/").status_code == 200
    other = UserSession.objects.get(user_agent=LAPTOP)

    phone.post(f"/account/sessions/{other.pk}/end/")

    assert laptop.get("/account/orders/").status_code == 302


def test_everywhere_else_is_ended_at_once(customer: User):
    phone = signed_in(customer)
    others = [signed_in(customer, LAPTOP) for _number in range(2)]

    phone.post("/account/sessions/")

    assert [browser.get("/account/orders/").status_code for browser in others] == [302, 302]
    assert phone.get("/account/orders/").status_code == 200


def test_ending_the_own_session_is_signing_out(customer: User):
    phone = signed_in(customer)

    answer = phone.post(f"/account/sessions/{UserSession.objects.get().pk}/end/")

    assert answer["Location"] == "/account/login/"
    assert "_auth_user_id" not in phone.session


def test_nobody_ends_a_strangers_session(customer: User):
    phone = signed_in(customer)
    session = UserSession.objects.get()
    stranger = signed_in(User.objects.create_user("kip", "kip@example.org", PASSWORD))

    assert stranger.post(f"/account/sessions/{session.pk}/end/").status_code == 404
    assert stranger.get(f"/account/sessions/{session.pk}/end/").status_code == 405
    assert Client().post(f"/account/sessions/{session.pk}/end/").status_code == 302
    assert phone.get("/account/orders/").status_code == 200


def test_last_seen_is_noted_now_and_then(customer: User, django_assert_num_queries: Any):
    phone = signed_in(customer)
    UserSession.objects.update(last_seen_at="2026-01-01T00:00Z", ip="192.0.2.1")

    phone.get("/account/profile/")
    seen = UserSession.objects.get()
    phone.get("/account/profile/", REMOTE_ADDR="192.0.2.7")

    assert seen.last_seen_at.month != 1 or seen.last_seen_at.year > 2026
    assert seen.ip == "127.0.0.1"
    assert UserSession.objects.get().last_seen_at == seen.last_seen_at


def test_a_new_password_ends_the_other_sessions(customer: User):
    phone, laptop = signed_in(customer), signed_in(customer, LAPTOP)
    new = "another walk to Mombasa"

    phone.post(
        "/account/password/change/",
        {"oldpassword": PASSWORD, "password1": new, "password2": new},
    )

    assert laptop.get("/account/orders/").status_code == 302
    assert phone.get("/account/orders/").status_code == 200
    assert mailbox()[-1].to == [customer.email]


@pytest.mark.parametrize(
    ("agent", "name"),
    [
        (PHONE, "Chrome on Android"),
        (LAPTOP, "Firefox on Windows"),
        (
            "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) CriOS/140 Safari/604",
            "Chrome on iPhone",
        ),
        (
            "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15) Chrome/140 Safari/537 Edg/140",
            "Edge on Mac",
        ),
        ("Opera/9.80 (J2ME/MIDP; Opera Mini/7.1)", "Opera Mini"),
        ("duka-till/2.1", "duka-till"),
        ("", "Unknown device"),
    ],
)
def test_devices_have_names(agent: str, name: str):
    assert device_name(agent) == name
