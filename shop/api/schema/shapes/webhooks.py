"""Shapes of webhooks."""

from rest_framework import serializers as s

from shop.api.schema.shapes.basics import Shape
from shop.webhooks.models import PING, Delivery, Event


class WebhookShape(Shape):
    """Who hears of what."""

    id = s.IntegerField()
    url = s.CharField()
    description = s.CharField(allow_blank=True)
    events = s.ListField(child=s.ChoiceField(choices=Event.values))
    active = s.BooleanField()
    failing_since = s.DateTimeField(allow_null=True)
    switched_off_because = s.CharField(allow_blank=True)
    created_at = s.DateTimeField()


class WebhookWithSecretShape(WebhookShape):
    """A webhook with the key that signs, which is shown this once."""

    secret = s.CharField()


class DeliveryShape(Shape):
    """One event for one webhook."""

    id = s.IntegerField()
    webhook = s.IntegerField()
    event = s.ChoiceField(choices=[*Event.values, PING])
    event_id = s.UUIDField(help_text="The same in the payload, however often it is sent")
    status = s.ChoiceField(choices=Delivery.State.values)
    attempts = s.IntegerField()
    created_at = s.DateTimeField()
    delivered_at = s.DateTimeField(allow_null=True)
    next_attempt_at = s.DateTimeField(allow_null=True)
    response_status = s.IntegerField(allow_null=True)
    response_body = s.CharField(allow_blank=True, help_text="Its beginning")
    duration_ms = s.IntegerField(allow_null=True)
    reason = s.CharField(allow_blank=True)
    payload = s.DictField(help_text="The body as it was sent")
