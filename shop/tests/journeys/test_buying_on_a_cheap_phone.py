"""A shopper buys on a small phone, with scripts and without, and changes their mind."""

import re
from collections.abc import Callable
from decimal import Decimal

import pytest
from playwright.sync_api import Page, expect

from shop.inventory.models import StockLevel
from shop.orders.models import Order
from shop.tests.journeys.conftest import add_to_cart, with_scripts
from shop.tests.journeys.small_shop import SHELF, SmallShop

pytestmark = [
    pytest.mark.journey,
    pytest.mark.django_db(transaction=True, serialized_rollback=True),
]


def walk_to_the_shelf(page: Page) -> None:
    page.get_by_role("main").get_by_role("link", name=re.compile("Kitchen")).first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Kitchen")
    page.get_by_role("navigation", name="In Kitchen").get_by_role("link", name="Cooking").click()
    page.get_by_role("navigation", name="In Cooking").get_by_role("link", name="Pots").click()
    expect(page).to_have_url(re.compile(SHELF))
    crumbs = page.get_by_role("navigation", name="Breadcrumb").get_by_role("listitem")
    expect(crumbs.nth(-1)).to_contain_text("Pots")
    expect(crumbs).to_have_count(5)


def narrow_by_filters(page: Page) -> None:
    expect(page.get_by_text("30 products")).to_be_visible()
    page.get_by_role("button", name="Filter", exact=True).click()
    page.get_by_role("checkbox", name="In stock").check()
    page.get_by_label("Lowest").fill("450")
    page.get_by_label("Highest").fill("500")
    page.get_by_role("button", name="Show products").click()
    expect(page).to_have_url(re.compile("in_stock=1"))
    expect(page.get_by_text("3 products")).to_be_visible()
    expect(page.get_by_role("list", name="Filters set").get_by_role("link")).not_to_have_count(0)
    page.get_by_role("link", name="Clay cooking pot").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Clay cooking pot")


def choose_the_large_one(page: Page) -> None:
    expect(page.locator("#offer")).to_contain_text("KSh 500")
    page.get_by_role("group", name=re.compile("Size")).get_by_role("link", name="Large").click()
    expect(page).to_have_url(re.compile("variant=POT-L"))
    expect(page.locator("#offer")).to_contain_text("KSh 900")


def put_two_into_the_cart(page: Page) -> None:
    page.get_by_label("How many?").fill("2")
    add_to_cart(page)
    expect(page.get_by_role("main")).to_contain_text("Clay cooking pot")
    expect(page.locator(".line__total")).to_have_text("KSh 1,800")


def change_the_number_by_hand(page: Page) -> None:
    page.get_by_label("How many of Clay cooking pot").fill("3")
    page.get_by_role("button", name="Update").click()
    expect(page.locator(".line__total")).to_have_text("KSh 2,700")


def change_the_number_in_place(page: Page) -> None:
    with_scripts(page).evaluate("window.stayed = true")
    page.get_by_role("button", name="One more").click()
    expect(page.locator(".line__total")).to_have_text("KSh 2,700")
    expect(page.get_by_role("button", name="Update")).to_be_hidden()
    assert page.evaluate("window.stayed")


def fill_in_the_checkout(page: Page, update: Callable[[], None]) -> None:
    page.get_by_role("link", name="Go to checkout").click()
    page.get_by_label("Your name").fill("Wanjiku Kamau")
    page.get_by_label("Phone").fill("0712 345 678")
    page.get_by_label("County").select_option("Nairobi")
    update()
    expect(page.get_by_label(re.compile("Rider"))).to_be_checked()
    page.get_by_label("County").select_option("Mombasa")
    update()
    expect(page.get_by_label(re.compile("Rider"))).to_have_count(0)
    expect(page.locator("#order-summary")).to_contain_text("Total")
    page.get_by_label("County").select_option("Nairobi")
    update()
    page.get_by_label(re.compile("Rider")).check()
    update()
    expect(page.locator("#order-summary")).to_contain_text("Rider to your door")
    page.get_by_label("Area or estate").fill("Kilimani")
    expect(page.get_by_label("Your name")).to_have_value("Wanjiku Kamau")


def place_and_cancel(page: Page, small_shop: SmallShop) -> None:
    shown = page.locator("#order-summary").inner_text()
    page.get_by_role("button", name="Place order").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Asante, Wanjiku Kamau")
    order = Order.objects.latest("pk")
    assert page.url == f"{small_shop.address}/orders/{order.token}/"
    expect(page.get_by_role("main")).to_contain_text(order.readable_number)
    assert order.subtotal == Decimal("2700.00")
    assert f"KSh {order.total:,.0f}" in shown.replace("\u00a0", " ")
    assert str(order.phone) == "+254712345678"
    line = order.lines.get()
    reserved = StockLevel.objects.get(pk=line.variant_id).reserved

    page.get_by_text("Cancel this order").click()
    page.get_by_role("button", name="Yes, cancel it").click()
    expect(page.get_by_role("status")).to_contain_text("Your order is cancelled.")
    order.refresh_from_db()
    assert order.status == Order.Status.CANCELLED
    assert StockLevel.objects.get(pk=line.variant_id).reserved == reserved - line.quantity
    expect(page.get_by_text("Cancel this order")).to_have_count(0)


def test_without_scripts(visit: Callable[..., Page], small_shop: SmallShop) -> None:
    page = visit("/", scripts=False)
    walk_to_the_shelf(page)
    narrow_by_filters(page)
    choose_the_large_one(page)
    put_two_into_the_cart(page)
    change_the_number_by_hand(page)
    fill_in_the_checkout(page, page.get_by_role("button", name="Update delivery").click)
    place_and_cancel(page, small_shop)


def test_with_scripts(visit: Callable[..., Page], small_shop: SmallShop) -> None:
    page = visit("/")
    walk_to_the_shelf(page)
    narrow_by_filters(page)
    with_scripts(page).evaluate("window.stayed = true")
    choose_the_large_one(page)
    assert page.evaluate("window.stayed"), "the variant came by a reload"
    put_two_into_the_cart(page)
    change_the_number_in_place(page)
    fill_in_the_checkout(page, lambda: None)
    expect(page.get_by_role("button", name="Update delivery")).to_be_hidden()
    place_and_cancel(page, small_shop)


def test_a_suggestion_is_taken_by_keyboard(visit: Callable[..., Page]) -> None:
    page = visit("/")
    field = page.get_by_role("combobox", name="Search the shop")
    field.press_sequentially("clay coo")
    options = page.get_by_role("listbox").get_by_role("option")
    expect(options.first).to_contain_text("Clay cooking pot")
    expect(field).to_have_attribute("aria-expanded", "true")
    field.press("ArrowDown")
    expect(options.first).to_have_attribute("aria-selected", "true")
    assert field.get_attribute("aria-activedescendant") == options.first.get_attribute("id")
    field.press("Escape")
    expect(page.get_by_role("listbox")).to_be_hidden()
    field.press_sequentially("k")
    expect(options.first).to_be_visible()
    field.press("ArrowDown")
    field.press("Enter")
    expect(page).to_have_url(re.compile("/products/clay-cooking-pot/"))


def test_a_word_mistyped_still_finds(visit: Callable[..., Page]) -> None:
    page = visit("/", scripts=False)
    field = page.get_by_label("Search the shop")
    field.fill("kettel")
    field.press("Enter")
    expect(page.get_by_role("main").get_by_role("link", name="Copper kettle")).to_be_visible()
