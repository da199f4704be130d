"""VAT, delivery methods and zones are set in the admin; what contradicts itself is refused."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from shop.pricing.models import DeliveryMethod, DeliveryZone, TaxRate
from shop.tests.integration.backoffice_forms import errors_of, form_fields

pytestmark = pytest.mark.django_db


def test_lists_open(admin_client: Client) -> None:
    for name in ("vat_rates", "delivery_zones", "delivery_methods", "message_texts"):
        assert admin_client.get(reverse(f"{name}:index")).status_code == 200, name


def test_a_vat_rate_is_a_percentage(admin_client: Client) -> None:
    rate = TaxRate.objects.get(tax_class="standard")
    address = reverse("vat_rates:edit", args=[rate.pk])
    fields = form_fields(admin_client, address)

    assert admin_client.post(address, {**fields, "percent": "101"}).status_code == 200
    assert admin_client.post(address, {**fields, "percent": "-1"}).status_code == 200
    assert admin_client.post(address, {**fields, "percent": "14"}).status_code == 302
    rate.refresh_from_db()
    assert rate.percent == 14


def test_a_county_lies_in_one_zone(admin_client: Client) -> None:
    address = reverse("delivery_zones:add")

    made = admin_client.post(address, {"name": "City", "regions": ["Nairobi", "Kiambu"]})
    again = admin_client.post(address, {"name": "Lake", "regions": ["Kisumu", "Nairobi"]})
    nowhere = admin_client.post(address, {"name": "Rest", "regions": []})

    assert made.status_code == 302
    assert DeliveryZone.objects.get(name="City").regions == ["Nairobi", "Kiambu"]
    assert "already in the zone “City”" in errors_of(again)
    assert "everywhere else already" in errors_of(nowhere)


def test_a_town_that_is_no_county_stays(admin_client: Client) -> None:
    zone = DeliveryZone.objects.create(name="Town", regions=["Thika", "Nakuru"])
    address = reverse("delivery_zones:edit", args=[zone.pk])

    page = admin_client.get(address).content.decode()
    answer = admin_client.post(address, {"name": "Town", "regions": ["Thika"]})

    assert 'value="Thika"' in page
    assert answer.status_code == 302
    zone.refresh_from_db()
    assert zone.regions == ["Thika"]


def rates(zone: DeliveryZone, *prices: str) -> dict[str, Any]:
    rows: dict[str, Any] = {"rates-TOTAL_FORMS": str(len(prices))}
    for number, price in enumerate(prices):
        rows |= {
            f"rates-{number}-zone": str(zone.pk),
            f"rates-{number}-price": price,
            f"rates-{number}-ORDER": str(number + 1),
            f"rates-{number}-id": "",
        }
    return rows


def test_a_method_with_its_rates(admin_client: Client) -> None:
    zone = DeliveryZone.objects.create(name="City", regions=["Nairobi"])
    address = reverse("delivery_methods:add")
    fields = form_fields(admin_client, address) | {"name": "Boda", "code": "boda"}

    negative = admin_client.post(address, fields | rates(zone, "-5"))
    twice = admin_client.post(address, fields | rates(zone, "5", "6"))
    good = admin_client.post(address, fields | rates(zone, "150"))

    assert "A price cannot be negative." in errors_of(negative)
    assert "There is a rate for this zone, weight and order value already." in errors_of(twice)
    assert good.status_code == 302
    assert DeliveryMethod.objects.get(code="boda").rates.get().price == 150
