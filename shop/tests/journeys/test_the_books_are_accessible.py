"""Receipts, the admin's first page and its reports serve everybody: axe, narrow screens."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from shop.flows.confirm_payment import confirm_payment
from shop.invoicing.actions import note_fiscal_answer
from shop.invoicing.models import TaxDocument
from shop.orders.models import Order
from shop.tests.journeys.conftest import DESKTOP, PHONE, sign_in
from shop.tests.journeys.small_shop import SmallShop
from shop.tests.journeys.test_every_page_is_accessible import findings, judge
from shop.tests.order_factories import make_order

pytestmark = [
    pytest.mark.journey,
    pytest.mark.django_db(transaction=True, serialized_rollback=True),
]


@pytest.fixture(scope="module")
def paid(small_shop: SmallShop) -> Order:
    """An order with its receipt, as eTIMS would have it."""
    order = make_order(buyer_pin="A001234567X")
    confirm_payment(order_id=order.pk, reference="SKE52PAWR9")
    document = TaxDocument.objects.get(order=order)
    note_fiscal_answer(document_id=document.pk, unit="KRACU03", number="7", qr_text="https://x.ke")
    return order


def test_a_receipt(visit: Callable[..., Page], paid: Order) -> None:
    page = visit(f"/orders/{paid.token}/")
    page.get_by_role("link", name="Receipt", exact=True).click()
    expect(page.get_by_role("heading", name="Receipt")).to_be_visible()
    expect(page.get_by_role("img", name="QR code of the tax authority")).to_be_visible()
    judge(page)


def test_figures(visit: Callable[..., Page], small_shop: SmallShop, paid: Order) -> None:
    page = visit("/admin/", viewport=DESKTOP)
    sign_in(page, small_shop.editor.username)
    expect(page.get_by_role("heading", name="What needs a hand")).to_be_visible()
    page.get_by_role("link", name="All figures").click()
    page.get_by_role("link", name="Sales by day").click()
    expect(page.get_by_role("img", name="Revenue by day")).to_be_visible()
    ours = ["color-contrast", "svg-img-alt", "scrollable-region-focusable", "th-has-data-cells"]
    for address in ("/admin/figures/products/", "/admin/figures/", "/admin/"):
        for viewport in (DESKTOP, PHONE):
            page.set_viewport_size(viewport)
            page.goto(address)
            assert findings(page, ours) == []
            assert page.evaluate("document.documentElement.scrollWidth") <= viewport["width"]
