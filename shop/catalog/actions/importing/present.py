"""What the shop already has of the SKUs that a part of a file names."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal

from django.db.models import QuerySet

from shop.catalog.models import Product, ProductPicture, ProductPlacement, Variant
from shop.inventory.models import StockLevel


@dataclass(slots=True)
class PresentVariant:
    """A variant as it is."""

    pk: int
    product_id: int
    sku: str
    sku_key: str
    options: dict[str, str]
    price: Decimal | None
    sale_price: Decimal | None
    price_difference: Decimal | None
    sort_order: int
    weight: Decimal | None

    def list_price(self, product: "PresentProduct") -> Decimal:
        """Return what it costs outside a sale."""
        if self.price is not None:
            return self.price
        return max(product.price + (self.price_difference or Decimal(0)), Decimal(0))


VARIANT_COLUMNS = (
    "pk",
    "product_id",
    "sku",
    "sku_key",
    "options",
    "price",
    "sale_price",
    "price_difference",
    "sort_order",
    "weight",
)


@dataclass(slots=True)
class PresentProduct:
    """A product as it is, with its variants and categories in their order."""

    pk: int
    sku: str
    sku_key: str
    name: str
    description: str
    brand: str
    price: Decimal
    sale_price: Decimal | None
    variants: list[PresentVariant] = field(default_factory=list)
    categories: list[int] = field(default_factory=list)
    picture_hashes: set[str] = field(default_factory=set)

    @property
    def own_variant(self) -> PresentVariant | None:
        """The variant that the product's own SKU stands for; None when it has real variants."""
        for variant in self.variants:
            if variant.sku_key == self.sku_key:
                return variant
        only = self.variants[0] if len(self.variants) == 1 else None
        return only if only and not only.options else None

    @property
    def automatic_variant(self) -> PresentVariant | None:
        """The one variant that the shop made by itself for a product without options."""
        own = self.own_variant
        return own if own and len(self.variants) == 1 and not own.options else None


@dataclass(slots=True)
class Present:
    """Products and variants by the key of their SKU."""

    products: dict[str, PresentProduct] = field(default_factory=dict)
    variants: dict[str, PresentVariant] = field(default_factory=dict)
    promised: dict[int, int] = field(default_factory=dict)
    on_hand: dict[int, int] = field(default_factory=dict)


def read_present(sku_keys: Iterable[str]) -> Present:
    """Read what there is of these SKUs: two queries when there is nothing."""
    keys = list(dict.fromkeys(sku_keys))
    present = Present()
    by_id = _read_products(present, Product.objects.filter(sku_key__among=keys))
    _read_variants(present, by_id, Variant.objects.filter(sku_key__among=keys))
    return _read_rest(present, by_id)


def read_present_products(product_ids: Iterable[int]) -> Present:
    """Read what there is of these products with all their variants."""
    present = Present()
    return _read_rest(
        present, _read_products(present, Product.objects.filter(pk__among=list(product_ids)))
    )


def _read_products(present: Present, products: QuerySet[Product]) -> dict[int, PresentProduct]:
    by_id: dict[int, PresentProduct] = {}
    for row in products.values_list(
        "pk", "sku", "sku_key", "name", "description", "brand", "price", "sale_price"
    ):
        product = PresentProduct(*row)
        by_id[product.pk] = present.products[product.sku_key] = product
    return by_id


def _read_rest(present: Present, by_id: dict[int, PresentProduct]) -> Present:
    if by_id:
        # Apart from the query above: with OR between them PostgreSQL uses neither index.
        _read_variants(present, by_id, Variant.objects.filter(product__among=list(by_id)))
        for product in by_id.values():
            product.variants.sort(key=lambda variant: (variant.sort_order or 0, variant.pk))
    if by_id:
        _read_placements(by_id)
    if present.variants:
        _read_stock(present)
    return present


def _read_variants(
    present: Present, by_id: dict[int, PresentProduct], variants: QuerySet[Variant]
) -> None:
    for row in variants.values_list(*VARIANT_COLUMNS):
        variant = PresentVariant(*row)
        if variant.sku_key in present.variants:
            continue
        present.variants[variant.sku_key] = variant
        if variant.product_id in by_id:
            by_id[variant.product_id].variants.append(variant)


def _read_placements(by_id: dict[int, PresentProduct]) -> None:
    placements = ProductPlacement.objects.filter(product__among=list(by_id)).order_by(
        "sort_order", "pk"
    )
    for product_id, category_id in placements.values_list("product_id", "category_id"):
        by_id[product_id].categories.append(category_id)


def _read_stock(present: Present) -> None:
    ids = [variant.pk for variant in present.variants.values()]
    levels = StockLevel.objects.filter(variant_id__among=ids)
    for pk, tracked, on_hand, reserved in levels.values_list(
        "variant_id", "tracked", "on_hand", "reserved"
    ):
        present.promised[pk] = reserved
        if tracked:
            present.on_hand[pk] = on_hand


def read_picture_hashes(products: Iterable[PresentProduct]) -> None:
    """Learn which picture files these products have already."""
    by_id = {product.pk: product for product in products}
    found: dict[int, set[str]] = defaultdict(set)
    for product_id, file_hash in ProductPicture.objects.filter(
        product__among=list(by_id)
    ).values_list("product_id", "image__file_hash"):
        found[product_id].add(file_hash)
    for product_id, hashes in found.items():
        by_id[product_id].picture_hashes = hashes
