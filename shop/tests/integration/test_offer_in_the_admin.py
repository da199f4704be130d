"""Editors make offers, vouchers, steps of delivery; what contradicts itself is named."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from shop.catalog.models import Product
from shop.pricing.models import (
    DeliveryMethod,
    DeliveryZone,
    Offer,
    PickupPoint,
    Redemption,
    Voucher,
)
from shop.pricing.queries import price_goods
from shop.tests.factories import first_variant, make_category, make_product
from shop.tests.integration.backoffice_forms import errors_of, form_fields

pytestmark = pytest.mark.django_db


@pytest.fixture
def mango(shop_site) -> Product:
    return make_product("Mango", price=100, categories=[make_category("Fruit")])


def inline(name: str, *rows: dict[str, Any]) -> dict[str, Any]:
    """Return what the browser sends for the rows of an inline panel."""
    fields: dict[str, Any] = {f"{name}-TOTAL_FORMS": str(len(rows))}
    for number, row in enumerate(rows):
        fields |= {f"{name}-{number}-{key}": str(value) for key, value in row.items()}
        fields |= {f"{name}-{number}-ORDER": str(number + 1), f"{name}-{number}-id": ""}
    return fields


def in_fruit(product: Product) -> dict[str, Any]:
    """Return the fields of something that counts for the product's category alone."""
    shelf = product.placements.get().category_id
    return {"scope": "chosen", **inline("categories", {"category": shelf})}


STEPS = inline("steps", {"units": 3, "percent": 5}, {"units": 6, "percent": 10})
WRONG_OFFERS = [
    ({"kind": "percent"}, "Give a percentage."),
    ({"kind": "percent", "percent": "10", "buy": "2"}, "Only for “Buy some, get some”"),
    ({"kind": "percent", "percent": "10", **STEPS}, "Steps count only for"),
    ({"kind": "steps"}, "Add at least one step below."),
    ({"kind": "steps", "percent": "10", **STEPS}, "The steps below say how much"),
    (
        {
            "kind": "steps",
            **inline("steps", {"units": 3, "percent": 5}, {"units": 6, "percent": 5}),
        },
        "More units must get a higher percentage.",
    ),
    ({"kind": "bundle", "percent": "100", "buy": "2"}, "How many units does one get?"),
    ({"kind": "percent", "percent": "10", "scope": "chosen"}, "Choose at least one category"),
    (
        {
            "kind": "percent",
            "percent": "10",
            "starts_at": "2026-06-02 10:00",
            "ends_at": "2026-06-01 10:00",
        },
        "It must end after it begins.",
    ),
]


def test_each_wrong_combination_of_an_offer_is_named(admin_client: Client, mango: Product) -> None:
    address = reverse("offers:add")
    fields = form_fields(admin_client, address) | {"name": "Fruit week"}
    for wrong, reason in WRONG_OFFERS:
        assert reason in errors_of(admin_client.post(address, {**fields, **wrong})), reason
    everything = fields | in_fruit(mango) | {"scope": "all", "percent": "10"}
    assert "It counts for everything" in errors_of(admin_client.post(address, everything))
    assert not Offer.objects.exists()


def test_an_offer_is_tried_before_it_is_saved_and_counts_after(
    admin_client: Client, mango: Product
) -> None:
    make_product("Soap", price=50)
    Offer.objects.create(name="One per cent", percent=1)
    address = reverse("offers:add")
    fields = form_fields(admin_client, address) | {"name": "Fruit", "kind": "steps"}
    fields |= {"percent": "", **STEPS, **in_fruit(mango)}
    tried = admin_client.post(reverse("offer_effect", args=[0]), fields)
    rows = [(row.name, row.quantity, row.before, row.after) for row in tried.context["rows"]]
    assert rows == [("Mango", 3, 300, 285), ("Mango", 6, 600, 540)]
    assert "KSh\xa0285" in tried.content.decode()
    assert Offer.objects.count() == 1
    wrong = admin_client.post(reverse("offer_effect", args=[0]), {**fields, "percent": "3"})
    assert "The steps below say how much" in wrong.content.decode()
    assert admin_client.post(address, fields).status_code == 302
    assert price_goods({first_variant(mango).pk: 3}).discount == 15
    # Of an offer that is changed, what is tried is the change.
    made = Offer.objects.get(name="Fruit")
    edit = reverse("offers:edit", args=[made.pk])
    again = form_fields(admin_client, edit) | {"steps-0-percent": "0.5"}
    tried = admin_client.post(reverse("offer_effect", args=[made.pk]), again)
    assert [(row.after, row.other) for row in tried.context["rows"]] == [
        (297, "One per cent"),
        (540, ""),
    ]
    assert made.steps.order_by("units")[0].percent == 5


WRONG_VOUCHERS = [
    ({"code": "karibu10"}, "Another voucher has this code already."),
    ({"code": "A B"}, "without spaces"),
    ({"value": "101"}, "A percentage is 100 at most."),
    ({"value": "0"}, "How much does it take off?"),
    ({"kind": "delivery", "value": "5"}, "Free delivery takes the fee off"),
    ({"limit": "2", "limit_per_customer": "3"}, "More than it may be used in all."),
    ({"limit": "0"}, "switch the voucher off"),
]


def test_each_wrong_combination_of_a_voucher_is_named(admin_client: Client, shop_site) -> None:
    Voucher.objects.create(code="KARIBU10", value=10)
    address = reverse("vouchers:add")
    fields = form_fields(admin_client, address) | {"code": "NEW", "value": "10"}
    for wrong, reason in WRONG_VOUCHERS:
        assert reason in errors_of(admin_client.post(address, {**fields, **wrong})), reason
    free = fields | {"kind": "delivery", "value": ""}
    assert admin_client.post(address, free).status_code == 302
    assert Voucher.objects.get(code="NEW").value == 0


def use(voucher: Voucher, number: int, **fields: Any) -> Redemption:
    return Redemption.objects.create(
        voucher=voucher, reference=f"4000{number}", amount=10, **fields
    )


def test_the_list_says_what_vouchers_did(
    admin_client: Client, shop_site, django_assert_max_num_queries
) -> None:
    voucher = Voucher.objects.create(code="KARIBU10", value=10, limit=100)
    for number in range(3):
        use(voucher, number)
    use(voucher, 9, given_back_at=voucher.created_at)
    address = reverse("vouchers:list")
    page = admin_client.get(address).content.decode()
    assert "3 of 100" in page
    assert "KSh\xa030" in page
    sheet = admin_client.get(address, {"export": "csv"})
    assert b"KARIBU10" in b"".join(sheet.streaming_content)
    for number in range(10):
        use(Voucher.objects.create(code=f"MORE{number}", value=5), 100 + number)
    with django_assert_max_num_queries(20):
        admin_client.get(address)
    edit = reverse("vouchers:edit", args=[voucher.pk])
    fields = form_fields(admin_client, edit)
    assert "It was used 3 times already." in errors_of(
        admin_client.post(edit, {**fields, "limit": "2"})
    )
    assert "40002" in admin_client.get(edit).content.decode()


def test_a_method_gets_steps_and_pickup_points(admin_client: Client, shop_site) -> None:
    method = DeliveryMethod.objects.get(code="pickup")
    zone = DeliveryZone.objects.create(name="City", regions=["Nairobi"])
    address = reverse("delivery_methods:add")
    fields = form_fields(admin_client, address) | {"name": "Bus", "code": "bus"}
    fields |= inline(
        "rates",
        {"zone": zone.pk, "price": 200, "max_weight": "2.5"},
        {"zone": zone.pk, "price": 350},
        {"zone": zone.pk, "price": 0, "from_value": 5000},
    )
    fields |= inline("pickup_points", {"name": "Stage", "address": "Row 4", "active": "on"})
    answer = admin_client.post(address, fields)
    assert answer.status_code == 302, errors_of(answer)
    bus = DeliveryMethod.objects.get(code="bus")
    assert [(rate.max_weight, rate.from_value) for rate in bus.rates.order_by("sort_order")] == [
        (2.5, 0),
        (None, 0),
        (None, 5000),
    ]
    assert [point.name for point in PickupPoint.objects.exclude(method=method)] == ["Stage"]
    none = fields | {"rates-0-max_weight": "0"}
    assert "Leave it empty if the weight does not count." in errors_of(
        admin_client.post(address, {**none, "code": "bus2"})
    )


@pytest.mark.parametrize("name", ["offers:list", "vouchers:list"])
def test_who_may_not_is_kept_out(client: Client, django_user_model: Any, name: str) -> None:
    client.force_login(django_user_model.objects.create_user("brian"))
    assert client.get(reverse(name)).status_code in {302, 403}
