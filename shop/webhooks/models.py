"""Who hears of the shop's events over HTTP, and what became of each telling."""

from datetime import datetime
from uuid import uuid4

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from shop.core.clock import now
from shop.webhooks.rules import new_secret


class Event(models.TextChoices):
    """What other programs can hear of."""

    ORDER_PLACED = "order.placed", _("Order placed")
    ORDER_PAID = "order.paid", _("Order paid")
    ORDER_SHIPPED = "order.shipped", _("Order shipped")
    ORDER_CANCELLED = "order.cancelled", _("Order cancelled")
    SHIPMENT_SHIPPED = "shipment.shipped", _("Parcel left")
    SHIPMENT_DELIVERED = "shipment.delivered", _("Parcel arrived")
    PRODUCT_PUBLISHED = "product.published", _("Product published")
    STOCK_LOW = "stock.low", _("Stock low")


# Sent only when somebody asks for a test.
PING = "ping"


class EndpointQuerySet(models.QuerySet["Endpoint"]):
    """Words about endpoints."""

    def callable_at(self, moment: datetime) -> "EndpointQuerySet":
        """Keep those that are switched on, that nobody is calling, and that do not rest."""
        return self.filter(
            models.Q(held_until=None) | models.Q(held_until__lte=moment),
            models.Q(rests_until=None) | models.Q(rests_until__lte=moment),
            active=True,
        )


class Endpoint(models.Model):
    """An address of another program, and what it wants to hear."""

    wagtail_reference_index_ignore = True

    url = models.CharField(_("address"), max_length=500)
    description = models.CharField(_("description"), max_length=200, blank=True)
    events = models.JSONField(_("events"), default=list)
    # Kept as it is: each delivery is signed with it. People see it once.
    secret = models.CharField(max_length=80, default=new_secret, editable=False)
    # After a change both sign for a while, so that a receiver can change over at leisure.
    old_secret = models.CharField(max_length=80, blank=True, editable=False)
    old_secret_until = models.DateTimeField(null=True, blank=True, editable=False)
    active = models.BooleanField(_("active"), default=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        editable=False,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    # The first failure since the last success.
    failing_since = models.DateTimeField(_("failing since"), null=True, blank=True, editable=False)
    switched_off_because = models.CharField(max_length=300, blank=True, editable=False)
    # One worker calls it at a time, and has until then; after that the worker counts as dead.
    held_until = models.DateTimeField(null=True, blank=True, editable=False)
    # Nobody calls it before this: it could not be reached.
    rests_until = models.DateTimeField(_("rests until"), null=True, blank=True, editable=False)
    created_at = models.DateTimeField(default=now, editable=False)
    updated_at = models.DateTimeField(auto_now=True)

    objects = EndpointQuerySet.as_manager()

    class Meta:
        verbose_name = _("webhook")
        verbose_name_plural = _("webhooks")

    def __str__(self) -> str:
        return self.description or self.url

    @property
    def state(self) -> str:
        """One word for where it stands: active, failing, switched_off."""
        if not self.active:
            return "switched_off"
        return "failing" if self.failing_since else "active"


class Delivery(models.Model):
    """One event for one endpoint: what is sent, and all that is known of its delivery."""

    wagtail_reference_index_ignore = True

    class State(models.TextChoices):
        DUE = "due", _("Waiting")
        SENDING = "sending", _("Being sent")
        DELIVERED = "delivered", _("Delivered")
        FAILED = "failed", _("Failed")

    # Without a constraint: an endpoint that is removed this moment must not undo a buyer's order.
    endpoint = models.ForeignKey(
        Endpoint, on_delete=models.CASCADE, related_name="deliveries", db_constraint=False
    )
    event = models.CharField(max_length=30, choices=[*Event.choices, (PING, _("Test"))])
    event_id = models.UUIDField(default=uuid4)
    # Names what happened, so that nobody is told of it twice: order:17:paid, stock:movement:4.
    occasion = models.CharField(max_length=120)
    about = models.CharField(max_length=120, blank=True)
    payload = models.TextField()
    state = models.CharField(max_length=10, choices=State, default=State.DUE)
    attempts = models.PositiveSmallIntegerField(default=0)
    # While due: not before this. While being sent: how long the worker has; then it counts as dead.
    next_attempt_at = models.DateTimeField(null=True, blank=True)
    response_status = models.PositiveSmallIntegerField(null=True, blank=True)
    response_body = models.TextField(blank=True)
    duration_ms = models.PositiveIntegerField(null=True, blank=True)
    reason = models.CharField(max_length=300, blank=True)
    delivered_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField(default=now)
    updated_at = models.DateTimeField(default=now)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["endpoint", "occasion"], name="one_delivery_an_occasion"
            ),
        ]
        indexes = [
            models.Index(
                fields=["endpoint", "next_attempt_at"],
                condition=models.Q(state__in=["due", "sending"]),
                name="deliveries_open",
            ),
            models.Index(fields=["endpoint", "-id"], name="deliveries_of_endpoint"),
            models.Index(fields=["created_at"], name="deliveries_by_age"),
        ]
        verbose_name = _("webhook delivery")
        verbose_name_plural = _("webhook deliveries")

    def __str__(self) -> str:
        return f"{self.get_event_display()}: {self.get_state_display()}"
