"""What a buyer sends back."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from shop.fulfilment import rules


class ReturnQuerySet(models.QuerySet["Return"]):
    """Words about returns."""

    def with_lines(self) -> ReturnQuerySet:
        """Bring the lines along, with the words of the order's: two statements for all."""
        lines = ReturnLine.objects.select_related("order_line").order_by("order_line_id")
        return self.prefetch_related(models.Prefetch("lines", lines))


class Return(models.Model):
    """Some units of an order that their buyer wants to give back.

    Its order's lock is the lock of all its returns.
    """

    wagtail_reference_index_ignore = True

    class Status(models.TextChoices):
        ASKED = rules.ASKED, gettext_lazy("Asked for")
        ACCEPTED = rules.ACCEPTED, gettext_lazy("Accepted")
        REFUSED = rules.REFUSED, gettext_lazy("Refused")
        RECEIVED = rules.RECEIVED, gettext_lazy("Received")
        REFUNDED = rules.REFUNDED, gettext_lazy("Paid back")

    class Reason(models.TextChoices):
        DAMAGED = "damaged", gettext_lazy("It came damaged")
        WRONG = "wrong_item", gettext_lazy("It is not what I ordered")
        NOT_AS_DESCRIBED = "not_as_described", gettext_lazy("It is not as described")
        DOES_NOT_FIT = "does_not_fit", gettext_lazy("It does not fit")
        CHANGED_MIND = "changed_mind", gettext_lazy("I changed my mind")
        OTHER = "other", gettext_lazy("Something else")

    order = models.ForeignKey("orders.Order", on_delete=models.CASCADE, related_name="returns")
    number = models.PositiveSmallIntegerField(help_text="Which of its order's returns it is")
    status = models.CharField(max_length=10, choices=Status, default=Status.ASKED)
    reason = models.CharField(max_length=20, choices=Reason, default=Reason.OTHER)
    words = models.TextField(max_length=500, blank=True, help_text="What the buyer says")
    answer = models.CharField(max_length=300, blank=True, help_text="What the shop says to it")
    # The wish behind it: a second click on the same form finds it by this.
    key = models.CharField(max_length=64, unique=True, null=True, blank=True)
    asked_at = models.DateTimeField()
    asked_by = models.CharField(max_length=150, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.CharField(max_length=150, blank=True)
    received_at = models.DateTimeField(null=True, blank=True)
    received_by = models.CharField(max_length=150, blank=True)
    refunded_at = models.DateTimeField(null=True, blank=True)
    refunded_by = models.CharField(max_length=150, blank=True)

    objects = ReturnQuerySet.as_manager()

    class Meta:
        verbose_name = gettext_lazy("return")
        verbose_name_plural = gettext_lazy("returns")
        constraints = [
            models.UniqueConstraint(fields=["order", "number"], name="one_return_a_number"),
        ]
        indexes = [
            models.Index(
                fields=["status", "id"],
                condition=Q(status__in=["asked", "accepted", "received"]),
                name="returns_to_work_on",
            ),
        ]

    def __str__(self) -> str:
        return _("Return %s") % self.number


class ReturnLine(models.Model):
    """Units of one line of the order that come back, and how many of them are sold again."""

    returned = models.ForeignKey(Return, on_delete=models.CASCADE, related_name="lines")
    order_line = models.ForeignKey(
        "orders.OrderLine", on_delete=models.CASCADE, related_name="return_lines"
    )
    quantity = models.PositiveIntegerField()
    restocked = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(quantity__gt=0), name="return_line_has_units"),
            models.CheckConstraint(
                condition=Q(restocked__lte=F("quantity")), name="return_line_restocked_in_it"
            ),
            models.UniqueConstraint(
                fields=["returned", "order_line"], name="one_return_line_a_line"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.quantity} of line {self.order_line_id}"
