"""Stock, reservations and the ledger, keyed by the number of a sellable unit (a variant).

There is no foreign key: inventory lies below the catalogue, and stock must outlive whatever a
revision of a product says about its variants.
"""

from django.db import models
from django.db.models import F, Q


class StockLevel(models.Model):
    """How many of one variant there are; what nobody counts (`tracked=False`) always sells."""

    variant_id = models.BigIntegerField(primary_key=True)
    tracked = models.BooleanField(default=False)
    on_hand = models.IntegerField(default=0, help_text="Units on the shelf, promised ones included")
    reserved = models.IntegerField(default=0, help_text="Units promised to open orders")
    low_stock_threshold = models.PositiveIntegerField(default=3)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(reserved__gte=0), name="stock_reserved_not_negative"
            ),
            models.CheckConstraint(
                condition=Q(tracked=False) | Q(on_hand__gte=F("reserved")),
                name="stock_never_oversold",
            ),
        ]

    def __str__(self) -> str:
        return f"variant {self.variant_id}: {self.on_hand} on hand, {self.reserved} reserved"

    @property
    def available(self) -> int | None:
        """Units that can be sold now; None where nobody counts."""
        return self.on_hand - self.reserved if self.tracked else None


class Reservation(models.Model):
    """Units of one variant promised to one order; 0 once shipped or released."""

    reference = models.CharField(max_length=32, help_text="The order's number")
    variant_id = models.BigIntegerField()
    quantity = models.PositiveIntegerField()
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["reference", "variant_id"], name="one_reservation_a_line"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.quantity} of variant {self.variant_id} for {self.reference}"


class Movement(models.Model):
    """One line of the append-only ledger; the sums of its changes are the stock level."""

    class Kind(models.TextChoices):
        RECEIVED = "received", "Received"
        COUNTED = "counted", "Counted"
        CORRECTED = "corrected", "Corrected"
        IMPORTED = "imported", "Set by import"
        RESERVED = "reserved", "Promised to an order"
        RELEASED = "released", "Promise taken back"
        SHIPPED = "shipped", "Left the shop"
        RESTOCKED = "restocked", "Came back"

    variant_id = models.BigIntegerField()
    sku = models.CharField(max_length=64, blank=True)
    kind = models.CharField(max_length=12, choices=Kind)
    on_hand_change = models.IntegerField(default=0)
    reserved_change = models.IntegerField(default=0)
    reference = models.CharField(max_length=64, blank=True)
    reason = models.CharField(max_length=200, blank=True)
    actor = models.CharField(max_length=150, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        indexes = [models.Index(fields=["variant_id", "-id"], name="movement_by_variant")]

    def __str__(self) -> str:
        return (
            f"{self.kind} {self.on_hand_change:+d}/{self.reserved_change:+d} of {self.variant_id}"
        )
