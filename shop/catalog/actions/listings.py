"""Keep the read model of every list true: listings, facets and stored figures."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db import transaction

from shop.catalog.actions.figures import Figures, apply_figures, new_figures
from shop.catalog.actions.sold_out import hides_sold_out
from shop.catalog.models import (
    UNPLACED,
    WHOLE_SHOP,
    CategoryFigure,
    CategoryPage,
    Listing,
    Product,
    ProductFacet,
    ProductPlacement,
    ShelfPlace,
    Variant,
)
from shop.catalog.rules import SaleWindow, ancestor_paths, price_band, unit_price
from shop.core.clock import now
from shop.inventory.queries import available_units

CHUNK = 1000


@dataclass(frozen=True, slots=True)
class Entry:
    """What lists say of one product; equal entries need no write."""

    product_id: int
    price: Decimal
    list_price: Decimal
    price_varies: bool
    on_sale: bool
    in_stock: bool
    featured: bool
    published_at: Any
    name: str
    categories: frozenset[int]
    facets: frozenset[tuple[str, str]]
    # Where merchandisers put it: category and place.
    places: frozenset[tuple[int, int]] = frozenset()

    def figures(self) -> set[tuple[str, str]]:
        """Return the facet values this product is counted under."""
        counted = {(CategoryFigure.ALL, ""), (CategoryFigure.PRICE, str(price_band(self.price)))}
        if self.in_stock:
            counted.add((CategoryFigure.STOCK, ""))
        if self.on_sale:
            counted.add((CategoryFigure.SALE, ""))
        return counted | self.facets


def refresh_listings(product_ids: Iterable[int]) -> None:
    """Recompute the lists of these products and change the figures by the differences.

    Runs inside the caller's transaction or its own. Locks products in key order, then figures in
    key order, so that two refreshes never wait for each other in a circle.
    """
    ids = sorted(set(product_ids))
    for start in range(0, len(ids), CHUNK):
        with transaction.atomic():
            _refresh_chunk(ids[start : start + CHUNK])


def _refresh_chunk(ids: Sequence[int]) -> None:
    figures = new_figures()
    relist(ids, figures)
    apply_figures(figures)


def relist(ids: Sequence[int], figures: Figures) -> None:
    """Write the lists of these products anew and add the differences to `figures`.

    For a caller who changes more than these in one transaction and then applies all figures at
    once; locks the products in key order.
    """
    locked = list(
        Product.objects.select_for_update(of=("self",)).filter(pk__among=ids).order_by("pk")
    )
    wanted = {entry.product_id: entry for entry in wanted_entries(locked)}
    present = present_entries(ids)
    changed = [pk for pk in ids if wanted.get(pk) != present.get(pk)]
    if not changed:
        return
    for pk in changed:
        count_entry(figures, present.get(pk), -1)
        count_entry(figures, wanted.get(pk), +1)
    _replace_rows(changed, present, wanted)


def wanted_entries(products: Sequence[Product]) -> list[Entry]:
    """Compute what lists should say of the visible ones among these products."""
    live = [product for product in products if product.live]
    ids = [product.pk for product in live]
    placed: dict[int, list[tuple[str, bool]]] = defaultdict(list)
    for product_id, path, is_live in ProductPlacement.objects.filter(
        product__among=ids
    ).values_list("product_id", "category__path", "category__live"):
        placed[product_id].append((path, is_live))
    variants: dict[int, list[Variant]] = defaultdict(list)
    for variant in Variant.objects.filter(product__among=ids).order_by("pk"):
        variants[variant.product_id].append(variant)
    units = available_units([v.pk for group in variants.values() for v in group])
    category_ids = _ids_of_paths(
        path for places in placed.values() for path, is_live in places if is_live
    )
    shelf_places = _shelf_places(ids)
    hides = hides_sold_out()
    entries = []
    for product in live:
        places = placed[product.pk]
        if not variants[product.pk] or (places and not any(is_live for _, is_live in places)):
            continue
        categories = {WHOLE_SHOP}
        for path, is_live in places:
            if is_live:
                categories.update(
                    category_ids[above] for above in ancestor_paths(path) if above in category_ids
                )
        entry = entry_of(
            product,
            variants[product.pk],
            units,
            frozenset(categories),
            places=shelf_places[product.pk],
        )
        if entry.in_stock or not hides:
            entries.append(entry)
    return entries


def _shelf_places(ids: Sequence[int]) -> dict[int, dict[int, int]]:
    found: dict[int, dict[int, int]] = defaultdict(dict)
    for product_id, category_id, place in ShelfPlace.objects.filter(product__among=ids).values_list(
        "product_id", "category_id", "place"
    ):
        found[product_id][category_id] = place
    return found


def entry_of(
    product: Any,
    variants: Sequence[Any],
    units: Mapping[int, int | None],
    categories: frozenset[int],
    *,
    places: Mapping[int, int] | None = None,
) -> Entry:
    """Compute what lists should say of a product, or of one that is about to be written.

    `units` are what can be sold of each variant, `categories` the product's with all above them,
    `places` where merchandisers put it (category to place).
    """
    moment = now()
    window = SaleWindow(product.sale_from, product.sale_until)
    prices = [
        unit_price(
            product_price=product.price,
            product_sale_price=product.sale_price,
            variant_price=variant.price,
            variant_sale_price=variant.sale_price,
            price_difference=variant.price_difference,
            window=window,
            moment=moment,
        )
        for variant in variants
    ]
    facets = {
        (f"{CategoryFigure.OPTION}{name.casefold()}"[:70], value[:120])
        for variant in variants
        for name, value in variant.options.items()
    }
    if product.brand:
        facets.add((CategoryFigure.BRAND, product.brand))
    return Entry(
        product_id=product.pk,
        price=min(price.current for price in prices),
        list_price=product.price,
        price_varies=len({price.current for price in prices}) > 1,
        on_sale=any(price.on_sale for price in prices),
        in_stock=any((left := units.get(v.pk, 0)) is None or left > 0 for v in variants),
        featured=product.featured,
        published_at=product.first_published_at or product.created_at,
        name=product.name,
        categories=categories,
        facets=frozenset(facets),
        places=frozenset((pk, place) for pk, place in (places or {}).items() if pk in categories),
    )


def _ids_of_paths(paths: Iterable[str]) -> dict[str, int]:
    above = {path for own in set(paths) for path in ancestor_paths(own, from_depth=3)}
    return dict(CategoryPage.objects.filter(path__among=above).values_list("path", "pk"))


def present_entries(ids: Sequence[int]) -> dict[int, Entry]:
    """Read what lists say of these products now."""
    facets: dict[int, set[tuple[str, str]]] = defaultdict(set)
    for product_id, facet, value in ProductFacet.objects.filter(product__among=ids).values_list(
        "product_id", "facet", "value"
    ):
        facets[product_id].add((facet, value))
    columns: dict[int, tuple[Any, ...]] = {}
    categories: dict[int, set[int]] = defaultdict(set)
    placed: dict[int, set[tuple[int, int]]] = defaultdict(set)
    listed = Listing.objects.filter(product__among=ids)
    for product_id, category_id, place, *row in listed.values_list(
        "product_id", "category_id", "place", *COLUMNS
    ):
        categories[product_id].add(category_id)
        columns[product_id] = tuple(row)
        if place != UNPLACED:
            placed[product_id].add((category_id, place))
    return {
        pk: Entry(
            product_id=pk,
            categories=frozenset(categories[pk]),
            facets=frozenset(facets[pk]),
            places=frozenset(placed[pk]),
            **dict(zip(COLUMNS, row, strict=True)),
        )
        for pk, row in columns.items()
    }


COLUMNS = (
    "price",
    "list_price",
    "price_varies",
    "on_sale",
    "in_stock",
    "featured",
    "published_at",
    "name",
)


def count_entry(figures: Figures, entry: Entry | None, sign: int) -> None:
    """Add or subtract one product's part in the figures of all its categories."""
    if entry is None:
        return
    counted = entry.figures()
    for category_id in entry.categories:
        for facet, value in counted:
            figure = figures[category_id, facet, value]
            figure[0] += sign
            if facet == CategoryFigure.ALL:
                figure[1] += sign * int(entry.list_price * 100)


def listing_rows(entry: Entry) -> list[Listing]:
    """Return the rows of one product, one a category."""
    columns = {name: getattr(entry, name) for name in COLUMNS}
    places = dict(entry.places)
    return [
        Listing(
            category_id=category_id,
            product_id=entry.product_id,
            place=places.get(category_id, UNPLACED),
            **columns,
        )
        for category_id in sorted(entry.categories)
    ]


def _replace_rows(
    changed: Sequence[int], present: dict[int, Entry], wanted: dict[int, Entry]
) -> None:
    Listing.objects.filter(product__in=[pk for pk in changed if pk in present]).delete()
    Listing.objects.bulk_create(
        [row for pk in changed if pk in wanted for row in listing_rows(wanted[pk])], batch_size=2000
    )
    turned = [
        pk
        for pk in changed
        if (present[pk].facets if pk in present else frozenset())
        != (wanted[pk].facets if pk in wanted else frozenset())
    ]
    ProductFacet.objects.filter(product__in=turned).delete()
    ProductFacet.objects.bulk_create(
        [
            ProductFacet(product_id=pk, facet=facet, value=value)
            for pk in turned
            if pk in wanted
            for facet, value in sorted(wanted[pk].facets)
        ],
        batch_size=2000,
    )
