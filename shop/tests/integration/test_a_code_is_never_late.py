"""Codes and links open accounts: they go out at once or not at all, and leave no words behind."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django_q.models import OrmQ

from shop.core import clock
from shop.customers.models import User
from shop.notifications import actions
from shop.notifications.models import Channel, Message, MessageTemplate
from shop.notifications.queries import failed_messages
from shop.tests.fakes import africastalking as provider
from shop.tests.mailbox import mailbox

pytestmark = pytest.mark.django_db

PHONE = "+254712345678"
MINUTE = timedelta(minutes=1)


@pytest.fixture
def fake(settings):
    with provider.fake_africastalking() as running:
        settings.AFRICASTALKING_BASE_URL = running.url
        settings.AFRICASTALKING_USERNAME = "duka"
        settings.AFRICASTALKING_API_KEY = "secret"
        yield running


def make_code(code: str = "482913") -> Message:
    actions.send_code(
        channel=Channel.SMS, recipient=PHONE, code=code, lifetime=timedelta(minutes=10)
    )
    return Message.objects.get(event="sign_in_code")


def test_it_is_sent_and_erased(fake):
    message = make_code()
    actions.deliver(message_id=message.pk)
    message.refresh_from_db()
    assert fake.requests[0].form["message"].startswith("482913 is your code")
    assert (message.state, message.subject, message.body) == ("sent", "", "")


def test_a_passing_trouble_is_tried_again_in_time(fake):
    fake.script(PHONE, provider.verdict(501))
    message = make_code()
    start = clock.now()
    actions.deliver(message_id=message.pk)
    message.refresh_from_db()
    assert message.state == "due"
    assert "482913" in message.body
    with clock.fixed(start + MINUTE):
        actions.sweep()
        actions.deliver(message_id=message.pk)
    message.refresh_from_db()
    assert (message.state, message.body) == ("sent", "")
    assert fake.accepted[PHONE] == 1


def test_a_try_that_would_come_too_late_is_not_waited_for(fake):
    fake.script(PHONE, *[provider.verdict(405)] * 3)  # an empty account: the next try is in an hour
    message = make_code()
    actions.deliver(message_id=message.pk)
    message.refresh_from_db()
    assert (message.state, message.body) == ("failed", "")


def test_the_sweep_sends_no_old_code(fake):
    message = make_code()
    with clock.fixed(clock.now() + 10 * MINUTE + timedelta(seconds=1)):
        actions.deliver(message_id=message.pk)
        OrmQ.objects.all().delete()
        actions.sweep()
        actions.deliver(message_id=message.pk)
    message.refresh_from_db()
    assert (message.state, message.subject, message.body) == ("expired", "", "")
    assert not OrmQ.objects.exists()
    assert fake.requests == []


def test_a_code_that_the_queue_lost_is_queued_again():
    message = make_code()
    OrmQ.objects.all().delete()
    with clock.fixed(clock.now() + 2 * MINUTE):
        actions.sweep()
    (task,) = OrmQ.objects.all()
    assert task.task["func"] == "shop.notifications.tasks.deliver"
    assert task.task["args"] == (message.pk,)


@pytest.mark.parametrize("outcome", [provider.verdict(406), provider.reset()])
def test_a_refused_or_doubtful_one_leaves_no_words_either(fake, outcome):
    fake.script(PHONE, outcome)
    message = make_code()
    actions.deliver(message_id=message.pk)
    message.refresh_from_db()
    assert message.state in ("failed", "unknown")
    assert message.body == ""


def test_a_worker_that_died_over_it_leaves_no_words():
    message = make_code()
    moment = clock.now()
    Message.objects.filter(pk=message.pk).update(
        state="sending", handed_over_at=moment, next_attempt_at=moment + 2 * MINUTE, attempts=1
    )
    with clock.fixed(moment + 11 * MINUTE):
        actions.sweep()
    message.refresh_from_db()
    assert (message.state, message.body) == ("unknown", "")


def test_nobody_sends_it_again_or_has_to_look_at_it(fake):
    fake.script(PHONE, provider.verdict(406))
    message = make_code()
    actions.deliver(message_id=message.pk)
    with pytest.raises(actions.CannotResend):
        actions.resend(message_id=message.pk, actor="boss")
    assert not failed_messages().exists()


def test_a_week_later_nothing_tells_that_there_was_one():
    make_code()
    with clock.fixed(clock.now() + timedelta(days=8)):
        actions.sweep()
    assert not Message.objects.exists()


def test_staff_see_that_it_was_sent_but_not_what_it_says(admin_client: Client):
    message = make_code()
    page = admin_client.get(reverse("notifications_message_modeladmin_inspect", args=[message.pk]))
    assert page.status_code == 200
    assert "482913" not in page.content.decode()
    assert PHONE in page.content.decode()
    listed = admin_client.get(reverse("notifications_message_modeladmin_index"))
    assert "482913" not in listed.content.decode()


def test_a_text_without_the_code_is_refused():
    text = MessageTemplate.objects.get(event="sign_in_code", channel="sms")
    text.body = "Welcome to {shop}"
    with pytest.raises(Exception, match="nobody can sign in"):
        text.full_clean()


def test_codes_go_out_though_their_text_is_switched_off():
    MessageTemplate.objects.filter(event="sign_in_code").update(active=False)
    assert "482913" in make_code().body


def test_a_welcome_is_written_once_and_by_the_editors_words():
    MessageTemplate.objects.filter(event="welcome", channel="email").update(
        subject="Karibu {shop}", body="Habari {first_name}! {link}"
    )
    user = User.objects.create_user("amina", "amina@example.org", first_name="Amina")
    for _ in range(2):
        actions.welcome(user)
    message = Message.objects.get()
    assert (message.subject, message.user) == ("Karibu Duka", user)
    assert message.body == "Habari Amina! https://shop.test/account/"
    assert mailbox()[-1].subject == "Karibu Duka"


def test_a_welcome_goes_to_the_phone_first_and_nowhere_without_an_address():
    actions.welcome(User.objects.create_user("nobody"))
    assert not Message.objects.exists()
    both = User.objects.create_user("both", "b@example.org", phone=PHONE, phone_verified=True)
    actions.welcome(both)
    assert Message.objects.get().channel == "sms"


def test_a_sign_up_that_fails_welcomes_nobody():
    with pytest.raises(RuntimeError):
        from django.db import transaction

        with transaction.atomic():
            actions.welcome(User.objects.create_user("amina", "amina@example.org"))
            raise RuntimeError
    assert not Message.objects.exists()
    assert not OrmQ.objects.exists()


def test_a_sign_up_by_email_and_password_is_welcomed(client: Client):
    form = {"email": "amina@example.org", "password1": "a long walk to Kisumu"}
    client.post("/account/signup/", form)
    welcome = Message.objects.get(event="welcome")
    assert (welcome.channel, welcome.recipient) == ("email", "amina@example.org")
    subjects = [mail.subject for mail in mailbox()]
    assert "Welcome to Duka" in subjects
    assert not Message.objects.filter(event="account").exclude(body="").exists()
