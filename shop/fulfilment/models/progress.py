"""How far the units of an order are."""

from django.db import models
from django.db.models import F, Q


class Progress(models.Model):
    """How many units of one line of an order are planned, have left, and come back.

    Written with the shipments and returns it counts. The database refuses a unit too many.
    """

    wagtail_reference_index_ignore = True

    order_line = models.OneToOneField(
        "orders.OrderLine", primary_key=True, on_delete=models.CASCADE, related_name="progress"
    )
    ordered = models.PositiveIntegerField()
    planned = models.PositiveIntegerField(default=0, help_text="In shipments, cancelled ones not")
    shipped = models.PositiveIntegerField(default=0, help_text="Off the shelf")
    returned = models.PositiveIntegerField(default=0, help_text="In returns, refused ones not")
    restocked = models.PositiveIntegerField(default=0, help_text="Back on the shelf by a return")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(planned__lte=F("ordered")), name="no_more_planned_than_ordered"
            ),
            models.CheckConstraint(
                condition=Q(shipped__lte=F("planned")), name="no_more_shipped_than_planned"
            ),
            models.CheckConstraint(
                condition=Q(returned__lte=F("shipped")), name="no_more_returned_than_shipped"
            ),
            models.CheckConstraint(
                condition=Q(restocked__lte=F("returned")), name="no_more_restocked_than_returned"
            ),
        ]

    def __str__(self) -> str:
        return f"line {self.order_line_id}: {self.shipped} of {self.ordered} shipped"
