"""On a slow network a page is used before its scripts are there; they catch up when they come."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, Route, expect

from shop.tests.journeys.conftest import add_to_cart, with_scripts
from shop.tests.journeys.small_shop import SHELF

pytestmark = [
    pytest.mark.journey,
    pytest.mark.django_db(transaction=True, serialized_rollback=True),
]

Visit = Callable[..., Page]


class Held:
    """A script that travels until it is let go."""

    def __init__(self, page: Page, name: str) -> None:
        self.page = page
        self.waiting: list[Route] = []
        self.free = False
        page.route(f"**/js/{name}.js", self._meet)

    def _meet(self, route: Route) -> None:
        if self.free:
            route.continue_()
        else:
            self.waiting.append(route)

    def open(self, address: str) -> None:
        """Go to a page without waiting for its scripts."""
        self.page.goto(address, wait_until="commit")
        expect(self.page.get_by_role("contentinfo")).to_be_visible()

    def let_go(self) -> None:
        """Let the script arrive."""
        self.free = True
        for route in self.waiting:
            route.continue_()


def with_a_pot_in_the_cart(visit: Visit) -> Page:
    page = visit("/products/clay-cooking-pot/")
    add_to_cart(page)
    return page


def test_the_place_chosen_first_brings_its_delivery(visit: Visit) -> None:
    page = with_a_pot_in_the_cart(visit)
    script = Held(page, "checkout")
    script.open("/checkout/")
    page.get_by_label("County").select_option("Nairobi")
    expect(page.get_by_role("button", name="Update delivery")).to_be_visible()
    expect(page.get_by_label(re.compile("Rider"))).to_have_count(0)
    script.let_go()
    expect(page.get_by_label(re.compile("Rider"))).to_be_checked()
    expect(page.locator("#order-summary")).to_contain_text("Rider to your door")
    expect(page.get_by_role("button", name="Update delivery")).to_be_hidden()


def test_a_checkout_kept_by_the_browser_is_drawn_again(visit: Visit) -> None:
    page = with_a_pot_in_the_cart(visit)
    page.goto("/checkout/")
    page.get_by_label("County").select_option("Nairobi")
    expect(page.get_by_label(re.compile("Rider"))).to_be_checked()
    page.locator("#delivery-methods").evaluate("part => part.replaceChildren()")
    page.evaluate("dispatchEvent(new PageTransitionEvent('pageshow', {persisted: true}))")
    expect(page.get_by_label(re.compile("Rider"))).to_be_checked()


def test_an_order_placed_elsewhere_is_shown_instead_of_an_empty_choice(visit: Visit) -> None:
    page = with_a_pot_in_the_cart(visit)
    page.goto("/checkout/")
    other = page.context.new_page()
    other.goto("/cart/")
    other.get_by_role("button", name="Remove").click()
    expect(other.get_by_text("Nothing in it yet")).to_be_visible()
    page.get_by_label("County").select_option("Nairobi")
    expect(page).to_have_url(re.compile("/cart/$"))


def test_numbers_typed_first_are_saved_one_by_one(visit: Visit) -> None:
    page = with_a_pot_in_the_cart(visit)
    page.goto("/products/enamel-pot-number-10/")
    add_to_cart(page)
    script = Held(page, "cart")
    script.open("/cart/")
    page.get_by_role("spinbutton", name="How many of Clay cooking pot").fill("3")
    page.get_by_role("spinbutton", name="How many of Enamel pot number 10").fill("2")
    expect(page.get_by_role("button", name="Update")).to_have_count(2)
    script.let_go()
    expect(page.locator(".line__total")).to_have_text(["KSh 1,500", "KSh 3,000"])
    page.reload()
    expect(page.locator(".line__total")).to_have_text(["KSh 1,500", "KSh 3,000"])


def test_who_goes_on_at_once_takes_the_new_number_along(visit: Visit) -> None:
    page = with_scripts(with_a_pot_in_the_cart(visit))
    page.get_by_role("spinbutton", name="How many of Clay cooking pot").fill("4")
    page.get_by_role("link", name="Go to checkout").click()
    expect(page.locator("#order-summary")).to_contain_text("4 × Clay cooking pot")


def test_an_order_of_sorting_chosen_first_is_used_and_going_back_works(visit: Visit) -> None:
    page = visit("/")
    script = Held(page, "listing")
    script.open(SHELF)
    page.get_by_label("Sort by").select_option("price")
    script.let_go()
    expect(page).to_have_url(re.compile("sort=price"))
    with_scripts(page).get_by_label("Sort by").select_option("-price")
    expect(page).to_have_url(re.compile("sort=-price"))
    with_scripts(page).go_back()
    expect(page.get_by_label("Sort by")).to_have_value("price")
    expect(with_scripts(page)).to_have_url(re.compile("sort=price"))


def test_a_search_begun_first_is_helped(visit: Visit) -> None:
    page = visit("/about/")
    script = Held(page, "shop")
    script.open("/about/")
    page.get_by_label("Search the shop").press_sequentially("clay coo")
    script.let_go()
    expect(page.get_by_role("option").first).to_contain_text("Clay cooking pot")


def test_the_kind_chosen_last_is_bought_though_its_answer_is_on_its_way(visit: Visit) -> None:
    page = with_scripts(visit("/products/clay-cooking-pot/"))
    page.route("**/*variant=POT-L", lambda route: None)
    page.get_by_role("group", name=re.compile("Size")).get_by_role("link", name="Large").click()
    page.get_by_role("button", name="Add to cart").click()
    expect(page.locator(".line__total")).to_have_text("KSh 900")
