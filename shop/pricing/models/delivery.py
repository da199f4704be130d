"""How things reach their buyer, and what that costs."""

from decimal import Decimal

from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.models import Orderable


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
    """What a method costs in a zone, by weight and value; without a row it does not go there."""

    method = ParentalKey(DeliveryMethod, on_delete=models.CASCADE, related_name="rates")
    zone = models.ForeignKey(DeliveryZone, on_delete=models.CASCADE, related_name="rates")
    max_weight = models.DecimalField(
        _("up to kg"),
        max_digits=8,
        decimal_places=3,
        null=True,
        blank=True,
        help_text=_("Empty: however heavy. Heavier than every row of a zone does not go there."),
    )
    from_value = models.DecimalField(
        _("for orders from"),
        max_digits=12,
        decimal_places=2,
        default=0,
        blank=True,
        help_text=_("The row with the highest value that an order reaches counts"),
    )
    price = models.DecimalField(_("price"), max_digits=10, decimal_places=2)
    free_from = models.DecimalField(
        _("free from an order of"), max_digits=12, decimal_places=2, null=True, blank=True
    )

    class Meta(Orderable.Meta):
        ordering = ["sort_order", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["method", "zone", "max_weight", "from_value"], name="one_rate_a_step"
            ),
            models.UniqueConstraint(
                fields=["method", "zone", "from_value"],
                condition=models.Q(max_weight=None),
                name="one_rate_without_weight",
            ),
            models.CheckConstraint(
                condition=models.Q(price__gte=0, from_value__gte=0), name="rate_not_negative"
            ),
            models.CheckConstraint(
                condition=models.Q(max_weight=None) | models.Q(max_weight__gt=0),
                name="rate_has_weight",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.method_id} to {self.zone_id}: {self.price}"

    def clean(self) -> None:
        super().clean()
        # An empty field of a form means: from the first shilling.
        self.from_value = self.from_value or Decimal(0)


class PickupPoint(Orderable):
    """A place where buyers fetch what they ordered by this method."""

    method = ParentalKey(DeliveryMethod, on_delete=models.CASCADE, related_name="pickup_points")
    name = models.CharField(_("name"), max_length=80)
    address = models.CharField(
        _("address"), max_length=160, help_text=_("Street, building, floor: what one looks for")
    )
    hours = models.CharField(
        _("opening hours"), max_length=120, blank=True, help_text=_("Monday to Saturday, 8 to 18")
    )
    active = models.BooleanField(_("offered"), default=True)

    class Meta(Orderable.Meta):
        ordering = ["sort_order", "pk"]
        verbose_name = _("pickup point")
        verbose_name_plural = _("pickup points")

    def __str__(self) -> str:
        return self.name
