"""A shopper pays with M-Pesa: the order page and the phone side by side in a browser."""

import re
import time
from collections.abc import Callable
from datetime import timedelta
from itertools import count

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from shop.flows.confirm_payment import confirm_payment
from shop.flows.pay_order import pay_order
from shop.orders.models import Order
from shop.payments.models import Payment
from shop.simulators.actions import deliver, ring
from shop.tests.journeys.conftest import add_to_cart
from shop.tests.journeys.small_shop import SmallShop
from shop.tests.journeys.test_every_page_is_accessible import judge
from shop.tests.mpesa import set_up, work
from shop.tests.order_factories import make_order

pytestmark = [
    pytest.mark.journey,
    pytest.mark.django_db(transaction=True, serialized_rollback=True),
]


@pytest.fixture(autouse=True)
def pretend_mpesa(settings, small_shop: SmallShop) -> None:
    """Let the shop speak to its own pretend Daraja, as on an own machine."""
    set_up(settings, f"{small_shop.address}/simulators/daraja")
    settings.MPESA_TIMEOUT = (5, 15)
    settings.CALLBACK_BASE_URL = small_shop.address
    settings.PRETEND_PHONE_URL = "/simulators/phone/"


# Another try of a story has a phone that nobody has asked a moment ago.
_phones = count(71)


def own_phone() -> str:
    """Return a phone that does what its owner does."""
    return f"07123456{next(_phones)}"


def order_with_mpesa(page: Page, number: str, *, scripts: bool = True) -> Order:
    add_to_cart(page)
    page.get_by_role("link", name="Go to checkout").click()
    page.get_by_label("Your name").fill("Wanjiku Kamau")
    page.get_by_label("Phone").fill(number)
    page.get_by_label("County").select_option("Nairobi")
    if not scripts:
        page.get_by_role("button", name="Update delivery").click()
    expect(page.get_by_label("M-Pesa number")).to_be_hidden()
    page.get_by_role("radio", name=re.compile("M-Pesa You get")).check()
    expect(page.get_by_label("M-Pesa number")).to_be_visible()
    page.get_by_label(re.compile("Rider")).check()
    expect(page.locator("#order-summary")).to_contain_text("Rider to your door")
    page.get_by_role("button", name="Place order").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Asante, Wanjiku Kamau")
    return Order.objects.latest("pk")


def says(page: Page, title: str) -> None:
    expect(page.locator("#payment").get_by_role("heading", level=2)).to_have_text(title)


def work_until(order: Order, state: str) -> None:
    """Be the worker until a payment of the order stands like this: the news takes its time."""
    deadline = time.monotonic() + 20
    while not order.payments.filter(state=state).exists():
        assert time.monotonic() < deadline, list(order.payments.values("state", "reason"))
        work()
        time.sleep(0.1)


def test_the_pin_is_typed_and_the_page_says_paid(visit: Callable[..., Page]) -> None:
    page = visit("/products/clay-cooking-pot/")
    order = order_with_mpesa(page, own_phone())
    says(page, "Asking M-Pesa")
    page.evaluate("window.stayed = true")
    work()
    says(page, "Request sent")
    expect(page.locator("#payment")).to_contain_text("enter your M-Pesa PIN to pay")
    with page.context.expect_page() as opened:
        page.get_by_role("link", name="Open the pretend phone").click()
    phone = opened.value
    expect(phone.get_by_role("main")).to_contain_text(f"account {order.number}")
    phone.get_by_label("Enter M-PESA PIN").fill("1234")
    phone.locator("#screen").get_by_role("button", name="Send").click()
    expect(phone.get_by_label("Enter M-PESA PIN")).to_have_count(0)
    work_until(order, "paid")
    page.bring_to_front()
    says(page, "Paid. Thank you!")
    receipt = order.payments.get().receipt
    assert receipt
    expect(page.locator("#payment")).to_contain_text(receipt)
    expect(page.get_by_role("main")).not_to_contain_text("Not paid yet")
    assert page.evaluate("window.stayed"), "the news came by a reload"
    order.refresh_from_db()
    assert order.payment_status == "paid"


def test_without_scripts_the_page_comes_again_by_itself(visit: Callable[..., Page]) -> None:
    page = visit("/products/clay-cooking-pot/", scripts=False)
    number = own_phone()
    order = order_with_mpesa(page, number, scripts=False)
    says(page, "Asking M-Pesa")
    work()
    says(page, "Request sent")
    phone = page.context.new_page()
    phone.goto(f"/simulators/phone/254{number[1:]}/")
    phone.get_by_label("Enter M-PESA PIN").fill("0000")
    phone.locator("#screen").get_by_role("button", name="Send").click()
    work_until(order, "failed")
    says(page, "Wrong PIN")
    expect(page.locator("#payment")).to_contain_text("The same phone can be asked again in")
    page.get_by_role("button", name="with M-Pesa").click()
    expect(page.get_by_text(re.compile("asked for the same amount a moment ago"))).to_be_visible()
    page.get_by_label("M-Pesa number").fill("0712 345 001")
    page.get_by_role("button", name="with M-Pesa").click()
    says(page, "Asking M-Pesa")
    work_until(order, "paid")
    says(page, "Paid. Thank you!")


def test_a_cancelled_request_counts_down_to_the_next(visit: Callable[..., Page]) -> None:
    page = visit("/products/clay-cooking-pot/")
    number = own_phone()
    order = order_with_mpesa(page, number)
    work()
    phone = page.context.new_page()
    phone.goto(f"/simulators/phone/254{number[1:]}/")
    phone.get_by_role("button", name="Cancel").click()
    work_until(order, "cancelled")
    page.bring_to_front()
    says(page, "Cancelled on the phone")
    left = page.locator("[data-seconds]")
    expect(left).to_have_text(re.compile(r"^[01]:\d\d$"))
    before = left.inner_text()
    expect(left).not_to_have_text(before)


STATES = {
    "asked": {},
    "waiting": {"seconds": 100},
    "wrong pin": {"state": "failed", "reason_code": "2001"},
    "review": {"state": "review", "reason_code": "amount"},
}


@pytest.mark.parametrize("name", STATES)
def test_every_state_serves_everybody(visit: Callable[..., Page], name: str) -> None:
    fields = dict(STATES[name])
    order = make_order(payment_method="mpesa")
    payment, _made = pay_order(order_id=order.pk)
    asked_at = timezone.now() - timedelta(seconds=fields.pop("seconds", 1))
    Payment.objects.filter(pk=payment.pk).update(
        asked_at=asked_at, provider_id=f"ws_CO_{payment.pk}", **fields
    )
    page = visit(f"/orders/{order.token}/")
    for folded in page.locator("#payment summary").all():
        folded.click()
    judge(page)


def test_paid_and_not_asked_yet_serve_everybody(visit: Callable[..., Page]) -> None:
    order = make_order(payment_method="cash_on_delivery")
    page = visit(f"/orders/{order.token}/")
    page.get_by_text("Pay with M-Pesa", exact=True).click()
    expect(page.get_by_label("M-Pesa number")).to_be_visible()
    judge(page)
    pay_order(order_id=order.pk, method="mpesa")
    confirm_payment(order_id=order.pk, reference="SKL7H2X9QA")
    page.reload()
    says(page, "Paid. Thank you!")
    judge(page)


def test_the_pretend_phone_serves_everybody(visit: Callable[..., Page]) -> None:
    ring(
        phone="254712345679",
        amount=1234,
        shortcode="174379",
        reference="482190375",
        description="Order payment",
        callback_url="http://127.0.0.1:9/",
    )
    deliver(phone="+254712345679", sender="DUKA", body="Asante! https://shop.test/orders/a-b/")
    page = visit("/simulators/")
    judge(page)
    page.get_by_role("link", name="+254712345679").click()
    expect(page.get_by_label("Enter M-PESA PIN")).to_be_visible()
    judge(page)
