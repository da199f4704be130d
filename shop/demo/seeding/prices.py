"""What the demo shop charges on top of its prices, and what it takes off."""

import re
from collections.abc import Mapping
from decimal import Decimal

from shop.demo.words import site
from shop.pricing.models import (
    DeliveryMethod,
    DeliveryRate,
    DeliveryZone,
    Offer,
    OfferCategory,
    OfferStep,
    PickupPoint,
    Scope,
    Voucher,
)

WELCOME = "KARIBU10"
# "Bale of 12 x 2 kg", "about 1.5 kg", "250 g tin".
_WEIGHT = re.compile(r"(?:(?P<times>\d+) x )?(?P<figure>[\d.]+) (?P<unit>k?g)\b")
SHELF = ("All Products", "Fresh Produce", "Fruit")


def weight_of(words: str) -> Decimal | None:
    """Read a weight in kg out of a product's facts; None where they say nothing of it."""
    found = _WEIGHT.search(words)
    if found is None:
        return None
    kilos = Decimal(found["figure"]) / (1 if found["unit"] == "kg" else 1000)
    return kilos * int(found["times"] or 1)


def seed_delivery() -> None:
    """Replace the first rates by the demo shop's zones and pickup points."""
    DeliveryMethod.objects.all().delete()
    DeliveryZone.objects.all().delete()
    methods: dict[str, DeliveryMethod] = {}
    words = site.delivery()
    for zone_words in words.zones:
        zone = DeliveryZone.objects.create(name=zone_words.name, regions=list(zone_words.counties))
        for rate in zone_words.rates:
            method = methods.get(rate.code) or DeliveryMethod.objects.create(
                code=rate.code,
                name=rate.name,
                description=rate.description,
                needs_address=rate.code != "pickup",
                sort_order=("rider", "bus", "pickup").index(rate.code),
            )
            methods[rate.code] = method
            DeliveryRate.objects.create(
                method=method,
                zone=zone,
                price=rate.price,
                free_from=rate.free_from,
                max_weight=rate.max_weight,
                sort_order=method.rates.count(),
            )
    for place, point in enumerate(words.points):
        PickupPoint.objects.create(
            method=methods["pickup"],
            name=point.name,
            address=point.address,
            hours=point.hours,
            sort_order=place,
        )


def seed_voucher() -> None:
    """Make the voucher that welcomes newcomers."""
    Voucher.objects.get_or_create(
        code_key=WELCOME.casefold(),
        defaults={
            "code": WELCOME,
            "note": "For the first order; stands in the newspaper",
            "kind": Voucher.Kind.PERCENT,
            "value": Decimal(10),
            "limit_per_customer": 1,
        },
    )


def seed_promotions(numbers: Mapping[tuple[str, ...], int]) -> None:
    """Make one voucher, and one offer: the more fruit, the cheaper."""
    seed_voucher()
    offer = Offer(name="More fruit, less to pay", kind=Offer.Kind.STEPS, scope=Scope.CHOSEN)
    offer.categories = [OfferCategory(category_id=numbers[SHELF], sort_order=0)]
    offer.steps = [
        OfferStep(units=5, percent=Decimal(5), sort_order=0),
        OfferStep(units=10, percent=Decimal(10), sort_order=1),
    ]
    offer.save()
