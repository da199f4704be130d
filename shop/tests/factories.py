"""Make the things that tests are about, through the same models that the shop uses."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from io import BytesIO
from itertools import count
from typing import Any

from django.core.files.images import ImageFile
from PIL import Image as Pillow
from wagtail.images.models import Image
from wagtail.models import Locale, Page, Site

from home.models import HomePage
from shop.catalog.models import (
    CategoryPage,
    Product,
    ProductAttribute,
    ProductPicture,
    ProductPlacement,
    Variant,
)
from shop.core.clock import now
from shop.inventory.actions import set_on_hand

_numbers = count(1)


@dataclass(frozen=True)
class ShopSite:
    """The site as a new install has it."""

    site: Site
    home: HomePage
    all_products: CategoryPage


def make_site() -> ShopSite:
    """Return the first pages; make them where a flush took away what the migration had made."""
    root = Page.objects.filter(depth=1).first()
    if root is None:
        Locale.objects.get_or_create(language_code="en-gb")
        root = Page.add_root(title="Root", slug="root")
    home = HomePage.objects.first()
    if home is None:
        home = root.add_child(instance=HomePage(title="Home", slug="home"))
    all_products = CategoryPage.objects.filter(depth=3).order_by("path").first()
    if all_products is None:
        all_products = home.add_child(
            instance=CategoryPage(title="All Products", slug="all-products")
        )
    site, _ = Site.objects.get_or_create(
        is_default_site=True, defaults={"hostname": "localhost", "root_page": home}
    )
    return ShopSite(site, HomePage.objects.get(pk=home.pk), all_products)


def make_category(title: str, parent: Page | None = None, **fields: Any) -> CategoryPage:
    """Make a category below `parent`, by default below All Products."""
    above = CategoryPage.objects.get(pk=parent.pk) if parent else make_site().all_products
    category: CategoryPage = above.add_child(instance=CategoryPage(title=title, **fields))
    return category


def make_category_path(*titles: str) -> CategoryPage:
    """Make the categories that are missing on the way below All Products; return the last one."""
    category = make_site().all_products
    for title in titles:
        below = category.get_children().type(CategoryPage).filter(title=title).first()
        category = below.specific if below else make_category(title, category)
    return category


def make_product(
    name: str = "",
    *,
    price: Decimal | int | str = 100,
    categories: Iterable[CategoryPage] = (),
    stock: int | None = None,
    variants: Sequence[dict[str, Any]] = (),
    pictures: Iterable[Image] = (),
    attributes: dict[str, str] | None = None,
    live: bool = True,
    **fields: Any,
) -> Product:
    """Make a product with its children.

    `stock` is each variant's count (None: nobody counts); a variant's own `stock` comes first.
    """
    number = next(_numbers)
    product = Product(
        name=name or f"Product {number}",
        price=Decimal(str(price)),
        live=live,
        **{"sku": f"SKU-{number}", "first_published_at": now() if live else None, **fields},
    )
    stocks = [row.get("stock", stock) for row in variants] or [stock]
    product.variants = [
        Variant(sort_order=place, **{key: row[key] for key in row if key != "stock"})
        for place, row in enumerate(variants)
    ]
    product.placements = [
        ProductPlacement(category=category, sort_order=place)
        for place, category in enumerate(categories)
    ]
    product.pictures = [
        ProductPicture(image=image, alt=f"Picture of {product.name}", sort_order=place)
        for place, image in enumerate(pictures)
    ]
    product.attributes = [
        ProductAttribute(name=key, value=value, sort_order=place)
        for place, (key, value) in enumerate((attributes or {}).items())
    ]
    product.save()
    ids = product.variants.order_by("sort_order", "pk").values_list("pk", flat=True)
    counts = {pk: left for pk, left in zip(ids, stocks, strict=True) if left is not None}
    if counts:
        set_on_hand(counts, reason="made for a test")
    return Product.objects.get(pk=product.pk)


def first_variant(product: Product) -> Variant:
    """Return the variant that a shopper gets without choosing."""
    variant: Variant = Variant.objects.filter(product=product).order_by("sort_order", "pk")[0]
    return variant


def make_image(
    title: str = "", *, size: tuple[int, int] = (64, 48), colour: str = "seagreen"
) -> Image:
    """Make a small picture in the image library."""
    title = title or f"Picture {next(_numbers)}"
    file = BytesIO()
    Pillow.new("RGB", size, colour).save(file, "PNG")
    file.seek(0)
    image: Image = Image.objects.create(
        title=title, file=ImageFile(file, name=f"{title.replace(' ', '-')}.png")
    )
    return image
