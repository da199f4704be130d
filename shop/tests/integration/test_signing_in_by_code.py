"""A phone number or an email is enough: the code sent there signs up, and in."""

import re
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.test import Client
from django_q.models import OrmQ

from shop.customers.models import User
from shop.notifications.models import Message
from shop.tests.mailbox import mailbox
from shop.tests.signing_in import CONFIRM, PHONE, ask, give_back, latest_code, who

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "written", ["0712345678", "0712 345 678", "+254 712 345 678", "254712345678", " 0712-345-678 "]
)
def test_a_new_phone_number_signs_up_and_in(client: Client, written: str):
    asked = ask(client, written)
    assert asked["Location"] == CONFIRM
    assert User.objects.count() == 0  # nothing is known of a number that nobody proved

    assert give_back(client, latest_code())["Location"] == "/account/"

    user = User.objects.get()
    assert who(client) == str(user.pk)
    assert (str(user.phone), user.phone_verified, user.email) == (PHONE, True, "")
    assert not user.has_usable_password()
    assert "0712" not in user.username
    assert client.get("/account/", follow=True).status_code == 200


def test_a_known_phone_number_signs_in(client: Client):
    user = User.objects.create_user("wanjiku", phone=PHONE, phone_verified=True)
    ask(client, "0712345678", next="/cart/")
    assert give_back(client, latest_code(), next="/cart/")["Location"] == "/cart/"
    assert who(client) == str(user.pk)
    assert User.objects.count() == 1


def test_a_new_email_signs_up_and_in(client: Client):
    ask(client, "Amina@Example.org")
    give_back(client, latest_code())
    user = User.objects.get()
    assert who(client) == str(user.pk)
    assert user.email == "amina@example.org"
    assert EmailAddress.objects.get(user=user).verified


def test_the_code_can_be_written_with_spaces(client: Client):
    ask(client, PHONE)
    code = latest_code()
    give_back(client, f" {code[:3]} {code[3:]} ")
    assert who(client)


def test_nobody_learns_whether_an_address_has_an_account():
    User.objects.create_user("wanjiku", "w@example.org", phone=PHONE, phone_verified=True)
    pages = []
    for written in (PHONE, "+254712345679", "w@example.org", "nobody@example.org"):
        browser = Client()
        answer = browser.post("/account/login/code/", {"login": written}, follow=True)
        page = re.sub(r'value="\w{64}"', "", answer.content.decode())
        pages.append((answer.redirect_chain, page.replace(written, "...")))
    assert pages[0] == pages[1]
    assert pages[2] == pages[3]
    # The same message goes out as well.
    bodies = {re.sub(r"\d{6}", "", m.body) for m in Message.objects.filter(channel="sms")}
    assert len(bodies) == 1


def test_a_sign_up_does_not_tell_either(client: Client):
    User.objects.create_user("wanjiku", "w@example.org", "a long walk")
    answers = [
        Client().post("/account/signup/", {"email": email, "password1": "another long walk"})
        for email in ("w@example.org", "nobody@example.org")
    ]
    assert [(a.status_code, a["Location"]) for a in answers] == [(302, "/account/")] * 2
    # Whoever signed up with the address of another has an account that is not the other's.
    assert EmailAddress.objects.filter(email="w@example.org", verified=True).count() == 0
    assert User.objects.get(username="wanjiku").check_password("a long walk")


def test_five_wrong_codes_end_it(client: Client):
    ask(client, PHONE)
    right = latest_code()
    wrong = f"{(int(right) + 1) % 1_000_000:06}"
    answers = [give_back(client, wrong) for _ in range(5)]
    assert [a.status_code for a in answers] == [200, 200, 200, 200, 302]
    assert "This is not the code we sent" in answers[0].content.decode()
    assert give_back(client, right)["Location"] == "/account/login/"
    assert who(client) is None
    assert User.objects.count() == 0


def test_tries_at_the_same_moment_count_too(client: Client, settings: Any):
    settings.ACCOUNT_RATE_LIMITS = {"confirm_code": "5/20m/key"}
    ask(client, PHONE)
    right = latest_code()
    wrong = f"{(int(right) + 1) % 1_000_000:06}"
    session = client.session
    before = dict(session["account_login"])
    for _ in range(5):
        give_back(client, wrong)
        # As if each try had read the session before any other wrote to it.
        session = client.session
        session["account_login"] = before
        session.save()
    give_back(client, right)
    assert who(client) is None


def test_another_code_makes_the_first_one_void(client: Client):
    ask(client, PHONE)
    first = latest_code()
    client.post(CONFIRM, {"action": "resend"})
    second = latest_code()
    if first != second:
        give_back(client, first)
        assert who(client) is None
    give_back(client, second)
    assert who(client)
    assert Message.objects.filter(event="sign_in_code").count() == 2


def test_an_old_code_is_void(client: Client):
    ask(client, PHONE)
    session = client.session
    session["account_login"]["state"]["stages"]["login_by_code"]["data"]["at"] -= 601
    session.save()
    give_back(client, latest_code())
    assert who(client) is None


def test_asking_without_end_is_stopped(client: Client, settings: Any):
    settings.ACCOUNT_RATE_LIMITS = {"request_login_code": "3/m/key"}
    for _ in range(3):
        assert ask(client, PHONE).status_code == 302
    stopped = ask(client, "0712 345 678")
    assert stopped.status_code == 200
    assert "Too many tries" in stopped.content.decode()
    assert Message.objects.filter(event="sign_in_code").count() == 3
    assert ask(client, "0712345679").status_code == 302


@pytest.mark.parametrize("written", ["", "12", "hello", "a@b", "0000000000", "x" * 300])
def test_what_is_no_address_is_refused_beside_its_field(client: Client, written: str):
    answer = ask(client, written)
    assert answer.status_code == 200
    assert answer.context["code_form"].errors["login"]
    assert not Message.objects.exists()


def test_a_code_is_sent_by_the_worker_and_leaves_no_words(client: Client, caplog: Any, capsys: Any):
    ask(client, PHONE)
    message = Message.objects.get(event="sign_in_code")
    code = latest_code()
    assert OrmQ.objects.get().task["func"] == "shop.notifications.tasks.deliver"
    assert OrmQ.objects.get().task["args"] == (message.pk,)
    assert (message.recipient, message.user) == (PHONE, None)

    mailbox()

    message.refresh_from_db()
    assert (message.state, message.subject, message.body) == ("sent", "", "")
    assert code in capsys.readouterr().out  # the console gateway is a phone
    assert code not in caplog.text


def test_a_code_by_email_reaches_its_mailbox(client: Client):
    ask(client, "amina@example.org")
    code = latest_code()
    (sent,) = [mail for mail in mailbox() if mail.to == ["amina@example.org"]]
    assert code in sent.body
    assert not Message.objects.exclude(body="").filter(event="sign_in_code").exists()


def test_both_pages_show_one_plain_form(client: Client):
    for address in ("/account/login/", "/account/login/code/", "/account/signup/"):
        page = client.get(address).content.decode()
        assert "Send me a code" in page
        assert "Phone number or email" in page
        assert "assword" in page


def test_too_many_passwords_are_answered_in_the_shops_design(client: Client, settings: Any):
    settings.ACCOUNT_RATE_LIMITS = {"login": "1/m/ip"}
    form = {"login": "amina", "password": "wrong"}
    assert client.post("/account/login/", form).status_code == 200
    stopped = client.post("/account/login/", form)
    assert stopped.status_code == 429
    assert "One moment, please" in stopped.content.decode()
