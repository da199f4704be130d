"""The keys of an outside identity provider: fetched seldom, kept through outages."""

import threading

import pytest

from shop.api.authentication.outside import key_set
from shop.tests.fakes.identity import running_provider, stranger_key
from shop.tests.outside_tokens import hours, hours_pass, status, trusted_provider

pytestmark = pytest.mark.django_db


@pytest.fixture
def provider(settings):
    with trusted_provider(settings) as running:
        yield running


def test_keys_are_fetched_once(provider):
    for _ in range(5):
        assert status(provider.token()) == 200
    assert provider.requests == ["/.well-known/openid-configuration", "/keys"]


def test_named_keys_need_no_discovery(provider, settings):
    settings.API_JWT_JWKS_URL = f"{provider.issuer}/keys"
    assert status(provider.token()) == 200
    assert provider.requests == ["/keys"]


def test_new_keys_are_found_at_their_first_token(provider):
    assert status(provider.token()) == 200
    provider.rotate("second")
    assert status(provider.token(kid="second")) == 200
    assert provider.key_requests == 2


def test_keys_that_were_taken_back_are_forgotten_after_ten_minutes(provider, monkeypatch):
    old = provider.token(exp=hours(2))
    assert status(old) == 200
    provider.rotate("second")
    assert status(old) == 200
    hours_pass(monkeypatch, 601)
    assert status(old) == 401


def test_a_flood_of_unknown_kids_asks_the_provider_once_a_minute(provider, monkeypatch):
    assert status(provider.token()) == 200
    for number in range(20):
        assert status(provider.token(kid=f"made-up-{number}", key=stranger_key())) == 401
    assert provider.key_requests == 2
    hours_pass(monkeypatch, 61)
    assert status(provider.token(kid="made-up", key=stranger_key())) == 401
    assert status(provider.token()) == 200
    assert provider.key_requests == 3


def test_an_outage_is_survived_with_the_keys_at_hand(provider, monkeypatch):
    token = provider.token(exp=hours(3))
    assert status(token) == 200
    provider.down = True
    assert status(provider.token(kid="unknown", key=stranger_key())) == 401
    assert status(token) == 200
    hours_pass(monkeypatch, 3600)
    for _ in range(3):
        assert status(token) == 200
    asked = len(provider.requests)
    assert asked <= 4  # nobody waits for a dead provider at every request
    provider.down = False
    hours_pass(monkeypatch, 3700)
    assert status(token) == 200
    assert len(provider.requests) == asked + 2


def test_a_provider_that_was_down_at_first_is_found_soon(provider, monkeypatch):
    provider.down = True
    assert status(provider.token()) == 401
    assert status(provider.token()) == 401
    assert len(provider.requests) == 1
    provider.down = False
    hours_pass(monkeypatch, 6)
    assert status(provider.token()) == 200


@pytest.mark.parametrize(
    "answer",
    [
        b"not JSON",
        b"[]",
        b"[" * 100_000,
        {"keys": []},
        {"keys": "none"},
        {"keys": [{"kid": "first", "kty": "oct", "k": "c2VjcmV0"}]},
        {"keys": [{"kid": "first", "kty": "RSA", "n": "?", "e": "AQAB"}]},
        {"keys": [None, 3, {"kid": 5}]},
        b" " * 600_000,
    ],
    ids=["text", "list", "deep", "empty", "words", "symmetric", "broken", "strange", "huge"],
)
def test_keys_that_are_none_open_nothing(provider, answer):
    provider.keys_answer = answer
    assert status(provider.token()) == 401


def test_a_broken_answer_later_leaves_the_good_keys(provider, monkeypatch):
    token = provider.token(exp=hours(1))
    assert status(token) == 200
    provider.keys_answer = b"<html>"
    hours_pass(monkeypatch, 601)
    assert status(token) == 200


def test_keys_come_from_nowhere_else(provider):
    with running_provider() as other:
        other.issuer = provider.issuer
        provider.redirect = "http://127.0.0.1:1/keys"
        assert status(provider.token()) == 401
        assert not other.requests


def test_a_discovery_of_another_issuer_is_not_followed(provider):
    provider.discovered = {"issuer": "https://evil.test"}
    assert status(provider.token()) == 401
    assert provider.key_requests == 0


def test_many_threads_ask_the_provider_once(provider):
    found = []
    ready = threading.Barrier(8)
    shared = key_set(provider.issuer, "")

    def ask():
        ready.wait()
        found.append(shared.find("first"))

    threads = [threading.Thread(target=ask) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(found) == 8
    assert None not in found
    assert provider.key_requests == 1
