"""Every kind of page serves everybody: axe, keyboard, narrow screens, light and dark."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from shop.tests.journeys.axe import violations
from shop.tests.journeys.conftest import DESKTOP, PHONE, add_to_cart, sign_in, with_scripts
from shop.tests.journeys.small_shop import PASSWORD, SHELF, SmallShop

pytestmark = [
    pytest.mark.journey,
    pytest.mark.django_db(transaction=True, serialized_rollback=True),
]

NARROWEST = {"width": 320, "height": 640}
STANDARDS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
PLAIN_PAGES = {
    "home": "/",
    "category": SHELF,
    "category, second page": f"{SHELF}?page=2",
    "category, filtered": f"{SHELF}?in_stock=1&brand=Clay+House&sort=price",
    "category, nothing left": f"{SHELF}?min_price=99999",
    "product with variants": "/products/clay-cooking-pot/",
    "product sold out": "/products/copper-kettle/",
    "search": "/search/?q=pot",
    "search, nothing found": "/search/?q=zzzqqq",
    "cart, empty": "/cart/",
    "login": "/account/login/",
    "sign-up": "/account/signup/",
    "password reset": "/account/password/reset/",
    "standard page": "/about/",
    "page not found": "/nowhere/",
    "page that broke": "/broken/",
}


def findings(page: Page, rules: list[str] | None = None) -> list[str]:
    """Return what axe finds on the page as it stands."""
    only = {"type": "rule", "values": rules} if rules else {"type": "tag", "values": STANDARDS}
    return [str(violation) for violation in violations(page, only)]


def judge(page: Page) -> None:
    """Look at the page on phone and desktop, in light and dark, and on the narrowest screen."""
    found = []
    with_scripts(page)
    for viewport, scheme in ((PHONE, "light"), (DESKTOP, "dark")):
        page.set_viewport_size(viewport)
        page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
        found += [f"{viewport['width']} px, {scheme}: {text}" for text in findings(page)]
        other = "dark" if scheme == "light" else "light"
        page.emulate_media(color_scheme=other, reduced_motion="reduce")
        colours = findings(page, ["color-contrast", "link-in-text-block"])
        found += [f"{viewport['width']} px, {other}: {text}" for text in colours]
    assert found == []
    page.set_viewport_size(NARROWEST)
    width = page.evaluate("document.documentElement.scrollWidth")
    assert width <= NARROWEST["width"], f"scrolls sideways: {width} px"


@pytest.mark.parametrize("name", PLAIN_PAGES)
def test_page(visit: Callable[..., Page], name: str) -> None:
    judge(visit(PLAIN_PAGES[name]))


def test_filters_as_a_sheet_on_the_phone(visit: Callable[..., Page]) -> None:
    page = visit(SHELF)
    page.get_by_role("button", name="Filter", exact=True).click()
    expect(page.get_by_role("button", name="Show products")).to_be_visible()
    assert findings(page) == []
    page.keyboard.press("Escape")
    expect(page.get_by_role("button", name="Show products")).to_be_hidden()
    expect(page.get_by_role("button", name="Filter", exact=True)).to_be_focused()


def test_suggestions(visit: Callable[..., Page]) -> None:
    page = visit("/")
    page.get_by_role("combobox", name="Search the shop").press_sequentially("pot")
    expect(page.get_by_role("option").first).to_be_visible()
    page.keyboard.press("ArrowDown")
    assert findings(page) == []


def test_cart_and_checkout(visit: Callable[..., Page], small_shop: SmallShop) -> None:
    page = visit("/products/clay-cooking-pot/")
    add_to_cart(page)
    judge(page)
    page.goto("/checkout/")
    judge(page)
    page.get_by_label("Phone").fill("12")
    page.locator("#checkout").evaluate("form => { form.noValidate = true }")
    page.get_by_role("button", name="Place order").click()
    errors = page.get_by_role("alert")
    expect(errors).to_be_focused()
    judge(page)
    errors.get_by_role("link", name="Your name").click()
    expect(page.get_by_label("Your name")).to_be_focused()


def test_cart_whose_prices_changed(visit: Callable[..., Page], small_shop: SmallShop) -> None:
    page = visit("/products/enamel-pot-number-9/")
    add_to_cart(page)
    page.goto("/products/enamel-pot-number-10/")
    add_to_cart(page)
    small_shop.change_prices("ENAMEL-9", withdraw="ENAMEL-10")
    page.goto("/cart/")
    expect(page.get_by_role("main")).to_contain_text("KSh 1,360")
    expect(page.get_by_role("main")).to_contain_text("Please remove what can't be bought any more")
    judge(page)


def test_order_placed_and_cancelled(visit: Callable[..., Page], small_shop: SmallShop) -> None:
    page = visit(f"/orders/{small_shop.placed.token}/")
    page.get_by_text("Cancel this order").click()
    judge(page)
    page.set_viewport_size(PHONE)
    page.get_by_role("button", name="Yes, cancel it").click()
    expect(page.get_by_role("status")).to_contain_text("Your order is cancelled.")
    judge(page)


def test_account(visit: Callable[..., Page], small_shop: SmallShop) -> None:
    page = visit("/account/login/?next=/account/orders/")
    sign_in(page, small_shop.customer.username)
    expect(page.get_by_role("main")).to_contain_text(small_shop.placed.readable_number)
    judge(page)
    for address in ("/account/profile/", "/account/email/", "/account/password/change/"):
        page.goto(address)
        judge(page)


def test_what_a_customer_keeps(visit: Callable[..., Page], small_shop: SmallShop) -> None:
    page = visit("/products/clay-cooking-pot/")
    page.get_by_role("button", name="Put on wishlist").click()
    sign_in(page, small_shop.customer.username)
    expect(page.get_by_role("button", name="On your wishlist")).to_be_visible()
    judge(page)
    page.goto("/account/addresses/new/")
    judge(page)
    page.get_by_label("County").select_option("Nairobi")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("Offered first")).to_be_visible()
    judge(page)
    for address in ("wishlist", "consents", "data"):
        page.goto(f"/account/{address}/")
        judge(page)
    page.get_by_role("link", name="Delete my account").click()
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("main").get_by_role("button").first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Delete your account")
    judge(page)
    page.goto("/products/clay-cooking-pot/")
    add_to_cart(page)
    page.goto("/checkout/")
    expect(page.get_by_role("radio", name="Somewhere else")).not_to_be_checked()
    judge(page)


LOOK = """() => {
  const at = document.activeElement;
  const box = at.getBoundingClientRect();
  const ring = [null, "::after"].some((part) => {
    const { outlineStyle, outlineWidth } = getComputedStyle(at, part);
    return outlineStyle !== "none" && parseFloat(outlineWidth) >= 2;
  });
  window.passed ??= [];
  const back = window.passed.findIndex(
    (before) => before.compareDocumentPosition(at) & Node.DOCUMENT_POSITION_PRECEDING);
  const again = window.passed.includes(at);
  window.passed.push(at);
  return {
    name: at.outerHTML.slice(0, 120), end: at === document.body, ring, again, back: back >= 0,
    seen: box.width > 0 && box.height > 0 && box.bottom > 0 && box.top < innerHeight,
  };
}"""


@pytest.mark.parametrize("address", ["/", SHELF, "/products/clay-cooking-pot/", "/account/login/"])
def test_by_keyboard_alone(visit: Callable[..., Page], address: str) -> None:
    """Tab passes everything once, in reading order, always visible, and comes out at the end."""
    page = visit(address, viewport=DESKTOP)
    page.keyboard.press("Tab")
    skip = page.get_by_role("link", name="Skip to the content")
    expect(skip).to_be_focused()
    expect(skip).to_be_in_viewport()
    for _ in range(250):
        look = page.evaluate(LOOK)
        if look["end"]:
            break
        assert look["ring"], f"no focus ring: {look['name']}"
        assert look["seen"], f"focused out of sight: {look['name']}"
        assert not look["again"], f"a trap: {look['name']}"
        assert not look["back"], f"out of order: {look['name']}"
        page.keyboard.press("Tab")
    else:
        pytest.fail("Tab never left the page")
    page.reload()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_role("main")).to_be_focused()
    page.keyboard.press("Tab")
    inside = page.evaluate("document.querySelector('main').contains(document.activeElement)")
    assert inside or address == "/", "the skip link leads into the content"


def test_landmarks_and_headings(visit: Callable[..., Page]) -> None:
    page = visit(SHELF, viewport=DESKTOP)
    for role in ("banner", "main", "contentinfo", "search"):
        expect(page.get_by_role(role)).to_have_count(1)
    for name in ("Categories", "Breadcrumb"):
        expect(page.get_by_role("navigation", name=re.compile(name)).first).to_be_visible()
    expect(page.get_by_role("heading", level=1)).to_have_count(1)
    expect(page).to_have_title(re.compile("Pots"))
