"""Somebody is asked in and begins to work; a clerk gives money back."""

import re
from collections.abc import Callable

import pytest
from django.contrib.auth.models import Group
from playwright.sync_api import Page, expect

from shop.customers.models import User
from shop.flows.confirm_payment import confirm_payment
from shop.notifications.models import Message
from shop.payments.models import Refund
from shop.tests.journeys.conftest import DESKTOP, PHONE, sign_in, with_scripts
from shop.tests.journeys.small_shop import PASSWORD, SmallShop
from shop.tests.journeys.test_every_page_is_accessible import findings
from shop.tests.order_factories import make_order

pytestmark = [
    pytest.mark.journey,
    pytest.mark.django_db(transaction=True, serialized_rollback=True),
]


def test_the_first_login_of_somebody_new(visit: Callable[..., Page], small_shop: SmallShop) -> None:
    email = f"njeri{User.objects.count()}@example.org"
    owner = visit("/admin/staff/", viewport=DESKTOP)
    sign_in(owner, small_shop.editor.username)
    owner.goto("/admin/staff/invite/")
    with_scripts(owner).get_by_label("Email").fill(email)
    owner.get_by_role("radio", name=re.compile("^Order desk")).check()
    owner.get_by_role("button", name="Send the invitation").click()
    expect(owner.get_by_text(f"The invitation is on its way to {email}.")).to_be_visible()
    body = Message.objects.filter(recipient=email).latest("pk").body
    address = re.search(r"/account/invitation/\S+", body)
    assert address

    page = visit(address[0], viewport=PHONE)
    assert findings(page) == []
    page.get_by_label("First name").fill("Njeri")
    page.get_by_label("Last name").fill("Otieno")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Begin").click()
    expect(page).to_have_url(re.compile("/admin/$"))
    expect(page.get_by_role("heading", name="What needs a hand")).to_be_visible()
    njeri = User.objects.get(email=email)
    assert list(njeri.groups.all()) == [Group.objects.get(name="Order desk")]

    again = visit(address[0])
    expect(again.get_by_role("heading", level=1)).to_have_text("This invitation is no longer valid")
    owner.goto("/admin/staff/")
    row = owner.get_by_role("listitem").filter(has_text="Njeri Otieno")
    expect(row).to_contain_text("Order desk")
    owner.goto("/admin/staff/log/")
    expect(owner.get_by_role("row").filter(has_text="Began to work here")).to_contain_text(
        "Njeri Otieno"
    )


def test_money_is_given_back(visit: Callable[..., Page], small_shop: SmallShop) -> None:
    order = make_order()
    confirm_payment(order_id=order.pk, reference=f"SKE{order.number}")
    page = visit(f"/admin/orders/order/inspect/{order.pk}/", viewport=DESKTOP)
    sign_in(page, small_shop.editor.username)
    main = with_scripts(page).get_by_role("main")
    main.get_by_role("link", name="Refund", exact=True).click()
    main.get_by_label("Reason").fill("The mangoes were green")
    main.get_by_role("button", name="Look at it first").click()
    expect(main.get_by_role("heading", level=2)).to_have_text(re.compile("Send .* back"))
    assert not Refund.objects.filter(payment__order=order).exists()
    main.get_by_role("button", name=re.compile("^Send")).click()
    expect(main).to_contain_text("The mangoes were green")
    refund = Refund.objects.get(payment__order=order)
    assert (refund.amount, refund.actor) == (order.total, str(small_shop.editor))
