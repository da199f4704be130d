"""The sellable unit."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.models import Orderable

from shop.catalog.options import OptionsField
from shop.catalog.rules import SaleWindow, UnitPrice, sku_key, unit_price
from shop.core.clock import now


class Variant(Orderable):
    """One choice of a product that can be bought. Its stock lies in inventory, under its number."""

    product = ParentalKey("catalog.Product", on_delete=models.CASCADE, related_name="variants")
    sku = models.CharField("SKU", max_length=64, blank=True)
    # The SKU without regard to case. SQLite and PostgreSQL fold letters differently, so we do it.
    sku_key = models.CharField(max_length=128, unique=True, editable=False)
    options = OptionsField(
        _("options"),
        default=dict,
        blank=True,
        help_text=_("What makes this one different, for example: Size: M, Colour: Red"),
    )
    price = models.DecimalField(
        _("own price"),
        max_digits=12,
        decimal_places=2,
        null=True,
        blank=True,
        help_text=_("Leave empty to use the product's price"),
    )
    price_difference = models.DecimalField(
        _("or difference"),
        max_digits=12,
        decimal_places=2,
        null=True,
        blank=True,
        help_text=_("Added to the product's price, for example 150 or -50"),
    )
    sale_price = models.DecimalField(
        _("own sale price"), max_digits=12, decimal_places=2, null=True, blank=True
    )
    weight = models.DecimalField(
        _("weight in kg"),
        max_digits=8,
        decimal_places=3,
        null=True,
        blank=True,
        help_text=_("With its packing; delivery rates count it. Empty counts as nothing."),
    )
    picture = models.ForeignKey(
        "wagtailimages.Image",
        verbose_name=_("picture"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )

    class Meta(Orderable.Meta):
        ordering = ["sort_order", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(price__isnull=True) | models.Q(price__gte=0),
                name="variant_price_not_negative",
            ),
            models.CheckConstraint(
                condition=models.Q(weight__isnull=True) | models.Q(weight__gte=0),
                name="variant_weight_not_negative",
            ),
        ]
        verbose_name = _("variant")
        verbose_name_plural = _("variants")

    def __str__(self) -> str:
        return self.sku

    def save(self, *args: object, **kwargs: object) -> None:
        self.sku_key = sku_key(self.sku)
        super().save(*args, **kwargs)

    @property
    def options_text(self) -> str:
        """The options for people: "M, Red"; empty for a product without options."""
        return ", ".join(self.options.values())

    def price_now(self) -> UnitPrice:
        """Return list price and current price; the product must be loaded."""
        product = self.product
        return unit_price(
            product_price=product.price,
            product_sale_price=product.sale_price,
            variant_price=self.price,
            variant_sale_price=self.sale_price,
            price_difference=self.price_difference,
            window=SaleWindow(product.sale_from, product.sale_until),
            moment=now(),
        )
