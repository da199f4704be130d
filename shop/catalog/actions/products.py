"""Make and change single products, for the API: the same rules as imports and the editor."""

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any, TypedDict

from django.core.exceptions import ValidationError
from django.db import transaction

from shop.catalog.actions.categories import ensure_categories
from shop.catalog.actions.drafts import drafts_follow
from shop.catalog.models import CategoryPage, Product, ProductPlacement, Variant
from shop.catalog.rules import rich_text, sku_key
from shop.core.clock import now
from shop.core.errors import Conflict, NotFound, ShopError
from shop.inventory.actions import open_levels, set_on_hand
from shop.inventory.models import StockLevel

# A category by its page number or by the names on the way to it, made if missing.
Place = int | Sequence[str]


class ProductChanges(TypedDict, total=False):
    """What may be changed; what is not there stays as it is."""

    name: str
    sku: str
    slug: str
    description: str
    brand: str
    price: Decimal
    sale_price: Decimal | None
    featured: bool
    tax_class: str
    seo_title: str
    seo_description: str
    live: bool
    categories: Iterable[Place]
    stock: int


@transaction.atomic
def create_product(
    *,
    name: str,
    price: Decimal,
    categories: Iterable[Place] = (),
    stock: int | None = None,
    live: bool = True,
    description: str = "",
    actor: str = "",
    **fields: Any,
) -> Product:
    """Make a product with its one variant, for sale at once unless `live` says otherwise.

    `description` is plain text. Other fields as in ProductChanges. Raises ShopError
    `invalid_product` (details name each field), `sku_taken`, `category_missing`.
    """
    product = Product(
        name=name,
        price=price,
        description=rich_text(description),
        live=live,
        first_published_at=now() if live else None,
        last_published_at=now() if live else None,
        has_unpublished_changes=not live,
        **fields,
    )
    _place(product, categories)
    _save(product)
    if stock is not None:
        _count(product, stock, actor)
    return Product.objects.get(pk=product.pk)


@transaction.atomic
def update_product(*, product_id: int, changes: ProductChanges, actor: str = "") -> Product:
    """Change a live product; its drafts take over what their editor had not changed.

    `description` is plain text; `categories` replace those it is in. Raises ShopError
    `product_missing`, `invalid_product`, `sku_taken`, `category_missing`, `stock_of_variants`,
    `stock_below_reserved`.
    """
    fields: dict[str, Any] = dict(changes)
    categories = fields.pop("categories", None)
    stock = fields.pop("stock", None)
    if "description" in fields:
        fields["description"] = rich_text(fields["description"])
    if stock is not None:
        # Stock before products: the order in which everybody locks.
        _lock_stock(product_id)
    product = Product.objects.select_for_update(of=("self",)).filter(pk=product_id).first()
    if product is None:
        raise NotFound("product_missing", "There is no such product.")
    with drafts_follow([product_id]):
        if fields.get("live") and not product.live:
            fields["last_published_at"] = now()
            fields["first_published_at"] = product.first_published_at or now()
        sku_before = product.sku
        for name, value in fields.items():
            setattr(product, name, value)
        _rename_own_variant(product, sku_before)
        if categories is not None:
            _place(product, categories)
        _save(product)
    if stock is not None:
        _count(product, stock, actor)
    return Product.objects.get(pk=product_id)


def _rename_own_variant(product: Product, sku_before: str) -> None:
    """Let the variant of a product without options go on having the product's SKU."""
    variants = list(product.variants.all())
    if len(variants) != 1 or variants[0].options or variants[0].sku != sku_before:
        return
    variants[0].sku = product.sku
    product.variants = variants


def _place(product: Product, categories: Iterable[Place]) -> None:
    """Put a product into these categories in this order, keeping the rows of those it is in."""
    wanted = list(categories)
    paths = {tuple(place) for place in wanted if not isinstance(place, int)}
    try:
        made = ensure_categories(paths)
    except ShopError as refusal:
        refusal.field = refusal.field or "categories"
        raise
    ids = list(
        dict.fromkeys(place if isinstance(place, int) else made[tuple(place)] for place in wanted)
    )
    there = set(CategoryPage.objects.filter(pk__in=ids).values_list("pk", flat=True))
    if missing := [pk for pk in ids if pk not in there]:
        raise ShopError(
            "category_missing", f"There is no category {missing[0]}.", field="categories"
        )
    present = {each.category_id: each for each in product.placements.all()} if product.pk else {}
    placements = []
    for place, pk in enumerate(ids):
        placement = present.get(pk) or ProductPlacement(category_id=pk)
        placement.sort_order = place
        placements.append(placement)
    product.placements = placements


def _save(product: Product) -> None:
    try:
        # Its own variants are checked by their constraints; pictures and links did not change.
        product.full_clean()
    except ValidationError as error:
        details = [
            {"field": name, "message": message}
            for name, messages in error.message_dict.items()
            for message in messages
        ]
        first: Mapping[str, Any] = details[0]
        raise ShopError(
            "invalid_product", first["message"], field=first["field"], details=details
        ) from None
    key = sku_key(product.sku)
    if product.sku and Variant.objects.filter(sku_key=key).exclude(product_id=product.pk).exists():
        raise Conflict("sku_taken", f"Another product sells {product.sku} already.", field="sku")
    product.save()


def _lock_stock(product_id: int) -> None:
    ids = list(Variant.objects.filter(product=product_id).values_list("pk", flat=True))
    open_levels(ids)
    levels = StockLevel.objects.select_for_update().filter(variant_id__in=ids)
    list(levels.order_by("variant_id").values_list("pk"))


def _count(product: Product, stock: int, actor: str) -> None:
    ids = list(Variant.objects.filter(product=product).values_list("pk", flat=True)[:2])
    if len(ids) != 1:
        raise ShopError(
            "stock_of_variants",
            "This product has variants; each of them has a stock of its own.",
            field="stock",
        )
    if stock < 0:
        raise ShopError("negative_stock", "The stock cannot be negative.", field="stock")
    set_on_hand({ids[0]: stock}, reason="through the API", actor=actor)
