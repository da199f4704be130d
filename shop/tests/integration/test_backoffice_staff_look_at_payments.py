"""Staff see what became of each payment, why, and everything that M-Pesa said."""

import pytest
from django.contrib.auth.models import Permission
from django.urls import reverse

from shop.customers.models import User
from shop.customers.signals import Traces, person_leaves
from shop.payments.models import ProviderEvent
from shop.tests import mpesa
from shop.tests.fakes import daraja

pytestmark = pytest.mark.django_db

PAYMENTS = reverse("payments_payment_modeladmin_index")
EVENTS = reverse("payments_providerevent_modeladmin_index")


@pytest.fixture
def payment(shop_site, settings):
    """A prompt that brought another amount than was asked for."""
    with daraja.fake_daraja() as fake:
        mpesa.set_up(settings, fake.url)
        order = mpesa.place("0712 345 678")
        mpesa.work()
        made = order.payments.get()
        mpesa.tell(made, mpesa.paid(made, amount=400))
        made.refresh_from_db()
        yield made


def inspect(name, pk):
    return reverse(f"payments_{name}_modeladmin_inspect", args=[pk])


def test_what_needs_a_look_is_found_with_its_reason(admin_client, payment):
    page = admin_client.get(PAYMENTS, {"state__exact": "review"}).content.decode()
    assert "Needs a look" in page
    assert "A different amount came" in page
    for words in ("SGH7X2K9QP", payment.order.number, payment.provider_id, "254712345678"):
        found = admin_client.get(PAYMENTS, {"q": words}).context["object_list"]
        assert list(found) == [payment], words
    shown = admin_client.get(inspect("payment", payment.pk)).content.decode()
    assert "400" in shown
    assert payment.notify_token not in shown
    order_page = admin_client.get(
        reverse("orders_order_modeladmin_inspect", args=[payment.order_id])
    )
    assert "A different amount came" in order_page.content.decode()


def test_money_without_an_order_is_shown(admin_client, payment):
    payment.order = None
    payment.save()
    assert "Needs a look" in admin_client.get(PAYMENTS).content.decode()
    assert admin_client.get(EVENTS).status_code == 200
    body = admin_client.get(f"/api/v2/payments/{payment.pk}/").json()
    assert body["order"] is None


def test_what_mpesa_said_is_kept_and_found(admin_client, payment):
    event = ProviderEvent.objects.get()
    for words in ("SGH7X2K9QP", payment.provider_id, payment.order.number, "stkCallback"):
        found = admin_client.get(EVENTS, {"q": words}).context["object_list"]
        assert list(found) == [event], words
    assert (
        "MpesaReceiptNumber"
        in admin_client.get(inspect("providerevent", event.pk)).content.decode()
    )


def test_nobody_changes_it(admin_client, payment):
    event = ProviderEvent.objects.get()
    for action in ("edit", "delete"):
        answer = admin_client.post(f"{EVENTS}{action}/{event.pk}/")
        assert answer.url == reverse("wagtailadmin_home")
    assert ProviderEvent.objects.filter(pk=event.pk).exists()


def test_who_may_not_see_payments_does_not_see_events(client, payment):
    person = User.objects.create_user("writer", password="x")
    person.user_permissions.add(Permission.objects.get(codename="access_admin"))
    client.force_login(person)
    assert client.get(EVENTS).status_code in (302, 403)
    person.user_permissions.add(Permission.objects.get(codename="view_payment"))
    assert client.get(EVENTS).status_code == 200


def test_who_leaves_takes_the_phone_along(payment):
    person_leaves.send(sender=User, traces=Traces((payment.order_id,)))
    payment.refresh_from_db()
    assert (payment.phone, payment.receipt) == ("", "SGH7X2K9QP")
    assert "254712345678" not in ProviderEvent.objects.get().body
