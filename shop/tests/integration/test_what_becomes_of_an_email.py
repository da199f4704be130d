"""Whatever the mail server says, the shop knows what to do next."""

import socket

import pytest

from shop.notifications import rules
from shop.notifications.gateways.email import EmailGateway
from shop.tests.fakes.smtp import fake_mail_server

TO = "wanjiku@example.org"


@pytest.fixture
def server(settings):
    with fake_mail_server() as running:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST = "127.0.0.1"
        settings.EMAIL_PORT = running.port
        settings.EMAIL_TIMEOUT = 2
        yield running


def send(subject="Your order", recipient=TO):
    return EmailGateway(sender="Duka <shop@duka.example>").send(
        recipient=recipient, subject=subject, body="Asante!\nDuka", reference="message-7-order-3"
    )


def test_an_email_goes_out(server):
    outcome = send()
    assert (outcome.kind, outcome.provider_id) == ("sent", "<message-7-order-3@duka.example>")
    ((recipient, text),) = server.mails
    assert recipient == TO
    assert "Subject: Your order" in text
    assert "From: Duka <shop@duka.example>" in text
    assert "Message-ID: <message-7-order-3@duka.example>" in text
    assert "Asante!" in text


@pytest.mark.parametrize(
    ("reply", "kind"),
    [("550 no such user", rules.REFUSED), ("450 greylisted", rules.RETRY)],
)
def test_a_refused_recipient(server, reply, kind):
    server.at_rcpt[TO] = reply
    outcome = send()
    assert outcome.kind == kind
    assert reply in outcome.reason
    assert server.mails == []


@pytest.mark.parametrize(
    ("reply", "kind"), [("554 spam", rules.REFUSED), ("451 try later", rules.RETRY)]
)
def test_a_refused_text(server, reply, kind):
    server.at_data_end[TO] = reply
    assert send().kind == kind
    assert server.mails == []


def test_a_server_that_hangs_up_after_the_text_leaves_us_in_doubt(server):
    server.at_data_end[TO] = "drop"
    assert send().kind == rules.UNKNOWN
    assert len(server.mails) == 1


def test_a_server_without_a_goodbye_has_taken_the_email(server):
    server.goodbye = None
    assert send().kind == rules.SENT
    server.goodbye = "500 what"
    assert send().kind == rules.SENT


def test_a_server_that_is_closed_today_is_asked_again(server):
    server.greeting = "554 not today"
    assert send().kind == rules.RETRY


def test_nobody_listening_is_asked_again(server, settings):
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        settings.EMAIL_PORT = unused.getsockname()[1]
        assert send().kind == rules.RETRY


def test_a_login_that_fails_is_asked_again_with_its_reason(server, settings):
    settings.EMAIL_HOST_USER, settings.EMAIL_HOST_PASSWORD = "duka", "wrong"
    outcome = send()
    assert outcome.kind == rules.RETRY
    assert outcome.reason


def test_a_subject_of_two_lines_cannot_add_headers(server):
    assert send(subject="Order\nBcc: all@example.org").kind == rules.REFUSED
    assert server.mails == []
