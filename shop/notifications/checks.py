"""Warn, before a shop opens, of messages that would reach nobody."""

from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Warning, register

PRINTING_BACKENDS = ("console", "dummy", "locmem", "filebased")


@register(deploy=True)
def messages_reach_people(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """Name what `check --deploy` should say about SMS and email."""
    warnings: list[CheckMessage] = []
    if not settings.AFRICASTALKING_API_KEY:
        fate = "are only printed" if settings.SMS_CONSOLE else "fail, and wait to be sent again"
        warnings.append(
            Warning(
                f"No SMS provider is set up: SMS to customers {fate}.",
                hint="Set AFRICASTALKING_USERNAME and AFRICASTALKING_API_KEY.",
                id="notifications.W001",
            )
        )
    if settings.EMAIL_BACKEND.split(".")[-2] in PRINTING_BACKENDS:
        warnings.append(
            Warning(
                "Emails to customers and to the shop leave this machine for nowhere.",
                hint="Set EMAIL_URL, for example smtp+tls://user:password@mail.example.org:587",
                id="notifications.W002",
            )
        )
    if settings.AFRICASTALKING_API_KEY and not settings.AFRICASTALKING_REPORT_TOKEN:
        warnings.append(
            Warning(
                "The addresses that hear what became of an SMS change with SECRET_KEY.",
                hint="Set AFRICASTALKING_REPORT_TOKEN, then enter at Africa's Talking what"
                " manage.py sms_addresses shows.",
                id="notifications.W003",
            )
        )
    return warnings
