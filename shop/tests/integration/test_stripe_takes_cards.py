"""Cards through a page of Stripe's: paid once, whatever its notices and its answers do."""

import subprocess
import sys
from decimal import Decimal

import pytest
from django.conf import settings as configured
from django.test import Client

from shop.flows.pay_order import pay_order
from shop.flows.refund_order import refund_order
from shop.payments.models import Payment, ProviderEvent
from shop.payments.queries import payment_status
from shop.tests import mpesa
from shop.tests.fakes import stripe
from shop.tests.fakes.provider_server import Reply

pytestmark = pytest.mark.django_db

PAID = "checkout.session.completed"


@pytest.fixture
def service(settings, shop_site):
    with stripe.fake_stripe() as fake:
        settings.STRIPE_API_BASE = fake.url
        settings.STRIPE_SECRET_KEY, settings.STRIPE_WEBHOOK_SECRET = stripe.KEY, stripe.SECRET
        settings.STRIPE_TIMEOUT = 1.0
        yield fake


@pytest.fixture
def order(service):
    """An order of KSh 416.50 whose card page is open."""
    made = mpesa.place("0712 345 678", "card")
    mpesa.work()
    return made


@pytest.fixture
def payment(order):
    return order.payments.get()


@pytest.fixture
def page_id(payment):
    return payment.provider_id


def told(event, *, status=200, **how):
    body, signature = stripe.signed(event, **how)
    answer = Client(enforce_csrf_checks=True).post(
        "/payments/notify/stripe/",
        body,
        content_type="application/json",
        headers={"Stripe-Signature": signature},
    )
    assert answer.status_code == status
    mpesa.work()


def stands(order):
    order.refresh_from_db()
    return order.payment_status


def outcomes():
    return list(ProviderEvent.objects.order_by("pk").values_list("state", flat=True))


def test_the_shopper_goes_to_the_page_and_comes_back_paid(order, payment, page_id, service, client):
    [asked] = service.of(stripe.PAGE)
    assert asked["line_items[0][price_data][unit_amount]"] == "41650"
    assert asked["success_url"] == f"{configured.BASE_URL}{order.get_absolute_url()}"
    status = payment_status(order)
    assert (status.state, status.card_page) == ("card_page", service.pages[page_id]["url"])
    assert service.pages[page_id]["url"] in client.get(order.get_absolute_url()).text
    told(stripe.event(PAID, service.pay(page_id)))
    payment.refresh_from_db()
    assert (stands(order), payment.state, payment.receipt) == ("paid", "paid", f"pi_{page_id}")
    assert payment.received == Decimal("416.50")
    assert ProviderEvent.objects.get().about == page_id


def test_doubled_and_late_notices_count_once(order, page_id, service):
    paid = stripe.event(PAID, service.pay(page_id))
    told(paid)
    told(paid)
    told(stripe.event("checkout.session.expired", service.expire(page_id)))
    assert (stands(order), outcomes()) == ("paid", ["applied", "ignored", "ignored"])


@pytest.mark.parametrize(
    "how",
    [{"secret": "whsec_guess"}, {"at": 1_700_000_000}],
    ids=["forged", "played again"],
)
def test_what_stripe_did_not_sign_is_not_kept(order, page_id, service, how):
    told(stripe.event(PAID, service.pay(page_id)), status=400, **how)
    assert (stands(order), ProviderEvent.objects.count()) == ("unpaid", 0)


def test_a_notice_without_a_signature_is_refused(service, client):
    for headers in ({}, {"Stripe-Signature": "t=x,v1"}):
        answer = client.post(
            "/payments/notify/stripe/", "{}", content_type="application/json", headers=headers
        )
        assert answer.status_code == 400


@pytest.mark.parametrize(
    "changes", [{"amount_total": 41649}, {"currency": "usd"}], ids=["amount", "currency"]
)
def test_other_money_is_for_people(order, page_id, service, changes):
    told(stripe.event(PAID, service.pay(page_id, **changes)))
    assert (stands(order), outcomes()) == ("unpaid", ["review"])
    assert order.payments.get().state == "review"


def test_a_notice_that_never_came_is_asked_for(order, page_id, service):
    service.pay(page_id)
    mpesa.sweep_later(seconds=25)
    assert stands(order) == "paid"
    told(stripe.event(PAID, service.pages[page_id]))
    assert ProviderEvent.objects.last().state == "ignored"


def test_a_page_that_ran_out_is_made_anew(order, payment, page_id, service):
    told(stripe.event("checkout.session.expired", service.expire(page_id)))
    payment.refresh_from_db()
    assert (payment.state, payment_status(order).state) == ("failed", "no_answer")
    again, made = pay_order(order_id=order.pk)
    mpesa.work()
    again.refresh_from_db()
    assert made
    assert again.provider_id != page_id
    told(stripe.event(PAID, service.pay(page_id)))  # paid at the last moment after all
    assert stands(order) == "paid"


def choose(client, order, way, **wish):
    order.refresh_from_db()
    mpesa.forget_queue()
    page = client.post(f"{order.get_absolute_url()}pay/", {"method": way, **wish})
    order.refresh_from_db()
    return page


def test_who_comes_back_from_the_card_page_pays_another_way_at_once(
    order, payment, page_id, service, client
):
    assert "Pay on delivery instead" in client.get(order.get_absolute_url()).text
    assert choose(client, order, "cash_on_delivery").status_code == 302
    payment.refresh_from_db()
    assert (payment.state, service.pages[page_id]["status"]) == ("cancelled", "expired")
    assert (order.payment_method, payment_status(order).state) == ("cash_on_delivery", "none")
    page = client.get(order.get_absolute_url()).text
    assert "card page" not in page.casefold()
    # Stripe's own word of it changes nothing, nor does a second click.
    told(stripe.event("checkout.session.expired", service.pages[page_id]))
    choose(client, order, "cash_on_delivery")
    assert order.payments.filter(state="pending").count() == 1
    assert len(service.of(stripe.CLOSE)) == 1
    assert "left the card page" in order.events.get(kind="payment_failed").text


def test_who_had_paid_on_the_card_page_is_asked_no_second_time(order, page_id, service, client):
    service.pay(page_id)
    page = choose(client, order, "cash_on_delivery")
    assert (page.status_code, stands(order)) == (409, "paid")
    assert "This order was paid" in page.text
    assert [(p.method, p.state) for p in order.payments.all()] == [("card", "paid")]


@pytest.mark.parametrize(
    "reply",
    [Reply(reset=True), stripe.error(500, "api_error"), Reply(body=b'{"status": "complete"}')],
    ids=["lost", "down", "still charging"],
)
def test_a_page_that_can_not_be_closed_stays_the_only_way(
    order, payment, page_id, service, client, reply
):
    service.script(stripe.CLOSE, reply)
    page = choose(client, order, "cash_on_delivery")
    assert page.status_code == 409
    assert "still open" in page.text
    payment.refresh_from_db()
    assert (payment.state, order.payments.count()) == ("pending", 1)
    assert payment_status(order).state == "card_page"


def test_a_wrong_choice_closes_no_page(order, page_id, service, client, settings):
    mpesa.set_up(settings, "http://127.0.0.1:9")
    for way, phone in (("shells", ""), ("mpesa", "12")):
        assert choose(client, order, way, phone=phone).status_code == 422
    assert service.of(stripe.CLOSE) == []
    assert choose(client, order, "mpesa", phone="0722 000 111").status_code == 302
    assert service.pages[page_id]["status"] == "expired"
    assert payment_status(order).phone == "+254722000111"


def test_an_answer_that_was_lost_makes_no_second_page(service, shop_site):
    service.script(stripe.PAGE, Reply(accepts=True, reset=True))
    order = mpesa.place("0712 345 678", "card")
    mpesa.work()
    assert payment_status(order).state == "queued"
    mpesa.sweep_later(minutes=1)
    assert (len(service.pages), payment_status(order).state) == (1, "card_page")


def test_a_key_that_stripe_refuses_says_so(service, settings):
    settings.STRIPE_SECRET_KEY = "sk_test_old"
    order = mpesa.place("0712 345 678", "card")
    mpesa.work()
    payment = Payment.objects.get()
    assert (payment.state, payment.reason_code) == ("failed", "no_page")
    assert payment_status(order).state == "failed"


def test_money_goes_back_to_the_card(order, page_id, service):
    told(stripe.event(PAID, service.pay(page_id)))
    refund = refund_order(order_id=order.pk, amount=Decimal("100.50"))
    mpesa.work()
    refund.refresh_from_db()
    assert service.of(stripe.REFUND) == [{"amount": "10050", "payment_intent": f"pi_{page_id}"}]
    assert (refund.state, stands(order)) == ("done", "partly_refunded")


def test_a_refund_whose_answer_was_lost_is_made_once(order, page_id, service):
    told(stripe.event(PAID, service.pay(page_id)))
    service.script(stripe.REFUND, Reply(accepts=True, reset=True))
    refund = refund_order(order_id=order.pk)
    mpesa.work()
    mpesa.sweep_later(minutes=2)
    refund.refresh_from_db()
    assert (len(service.refunds), refund.state, stands(order)) == (1, "done", "refunded")


def test_a_refund_that_takes_its_time_ends_by_a_notice(order, page_id, service):
    told(stripe.event(PAID, service.pay(page_id)))
    service.refund_status = "pending"
    refund = refund_order(order_id=order.pk)
    mpesa.work()
    refund.refresh_from_db()
    assert refund.state == "sent"
    about = service.refunds[refund.provider_id]
    told(stripe.event("refund.updated", about))
    told(stripe.event("refund.failed", {**about, "status": "failed", "failure_reason": "lost"}))
    refund.refresh_from_db()
    assert (refund.state, stands(order)) == ("failed", "paid")
    again = refund_order(order_id=order.pk)
    service.refund_status = "succeeded"
    mpesa.work()
    again.refresh_from_db()
    assert again.state == "done"


def test_a_shop_without_keys_neither_offers_nor_loads_it(shop_site, client):
    methods = client.get("/api/v2/payments/methods/").json()["items"]
    assert [row["code"] for row in methods] == ["cash_on_delivery"]
    assert client.post("/payments/notify/stripe/", "{}", content_type="x/y").status_code == 404
    look = (
        "import django, sys; django.setup(); import settings.urls;"
        " sys.exit('stripe' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", look], check=False, capture_output=True)
    assert done.returncode == 0, done.stderr.decode()
