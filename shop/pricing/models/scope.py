"""To which things an offer or a voucher applies."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.models import ClusterableModel
from wagtail.models import Orderable

from shop.core.clock import now


class Scope(models.TextChoices):
    """Everything, or what is chosen; a chosen category that goes away never means everything."""

    ALL = "all", _("Everything in the shop")
    CHOSEN = "chosen", _("Chosen categories and products")


class Promotion(ClusterableModel):
    """What offers and vouchers have in common."""

    scope = models.CharField(_("counts for"), max_length=10, choices=Scope, default=Scope.ALL)
    starts_at = models.DateTimeField(_("from"), null=True, blank=True)
    ends_at = models.DateTimeField(_("until"), null=True, blank=True)
    active = models.BooleanField(_("switched on"), default=True)
    created_at = models.DateTimeField(default=now, editable=False)

    class Meta:
        abstract = True


class ChosenCategory(Orderable):
    """A category, with all below it, that a promotion counts for."""

    category = models.ForeignKey(
        "catalog.CategoryPage",
        on_delete=models.CASCADE,
        related_name="+",
        verbose_name=_("category"),
    )

    class Meta(Orderable.Meta):
        abstract = True
        ordering = ["sort_order", "pk"]
        verbose_name = _("category")
        verbose_name_plural = _("categories")

    def __str__(self) -> str:
        return f"category {self.category_id}"


class ChosenProduct(Orderable):
    """A product that a promotion counts for."""

    product = models.ForeignKey(
        "catalog.Product", on_delete=models.CASCADE, related_name="+", verbose_name=_("product")
    )

    class Meta(Orderable.Meta):
        abstract = True
        ordering = ["sort_order", "pk"]
        verbose_name = _("product")
        verbose_name_plural = _("products")

    def __str__(self) -> str:
        return f"product {self.product_id}"
