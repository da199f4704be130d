"""An editor drafts, previews, schedules and publishes; staff import and move orders on."""

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.utils.timezone import localtime
from playwright.sync_api import Page, expect

from shop.catalog.actions.importing import take_turn
from shop.catalog.models import ImportRun, Product
from shop.core.clock import now
from shop.orders.models import Order
from shop.tests.journeys.conftest import DESKTOP, sign_in, with_scripts
from shop.tests.journeys.small_shop import SmallShop

pytestmark = [
    pytest.mark.journey,
    pytest.mark.django_db(transaction=True, serialized_rollback=True),
]

GOODS = (
    "sku,name,price,category_path\n"
    "JUG,Enamel jug,650,All Products/Kitchen/Jugs\n"
    "BAD,Priceless jug,minus one,All Products/Kitchen/Jugs\n"
)


@pytest.fixture
def admin(visit: Callable[..., Page], small_shop: SmallShop) -> Page:
    """A window in the admin, entered by the shop's own login."""
    page = visit("/admin/", viewport=DESKTOP)
    expect(page).to_have_url(re.compile("/account/login/"))
    sign_in(page, small_shop.editor.username)
    expect(page).to_have_url(f"{small_shop.address}/admin/")
    return page


def open_editor(admin: Page, name: str) -> None:
    admin.goto(f"/admin/products/?q={name}")
    admin.get_by_role("link", name=name, exact=True).click()
    expect(admin.locator("#id_name")).to_have_value(name)


def press_in_footer(admin: Page, name: str) -> None:
    footer = with_scripts(admin).get_by_role("navigation", name="Actions (footer)")
    if name != "Save draft":
        footer.get_by_role("button", name="More actions").click()
    footer.get_by_role("button", name=name).click()


def test_a_draft_is_previewed_then_published(
    admin: Page, visit: Callable[..., Page], small_shop: SmallShop
) -> None:
    open_editor(admin, "Clay cooking pot")
    with_scripts(admin).locator("#id_name").fill("Glazed cooking pot")
    press_in_footer(admin, "Save draft")
    expect(admin.locator("#id_name")).to_have_value("Glazed cooking pot")
    shopper = visit("/products/clay-cooking-pot/")
    expect(shopper.get_by_role("heading", level=1)).to_have_text("Clay cooking pot")

    with_scripts(admin).get_by_role("button", name="Toggle preview").click()
    preview = admin.frame_locator("iframe[title='Preview']").last
    expect(preview.get_by_role("heading", level=1)).to_have_text("Glazed cooking pot")
    expect(preview.get_by_role("main")).to_contain_text("This is a preview of a draft")
    expect(preview.get_by_role("button", name="Add to cart")).to_have_count(0)

    press_in_footer(admin, "Publish")
    expect(admin.get_by_role("status")).to_contain_text("published")
    shopper.reload()
    expect(shopper.get_by_role("heading", level=1)).to_have_text("Glazed cooking pot")


def test_a_change_is_scheduled(admin: Page, small_shop: SmallShop) -> None:
    open_editor(admin, "Copper kettle")
    with_scripts(admin).locator("#id_name").fill("Festival kettle")
    admin.get_by_role("button", name="Toggle status").click()
    admin.get_by_role("button", name="Set schedule").click()
    tomorrow = localtime(now() + timedelta(days=1))
    dialog = admin.get_by_role("dialog", name=re.compile("schedule", re.IGNORECASE))
    dialog.get_by_label("Go live date/time").fill(f"{tomorrow:%Y-%m-%d %H:%M}")
    dialog.get_by_role("button", name="Save schedule").press("Enter")
    expect(admin.get_by_role("status")).to_contain_text("Product 'Festival kettle' updated")
    press_in_footer(admin, "Schedule to publish")
    expect(admin.get_by_role("status")).to_contain_text("scheduled")

    kettle = Product.objects.get(pk=small_shop.kettle.pk)
    assert (kettle.name, kettle.live) == ("Copper kettle", True)
    assert (
        kettle.scheduled_revision.approved_go_live_at.date() == (now() + timedelta(days=1)).date()
    )
    assert kettle.scheduled_revision.content["name"] == "Festival kettle"


def test_a_file_of_goods_is_given_and_reported(admin: Page) -> None:
    admin.goto("/admin/products/")
    admin.get_by_role("link", name="Import").click()
    goods = {"name": "jugs.csv", "mimeType": "text/csv", "buffer": GOODS.encode()}
    admin.locator("input[type=file]").set_input_files(files=[goods])
    admin.get_by_label("Only try it").uncheck()
    admin.get_by_role("button", name="Start").click()
    expect(admin.get_by_text("The shop is reading the file")).to_be_visible()
    take_turn(ImportRun.objects.latest("pk"))  # as the worker does
    report = admin.get_by_role("row").filter(has_text="BAD")
    expect(report).to_contain_text("price")
    expect(report).to_contain_text("3")
    expect(admin.get_by_role("main")).to_contain_text("jugs.csv")
    admin.goto("/all-products/kitchen/jugs/")
    expect(admin.get_by_role("link", name="Enamel jug")).to_be_visible()
    assert not Product.objects.filter(sku="BAD").exists()


def test_an_order_moves_on_by_its_buttons(admin: Page, small_shop: SmallShop) -> None:
    order = small_shop.placed
    admin.goto("/admin/")
    admin.get_by_role("link", name="Orders").first.click()
    admin.get_by_role("link", name=order.readable_number).first.click()
    main = admin.get_by_role("main")
    for step, status in (
        ("Confirm", Order.Status.CONFIRMED),
        ("Mark as packed", Order.Status.PACKED),
        ("Hand to the rider", Order.Status.SHIPPED),
        ("Mark as delivered", Order.Status.DELIVERED),
    ):
        expect(main.get_by_role("link", name="Mark as delivered")).to_have_count(
            1 if status == Order.Status.DELIVERED else 0
        )
        main.get_by_role("link", name=step).click()
        main.get_by_label("Note").fill(f"{step} by hand")
        main.get_by_role("button", name=step).click()
        expect(main.locator("h2 .w-status").first).to_have_text(status.label)
        expect(main.get_by_text(f"{step} by hand")).to_be_visible()
        order.refresh_from_db()
        assert order.status == status
    expect(main.get_by_role("link", name="Cancel the order")).to_have_count(0)
