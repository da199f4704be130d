"""Money that no order has goes back from the desk, by its provider or by hand."""

from decimal import Decimal

import pytest
from django.urls import reverse

from shop.flows.ask_for_money import ask_for_money
from shop.payments.models import Refund
from shop.payments.reconciliation import desk
from shop.tests import mpesa
from shop.tests.desk import transfer
from shop.tests.fakes import daraja
from shop.tests.integration.refunding import told

pytestmark = pytest.mark.django_db


@pytest.fixture
def safaricom(settings):
    with daraja.fake_daraja() as fake:
        mpesa.set_up(settings, fake.url)
        yield fake


def step(client, payment, name, **words):
    return client.post(reverse("money_step", args=[payment.pk, name]), words, follow=True)


def rows(client):
    return client.get(reverse("money"), {"section": "unmatched"}).context["rows"]


def counts():
    return {name: count for name, count in desk.counts().items() if count}


def test_money_that_was_asked_for_without_an_order_goes_back_from_the_desk(
    admin_client, safaricom, shop_site, settings
):
    mpesa.let_reverse(settings)
    asked = ask_for_money(amount=Decimal("200.00"), phone="0712 345 678")
    mpesa.work()
    mpesa.tell(asked, mpesa.paid(asked))
    assert counts() == {"unmatched": 1}
    (row,) = rows(admin_client)
    refund_url = next(button.url for button in row.buttons if button.url.endswith("/refund/"))
    assert "KSh\u00a0200 goes back to whoever paid" in admin_client.get(refund_url).content.decode()
    step(admin_client, asked, "refund", note="Paid by mistake")
    assert counts() == {"refunds": 1}
    mpesa.work()
    refund = Refund.objects.get()
    assert (refund.state, refund.amount) == ("sent", 200)
    told(refund)
    asked.refresh_from_db()
    assert (refund.state, asked.refundable, counts()) == ("done", 0, {})
    # A second click finds nothing to do.
    step(admin_client, asked, "refund", note="Again")
    assert Refund.objects.count() == 1


def test_a_strangers_money_by_paybill_goes_back_by_hand_from_the_desk(
    admin_client, safaricom, shop_site
):
    stray = transfer("Mama Mboga", 250, "SGJ1X2K9Q2")
    step(admin_client, stray, "refund", note="Wrong number", reference="SGR0000009")
    refund = Refund.objects.get()
    assert (refund.state, refund.reference, counts()) == ("done", "SGR0000009", {})
    assert (
        admin_client.get(
            reverse("payments_payment_modeladmin_inspect", args=[stray.pk])
        ).status_code
        == 200
    )
