"""Arrange products on a shelf, and bring the shelves in line with the shop's choices."""

from collections.abc import Callable, Sequence

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet

from shop.catalog.actions.drafts import drafts_follow
from shop.catalog.actions.listings import refresh_listings
from shop.catalog.actions.sold_out import settings_changed
from shop.catalog.models import (
    UNPLACED,
    WHOLE_SHOP,
    CatalogueSettings,
    CategoryPage,
    Listing,
    Product,
    ProductPlacement,
    ShelfPlace,
)
from shop.catalog.queries.tree_changes import heir_of
from shop.catalog.signals import products_changed
from shop.core.errors import ShopError

# So many products of a category can be put in their places; the others follow them.
MOST_PLACED = 500


@transaction.atomic
def arrange_shelf(*, category_id: int, product_ids: Sequence[int]) -> None:
    """Let these products come first in the list of a category, in this order, and no others.

    Raises ShopError `too_many_placed`, `placed_twice`, `not_on_this_shelf`.
    """
    if len(product_ids) > MOST_PLACED:
        raise ShopError("too_many_placed", f"At most {MOST_PLACED} products can have a place.")
    if len(set(product_ids)) < len(product_ids):
        raise ShopError("placed_twice", "A product is in the order twice.")
    here = Listing.objects.filter(category_id=category_id, product__in=product_ids)
    if here.count() < len(product_ids):
        raise ShopError(
            "not_on_this_shelf", "One of these products is not in this category any more."
        )
    before = ShelfPlace.objects.filter(category_id=category_id)
    touched = sorted({*before.values_list("product_id", flat=True), *product_ids})
    list(
        Product.objects.select_for_update(of=("self",))
        .filter(pk__in=touched)
        .order_by("pk")
        .values_list("pk")
    )
    before.delete()
    ShelfPlace.objects.bulk_create(
        ShelfPlace(category_id=category_id, product_id=pk, place=place)
        for place, pk in enumerate(product_ids)
    )
    places = {pk: place for place, pk in enumerate(product_ids)}
    rows = list(Listing.objects.filter(category_id=category_id, product__in=touched))
    for row in rows:
        row.place = places.get(row.product_id, UNPLACED)
    Listing.objects.bulk_update(rows, ["place"], batch_size=500)


@transaction.atomic
def empty_shelf(category: CategoryPage, origin: object = None) -> None:
    """Take the products out of a category that is about to be deleted.

    Those that are in no other go to the nearest category above that stays, so that nothing that is
    sold is on no shelf. `origin` is what Django is deleting: the page, or all that go with it.
    """
    placements = ProductPlacement.objects.filter(category=category)
    ids = list(placements.values_list("product_id", flat=True))
    ShelfPlace.objects.filter(category_id=category.pk).delete()
    with drafts_follow(ids):
        placements.delete()
        placed = ProductPlacement.objects.filter(product__in=ids)
        orphans = set(ids) - set(placed.values_list("product_id", flat=True))
        heir = heir_of(category.path, going=_going(origin)) if orphans else None
        if heir is not None:
            ProductPlacement.objects.bulk_create(
                ProductPlacement(product_id=pk, category=heir, sort_order=0)
                for pk in sorted(orphans)
            )
    products_changed.send(sender=Product, product_ids=ids)


def _going(origin: object) -> Callable[[Sequence[str]], set[str]]:
    """Tell which of some tree paths are about to go too."""
    if isinstance(origin, QuerySet):
        return lambda paths: set(origin.filter(path__in=paths).values_list("path", flat=True))
    top = getattr(origin, "path", None)
    return lambda paths: {path for path in paths if top and path.startswith(top)}


def apply_sold_out_choice() -> int:
    """Bring the lists in line with what the shop wants of sold out products; returns how many.

    Costs one statement while nothing has changed: what sells out later is seen to as it happens.
    """
    choice = CatalogueSettings.objects.first()
    if choice is None or choice.applied == choice.sold_out:
        return 0
    settings_changed()
    listed = Listing.objects.filter(category_id=WHOLE_SHOP)
    if choice.sold_out == CatalogueSettings.SoldOut.HIDE:
        ids = list(listed.filter(in_stock=False).values_list("product_id", flat=True))
    else:
        unlisted = ~Exists(listed.filter(product=OuterRef("pk")))
        ids = list(Product.objects.filter(unlisted, live=True).values_list("pk", flat=True))
    refresh_listings(ids)
    CatalogueSettings.objects.filter(pk=choice.pk).update(applied=choice.sold_out)
    return len(ids)
