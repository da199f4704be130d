"""Offers and vouchers, with the products among those asked for that they count for."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce

from shop.catalog.models import Listing
from shop.core.clock import now
from shop.core.memory import Remembered
from shop.core.money import ZERO
from shop.pricing.models import (
    Offer,
    OfferCategory,
    OfferProduct,
    OfferStep,
    Redemption,
    Scope,
    Voucher,
    VoucherCategory,
    VoucherProduct,
)
from shop.pricing.rules import OfferTerms, VoucherTerms, code_key


@dataclass(frozen=True, slots=True)
class KeptOffer:
    """An offer as it is remembered: its terms, when it runs, and what it names."""

    terms: OfferTerms
    starts_at: datetime | None
    ends_at: datetime | None
    categories: frozenset[int]
    products: frozenset[int]

    def runs(self, moment: datetime) -> bool:
        """Tell whether it counts at a moment."""
        return (self.starts_at is None or self.starts_at <= moment) and (
            self.ends_at is None or moment < self.ends_at
        )


def offers_for(product_ids: Collection[int], *, extra: KeptOffer | None = None) -> list[OfferTerms]:
    """Return the offers that run now, with which of these products they count for.

    One statement where an offer names categories. `extra` is one that is only looked at.
    """
    moment = now()
    kept = [offer for offer in remembered_offers.get("") if offer.runs(moment)]
    if extra is not None:
        kept = [*(offer for offer in kept if offer.terms.id != extra.terms.id), extra]
    shelved = _shelved(product_ids, {pk for offer in kept for pk in offer.categories})
    return [
        replace(
            offer.terms,
            product_ids=frozenset().union(
                offer.products, *(shelved.get(pk, ()) for pk in offer.categories)
            ),
        )
        for offer in kept
    ]


def offers_of(product_id: int) -> list[OfferTerms]:
    """Return the offers that run now and count for a product, whatever its price is now."""
    if not remembered_offers.get(""):
        return []
    return [
        terms
        for terms in offers_for([product_id])
        if terms.everything or product_id in terms.product_ids
    ]


def _shelved(product_ids: Collection[int], category_ids: Collection[int]) -> dict[int, set[int]]:
    """Return which of these products shoppers find in these categories and all below."""
    found: dict[int, set[int]] = defaultdict(set)
    if product_ids and category_ids:
        rows = Listing.objects.filter(product__in=product_ids, category_id__in=category_ids)
        for category_id, product_id in rows.values_list("category_id", "product_id"):
            found[category_id].add(product_id)
    return found


def _load(_key: str) -> list[KeptOffer]:
    offers = list(Offer.objects.filter(active=True).order_by("pk"))
    steps: dict[int, list[Any]] = defaultdict(list)
    for offer_id, units, percent in OfferStep.objects.filter(offer__in=offers).values_list(
        "offer_id", "units", "percent"
    ):
        steps[offer_id].append((units, percent))
    categories = _named(OfferCategory.objects.filter(offer__in=offers), "offer_id", "category_id")
    products = _named(OfferProduct.objects.filter(offer__in=offers), "offer_id", "product_id")
    return [
        kept_offer(offer, steps[offer.pk], categories[offer.pk], products[offer.pk])
        for offer in offers
    ]


# A change is known here at once, in other processes after so many seconds.
remembered_offers: Remembered[str, list[KeptOffer]] = Remembered(_load, seconds=5)


def _named(rows: QuerySet[Any], owner: str, named: str) -> dict[int, set[int]]:
    found: dict[int, set[int]] = defaultdict(set)
    for owner_id, named_id in rows.values_list(owner, named):
        found[owner_id].add(named_id)
    return found


def kept_offer(
    offer: Offer,
    steps: Iterable[tuple[int, Any]],
    categories: Iterable[int],
    products: Iterable[int],
) -> KeptOffer:
    """Return an offer, saved or not, with what it names."""
    chosen = offer.scope == Scope.CHOSEN
    terms = OfferTerms(
        id=offer.pk or 0,
        name=offer.name,
        kind=offer.kind,
        percent=offer.percent or ZERO,
        buy=offer.buy or 0,
        get=offer.get or 0,
        steps=tuple(sorted(steps)) if offer.kind == Offer.Kind.STEPS else (),
        everything=not chosen,
        on_sale_items=offer.on_sale_items,
    )
    return KeptOffer(
        terms,
        offer.starts_at,
        offer.ends_at,
        frozenset(categories if chosen else ()),
        frozenset(products if chosen else ()),
    )


def find_voucher(
    code: str, product_ids: Collection[int] = (), *, user_id: int | None = None
) -> VoucherTerms | None:
    """Return a voucher by its code, whatever its case: one statement, two more if it names things.

    With how often it was used, in all and by this customer, and which of these products it counts
    for.
    """
    voucher = (
        Voucher.objects.filter(code_key=code_key(code)[:80])
        .annotate(
            uses=uses_of(Redemption.objects.all()),
            own_uses=uses_of(Redemption.objects.filter(user=user_id)) if user_id else Value(0),
        )
        .first()
    )
    return terms_of(voucher, product_ids) if voucher else None


def uses_of(redemptions: QuerySet[Redemption]) -> Coalesce:
    """Count the redemptions of the voucher outside that stand."""
    counted = (
        redemptions.filter(voucher=OuterRef("pk"), given_back_at=None)
        .order_by()
        .values("voucher")
        .annotate(uses=Count("pk"))
    )
    return Coalesce(Subquery(counted.values("uses")), 0)


def customer(user_id: int | None, phone: str) -> Q:
    """Return what makes a redemption this customer's: the account or the phone number."""
    own = Q(phone=phone) & ~Q(phone="")
    return own | Q(user=user_id) if user_id else own


def terms_of(voucher: Any, product_ids: Collection[int] = ()) -> VoucherTerms:
    """Return the terms of a voucher that was read with its `uses` and `own_uses`."""
    fitting: set[int] = set()
    if voucher.scope == Scope.CHOSEN:
        named = VoucherCategory.objects.filter(voucher=voucher).values_list("category_id")
        shelves = {pk for (pk,) in named}
        fitting = set().union(*_shelved(product_ids, shelves).values())
        chosen = VoucherProduct.objects.filter(voucher=voucher, product__in=product_ids)
        fitting |= set(chosen.values_list("product_id", flat=True))
    return VoucherTerms(
        id=voucher.pk,
        code=voucher.code,
        kind=voucher.kind,
        value=voucher.value,
        minimum=voucher.minimum,
        starts_at=voucher.starts_at,
        ends_at=voucher.ends_at,
        active=voucher.active,
        limit=voucher.limit,
        limit_per_customer=voucher.limit_per_customer,
        on_sale_items=voucher.on_sale_items,
        combinable=voucher.combinable,
        everything=voucher.scope == Scope.ALL,
        product_ids=frozenset(fitting),
        uses=voucher.uses,
        own_uses=voucher.own_uses,
    )
