"""What a product's revision holds beside its own words: categories, pictures, facts."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.models import Orderable


class ProductPlacement(Orderable):
    """A product in a category; the first one is the canonical."""

    product = ParentalKey("catalog.Product", on_delete=models.CASCADE, related_name="placements")
    category = models.ForeignKey(
        "catalog.CategoryPage",
        on_delete=models.CASCADE,
        related_name="placements",
        db_index=False,  # placed_once begins with it
    )

    class Meta(Orderable.Meta):
        ordering = ["sort_order", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["category", "product"], name="placed_once"),
        ]
        verbose_name = _("category")
        verbose_name_plural = _("categories")

    def __str__(self) -> str:
        return f"{self.product_id} in {self.category_id}"


class ProductPicture(Orderable):
    """A picture of a product; the first one stands on its card."""

    product = ParentalKey("catalog.Product", on_delete=models.CASCADE, related_name="pictures")
    image = models.ForeignKey("wagtailimages.Image", on_delete=models.CASCADE, related_name="+")
    alt = models.CharField(
        _("description for people who cannot see it"), max_length=255, blank=True
    )

    class Meta(Orderable.Meta):
        ordering = ["sort_order", "pk"]
        verbose_name = _("picture")
        verbose_name_plural = _("pictures")

    def __str__(self) -> str:
        return self.alt


class ProductAttribute(Orderable):
    """A fact about a product: weight, material, origin."""

    product = ParentalKey("catalog.Product", on_delete=models.CASCADE, related_name="attributes")
    name = models.CharField(_("name"), max_length=60)
    value = models.CharField(_("value"), max_length=255)

    class Meta(Orderable.Meta):
        ordering = ["sort_order", "pk"]
        verbose_name = _("attribute")
        verbose_name_plural = _("attributes")

    def __str__(self) -> str:
        return f"{self.name}: {self.value}"
