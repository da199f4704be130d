"""Second factors of customers, passwords, and ways in and out."""

import re
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from django.conf import settings
from django.contrib.sessions.models import Session
from django.test import Client

from shop.customers.models import User
from shop.tests.account_holders import (
    PASSWORD,
    code_now,
    make_customer,
    sign_in,
    signed_in,
    with_app,
    wrong_code,
)
from shop.tests.mailbox import mailbox

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _site(shop_site: Any) -> None:
    """Every page shows the shop's name and shelves."""


@pytest.fixture
def customer() -> User:
    """Somebody with a proved address and a password."""
    return make_customer()


def prove_again(browser: Client) -> None:
    """Give the password once more, as the guarded pages ask."""
    browser.post("/account/reauthenticate/", {"password": PASSWORD})


def without_password(customer: User) -> Client:
    """Sign somebody in who has no password, as after a code."""
    customer.set_unusable_password()
    customer.save()
    browser = Client()
    browser.force_login(customer, backend=settings.AUTHENTICATION_BACKENDS[0])
    return browser


# Second factor


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_setting_up_an_app_and_signing_in_with_it(customer: User):
    browser = signed_in(customer)
    address = "/account/2fa/totp/activate/"
    assert browser.get(address)["Location"].startswith("/account/reauthenticate/")
    prove_again(browser)
    page = browser.get(address).content.decode()
    secret = re.search(r'id="authenticator_secret"[^>]*value="([A-Z2-7]{32})"', page)
    assert secret
    assert "data:image/svg+xml;base64," in page

    refused = browser.post(address, {"code": f"{(int(code_now(secret[1])) + 1) % 10**6:06}"})
    assert "Incorrect code" in refused.content.decode()
    assert not Authenticator.objects.exists()

    codes = browser.post(address, {"code": code_now(secret[1])}, follow=True)
    shown = re.findall(r"<li>(\d{8})</li>", codes.content.decode())
    assert len(shown) == 10
    assert mailbox()[-1].to == [customer.email]

    again = Client()
    assert sign_in(again, customer)["Location"] == "/account/2fa/authenticate/"
    assert again.get("/account/orders/").status_code == 302
    again.post("/account/2fa/authenticate/", {"code": code_now(secret[1])})
    assert again.get("/account/orders/").status_code == 200

    by_code = Client()
    sign_in(by_code, customer)
    by_code.post("/account/2fa/authenticate/", {"code": shown[3]})
    assert by_code.get("/account/orders/").status_code == 200


def test_guessing_codes_is_stopped(customer: User, settings: Any):
    settings.ACCOUNT_RATE_LIMITS = {"login_failed": "3/5m/key"}
    browser = Client()
    sign_in(browser, with_app(customer))
    for _attempt in range(3):
        browser.post("/account/2fa/authenticate/", {"code": wrong_code()})

    answer = browser.post("/account/2fa/authenticate/", {"code": code_now()})

    assert answer.status_code == 200
    assert "Too many" in answer.content.decode()


def test_a_passkey_nobody_made_signs_nobody_in(customer: User):
    forged = (
        '{"id": "AAAA", "rawId": "AAAA", "type": "public-key", "response":'
        ' {"clientDataJSON": "e30", "authenticatorData": "AAAA",'
        ' "signature": "AAAA", "userHandle": "MQ"}}'
    )
    browser = Client()
    for credential in (forged, "{}", "[]", "nonsense", '{"response": {"userHandle": "////"}}'):
        answer = browser.post("/account/2fa/webauthn/login/", {"credential": credential})
        assert answer.status_code == 302
        assert "_auth_user_id" not in browser.session


# Passwords, ways in and out


@pytest.mark.parametrize("weak", ["short1!", "password123", "8473928475", "wanjiku@example.org"])
def test_weak_passwords_are_refused(customer: User, weak: str):
    browser = signed_in(customer)

    answer = browser.post(
        "/account/password/change/", {"oldpassword": PASSWORD, "password1": weak, "password2": weak}
    )

    assert answer.status_code == 200
    assert "field__error" in answer.content.decode()
    customer.refresh_from_db()
    assert customer.check_password(PASSWORD)


def test_signing_out_takes_a_form_not_a_link(customer: User):
    browser = signed_in(customer)

    assert "Do you want to sign out" in browser.get("/account/logout/").content.decode()
    assert "_auth_user_id" in browser.session
    browser.post("/account/logout/")
    assert "_auth_user_id" not in browser.session


@pytest.mark.parametrize(
    "elsewhere",
    ["https://evil.example/", "//evil.example/", "/\\evil.example", "javascript:alert(1)"],
)
def test_signing_in_never_leads_elsewhere(customer: User, elsewhere: str):
    assert sign_in(Client(), customer, elsewhere)["Location"] == "/account/"
    staff = User.objects.create_superuser("boss", "boss@example.org", PASSWORD)
    asked = Client().get("/admin/login/", {"next": elsewhere}, follow=True)
    assert asked.status_code == 200
    assert sign_in(Client(), staff, elsewhere)["Location"] == "/account/"


def test_the_session_gets_a_new_key_at_login(customer: User):
    browser = Client()
    browser.get("/account/login/")
    session = browser.session
    session["left"] = "by an attacker"
    session.save()
    before = session.session_key
    browser.cookies["sessionid"] = before

    sign_in(browser, customer)

    assert browser.session.session_key != before
    assert not Session.objects.filter(session_key=before).exists()


def test_a_reset_does_not_tell_who_has_an_account(customer: User):
    answers = [
        Client().post("/account/password/reset/", {"email": email}, follow=True)
        for email in (customer.email, "nobody@example.org")
    ]

    assert answers[0].redirect_chain == answers[1].redirect_chain
    shown = [re.sub(r'value="\w{64}"', "", answer.content.decode()) for answer in answers]
    assert shown[0] == shown[1]
    assert sorted(message.to[0] for message in mailbox()) == [
        "nobody@example.org",
        customer.email,
    ]
    links = [re.search(r"/account/password/reset/key/\S+", message.body) for message in mailbox()]
    assert [bool(link) for link in links] == [True, False]


def test_a_reset_link_works_once(customer: User):
    Client().post("/account/password/reset/", {"email": customer.email})
    link = re.search(r"/account/password/reset/key/\S+", mailbox()[-1].body)
    assert link
    browser, new = Client(), "another walk to Mombasa"
    form = browser.get(link[0], follow=True)
    browser.post(form.redirect_chain[-1][0], {"password1": new, "password2": new})

    customer.refresh_from_db()
    assert customer.check_password(new)
    assert "no longer valid" in Client().get(link[0], follow=True).content.decode()


def test_the_page_on_security_says_how_things_stand(customer: User):
    browser = signed_in(customer)
    assert "Off: whoever knows" in browser.get("/account/security/").content.decode()
    with_app(customer)

    page = browser.get("/account/security/").content.decode()

    assert "Authenticator app" in page
    assert customer.email in page
    assert "1 device" in page
    assert Client().get("/account/security/").status_code == 302


def test_an_account_without_a_password_is_not_told_of_one(customer: User):
    browser = without_password(customer)

    assert "whoever knows" not in browser.get("/account/security/").content.decode()


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_who_had_no_password_sees_the_recovery_codes_at_once(customer: User):
    browser = without_password(customer)
    address = "/account/2fa/totp/activate/"
    secret = re.search(r'value="([A-Z2-7]{32})"', browser.get(address).content.decode())
    assert secret

    codes = browser.post(address, {"code": code_now(secret[1])}, follow=True)

    assert codes.redirect_chain == [("/account/2fa/recovery-codes/", 302)]
    assert len(re.findall(r"\b\d{8}\b", codes.content.decode())) == 10


@pytest.mark.parametrize(
    ("names", "words"),
    [
        (
            {"first_name": "Conan", "last_name": "O'Brien"},
            "You are signed in as Conan O&#x27;Brien.",
        ),
        ({"email": "", "phone": "+254712345678"}, "You are signed in as +254 712 345678."),
        ({"email": ""}, "You are signed in."),
    ],
)
def test_the_greeting_calls_people_what_they_are_called(names: dict[str, str], words: str):
    customer = make_customer()
    User.objects.filter(pk=customer.pk).update(**names)

    browser = signed_in(customer)
    page = browser.get("/account/orders/").content.decode()

    assert words in page
    assert customer.username not in page


def test_messages_about_an_account_are_in_the_words_of_the_shop(customer: User):
    Client().post("/account/password/reset/", {"email": customer.email})
    Client().post("/account/password/reset/", {"email": "nobody@example.org"})
    browser = signed_in(customer)
    new = {"password1": "another walk to Mombasa", "password2": "another walk to Mombasa"}
    browser.post("/account/password/change/", {"oldpassword": PASSWORD, **new})

    subjects = [message.subject for message in mailbox()]

    assert subjects == [
        "Choose a new password",
        "There is no account with this address",
        "Your password was changed",
    ]
    assert customer.username not in mailbox()[0].body
    assert "/account/security/" in mailbox()[2].body


@pytest.mark.parametrize(
    ("said", "shown"),
    [
        ({"userinfo": {"sub": "s-17"}}, "s-17"),
        ({"id_token": {"sub": "s-17", "email": "wk@example.org"}}, "wk@example.org"),
        ({}, "s-17"),
    ],
)
def test_a_connected_account_is_shown_by_what_its_provider_told(
    customer: User, said: dict[str, Any], shown: str
):
    SocialAccount.objects.create(user=customer, provider="oidc", uid="s-17", extra_data=said)

    page = signed_in(customer).get("/account/3rdparty/")

    assert page.status_code == 200
    assert shown in page.content.decode()
