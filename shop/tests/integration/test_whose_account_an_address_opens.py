"""An address opens the account of whoever proved it, and brings the orders placed with it."""

import re
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from allauth.idp.oidc.models import Token
from django.test import Client, RequestFactory

from shop.customers.actions import add_wish, save_address, set_consent
from shop.customers.models import User
from shop.storefront.accounts.people import prove_email
from shop.tests.factories import make_product
from shop.tests.mailbox import mailbox
from shop.tests.order_factories import make_order
from shop.tests.outside_provider import provider, sign_in
from shop.tests.signing_in import PHONE, ask, give_back, latest_code, who

pytestmark = pytest.mark.django_db

__all__ = ["provider"]


def test_orders_placed_as_a_guest_join_the_account(client: Client):
    mine = make_order(phone=PHONE, email="else@example.org")
    other = make_order(phone="+254700000001", email="amina@example.org")
    ask(client, PHONE)
    mine.refresh_from_db()
    assert mine.user is None  # asking proves nothing
    give_back(client, latest_code())
    mine.refresh_from_db()
    other.refresh_from_db()
    assert str(mine.user_id) == who(client)
    assert other.user is None


def test_orders_placed_later_as_a_guest_join_at_the_next_code(client: Client):
    user = User.objects.create_user("amina", "amina@example.org")
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    order = make_order(email="Amina@Example.org")
    ask(client, "amina@example.org")
    give_back(client, latest_code())
    order.refresh_from_db()
    assert order.user == user


def test_an_address_that_nobody_proved_joins_nothing(client: Client):
    order = make_order(email="amina@example.org")
    form = {"email": "amina@example.org", "password1": "a long walk to Kisumu"}
    assert client.post("/account/signup/", form)["Location"] == "/account/"
    order.refresh_from_db()
    assert who(client)
    assert order.user is None

    link = next(m.body for m in mailbox() if "confirm-email" in m.body)
    path = re.search(r"/account/confirm-email/\S+", link)[0]
    client.post(path)

    order.refresh_from_db()
    assert str(order.user_id) == who(client)


def test_who_reads_the_mailbox_takes_an_unproved_account_from_whoever_made_it(client: Client):
    """A stranger signed up with somebody's address and waits inside."""
    stranger = Client()
    form = {"email": "amina@example.org", "password1": "a stranger waits"}
    stranger.post("/account/signup/", form)
    assert who(stranger)

    ask(client, "amina@example.org")
    give_back(client, latest_code())

    user = User.objects.get()
    assert who(client) == str(user.pk)
    assert not user.has_usable_password()
    assert stranger.get("/account/profile/").status_code == 302


@pytest.mark.parametrize("way", ["code", "provider"])
def test_nothing_of_a_stranger_is_left_to_who_takes_the_account_over(
    client: Client, provider: Any, way: str
):
    form = {"email": "amina@example.org", "password1": "a stranger waits"}
    Client().post("/account/signup/", form)
    user = User.objects.get()
    EmailAddress.objects.filter(user=user).update(primary=False)
    EmailAddress.objects.create(user=user, email="stranger@example.org", primary=True)
    User.objects.filter(pk=user.pk).update(email="stranger@example.org")
    save_address(user, county="Mombasa", landmark="where the stranger waits")
    add_wish(user, make_product("Clay pot").pk)
    set_consent(user, purpose="marketing_email", given=True, source="account")
    Token.objects.create(type="rt", hash="of a stranger", user=user, scopes="profile")

    if way == "code":
        ask(client, "amina@example.org")
        give_back(client, latest_code())
    else:
        sign_in(client)

    assert who(client) == str(user.pk)
    user.refresh_from_db()
    assert user.email == "amina@example.org"
    rows = user.emailaddress_set.values_list("email", "verified", "primary")
    assert list(rows) == [("amina@example.org", True, True)]
    assert not user.addresses.exists()
    assert not user.wishes.exists()
    assert not user.consents.exists()
    assert not Token.objects.filter(user=user).exists()


def test_who_proved_the_phone_keeps_all_when_the_email_is_proved_too():
    user = User.objects.create_user("amina", "amina@example.org", phone=PHONE, phone_verified=True)
    EmailAddress.objects.create(user=user, email=user.email, primary=True)
    save_address(user, county="Mombasa")
    Token.objects.create(type="rt", hash="her own", user=user, scopes="profile")
    prove_email(RequestFactory().get("/"), user, "amina@example.org")
    assert user.addresses.count() == 1
    assert Token.objects.filter(user=user).exists()


def test_an_account_of_somebody_else_is_not_entered_by_an_address_it_only_claims(client: Client):
    other = User.objects.create_user("other", phone=PHONE, phone_verified=True)
    EmailAddress.objects.create(user=other, email="amina@example.org", verified=False)
    ask(client, "amina@example.org")
    give_back(client, latest_code())
    assert who(client) != str(other.pk)
    assert User.objects.get(pk=who(client)).email == "amina@example.org"


def test_staff_keep_their_password_after_a_code(client: Client):
    boss = User.objects.create_superuser("boss", "boss@example.org", "a long walk")
    ask(client, "boss@example.org")
    give_back(client, latest_code())
    boss.refresh_from_db()
    assert who(client) == str(boss.pk)
    assert boss.check_password("a long walk")


def test_a_closed_account_stays_closed(client: Client):
    User.objects.create_user("wanjiku", phone=PHONE, phone_verified=True, is_active=False)
    ask(client, PHONE)
    answer = give_back(client, latest_code())
    assert answer["Location"] == "/account/inactive/"
    assert who(client) is None
    assert User.objects.count() == 1


def test_a_customer_without_a_phone_signs_in_with_a_password(client: Client):
    user = User.objects.create_user("amina", "amina@example.org", "a long walk")
    for login in ("amina", "amina@example.org"):
        browser = Client()
        browser.post("/account/login/", {"login": login, "password": "a long walk"})
        assert who(browser) == str(user.pk)


def test_a_customer_adds_a_phone_number_and_proves_it(client: Client):
    user = User.objects.create_user("amina", "amina@example.org", "a long walk")
    order = make_order(phone=PHONE)
    client.force_login(user)
    assert client.get("/account/phone/change/").status_code == 200
    client.post("/account/phone/change/", {"phone": "0712 345 678"})
    user.refresh_from_db()
    assert user.phone is None
    assert client.get("/account/phone/verify/").status_code == 200
    client.post("/account/phone/verify/", {"code": latest_code(), "action": "verify"})
    user.refresh_from_db()
    order.refresh_from_db()
    assert (str(user.phone), user.phone_verified) == (PHONE, True)
    assert order.user == user


def test_a_number_of_another_account_can_not_be_taken(client: Client):
    owner = User.objects.create_user("owner", phone=PHONE, phone_verified=True)
    user = User.objects.create_user("amina", "amina@example.org", "a long walk")
    client.force_login(user)
    client.post("/account/phone/change/", {"phone": PHONE})
    answer = client.post("/account/phone/verify/", {"code": latest_code(), "action": "verify"})
    user.refresh_from_db()
    owner.refresh_from_db()
    assert "already registered with this phone number" in answer.content.decode()
    assert (user.phone, str(owner.phone)) == (None, PHONE)
