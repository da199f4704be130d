"""Every screen of the shop's own in the admin serves everybody: axe, and no sideways scrolling."""

from collections.abc import Callable
from typing import Any

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from shop.tests.integration.screen_objects import ScreenObjects
from shop.tests.integration.screens import NEVER, screens
from shop.tests.journeys.axe import violations
from shop.tests.journeys.conftest import DESKTOP, PHONE, sign_in, with_scripts
from shop.tests.journeys.small_shop import SmallShop

pytestmark = [
    pytest.mark.journey,
    pytest.mark.django_db(transaction=True, serialized_rollback=True),
]
# Files, parts of other screens, and addresses that lead on at once.
NO_PAGES = {
    "broadcast_preview",
    "catalogue_export",
    "catalogue_import_progress",
    "catalogue_import_report",
    "category_prices_file",
    "customer_export",
    "money_days_file",
    "offer_effect",
    "page_preview_link",
}
# Wagtail's own forms around a thing, and families that are nothing else.
WAGTAILS = (":add", ":copy", ":delete", ":lock", ":unlock", ":unpublish")
PLAIN = ("carriers:", "delivery_zones:", "vat_rates:")
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
# What Wagtail's own widgets bring along: rule and where.
KNOWN = {
    ("aria-input-field-name", ".notranslate"),
    ("target-size", "#w-minimap-toggle"),
}
PARTS = 6
NAMES = sorted(
    name
    for name, screen in screens().items()
    if screen.method == "GET" and name not in NO_PAGES and not name.endswith((*NEVER, *WAGTAILS))
)


@pytest.fixture(scope="module")
def things(small_shop: SmallShop) -> ScreenObjects:
    """One of each thing that a screen is about."""
    return ScreenObjects()


def faults(page: Page) -> list[str]:
    """Return what axe finds in the screen itself that Wagtail's widgets have not everywhere."""
    main = {"include": [["main"]]} if page.locator("main").count() else None
    only = {"type": "tag", "values": RULES}
    return [
        str(violation)
        for violation in violations(page, only, context=main)
        if not {(violation.rule, str(target)) for target in violation.target} & KNOWN
    ]


def enter(visit: Callable[..., Page], small_shop: SmallShop, viewport: dict[str, int]) -> Page:
    """Come in, and wait until the first screen stands."""
    page = visit("/admin/", viewport=viewport)
    sign_in(page, small_shop.editor.username)
    expect(with_scripts(page).get_by_role("heading", name="What needs a hand")).to_be_visible()
    return page


@pytest.mark.parametrize("part", range(PARTS))
def test_screens(visit: Callable[..., Page], small_shop: SmallShop, things: Any, part: int) -> None:
    page = enter(visit, small_shop, PHONE)
    found = []
    for name in NAMES[part::PARTS]:
        path = reverse(name, kwargs=things.arguments(name, screens()[name].parameters))
        page.goto(f"{path}?{things.query(name)}")
        expect(with_scripts(page).locator("h1, h2").first).to_be_attached()
        found += [f"{name}: {fault}" for fault in faults(page)]
        width = page.evaluate("document.documentElement.scrollWidth")
        if width > PHONE["width"]:
            found.append(f"{name}: scrolls sideways, {width} px")
    assert found == []


def test_the_first_screen_on_a_desk(visit: Callable[..., Page], small_shop: SmallShop) -> None:
    page = enter(visit, small_shop, DESKTOP)
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
        assert faults(page) == []
