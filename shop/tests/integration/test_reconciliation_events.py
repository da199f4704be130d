"""Everything that providers said is found by what people know, and read as it came."""

import json

import pytest
from django.urls import reverse
from django.utils.timezone import localtime

from shop.payments.models import ProviderEvent
from shop.payments.reconciliation.rules import hidden, order_numbers_in
from shop.payments.reconciliation.told import happened_at, said
from shop.tests import mpesa
from shop.tests.desk import transfer
from shop.tests.fakes import daraja

pytestmark = pytest.mark.django_db

EVENTS = reverse("payments_providerevent_modeladmin_index")


@pytest.fixture
def events(shop_site, settings):
    """A prompt that was paid, and money by Paybill for nobody."""
    with daraja.fake_daraja() as fake:
        mpesa.set_up(settings, fake.url)
        order = mpesa.place("0712 345 678")
        mpesa.work()
        payment = order.payments.get()
        mpesa.tell(payment, mpesa.paid(payment))
    transfer("Mama Mboga", 90, "SGJ1X2K9Q2", MSISDN="25472****111")
    prompt, stray = ProviderEvent.objects.order_by("pk")
    return order, prompt, stray


def found(client, text, **chosen):
    return list(client.get(EVENTS, {"q": text, **chosen}).context["object_list"])


def test_an_event_is_found_by_what_people_know(admin_client, events):
    order, prompt, stray = events
    for text in ("SGH7X2K9QP", order.readable_number, "0712 345 678", "+254712345678", "wanjiku"):
        assert found(admin_client, text) == [prompt], text
    # A number whose middle M-Pesa hides is found all the same.
    for text in ("sgj1x2k9q2", "mama mboga", "0722000111", "OTIENO"):
        assert found(admin_client, text) == [stray], text
    day = localtime(prompt.received_at)
    for text in (f"{day:%Y-%m-%d}", f"{day:%d/%m/%Y}", f"{day:%d %b %Y}"):
        assert found(admin_client, text) == [stray, prompt], text
    assert found(admin_client, "2020-01-01") == found(admin_client, "nobody") == []
    assert found(admin_client, "", state__exact="review") == [stray]
    assert found(admin_client, "", kind__exact="result") == [prompt]


def test_the_list_hides_who_paid_and_the_page_shows_the_body_as_it_came(admin_client, events):
    _order, _prompt, stray = events
    shown = admin_client.get(EVENTS).content.decode()
    assert "O. O. *****111" in shown
    assert "OTIENO" not in shown
    page = admin_client.get(
        reverse("payments_providerevent_modeladmin_inspect", args=[stray.pk])
    ).content.decode()
    for words in ("OTIENO OKELLO", "25472****111", "Mama Mboga", "21 Nov 2026, 13:45:00"):
        assert words in page, words
    assert "&quot;TransID&quot;: &quot;SGJ1X2K9Q2&quot;" in page


def test_a_body_that_nobody_can_read_has_its_page_too(admin_client, events):
    for body in ("", "<script>alert(1)</script>", "[" * 3000, '{"TransTime": "99999999999999"}'):
        event = ProviderEvent.objects.create(kind="transfer", body=body)
        page = admin_client.get(
            reverse("payments_providerevent_modeladmin_inspect", args=[event.pk])
        ).content.decode()
        assert "<script>alert" not in page
    assert admin_client.get(EVENTS).status_code == 200


def test_a_long_list_costs_no_more_queries(admin_client, events, django_assert_max_num_queries):
    order, prompt, _stray = events
    for _ in range(40):
        ProviderEvent.objects.create(kind="result", body=prompt.body, payment=prompt.payment)
    admin_client.get(EVENTS)
    with django_assert_max_num_queries(20):
        assert len(found(admin_client, order.number)) == 41


@pytest.mark.parametrize(
    ("words", "shown"),
    [
        ("254712345678 - WANJIKU KAMAU", "*****678 - W. K."),
        ("25471****678 OTIENO", "*****678 O."),
        ("+254712345678", "*****678"),
        ("", ""),
        ("Mama", "M."),
    ],
)
def test_who_paid_is_hidden(words, shown):
    assert hidden(words) == shown


@pytest.mark.parametrize(
    ("words", "numbers"),
    [
        ("482190375", ["482190375"]),
        ("#482 190 375", ["482190375"]),
        ("MPESA 482190375 from 0712345678", ["482190375"]),
        ("Order 482-190-375, thanks", ["482190375"]),
        ("254712345678", []),
        ("", []),
    ],
)
def test_an_orders_number_is_found_in_what_payers_write(words, numbers):
    assert list(order_numbers_in(words)) == numbers


def test_what_a_body_says_is_read_by_name():
    body = json.dumps(daraja.callback("ws_1", "m_1", amount=417.0, receipt="SGH7X2K9QP"))
    told = said(body)
    assert (told.receipt, told.amount) == ("SGH7X2K9QP", "417.0")
    assert told.phone
    assert happened_at(body) is not None
