"""What the shop charges on top of prices: VAT rates and delivery."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.models import Orderable

from shop.catalog.models import TaxClass


class TaxRate(models.Model):
    """The VAT of one tax class, in percent of the net price."""

    tax_class = models.CharField(_("VAT class"), max_length=10, choices=TaxClass, unique=True)
    percent = models.DecimalField(_("percent"), max_digits=5, decimal_places=2, default=0)

    class Meta:
        verbose_name = _("VAT rate")
        verbose_name_plural = _("VAT rates")

    def __str__(self) -> str:
        return f"{self.get_tax_class_display()}: {self.percent} %"


class DeliveryZone(models.Model):
    """Places that cost the same to reach."""

    name = models.CharField(_("name"), max_length=80)
    regions = models.JSONField(
        _("counties"),
        default=list,
        blank=True,
        help_text=_("Counties or towns of this zone; empty: everywhere else"),
    )

    class Meta:
        verbose_name = _("delivery zone")
        verbose_name_plural = _("delivery zones")

    def __str__(self) -> str:
        return self.name


class DeliveryMethod(ClusterableModel):
    """A way to bring an order to its buyer."""

    code = models.SlugField(_("code"), unique=True)
    name = models.CharField(_("name"), max_length=80)
    description = models.CharField(_("description"), max_length=200, blank=True)
    needs_address = models.BooleanField(
        _("goes to the buyer"), default=True, help_text=_("No: the buyer comes to the shop")
    )
    sort_order = models.PositiveSmallIntegerField(_("order"), default=0)
    active = models.BooleanField(_("offered"), default=True)

    class Meta:
        verbose_name = _("delivery method")
        verbose_name_plural = _("delivery methods")

    def __str__(self) -> str:
        return self.name


class DeliveryRate(Orderable):
    """What a method costs in a zone; without a row the method does not go there."""

    method = ParentalKey(DeliveryMethod, on_delete=models.CASCADE, related_name="rates")
    zone = models.ForeignKey(DeliveryZone, on_delete=models.CASCADE, related_name="rates")
    price = models.DecimalField(_("price"), max_digits=10, decimal_places=2)
    free_from = models.DecimalField(
        _("free from an order of"), max_digits=12, decimal_places=2, null=True, blank=True
    )

    class Meta(Orderable.Meta):
        ordering = ["sort_order", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["method", "zone"], name="one_rate_a_zone"),
            models.CheckConstraint(condition=models.Q(price__gte=0), name="rate_not_negative"),
        ]

    def __str__(self) -> str:
        return f"{self.method_id} to {self.zone_id}: {self.price}"
