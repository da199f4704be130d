"""What of an order goes out together."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from shop.fulfilment import rules


class ShipmentQuerySet(models.QuerySet["Shipment"]):
    """Words about shipments."""

    def going(self) -> ShipmentQuerySet:
        """Leave out what was cancelled."""
        return self.exclude(status=rules.CANCELLED)

    def with_lines(self) -> ShipmentQuerySet:
        """Bring the lines along, with the words of the order's: two statements for all."""
        lines = ShipmentLine.objects.select_related("order_line").order_by("order_line_id")
        return self.prefetch_related(models.Prefetch("lines", lines))


class Shipment(models.Model):
    """A parcel of an order: what is in it, who brings it, where it is.

    Its order's lock is the lock of all its shipments.
    """

    wagtail_reference_index_ignore = True

    class Status(models.TextChoices):
        PREPARING = rules.PREPARING, gettext_lazy("Being prepared")
        PACKED = rules.PACKED, gettext_lazy("Packed")
        SHIPPED = rules.SHIPPED, gettext_lazy("On its way")
        DELIVERED = rules.DELIVERED, gettext_lazy("Delivered")
        CANCELLED = rules.CANCELLED, gettext_lazy("Cancelled")

    order = models.ForeignKey("orders.Order", on_delete=models.CASCADE, related_name="shipments")
    number = models.PositiveSmallIntegerField(help_text="Which of its order's parcels it is")
    status = models.CharField(max_length=10, choices=Status, default=Status.PREPARING)
    carrier = models.ForeignKey(
        "fulfilment.Carrier", null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    # As it was told to the buyer; a carrier that changes its pages later changes nothing here.
    carrier_name = models.CharField(max_length=60, blank=True)
    tracking_number = models.CharField(max_length=60, blank=True)
    tracking_url = models.CharField(max_length=500, blank=True)
    created_at = models.DateTimeField()
    created_by = models.CharField(max_length=150, blank=True)
    packed_at = models.DateTimeField(null=True, blank=True)
    packed_by = models.CharField(max_length=150, blank=True)
    shipped_at = models.DateTimeField(null=True, blank=True)
    shipped_by = models.CharField(max_length=150, blank=True)
    delivered_at = models.DateTimeField(null=True, blank=True)
    delivered_by = models.CharField(max_length=150, blank=True)
    cancelled_at = models.DateTimeField(null=True, blank=True)
    cancelled_by = models.CharField(max_length=150, blank=True)

    objects = ShipmentQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["order", "number"], name="one_shipment_a_number"),
            models.CheckConstraint(
                condition=Q(shipped_at=None) | Q(status__in=sorted(rules.GONE)),
                name="shipment_that_left_is_gone",
            ),
            models.CheckConstraint(
                condition=~Q(status__in=sorted(rules.GONE)) | Q(shipped_at__isnull=False),
                name="shipment_gone_has_left",
            ),
        ]
        indexes = [
            models.Index(
                fields=["status", "id"],
                condition=Q(status__in=["preparing", "packed", "shipped"]),
                name="shipments_to_work_on",
            ),
        ]

    def __str__(self) -> str:
        return _("Parcel %s") % self.number

    @property
    def units(self) -> int:
        """How many units are in it, its lines being at hand."""
        return sum(line.quantity for line in self.lines.all())

    @property
    def carried(self) -> str:
        """Who brings it, and under which number."""
        return " ".join(filter(None, [self.carrier_name, self.tracking_number]))


class ShipmentLine(models.Model):
    """Units of one line of the order that go out with a shipment."""

    shipment = models.ForeignKey(Shipment, on_delete=models.CASCADE, related_name="lines")
    order_line = models.ForeignKey(
        "orders.OrderLine", on_delete=models.CASCADE, related_name="shipment_lines"
    )
    quantity = models.PositiveIntegerField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(quantity__gt=0), name="shipment_line_has_units"),
            models.UniqueConstraint(
                fields=["shipment", "order_line"], name="one_shipment_line_a_line"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.quantity} of line {self.order_line_id}"
