"""Attempts to pay an order."""

from django.db import models


class Payment(models.Model):
    """One attempt through one gateway."""

    class State(models.TextChoices):
        PENDING = "pending", "Waiting"
        PAID = "paid", "Paid"
        FAILED = "failed", "Failed"
        CANCELLED = "cancelled", "Cancelled"

    order = models.ForeignKey("orders.Order", on_delete=models.PROTECT, related_name="payments")
    method = models.CharField(max_length=30)
    state = models.CharField(max_length=10, choices=State, default=State.PENDING)
    amount = models.DecimalField(max_digits=14, decimal_places=2)
    currency = models.CharField(max_length=3)
    reference = models.CharField(max_length=64, blank=True, help_text="The receipt, once paid")
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(amount__gt=0), name="payment_amount_positive"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.method} {self.amount} {self.currency}: {self.state}"
