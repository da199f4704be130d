"""The database is out of reach for a moment: what is known is shown, the rest says so politely."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.db import OperationalError, connection
from django.test import Client

from shop.tests.factories import ShopSite, make_product

pytestmark = pytest.mark.django_db

LIST = "/api/v2/products/"


@contextmanager
def no_database() -> Iterator[None]:
    def away(*args: Any) -> None:
        raise OperationalError("the server closed the connection unexpectedly")

    with connection.execute_wrapper(away):
        yield


@pytest.fixture
def guest(settings: Any, shop_site: ShopSite) -> Client:
    settings.PAGE_CACHE_SECONDS = 60.0
    make_product("Lamp", categories=[shop_site.all_products])
    return Client(raise_request_exception=False)


def test_pages_that_were_just_shown_are_shown_again(guest: Client) -> None:
    known = guest.get("/all-products/").content
    listed = guest.get(LIST).json()
    with no_database():
        assert guest.get("/all-products/").content == known
        assert guest.get(LIST).json() == listed


def test_other_pages_ask_to_wait(guest: Client) -> None:
    guest.get("/all-products/")
    with no_database():
        for address in ("/", "/products/lamp/", "/search/?q=lamp"):
            answer = guest.get(address)
            assert answer.status_code == 503, address
            assert "Please try again" in answer.content.decode()
            assert answer.headers["Retry-After"] == "5"
            assert answer.headers["Cache-Control"] == "no-store"
    assert guest.get("/products/lamp/").status_code == 200


def test_programs_are_told_in_their_own_words(guest: Client) -> None:
    with no_database():
        answer = guest.get(f"{LIST}?limit=3")
    assert answer.status_code == 503
    assert answer.json()["errors"][0]["code"] == "unavailable"
    assert answer.headers["Retry-After"] == "5"


def test_nothing_of_it_is_kept(guest: Client) -> None:
    with no_database():
        assert guest.get("/all-products/").status_code == 503
    assert guest.get("/all-products/").status_code == 200


def test_a_fault_of_the_shop_itself_is_still_one(guest: Client, monkeypatch: Any) -> None:
    def wrong(*args: Any) -> None:
        raise ZeroDivisionError

    with connection.execute_wrapper(wrong):
        answer = guest.get("/products/lamp/")
    assert answer.status_code == 500
    assert "Something broke on our side" in answer.content.decode()
