"""What staff may send about webhooks. The secret is the shop's to choose."""

from typing import Any

from rest_framework import serializers

from shop.webhooks.models import Event
from shop.webhooks.rules import LONGEST_URL


def _events(**more: Any) -> serializers.ListField:
    return serializers.ListField(
        child=serializers.ChoiceField(choices=Event.choices),
        allow_empty=False,
        max_length=len(Event),
        **more,
    )


def _description(**more: Any) -> serializers.CharField:
    return serializers.CharField(max_length=200, allow_blank=True, required=False, **more)


class WebhookInput(serializers.Serializer[Any]):
    """An address and what it wants to hear."""

    url = serializers.CharField(
        max_length=LONGEST_URL, help_text="https:// and a host on the internet"
    )
    events = _events()
    description = _description(default="")
    active = serializers.BooleanField(required=False, default=True)


class WebhookChangesInput(serializers.Serializer[Any]):
    """What is not there stays as it is."""

    url = serializers.CharField(max_length=LONGEST_URL, required=False)
    events = _events(required=False)
    description = _description()
    active = serializers.BooleanField(required=False)
