"""Staff take an order on the phone without a mouse, change it, and send many off at once."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from shop.inventory.queries import ledger_problems
from shop.orders.models import Order
from shop.tests.journeys.conftest import DESKTOP, PHONE, sign_in, with_scripts
from shop.tests.journeys.small_shop import SmallShop
from shop.tests.journeys.test_every_page_is_accessible import findings

pytestmark = [
    pytest.mark.journey,
    pytest.mark.django_db(transaction=True, serialized_rollback=True),
]


def look_closely(page: Page) -> None:
    """Look with axe at phone and desktop, light and dark; nothing scrolls sideways."""
    for viewport in (PHONE, DESKTOP):
        page.set_viewport_size(viewport)
        for scheme in ("light", "dark"):
            page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
            # Colours of buttons pass from one scheme to the other.
            page.evaluate("Promise.all(document.getAnimations().map((each) => each.finished))")
            assert findings(page) == [], f"{viewport['width']} px, {scheme}"
        assert page.evaluate("document.documentElement.scrollWidth") <= viewport["width"]


def press(page: Page, name: str) -> None:
    """Press a button by the keyboard alone."""
    button = with_scripts(page).get_by_role("main").get_by_role("button", name=name, exact=True)
    button.last.focus()
    page.keyboard.press("Enter")


def test_a_call_without_a_mouse(visit: Callable[..., Page], small_shop: SmallShop) -> None:
    sku = small_shop.pot.variants.first().sku
    # Nobody whom an earlier try has made known.
    number = f"0799 888 {100 + Order.objects.count()}"
    page = visit("/admin/", viewport=DESKTOP)
    sign_in(page, small_shop.editor.username)
    page.goto("/admin/orders/new/")
    expect(page.get_by_label("Phone, name or email")).to_be_focused()
    page.keyboard.type(number)
    page.keyboard.press("Enter")
    expect(page.get_by_text("The shop does not know them yet.")).to_be_visible()
    page.get_by_label("Name", exact=True).fill("Chebet Rotich")
    page.get_by_label("Phone", exact=True).fill(number)
    page.get_by_label("County").select_option("Nairobi")
    finder = page.get_by_label("Add by name or SKU")
    for _time in range(2):
        finder.fill(sku.lower())
        finder.press("Enter")
        expect(page.get_by_text("is in the order.")).to_be_visible()
        expect(finder).to_be_focused()
        expect(finder).to_have_value("")
    expect(page.get_by_role("spinbutton")).to_have_value("2")
    look_closely(page)
    press(page, "Place the order")
    expect(page.get_by_text(re.compile("Order .* is placed"))).to_be_visible()
    order = Order.objects.filter(name="Chebet Rotich").latest("pk")
    assert order.events.get().actor

    page.get_by_role("link", name="Change the order").click()
    units = with_scripts(page).get_by_role("spinbutton")
    units.fill("1")
    units.press("Enter")
    expect(page.get_by_text("New total")).to_be_visible()
    look_closely(page)
    press(page, "Save the change")
    expect(page.get_by_text(re.compile("Saved: 2 changes"))).to_be_visible()
    look_closely(page)
    assert order.lines.get().quantity == 1
    assert ledger_problems() == []


def test_many_at_once(visit: Callable[..., Page], small_shop: SmallShop) -> None:
    page = visit("/admin/", viewport=DESKTOP)
    sign_in(page, small_shop.editor.username)
    page.goto("/admin/orders/order/?view=to_confirm&county=Nairobi")
    name = with_scripts(page).get_by_label("Keep this list as")
    name.fill("Nairobi first")
    name.press("Enter")
    expect(page.get_by_role("link", name="Nairobi first")).to_have_attribute("aria-current", "page")
    look_closely(page)
    page.goto("/admin/orders/order/?view=to_confirm")
    with_scripts(page).get_by_label("All on this page").check()
    ticked = page.get_by_role("checkbox", name=re.compile("Choose order"))
    assert all(box.is_checked() for box in ticked.all())
    page.get_by_role("button", name="Confirm", exact=True).click()
    expect(page.get_by_role("heading", name=re.compile("Confirm"))).not_to_have_count(0)
    look_closely(page)
    press(page, "Confirm")
    expect(page.get_by_text(re.compile("orders? (is|are) confirmed"))).to_be_visible()
    assert not Order.objects.filter(status="placed").exists()
