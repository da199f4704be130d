"""Write new products with all that belongs to them, a thousand at a time."""

from collections.abc import Iterable, Sequence
from operator import attrgetter, itemgetter

from anyascii import anyascii
from django.utils.text import slugify

from shop.catalog.actions.figures import Figures
from shop.catalog.actions.listings import COLUMNS, Entry, count_entry, entry_of
from shop.catalog.actions.sold_out import hides_sold_out
from shop.catalog.models import (
    Listing,
    Product,
    ProductFacet,
    ProductPlacement,
    Variant,
)
from shop.catalog.models.identity import slug_base
from shop.core.bulk import insert_rows, new_ids
from shop.inventory.actions import stock_new_variants

from .changes import NewProduct, NewVariant
from .shelves import Shelves


def create_products(
    products: Sequence[NewProduct], shelves: Shelves, figures: Figures, *, reference: str
) -> None:
    """Write products, variants, stock, placements and lists; add to `figures`.

    The same rows that `Product.save()` and its signals would leave behind.
    """
    if not products:
        return
    _choose_slugs(products)
    for product, pk in zip(products, new_ids(Product, len(products)), strict=True):
        product.pk = pk
    insert_rows(
        Product,
        PRODUCT_FIELDS,
        (
            (
                product.pk,
                product.name,
                product.slug,
                product.sku,
                product.sku_key,
                product.description,
                product.brand,
                product.price,
                product.sale_price,
                product.created_at,
                product.created_at,
                product.created_at,
                product.created_at,
            )
            for product in products
        ),
    )
    insert_variants(
        [(product.pk, product.variants, 0) for product in products], reference=reference
    )
    insert_rows(
        ProductPlacement,
        ("product", "category", "sort_order"),
        (
            (product.pk, category_id, place)
            for product in products
            for place, category_id in enumerate(product.categories)
        ),
    )
    _list(products, shelves, figures)


PRODUCT_FIELDS = (
    "id",
    "name",
    "slug",
    "sku",
    "sku_key",
    "description",
    "brand",
    "price",
    "sale_price",
    "created_at",
    "updated_at",
    "first_published_at",
    "last_published_at",
)


def insert_variants(
    groups: Iterable[tuple[int, Sequence[NewVariant], int]], *, reference: str
) -> None:
    """Write new variants (product id, variants, place of the first one) with their stock rows."""
    placed = [
        (product_id, variant, place)
        for product_id, variants, first in groups
        for place, variant in enumerate(variants, start=first)
    ]
    for (_, variant, _), pk in zip(placed, new_ids(Variant, len(placed)), strict=True):
        variant.pk = pk
    insert_rows(
        Variant,
        (
            "id",
            "product",
            "sku",
            "sku_key",
            "options",
            "price",
            "sale_price",
            "weight",
            "sort_order",
        ),
        (
            (
                variant.pk,
                product_id,
                variant.sku,
                variant.sku_key,
                variant.options,
                variant.price,
                variant.sale_price,
                variant.weight,
                place,
            )
            for product_id, variant, place in placed
        ),
    )
    stock_new_variants(
        {variant.pk: variant.stock for _, variant, _ in placed},
        skus={variant.pk: variant.sku for _, variant, _ in placed},
        reference=reference,
    )


_columns = attrgetter(*COLUMNS)
_category_first = itemgetter(0)


def _list(products: Sequence[NewProduct], shelves: Shelves, figures: Figures) -> None:
    entries: list[Entry] = []
    hides = hides_sold_out()
    for product in products:
        lists = shelves.lists(product.categories)
        if lists is not None:
            units = {variant.pk: variant.stock for variant in product.variants}
            entry = entry_of(product, product.variants, units, lists)
            if entry.in_stock or not hides:
                entries.append(entry)
    for entry in entries:
        count_entry(figures, entry, +1)
    rows = [
        (category_id, entry.product_id, *columns)
        for entry in entries
        for columns in [_columns(entry)]
        for category_id in entry.categories
    ]
    # Rows of one category lie together, in the table and in its indexes.
    rows.sort(key=_category_first)
    insert_rows(Listing, ("category_id", "product", *COLUMNS), rows)
    insert_rows(
        ProductFacet,
        ("product", "facet", "value"),
        ((entry.product_id, facet, value) for entry in entries for facet, value in entry.facets),
    )


def _choose_slugs(products: Sequence[NewProduct]) -> None:
    """Give each product an address of its own: its name, else its name and SKU, else a number.

    A SKU is unique, so two tries are nearly always enough however many names are the same.
    """
    taken: set[str] = set()
    waiting = list(products)
    bases = {product.sku_key: slug_base(product.name) for product in products}
    attempt = 0
    while waiting:
        wanted = {
            product.sku_key: _slug(bases[product.sku_key], product.sku, attempt)
            for product in waiting
        }
        taken.update(
            Product.objects.filter(slug__among=set(wanted.values())).values_list("slug", flat=True)
        )
        left = []
        for product in waiting:
            slug = wanted[product.sku_key]
            if slug in taken:
                left.append(product)
                continue
            taken.add(slug)
            product.slug = slug
        waiting = left
        attempt += 1


def _slug(base: str, sku: str, attempt: int) -> str:
    if attempt == 0:
        return base
    code = slugify(anyascii(sku))[:40]
    return f"{base}-{code}" if attempt == 1 and code else f"{base}-{code or 'x'}-{attempt}"
