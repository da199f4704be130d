"""Somebody signs in with Google or Keycloak: what is said there is used as far as it is proved."""

from typing import Any

import oidc_provider_mock
import pytest
import requests
from allauth.account.models import EmailAddress
from allauth.socialaccount.models import SocialAccount
from django.test import Client

from settings.accounts import openid_connect
from shop.customers.models import User
from shop.notifications.models import Message
from shop.tests.order_factories import make_order
from shop.tests.outside_provider import LOGIN, PHONE, at_provider, provider, sign_in, who

pytestmark = pytest.mark.django_db

__all__ = ["provider"]


def test_the_first_login_makes_an_account_with_what_is_verified(client: Client, provider: Any):
    answer = sign_in(client, "/cart/")
    assert answer["Location"] == "/cart/"
    user = who(client)
    assert (user.first_name, user.last_name) == ("Amina", "Hassan")
    assert (user.email, str(user.phone), user.phone_verified) == (
        "amina@example.org",
        PHONE,
        True,
    )
    assert EmailAddress.objects.get(user=user).verified
    assert user.claimed == {
        "first_name": "Amina",
        "last_name": "Hassan",
        "email": "amina@example.org",
        "phone": PHONE,
    }
    asked = provider.asked[0]
    assert {"state", "nonce", "code_challenge"} <= asked.keys()
    assert set(asked["scope"].split()) == {"openid", "profile", "email", "phone"}


def test_the_second_login_finds_the_same_account(client: Client, provider: Any):
    sign_in(client)
    first = who(client)
    later = Client()
    sign_in(later)
    assert who(later) == first
    assert Message.objects.filter(event="welcome").count() == 1


def test_a_provider_is_asked_only_for_what_it_knows(client: Client, provider: Any):
    provider.scopes = ["openid", "email", "profile"]  # as Google's
    sign_in(client)
    assert set(provider.asked[0]["scope"].split()) == {"openid", "email", "profile"}
    assert who(client)


def test_only_a_name_is_enough(client: Client, provider: Any):
    provider.claims = {"sub": "x", "name": "Amina Nyambura Hassan"}
    sign_in(client)
    user = who(client)
    assert (user.first_name, user.last_name) == ("Amina", "Nyambura Hassan")
    assert (user.email, user.phone) == ("", None)


def test_what_the_provider_changes_is_changed_where_the_customer_did_not(
    client: Client, provider: Any
):
    sign_in(client)
    user = who(client)
    user.last_name = "Hassan-Otieno"
    user.save()
    provider.claims |= {
        "given_name": "Aminah",
        "family_name": "Hussein",
        "email": "aminah@example.org",
        "phone_number": "+254700000009",
    }
    sign_in(client)
    user.refresh_from_db()
    assert (user.first_name, user.last_name) == ("Aminah", "Hassan-Otieno")
    assert (user.email, str(user.phone)) == ("aminah@example.org", "+254700000009")
    rows = EmailAddress.objects.filter(user=user).values_list("email", "verified", "primary")
    assert list(rows) == [("aminah@example.org", True, True)]


def test_the_customers_own_email_and_phone_stay(client: Client, provider: Any):
    sign_in(client)
    user = who(client)
    EmailAddress.objects.filter(user=user).delete()
    EmailAddress.objects.create(user=user, email="own@example.org", verified=True, primary=True)
    User.objects.filter(pk=user.pk).update(email="own@example.org", phone="+254711111111")
    provider.claims |= {"email": "new@example.org", "phone_number": "+254700000009"}
    sign_in(client)
    user.refresh_from_db()
    assert (user.email, str(user.phone)) == ("own@example.org", "+254711111111")


@pytest.mark.parametrize("verified", [False, None, "false", "yes", 1, ["true"], {}])
def test_an_unverified_address_of_somebody_else_is_not_given(
    client: Client, provider: Any, verified: Any
):
    """A second identity claims Amina's email and phone."""
    owner = User.objects.create_user(
        "amina", "amina@example.org", "a long walk", phone=PHONE, phone_verified=True
    )
    EmailAddress.objects.create(user=owner, email=owner.email, verified=True, primary=True)
    order = make_order(phone=PHONE, email=owner.email)
    provider.claims |= {
        "sub": "other",
        "email_verified": verified,
        "phone_number_verified": verified,
    }
    sign_in(client)
    user = who(client)
    assert user != owner
    assert (user.email, user.phone) == ("", None)
    owner.refresh_from_db()
    order.refresh_from_db()
    assert owner.check_password("a long walk")
    assert not SocialAccount.objects.filter(user=owner).exists()
    assert order.user is None
    # Nor at a later login.
    sign_in(client)
    user.refresh_from_db()
    assert (user.email, user.phone) == ("", None)


def test_an_unverified_phone_is_never_kept(client: Client, provider: Any):
    order = make_order(phone=PHONE, email="amina@example.org")
    provider.claims |= {"phone_number_verified": False, "email_verified": False}
    sign_in(client)
    user = who(client)
    order.refresh_from_db()
    assert user.phone is None
    assert order.user is None
    assert not EmailAddress.objects.get(user=user).verified


def test_a_verified_email_finds_the_account_that_proved_it(client: Client, provider: Any):
    owner = User.objects.create_user("amina", "amina@example.org", "a long walk")
    EmailAddress.objects.create(user=owner, email=owner.email, verified=True, primary=True)
    sign_in(client)
    owner.refresh_from_db()
    assert who(client) == owner
    assert owner.check_password("a long walk")
    assert owner.first_name == "Amina"
    assert SocialAccount.objects.get(user=owner).uid == "amina-1"


def test_who_waits_in_an_unproved_account_is_shut_out(client: Client, provider: Any):
    stranger = Client()
    form = {"email": "amina@example.org", "password1": "a stranger waits"}
    stranger.post("/account/signup/", form)
    assert who(stranger)
    sign_in(client)
    user = who(client)
    assert not user.has_usable_password()
    assert stranger.get("/account/profile/").status_code == 302


def test_staff_keep_their_password(client: Client, provider: Any):
    boss = User.objects.create_superuser("boss", "amina@example.org", "a long walk")
    sign_in(client)
    boss.refresh_from_db()
    assert who(client) == boss
    assert boss.check_password("a long walk")


def test_a_verified_phone_of_another_account_is_left_to_it(client: Client, provider: Any):
    owner = User.objects.create_user("owner", phone=PHONE, phone_verified=True)
    sign_in(client)
    owner.refresh_from_db()
    assert who(client) != owner
    assert who(client).phone is None
    assert str(owner.phone) == PHONE


def test_orders_placed_as_a_guest_join(client: Client, provider: Any):
    by_phone = make_order(phone=PHONE, email="")
    by_email = make_order(email="AMINA@example.org")
    strange = make_order(email="other@example.org")
    sign_in(client)
    mine = set(who(client).orders.values_list("pk", flat=True))
    assert mine == {by_phone.pk, by_email.pk}
    assert strange.pk not in mine


def test_a_welcome_is_written(client: Client, provider: Any):
    sign_in(client)
    message = Message.objects.get(event="welcome")
    assert (message.user, message.channel, message.recipient) == (who(client), "sms", PHONE)
    assert "Welcome to Duka" in message.body


def test_a_logged_in_customer_connects_the_account(client: Client, provider: Any):
    user = User.objects.create_user("own", "own@example.org", "a long walk")
    client.force_login(user)
    begun = client.post(f"{LOGIN}?process=connect")
    back = requests.get(begun["Location"], allow_redirects=False, timeout=5).headers["Location"]
    client.get(back.removeprefix("http://testserver"))
    user.refresh_from_db()
    assert SocialAccount.objects.get().user == user
    assert user.email == "own@example.org"
    assert str(user.phone) == PHONE


@pytest.mark.parametrize("ending", ["", "/"])
def test_a_provider_of_others_is_understood(client: Client, settings: Any, ending: str):
    amina = oidc_provider_mock.User(
        sub="amina", claims={"email": "amina@example.org", "email_verified": True}
    )
    with oidc_provider_mock.run_server_in_thread(require_nonce=True, user_claims=[amina]) as server:
        settings.SOCIALACCOUNT_PROVIDERS = {
            "openid_connect": openid_connect(
                f"http://localhost:{server.server_port}{ending}", "duka", "secret", "Mock"
            )
        }
        begun = client.post(LOGIN)
        answer = requests.post(
            begun["Location"], data={"sub": "amina"}, allow_redirects=False, timeout=5
        )
        client.get(answer.headers["Location"].removeprefix("http://testserver"))
    assert who(client).email == "amina@example.org"


def test_who_changes_their_mind_comes_back_to_a_page(client: Client, provider: Any):
    back = at_provider(client)
    state = back.split("state=")[1]
    answer = client.get(f"{LOGIN}callback/?error=access_denied&state={state}", follow=True)
    assert answer.status_code == 200


def test_the_login_page_offers_it_only_when_there_is_one(client: Client, provider: Any):
    assert "Go on with Example Identity" in client.get("/account/login/").content.decode()
    assert client.get("/account/oidc/other/login/").status_code == 404


def test_without_one_there_is_no_button(client: Client):
    assert "Go on with" not in client.get("/account/login/").content.decode()


def test_following_a_link_alone_leads_nobody_away(client: Client, provider: Any):
    answer = client.get(f"{LOGIN}?next=/cart/")
    assert answer.status_code == 200
    assert provider.asked == []
