"""The list of products: what an editor looks for, in few queries whatever the catalogue's size."""

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any

from django.db.models import Exists, Prefetch, Q
from django.http import HttpResponseBase
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from wagtail.admin.ui.tables import BaseColumn, Column, StatusTagColumn, UpdatedAtColumn
from wagtail.admin.widgets.button import HeaderButton
from wagtail.images import get_image_model
from wagtail.snippets.views.snippets import IndexView

from shop.backoffice.products.filters import ProductFilterSet, scheduled_revisions
from shop.backoffice.products.stock_figures import stock_sums
from shop.catalog.models import Product, ProductPicture, ProductPlacement, Variant
from shop.catalog.rules import sku_key
from shop.core.money import display, plain
from shop.core.spreadsheets import neutralise_formula

THUMBNAIL = "fill-80x80|format-webp"


class TemplateColumn(Column):
    """A column whose cell is a template of its own."""

    def __init__(self, name: str, template: str, **kwargs: Any) -> None:
        super().__init__(name, **kwargs)
        self.cell_template_name = template


def search_products(products: Any, text: str) -> Any:
    """Keep products in whose name, brand or SKUs every word of `text` occurs."""
    for word in text.split():
        by_sku = Variant.objects.filter(sku_key__contains=sku_key(word)).values("product_id")
        products = products.filter(
            Q(name__icontains=word)
            | Q(brand__icontains=word)
            | Q(sku_key__contains=sku_key(word))
            | Q(pk__in=by_sku)
        )
    return products


def with_pictures(products: Any) -> Any:
    """Prefetch the pictures with their thumbnails."""
    images = get_image_model().objects.prefetch_renditions(THUMBNAIL)
    pictures = ProductPicture.objects.prefetch_related(Prefetch("image", queryset=images))
    return products.prefetch_related(
        Prefetch("pictures", queryset=pictures.order_by("sort_order", "pk"))
    )


def with_children(products: Any) -> Any:
    """Prefetch what the rows show: first picture with its thumbnail, categories."""
    placements = ProductPlacement.objects.select_related("category").defer(
        "category__body_above", "category__body_below"
    )
    return with_pictures(products).prefetch_related(
        Prefetch("placements", queryset=placements.order_by("sort_order", "pk")),
    )


def describe(products: Iterable[Product]) -> None:
    """Put stock and state on each product of a page; three queries for any number."""
    rows = list(products)
    sums = stock_sums([product.pk for product in rows])
    scheduled = set(
        Product.objects.filter(pk__in=[p.pk for p in rows])
        .filter(Exists(scheduled_revisions()))
        .values_list("pk", flat=True)
    )
    for product in rows:
        product.stock = sums.get(product.pk)
        product.state = state_of(product, product.pk in scheduled)
        product.price_text = display(product.price)
        product.sale_text = display(product.sale_price) if product.sale_price is not None else ""


def state_of(product: Product, scheduled: bool) -> str:
    """Say where a product stands between draft and live."""
    if not product.live:
        return _("expired") if product.expired else _("scheduled") if scheduled else _("draft")
    if scheduled:
        return _("live + scheduled")
    return _("live + draft") if product.has_unpublished_changes else _("live")


def described(products: Any, size: int = 500) -> Iterator[Product]:
    """Walk through any number of products, described group by group."""
    walk = products.iterator(chunk_size=size)
    while group := list(islice(walk, size)):
        describe(group)
        yield from group


class ProductIndexView(IndexView):
    """The list, its search and its export."""

    filterset_class = ProductFilterSet
    search_fields = ["name", "sku", "brand"]
    default_ordering = "-pk"
    list_export = [
        "sku", "name", "brand", "price", "sale_price", "sale_from", "sale_until", "stock",
        "category_path", "state", "featured", "address",
    ]  # fmt: skip
    export_headings = {
        "sku": "sku", "name": "name", "brand": "brand", "price": "price",
        "sale_price": "sale_price", "sale_from": "sale_from", "sale_until": "sale_until",
        "stock": "stock", "category_path": "categories", "state": "state",
        "featured": "featured", "address": "address",
    }  # fmt: skip

    def get_base_queryset(self) -> Any:
        return with_children(Product.objects.defer("description"))

    def search_queryset(self, queryset: Any) -> Any:
        return search_products(queryset, self.search_query) if self.is_searching else queryset

    @cached_property
    def columns(self) -> list[BaseColumn]:
        bulk = super().columns[0]
        return [
            bulk,
            TemplateColumn("picture", "backoffice/columns/picture.html", label=""),
            self._get_title_column("name"),
            Column("sku", label="SKU", sort_key="sku_key"),
            TemplateColumn(
                "price", "backoffice/columns/price.html", label=_("Price"), sort_key="price"
            ),
            TemplateColumn("stock", "backoffice/columns/stock.html", label=_("Stock")),
            TemplateColumn(
                "placements",
                "backoffice/columns/categories.html",
                label=_("Categories"),
                classname="backoffice-roomy",
            ),
            StatusTagColumn(
                "state",
                label=_("State"),
                sort_key="live",
                primary=lambda product: product.live,
            ),
            UpdatedAtColumn(
                accessor="updated_at", sort_key="updated_at", classname="backoffice-roomy"
            ),
        ]

    @cached_property
    def header_buttons(self) -> list[Any]:
        buttons = list(super().header_buttons)
        if self.request.user.has_perm("catalog.add_importrun"):
            buttons.append(
                HeaderButton(
                    _("Import"), url=reverse("catalogue_imports"), icon_name="upload", priority=60
                )
            )
        return buttons

    def get_context_data(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(*args, **kwargs)
        if not self.is_export:
            describe(context["object_list"])
        return context

    def as_spreadsheet(self, queryset: Any, spreadsheet_format: str) -> HttpResponseBase:
        response: HttpResponseBase = super().as_spreadsheet(described(queryset), spreadsheet_format)
        return response

    def to_row_dict(self, item: Any) -> dict[str, Any]:
        """Return what the file says of one product; nothing in it runs as a formula."""
        row = {
            "sku": item.sku,
            "name": item.name,
            "brand": item.brand,
            "price": plain(item.price),
            "sale_price": plain(item.sale_price) if item.sale_price is not None else "",
            "sale_from": item.sale_from,
            "sale_until": item.sale_until,
            "stock": item.stock.units if item.stock and item.stock.units is not None else "",
            "category_path": ", ".join(place.category.title for place in item.placements.all()),
            "state": item.state,
            "featured": "yes" if item.featured else "no",
            "address": item.get_absolute_url(),
        }
        return {
            name: neutralise_formula(value) if isinstance(value, str) else value
            for name, value in row.items()
        }
