"""A shop with production settings tells browsers to be strict; its admin is where it says."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[3]

ASK = """
import json
import django
django.setup()
from django.conf import settings
from django.test import Client
shop = Client(headers={"host": "shop.example"})
safe = shop.get("/health/", secure=True)
print(json.dumps({
    "headers": dict(safe.headers),
    "plain": shop.get("/account/login/").headers.get("Location"),
    "plainly": settings.SECURE_REDIRECT_EXEMPT,
    "hosts": settings.ALLOWED_HOSTS,
    "admin": settings.WAGTAILADMIN_BASE_URL,
    "cookies": [
        settings.SESSION_COOKIE_SECURE, settings.CSRF_COOKIE_SECURE,
        settings.SESSION_COOKIE_HTTPONLY, settings.SESSION_COOKIE_SAMESITE,
    ],
    "second_factor": settings.STAFF_MFA_REQUIRED,
    "debug": settings.DEBUG,
}))
"""


@pytest.fixture(scope="module")
def public(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    ran = subprocess.run(
        [sys.executable, "-c", ASK],
        cwd=ROOT,
        env=os.environ
        | {
            "DJANGO_SETTINGS_MODULE": "settings.production",
            "SECRET_KEY": "k3y-" * 8 + "of-an-example-that-is-long-enough-to-pass",
            "ALLOWED_HOSTS": "shop.example",
            "ADMIN_HOST": "desk.shop.example",
            "BASE_URL": "https://shop.example",
            "VAR_DIR": str(tmp_path_factory.mktemp("var")),
            "DATABASE_URL": "",
            "REDIS_URL": "",
            "METRICS_TOKEN": "",
        },
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert ran.returncode == 0, ran.stderr
    return json.loads(ran.stdout.splitlines()[-1])


def test_browsers_are_told_to_be_strict(public: dict[str, Any]) -> None:
    headers = public["headers"]
    assert headers["Strict-Transport-Security"] == "max-age=31536000; includeSubDomains; preload"
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["X-Frame-Options"] == "SAMEORIGIN"
    assert "default-src 'self'" in headers["Content-Security-Policy"]
    assert "unsafe" not in headers["Content-Security-Policy"]


def test_people_are_led_to_https_and_machines_inside_are_not(public: dict[str, Any]) -> None:
    assert public["plain"] == "https://shop.example/account/login/"
    assert public["plainly"] == ["^health/", "^metrics$"]


def test_cookies_stay_with_https_and_scripts_do_not_read_the_session(public) -> None:
    assert public["cookies"] == [True, True, True, "Lax"]


def test_the_admin_is_at_its_host_behind_a_second_factor(public: dict[str, Any]) -> None:
    assert public["hosts"] == ["shop.example", "desk.shop.example"]
    assert public["admin"] == "https://desk.shop.example"
    assert public["second_factor"] is True
    assert public["debug"] is False
