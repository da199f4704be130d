"""Staff split an order, pack it and hand a part over; its buyer follows the parcel on a phone."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from shop.fulfilment.models import Carrier
from shop.inventory.queries import ledger_problems
from shop.tests.journeys.conftest import PHONE, sign_in, with_scripts
from shop.tests.journeys.small_shop import SmallShop

pytestmark = [
    pytest.mark.journey,
    pytest.mark.django_db(transaction=True, serialized_rollback=True),
]


def test_two_parcels_of_which_one_leaves(visit: Callable[..., Page], small_shop: SmallShop) -> None:
    order = small_shop.placed
    Carrier.objects.create(name="G4S", tracking_pattern="https://g4s.example/{number}")
    admin = visit("/admin/", viewport=PHONE)
    sign_in(admin, small_shop.editor.username)
    admin.goto(f"/admin/orders/order/inspect/{order.pk}/")
    main = with_scripts(admin).get_by_role("main")
    main.get_by_role("link", name="Confirm").click()
    main.get_by_role("button", name="Confirm").click()

    main.get_by_role("link", name="Split into parcels").click()
    main.get_by_label(re.compile("cooking pot")).fill("1")
    main.get_by_role("button", name="Split into parcels").click()
    expect(main.get_by_text("Parcel 2", exact=True)).to_be_visible()

    admin.goto("/admin/parcels/")
    for box in with_scripts(admin).get_by_role("checkbox").all():
        box.check()
    admin.get_by_role("button", name="Mark as packed").click()
    expect(admin.get_by_text("2 parcels: packed.")).to_be_visible()

    admin.goto("/admin/parcels/?list=packed")
    second = with_scripts(admin).get_by_role("listitem").filter(has_text="Parcel 2").last
    second.get_by_role("checkbox").check()
    second.get_by_label("Carrier").fill("G4S")
    second.get_by_label("Tracking number").fill("A 7")
    admin.get_by_role("button", name="Hand over").click()
    expect(admin.get_by_text("1 parcel: on its way.")).to_be_visible()

    shopper = visit(order.get_absolute_url())
    parcels = shopper.get_by_role("region", name="Your parcels")
    expect(parcels.get_by_role("link", name="Follow it")).to_have_attribute(
        "href", "https://g4s.example/A%207"
    )
    expect(shopper.get_by_role("main")).to_contain_text("Partly on its way")
    width = shopper.evaluate("document.documentElement.scrollWidth")
    assert width <= PHONE["width"]
    assert ledger_problems() == []
