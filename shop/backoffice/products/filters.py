"""How an editor narrows the list of products."""

from typing import Any

import django_filters
from django.contrib.contenttypes.models import ContentType
from django.db.models import CharField, Exists, F, OuterRef, Q
from django.db.models.functions import Cast
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.widgets import AdminPageChooser
from wagtail.models import Revision

from shop.catalog.models import CategoryPage, Product, ProductQuerySet, Variant
from shop.core.clock import now
from shop.inventory.models import StockLevel

SOLD_OUT = StockLevel.objects.filter(tracked=True, on_hand__lte=F("reserved"))
LOW = StockLevel.objects.filter(
    tracked=True,
    on_hand__gt=F("reserved"),
    on_hand__lte=F("reserved") + F("low_stock_threshold"),
)


def scheduled_revisions() -> Any:
    """Return the revisions of the product in the outer query that wait for their time."""
    return Revision.objects.filter(
        base_content_type=ContentType.objects.get_for_model(Product),
        object_id=Cast(OuterRef("pk"), CharField()),
        approved_go_live_at__isnull=False,
    )


class CategoryChooser(AdminPageChooser):
    """Choose a category in the page tree; what is no number in the address is no category."""

    def get_value_data(self, value: Any) -> Any:
        return super().get_value_data(value if str(value).isdecimal() else None)


class ProductFilterSet(WagtailFilterSet):
    """State, place, brand, stock, sale."""

    state = django_filters.ChoiceFilter(
        label=_("State"),
        choices=[
            ("live", _("Live")),
            ("changed", _("Live with a draft")),
            ("draft", _("Not live")),
            ("scheduled", _("Scheduled")),
        ],
        method="filter_state",
    )
    category = django_filters.ModelChoiceFilter(
        label=_("Category, with all below it"),
        queryset=CategoryPage.objects.all(),
        widget=CategoryChooser(target_models=[CategoryPage]),
        method="filter_category",
    )
    brand = django_filters.CharFilter(label=_("Brand"), lookup_expr="icontains")
    stock = django_filters.ChoiceFilter(
        label=_("Stock"),
        choices=[("in", _("In stock")), ("low", _("Low")), ("out", _("Sold out"))],
        method="filter_stock",
    )
    sale = django_filters.ChoiceFilter(
        label=_("Sale"),
        choices=[("now", _("On sale now")), ("any", _("Has a sale price"))],
        method="filter_sale",
    )
    featured = django_filters.ChoiceFilter(
        label=_("Featured"), choices=[("true", _("Yes")), ("false", _("No"))], method="filter_flag"
    )

    class Meta:
        model = Product
        fields: list[str] = []

    def filter_state(self, products: ProductQuerySet, name: str, value: str) -> Any:
        if value == "scheduled":
            return products.filter(Exists(scheduled_revisions()))
        if value == "changed":
            return products.filter(live=True, has_unpublished_changes=True)
        return products.filter(live=value == "live")

    def filter_category(self, products: ProductQuerySet, name: str, value: CategoryPage) -> Any:
        return products.in_category(value)

    def filter_stock(self, products: ProductQuerySet, name: str, value: str) -> Any:
        variants = Variant.objects.filter(product=OuterRef("pk"))
        if value == "low":
            return products.filter(Exists(variants.filter(pk__in=LOW.values("variant_id"))))
        sellable = Exists(variants.exclude(pk__in=SOLD_OUT.values("variant_id")))
        return products.filter(sellable if value == "in" else ~sellable)

    def filter_sale(self, products: ProductQuerySet, name: str, value: str) -> Any:
        own = Exists(Variant.objects.filter(product=OuterRef("pk"), sale_price__isnull=False))
        products = products.filter(Q(sale_price__isnull=False) | Q(own))
        if value == "any":
            return products
        moment = now()
        return products.filter(
            Q(sale_from__isnull=True) | Q(sale_from__lte=moment),
            Q(sale_until__isnull=True) | Q(sale_until__gt=moment),
        )

    def filter_flag(self, products: ProductQuerySet, name: str, value: str) -> Any:
        return products.filter(**{name: value == "true"})
