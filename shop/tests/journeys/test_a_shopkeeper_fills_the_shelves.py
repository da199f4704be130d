"""A shopkeeper imports a file with errors, takes it back, writes in the table, orders a shelf."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from shop.catalog.actions.importing import take_turn, take_undo_turn
from shop.catalog.models import CategoryPage, ImportRun, Listing, Product, ShelfPlace
from shop.inventory.models import StockLevel
from shop.tests.factories import first_variant
from shop.tests.journeys.conftest import DESKTOP, PHONE, sign_in
from shop.tests.journeys.small_shop import SmallShop

pytestmark = [
    pytest.mark.journey,
    pytest.mark.django_db(transaction=True, serialized_rollback=True),
]

GOODS = (
    "sku,name,price,category_path\n"
    "MUG,Enamel mug,350,All Products/Kitchen/Mugs\n"
    "WORSE,Priceless mug,minus one,All Products/Kitchen/Mugs\n"
)

Enter = Callable[..., Page]


@pytest.fixture
def enter(visit: Callable[..., Page], small_shop: SmallShop) -> Enter:
    """Open a page of the admin as its editor."""

    def open_page(address: str, viewport: dict[str, int] = DESKTOP) -> Page:
        page = visit(address, viewport=viewport)
        sign_in(page, small_shop.editor.username)
        expect(page).to_have_url(re.compile(re.escape(address)))
        return page

    return open_page


def test_a_file_with_errors_is_tried_imported_and_taken_back(enter: Enter) -> None:
    admin = enter("/admin/imports/")
    goods = {"name": "mugs.csv", "mimeType": "text/csv", "buffer": GOODS.encode()}
    admin.locator("input[type=file]").set_input_files(files=[goods])
    admin.get_by_role("button", name="Start").click()
    expect(admin.get_by_text("The shop is reading the file")).to_be_visible()
    take_turn(ImportRun.objects.latest("pk"))  # as the worker does
    main = admin.get_by_role("main")
    expect(main).to_contain_text("Nothing was written")
    expect(admin.get_by_role("row").filter(has_text="WORSE")).to_contain_text("minus one")
    main.get_by_role("link", name="New 1").click()
    expect(admin.get_by_role("row").filter(has_text="MUG")).to_contain_text("350.00")

    main.get_by_role("button", name="Import it for real").click()
    expect(admin.get_by_text("The shop is reading the file")).to_be_visible()
    take_turn(ImportRun.objects.latest("pk"))
    main.get_by_role("link", name="Undo this import").click()
    assert Product.objects.filter(sku="MUG").exists()
    main.get_by_role("button", name="Yes, take it back").click()
    expect(admin.get_by_text("The shop is taking this import back")).to_be_visible()
    take_undo_turn(ImportRun.objects.latest("pk"))
    expect(main).to_contain_text("1 row was taken back")
    assert not Product.objects.filter(sku="MUG").exists()


@pytest.mark.parametrize("viewport", [DESKTOP, PHONE])
def test_a_block_is_pasted_and_the_wrong_cell_says_so(
    enter: Enter, small_shop: SmallShop, viewport: dict[str, int]
) -> None:
    sku = first_variant(small_shop.pot).sku
    page = enter(f"/admin/stock/?q={sku}", viewport)
    expect(page.locator("form[data-grid][data-ready]")).to_be_attached()
    price = page.locator("input[data-column=price]").first
    price.focus()
    price.evaluate(
        """(cell) => {
            const data = new DataTransfer();
            data.setData("text/plain", "1750\\t1,500\\t44\\n");
            cell.dispatchEvent(new ClipboardEvent("paste", {clipboardData: data, bubbles: true}));
        }"""
    )
    expect(page.locator("input[data-column=on_hand]").first).to_have_value("44")
    price.press("ArrowRight")
    expect(page.locator("input[data-column=sale_price]").first).to_be_focused()
    page.get_by_role("button", name="Save all").click()
    wrong = page.locator("input[aria-invalid]")
    expect(wrong).to_have_count(1)
    expect(wrong).to_have_value("1,500")
    expect(page.locator(".grid-why")).to_contain_text("thousands separator")
    expect(price).to_have_attribute("data-was", "1750.00")
    assert StockLevel.objects.filter(on_hand=44).count() == 1
    wrong.press("Escape")
    expect(wrong).to_have_value("")


def test_a_shelf_is_put_in_order_by_keyboard(enter: Enter, small_shop: SmallShop) -> None:
    kitchen = CategoryPage.objects.get(title="Kitchen")
    page = enter(f"/admin/category-tools/{kitchen.pk}/order/")
    expect(page.locator("form[data-shelf][data-ready]")).to_be_attached()
    second = page.locator(".shelf-item").nth(1)
    name = second.get_attribute("data-name")
    second.locator(".shelf-handle").press("ArrowUp")
    expect(page.locator(".shelf-item").first).to_have_attribute("data-name", str(name))
    page.get_by_role("button", name="Save this order").click()
    expect(page.get_by_role("main")).to_contain_text("Back to the usual order")
    first = Listing.objects.filter(category_id=kitchen.pk).order_by("place").first()
    assert first is not None
    assert (first.name, ShelfPlace.objects.count()) == (name, 1)
