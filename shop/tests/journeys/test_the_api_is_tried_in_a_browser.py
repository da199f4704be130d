"""A developer opens the description of the API in a browser, and calls it from there."""

from urllib.parse import urlsplit

import pytest
from playwright.sync_api import expect

from shop.backoffice.clients.making import make_client
from shop.tests.journeys.conftest import DESKTOP

pytestmark = [
    pytest.mark.journey,
    pytest.mark.django_db(transaction=True, serialized_rollback=True),
]


def test_a_token_opens_what_is_closed_and_nothing_comes_from_elsewhere(visit, small_shop):
    client, secret = make_client(
        name="Swagger", grant="client_credentials", scopes=["profile"], owner=small_shop.customer
    )
    page = visit("/robots.txt", viewport=DESKTOP)
    hosts: set[str] = set()
    page.on("request", lambda request: hosts.add(urlsplit(request.url).netloc))
    token = page.request.post(
        "/identity/o/api/token",
        form={
            "grant_type": "client_credentials", "client_id": client.pk, "client_secret": secret,
        },
    ).json()["access_token"]  # fmt: skip
    page.goto("/api/v2/docs/")
    page.locator("button.authorize").click()
    bearer = page.locator(".auth-container", has_text="http, Bearer")
    bearer.locator("input").fill(token)
    bearer.get_by_role("button", name="Apply credentials").click()
    page.locator(".close-modal").click()
    me = page.locator("#operations-customers-get_customers_me")
    me.locator(".opblock-summary").click()
    me.get_by_role("button", name="Try it out").click()
    me.get_by_role("button", name="Execute").click()
    expect(me.locator(".live-responses-table")).to_contain_text(small_shop.customer.email)
    assert hosts == {urlsplit(small_shop.address).netloc}
