"""A passkey is made and used in a real browser, under the shop's strict rules for scripts."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import CDPSession, Page, expect

from shop.tests.journeys.conftest import sign_in
from shop.tests.journeys.small_shop import PASSWORD, SmallShop

pytestmark = [
    pytest.mark.journey,
    pytest.mark.django_db(transaction=True, serialized_rollback=True),
]

Visit = Callable[..., Page]


def by_name(small_shop: SmallShop, path: str) -> str:
    """Return the address at localhost: passkeys belong to a name, never to a number."""
    return small_shop.address.replace("127.0.0.1", "localhost") + path


def with_phone_lock(page: Page) -> tuple[CDPSession, str]:
    """Give the browser a device lock that says yes at once; return it and its id."""
    devices = page.context.new_cdp_session(page)
    devices.send("WebAuthn.enable")
    made = devices.send(
        "WebAuthn.addVirtualAuthenticator",
        {
            "options": {
                "protocol": "ctap2",
                "transport": "internal",
                "hasResidentKey": True,
                "hasUserVerification": True,
                "isUserVerified": True,
                "automaticPresenceSimulation": True,
            }
        },
    )
    return devices, str(made["authenticatorId"])


def add_passkey(page: Page) -> None:
    """Add one from the page on second steps, proving the password on the way."""
    page.get_by_role("link", name="Add a passkey").click()
    page.get_by_role("main").get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Go on").click()
    expect(page.get_by_label("What do you call it?")).to_have_value("Chrome on Linux")
    page.get_by_role("button", name="Add", exact=True).click()
    expect(page.get_by_role("heading", name="Recovery codes")).to_be_visible()


def sign_out(page: Page) -> None:
    page.goto(re.sub(r"(?<=\d)/.*", "/account/logout/", page.url))
    page.get_by_role("main").get_by_role("button", name="Sign out").click()


def test_a_customer_makes_a_passkey_and_needs_no_password(
    visit: Visit, small_shop: SmallShop
) -> None:
    page = visit(by_name(small_shop, "/account/login/?next=/account/security/"))
    lock, device = with_phone_lock(page)
    sign_in(page, small_shop.customer.username)
    page.get_by_role("link", name="Second step and passkeys").click()
    add_passkey(page)
    page.goto(by_name(small_shop, "/account/2fa/webauthn/"))
    expect(page.get_by_role("main")).to_contain_text("Passkey · added on")
    sign_out(page)

    page.goto(by_name(small_shop, "/account/login/?next=/account/security/"))
    lock.send("WebAuthn.setUserVerified", {"authenticatorId": device, "isUserVerified": False})
    page.get_by_role("button", name="Use a passkey").click()
    expect(page.get_by_role("alert")).to_contain_text("That did not work, or was cancelled")

    lock.send("WebAuthn.setUserVerified", {"authenticatorId": device, "isUserVerified": True})
    page.get_by_role("button", name="Use a passkey").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Security")
    expect(page.get_by_role("main")).to_contain_text("1 passkey")
    sign_out(page)

    page.goto(by_name(small_shop, "/account/login/"))
    sign_in(page, small_shop.customer.username)
    expect(page.get_by_role("heading", level=1)).to_have_text("One more step")
    page.get_by_role("button", name="Use your passkey instead").click()
    expect(page.get_by_role("navigation", name="Your account")).to_be_visible()


def test_staff_are_led_from_the_admins_door_to_a_passkey_and_in(
    visit: Visit, small_shop: SmallShop, settings: Any
) -> None:
    settings.STAFF_MFA_REQUIRED = True
    page = visit(by_name(small_shop, "/admin/reports/site-history/"))
    with_phone_lock(page)
    sign_in(page, small_shop.editor.username)
    expect(page.get_by_role("main")).to_contain_text("The admin opens only with a second step")
    add_passkey(page)

    # Whoever has just made a passkey has shown it, so the admin opens at once.
    page.get_by_role("link", name="To the admin").click()
    expect(page).to_have_title(re.compile("Dashboard"))
    sign_out(page)

    page.goto(by_name(small_shop, "/admin/reports/site-history/"))
    page.get_by_role("button", name="Use a passkey").click()
    expect(page).to_have_title(re.compile("Site history"))


def test_without_scripts_no_button_promises_one(visit: Visit, small_shop: SmallShop) -> None:
    page = visit(by_name(small_shop, "/account/login/?next=/admin/"), scripts=False)
    expect(page.get_by_label("Password", exact=True)).to_be_visible()
    expect(page.locator("#passkey_login")).to_be_hidden()
