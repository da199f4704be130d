"""`check --deploy` says so when messages would reach nobody."""

import pytest

from shop.notifications.checks import messages_reach_people

SMTP = "django.core.mail.backends.smtp.EmailBackend"
CONSOLE = "django.core.mail.backends.console.EmailBackend"


@pytest.mark.parametrize(
    ("key", "backend", "warnings"),
    [
        ("secret", SMTP, []),
        ("", SMTP, ["notifications.W001"]),
        ("secret", CONSOLE, ["notifications.W002"]),
        ("", CONSOLE, ["notifications.W001", "notifications.W002"]),
    ],
)
def test_each_missing_sender_is_named(settings, key, backend, warnings):
    settings.AFRICASTALKING_API_KEY = key
    settings.AFRICASTALKING_REPORT_TOKEN = "abcdefghij0123456789"
    settings.EMAIL_BACKEND = backend
    found = messages_reach_people(None)
    assert [warning.id for warning in found] == warnings
    assert all(warning.hint for warning in found)


@pytest.mark.parametrize(("console", "fate"), [(True, "printed"), (False, "fail")])
def test_the_warning_says_what_happens_to_sms_meanwhile(settings, console, fate):
    settings.AFRICASTALKING_API_KEY = ""
    settings.EMAIL_BACKEND = SMTP
    settings.SMS_CONSOLE = console
    assert fate in messages_reach_people(None)[0].msg


def test_addresses_that_change_with_the_key_are_named(settings):
    settings.AFRICASTALKING_API_KEY = "secret"
    settings.EMAIL_BACKEND = SMTP
    (warning,) = messages_reach_people(None)
    assert warning.id == "notifications.W003"
    assert "sms_addresses" in warning.hint
