"""Ask for a code and bring it back, as people do."""

import re
from typing import Any

from django.test import Client

from shop.notifications.models import Message

PHONE = "+254712345678"
CODES = "/account/login/code/"
CONFIRM = "/account/login/code/confirm/"


def ask(browser: Client, written: str, **more: str) -> Any:
    return browser.post(CODES, {"login": written, **more})


def latest_code() -> str:
    """Return the code that waits to be sent."""
    body = Message.objects.filter(event="sign_in_code").latest("pk").body
    return re.search(r"\b\d{6}\b", body)[0]


def give_back(browser: Client, code: str, **more: str) -> Any:
    return browser.post(CONFIRM, {"code": code, **more})


def who(browser: Client) -> str | None:
    return browser.session.get("_auth_user_id")
