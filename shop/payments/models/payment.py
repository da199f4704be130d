"""Attempts to pay an order."""

from __future__ import annotations

from decimal import Decimal

from django.db import models
from django.db.models.functions import Coalesce


class Payment(models.Model):
    """One attempt through one gateway, or money that came by itself."""

    class State(models.TextChoices):
        PENDING = "pending", "Waiting"
        PAID = "paid", "Paid"
        FAILED = "failed", "Failed"
        CANCELLED = "cancelled", "Cancelled"
        REVIEW = "review", "Needs a look"

    # Money that nobody could place has no order yet.
    order = models.ForeignKey(
        "orders.Order", null=True, blank=True, on_delete=models.PROTECT, related_name="payments"
    )
    method = models.CharField(max_length=30)
    state = models.CharField(max_length=10, choices=State, default=State.PENDING)
    amount = models.DecimalField(max_digits=14, decimal_places=2)
    received = models.DecimalField(
        max_digits=14, decimal_places=2, null=True, blank=True, help_text="What the provider said"
    )
    # When the shop took note of the money; a payment in review has one too.
    received_at = models.DateTimeField(null=True, blank=True)
    # Of what came: gone back, or promised to go back. Changed under lock only.
    refunded = models.DecimalField(max_digits=14, decimal_places=2, default=0)
    currency = models.CharField(max_length=3)
    reference = models.CharField(max_length=64, blank=True, help_text="The receipt, once paid")
    # Who is asked to pay, in international form; empty where nobody is asked.
    phone = models.CharField(max_length=20, blank=True)
    # What the provider calls the request (Daraja: CheckoutRequestID and MerchantRequestID).
    provider_id = models.CharField(max_length=80, unique=True, null=True, blank=True)
    merchant_id = models.CharField(max_length=80, blank=True)
    # Where the payer goes to pay, at a provider with pages of its own.
    pay_url = models.CharField(max_length=2000, blank=True)
    # The unguessable part of the address at which the provider tells the result.
    notify_token = models.CharField(max_length=40, unique=True, null=True, blank=True)
    receipt = models.CharField(max_length=64, unique=True, null=True, blank=True)
    reason_code = models.CharField(max_length=30, blank=True)
    reason = models.CharField(max_length=300, blank=True)
    # Raised before the provider is called, so that what kills its worker does not do so for ever.
    attempts = models.PositiveSmallIntegerField(default=0)
    # Not before this; while a worker is at it: how long it has before it counts as dead.
    next_try_at = models.DateTimeField(null=True, blank=True)
    # Set before the request leaves: from now on a phone may have been asked.
    asked_at = models.DateTimeField(null=True, blank=True)
    next_query_at = models.DateTimeField(null=True, blank=True)
    queries = models.PositiveSmallIntegerField(default=0)
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(amount__gt=0), name="payment_amount_positive"
            ),
            models.CheckConstraint(
                condition=models.Q(refunded__gte=0, refunded__lte=Coalesce("received", "amount")),
                name="payment_refunded_within_received",
            ),
        ]
        indexes = [
            models.Index(
                fields=["next_try_at"],
                condition=models.Q(state="pending", next_try_at__isnull=False),
                name="payments_to_ask_for",
            ),
            models.Index(
                fields=["asked_at"],
                condition=models.Q(state="pending", asked_at__isnull=False),
                name="payments_on_their_way",
            ),
            models.Index(
                fields=["phone", "asked_at"],
                condition=models.Q(asked_at__isnull=False),
                name="payments_asked_of_a_phone",
            ),
            models.Index(
                fields=["received_at"],
                condition=models.Q(received_at__isnull=False),
                name="payments_by_day_received",
            ),
            models.Index(
                fields=["id"], condition=models.Q(state="review"), name="payments_in_review"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.method} {self.amount} {self.currency}: {self.state}"

    @property
    def on_its_way(self) -> bool:
        """Tell whether somebody may have been asked for this money, and has not answered yet."""
        return self.state == self.State.PENDING and self.asked_at is not None

    @property
    def refundable(self) -> Decimal:
        """How much of what came can still go back."""
        if self.state not in (self.State.PAID, self.State.REVIEW):
            return Decimal("0.00")
        came = self.received if self.received is not None else self.amount
        return came - self.refunded
