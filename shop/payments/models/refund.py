"""Money on its way back to whoever paid."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class Refund(models.Model):
    """Some or all of a payment's money that goes back, by its provider or by hand."""

    class State(models.TextChoices):
        REQUESTED = "requested", _("Waiting")
        SENT = "sent", _("Asked of the provider")
        BY_HAND = "by_hand", _("To be sent by hand")
        DONE = "done", _("Sent back")
        FAILED = "failed", _("Failed")

    payment = models.ForeignKey(
        "payments.Payment", on_delete=models.PROTECT, related_name="refunds"
    )
    state = models.CharField(max_length=10, choices=State, default=State.REQUESTED)
    amount = models.DecimalField(max_digits=14, decimal_places=2)
    currency = models.CharField(max_length=3)
    reason = models.CharField(max_length=200, blank=True)
    actor = models.CharField(max_length=150, blank=True)
    reference = models.CharField(
        max_length=64, blank=True, help_text="Where the money that went back can be found"
    )
    # The wish that made it: a second click on the same form finds it by this.
    key = models.CharField(max_length=64, unique=True, null=True, blank=True)
    # What the provider calls it (Daraja: ConversationID and OriginatorConversationID).
    provider_id = models.CharField(max_length=80, unique=True, null=True, blank=True)
    originator_id = models.CharField(max_length=80, blank=True)
    # The unguessable part of the address at which the provider tells the result.
    notify_token = models.CharField(max_length=40, unique=True, null=True, blank=True)
    receipt = models.CharField(max_length=64, unique=True, null=True, blank=True)
    problem_code = models.CharField(max_length=30, blank=True)
    problem = models.CharField(max_length=300, blank=True)
    # Raised before the provider is called, so that what kills its worker does not do so for ever.
    attempts = models.PositiveSmallIntegerField(default=0)
    # Not before this; while a worker is at it: how long it has before it counts as dead.
    next_try_at = models.DateTimeField(null=True, blank=True)
    # Set before the request leaves: from now on the money may have gone.
    asked_at = models.DateTimeField(null=True, blank=True)
    done_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        verbose_name = _("refund")
        verbose_name_plural = _("refunds")
        constraints = [
            models.CheckConstraint(condition=models.Q(amount__gt=0), name="refund_amount_positive"),
        ]
        indexes = [
            models.Index(
                fields=["state", "next_try_at"],
                condition=models.Q(state__in=["requested", "sent", "by_hand"]),
                name="refunds_open",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.amount} {self.currency}: {self.get_state_display()}"


class RefundLine(models.Model):
    """Units of one line of an order for which money goes back."""

    refund = models.ForeignKey(Refund, on_delete=models.CASCADE, related_name="lines")
    order_line = models.ForeignKey(
        "orders.OrderLine", on_delete=models.PROTECT, related_name="refund_lines"
    )
    quantity = models.PositiveIntegerField()
    amount = models.DecimalField(max_digits=14, decimal_places=2)
    restocked = models.BooleanField(default=False, help_text="Are the units for sale again?")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(quantity__gt=0), name="refund_line_quantity_positive"
            ),
            models.UniqueConstraint(fields=["refund", "order_line"], name="one_refund_line_a_line"),
        ]

    def __str__(self) -> str:
        return f"{self.quantity} of line {self.order_line_id}: {self.amount}"
