"""Write what a file changes about products that exist."""

from collections.abc import Sequence
from datetime import datetime

from shop.catalog.actions.drafts import drafts_follow
from shop.catalog.actions.figures import Figures
from shop.catalog.actions.listings import relist
from shop.catalog.models import Product, ProductPlacement, Variant
from shop.core.bulk import insert_rows, update_rows
from shop.inventory.actions import set_on_hand
from shop.inventory.models import Movement, StockLevel

from .changes import ProductChange
from .creating import insert_variants
from .pictures import attach_pictures

FIELDS = ("name", "description", "brand", "price", "sale_price")
VARIANT_FIELDS = ("options", "price", "sale_price", "weight")


def lock(changes: Sequence[ProductChange]) -> None:
    """Lock stock by variant, then products, as orders and editors do."""
    counted = sorted(pk for change in changes for pk in change.counts)
    list(
        StockLevel.objects.select_for_update()
        .filter(variant_id__in=counted)
        .order_by("variant_id")
        .values_list("pk")
    )
    list(
        Product.objects.select_for_update(of=("self",))
        .filter(pk__in=sorted(change.product.pk for change in changes))
        .order_by("pk")
        .values_list("pk")
    )


def update_products(
    changes: Sequence[ProductChange], figures: Figures, *, moment: datetime, reference: str
) -> None:
    """Write the changes, carry them into drafts, list the products anew and add to `figures`."""
    if not changes:
        return
    ids = sorted(change.product.pk for change in changes)
    counts = {pk: count for change in changes for pk, count in change.counts.items()}
    if counts:
        skus = {each.pk: each.sku for change in changes for each in change.product.variants}
        set_on_hand(
            counts, kind=Movement.Kind.IMPORTED, reference=reference, skus=skus, announce=False
        )
    with drafts_follow(ids):
        _write_products(changes, moment)
        _write_variants(changes, reference)
        _write_placements([change for change in changes if change.categories is not None])
        attach_pictures(changes)
    relist(ids, figures)


def _write_products(changes: Sequence[ProductChange], moment: datetime) -> None:
    update_rows(
        Product,
        (*FIELDS, "updated_at"),
        [
            (
                *(change.fields.get(name, getattr(change.product, name)) for name in FIELDS),
                moment,
                change.product.pk,
            )
            for change in changes
        ],
    )


def _write_variants(changes: Sequence[ProductChange], reference: str) -> None:
    by_pk = {
        variant.pk: variant
        for change in changes
        if change.variants
        for variant in change.product.variants
    }
    update_rows(
        Variant,
        VARIANT_FIELDS,
        [
            (*(fields.get(name, getattr(by_pk[pk], name)) for name in VARIANT_FIELDS), pk)
            for change in changes
            for pk, fields in change.variants.items()
        ],
    )
    retired = [change.retired.pk for change in changes if change.retired]
    if retired:
        Variant.objects.filter(pk__in=retired).delete()
    groups = [
        (
            change.product.pk,
            change.new_variants,
            max((each.sort_order or 0 for each in change.product.variants), default=-1) + 1,
        )
        for change in changes
        if change.new_variants
    ]
    if groups:
        insert_variants(groups, reference=reference)


def _write_placements(changes: Sequence[ProductChange]) -> None:
    """Let the file's categories replace the products' own; rows that stay keep their keys."""
    wanted = {change.product.pk: change.categories or () for change in changes}
    present = ProductPlacement.objects.filter(product__in=wanted).values_list(
        "pk", "product_id", "category_id"
    )
    gone, moved, kept = [], [], set()
    for pk, product_id, category_id in present:
        if category_id in wanted[product_id]:
            moved.append((wanted[product_id].index(category_id), pk))
            kept.add((product_id, category_id))
        else:
            gone.append(pk)
    ProductPlacement.objects.filter(pk__in=gone).delete()
    update_rows(ProductPlacement, ("sort_order",), moved)
    insert_rows(
        ProductPlacement,
        ("product", "category", "sort_order"),
        [
            (product_id, category_id, place)
            for product_id, categories in wanted.items()
            for place, category_id in enumerate(categories)
            if (product_id, category_id) not in kept
        ],
    )
