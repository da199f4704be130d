"""What people did about money that did not fit."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from shop.core.clock import now


class ReviewStep(models.Model):
    """One step of somebody with a payment; only ever added."""

    class Kind(models.TextChoices):
        NOTED = "noted", _("Note")
        MATCHED = "matched", _("Matched to an order")
        ACCEPTED = "accepted", _("Accepted as it is")
        REST_ASKED = "rest_asked", _("The rest was asked for")
        REFUND = "refund", _("Marked for refund")
        CLOSED = "closed", _("Closed with a note")

    payment = models.ForeignKey(
        "payments.Payment", on_delete=models.PROTECT, related_name="review_steps"
    )
    kind = models.CharField(max_length=12, choices=Kind)
    note = models.CharField(max_length=300, blank=True)
    actor = models.CharField(max_length=150)
    created_at = models.DateTimeField(default=now, editable=False)

    class Meta:
        verbose_name = _("step of a review")
        verbose_name_plural = _("steps of reviews")

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.actor}"
