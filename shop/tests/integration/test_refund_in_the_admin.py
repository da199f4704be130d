"""A manager gives an order's money back in the admin, after a look at what will happen."""

import re
from decimal import Decimal

import pytest
from django.contrib.auth.models import Group

from shop.customers.models import User
from shop.flows.confirm_payment import confirm_payment
from shop.payments.models import Payment, Refund
from shop.tests import mpesa
from shop.tests.factories import first_variant, make_product

pytestmark = pytest.mark.django_db


@pytest.fixture
def order(shop_site):
    """An order of two pots at 100 and delivery for 300, paid at the door."""
    pot = first_variant(make_product("Clay pot", price="100.00", stock=5))
    made = mpesa.place("0712 345 678", "cash_on_delivery", variant=pot, units=2)
    confirm_payment(order_id=made.pk)
    return made


@pytest.fixture
def payment(order):
    return Payment.objects.get()


@pytest.fixture
def manager(client):
    return enter(client, "Managers")


def enter(client, group):
    person = User.objects.create_user(group, f"{group}@example.org", "a password")
    person.groups.add(Group.objects.get(name=group))
    client.force_login(person)
    return client


def address(payment):
    return f"/admin/payments/{payment.pk}/refund/"


def sent(page):
    """Return the hidden fields of a page's form."""
    return dict(re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', page))


def test_the_order_leads_there_and_a_look_comes_first(manager, order, payment):
    page = manager.get(f"/admin/orders/order/inspect/{order.pk}/").text
    assert address(payment) in page
    form = manager.get(address(payment)).text
    line = order.lines.get()
    wish = {
        "what": "lines",
        f"units_{line.pk}": "1",
        f"restock_{line.pk}": "on",
        "reason": "Cracked",
        "key": sent(form)["key"],
    }
    look = manager.post(address(payment), wish).text
    assert "Send KSh\xa0100 back?" in look
    assert "for sale again" in look
    assert not Refund.objects.exists()
    payment.refresh_from_db()
    assert payment.refunded == 0
    for _ in range(2):  # a double click
        done = manager.post(address(payment), sent(look), follow=True)
    assert "Clay pot" in done.text
    refund = Refund.objects.get()
    assert (refund.amount, refund.actor, refund.reason) == (
        Decimal(100),
        "Managers@example.org",
        "Cracked",
    )
    assert "To be sent by hand" in done.text


@pytest.mark.parametrize(
    ("wish", "said"),
    [
        ({"what": "amount"}, "Name the amount."),
        ({"what": "lines"}, "Name the units of at least one line."),
        ({"what": "amount", "amount": "501"}, "can still go back"),
        ({"what": "all", "reason": ""}, "This field is required."),
    ],
)
def test_what_can_not_be_says_why(manager, payment, wish, said):
    answer = manager.post(address(payment), {"reason": "Cracked", "key": "k", **wish})
    assert answer.status_code == 422
    assert said in answer.text
    assert not Refund.objects.exists()


def test_what_went_by_hand_is_noted(manager, order, payment):
    wish = {"what": "all", "reason": "Late", "reference": "Till 2", "key": "k"}
    manager.post(address(payment), {**wish, "confirmed": "1"})
    order.refresh_from_db()
    assert (Refund.objects.get().state, order.payment_status) == ("done", "refunded")
    page = manager.get(f"/admin/orders/order/inspect/{order.pk}/").text
    assert address(payment) not in page
    assert "Refunded" in page
    assert manager.get(address(payment)).status_code == 302
    assert (
        "Till 2" in manager.get(f"/admin/payments/refund/inspect/{Refund.objects.get().pk}/").text
    )
    assert "Late" in manager.get("/admin/payments/refund/").text


@pytest.mark.parametrize("group", ["Order desk", "Support"])
def test_others_see_no_way_to_do_it(client, order, payment, group):
    enter(client, group)
    assert address(payment) not in client.get(f"/admin/orders/order/inspect/{order.pk}/").text
    assert client.get(address(payment)).status_code in (302, 403)
    client.post(address(payment), {"what": "all", "reason": "x", "key": "k", "confirmed": "1"})
    assert not Refund.objects.exists()
