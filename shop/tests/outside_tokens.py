"""What tests about outside tokens share."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.test import Client

from shop.api.authentication import keys
from shop.api.authentication.outside import key_set
from shop.tests.api_tokens import bearer
from shop.tests.fakes.identity import AUDIENCE, Provider, running_provider

ORDERS = "/api/v2/orders/"


@contextmanager
def trusted_provider(settings: Any) -> Iterator[Provider]:
    """Run a provider whose tokens the shop takes."""
    key_set.cache_clear()
    with running_provider() as running:
        settings.API_JWT_ISSUER = running.issuer
        settings.API_JWT_AUDIENCE = AUDIENCE
        settings.API_JWT_JWKS_URL = ""
        yield running
    key_set.cache_clear()


def status(token: str, address: str = ORDERS, method: str = "get") -> int:
    """Return how the API answers a token."""
    return getattr(Client(), method)(address, headers=bearer(token)).status_code


def hours_pass(monkeypatch, seconds: float) -> None:
    """Let the clock that ages keys run ahead."""
    moment = time.monotonic() + seconds
    monkeypatch.setattr(keys.time, "monotonic", lambda: moment)


def hours(count: int) -> int:
    """Return the moment so many hours from now, as tokens say it."""
    return int(time.time()) + count * 3600
