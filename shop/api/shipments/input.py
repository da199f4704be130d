"""What may be sent about shipments and returns."""

from typing import Any

from rest_framework import serializers

from shop.api.orders.input import LineInput
from shop.api.payments.input import OrderField
from shop.cart.actions import MAX_LINES
from shop.fulfilment import rules
from shop.fulfilment.models import Return, Shipment

SHIPMENT_STATUSES = [choice for choice in Shipment.Status.choices if choice[0] != rules.PREPARING]
RETURN_STATUSES = [choice for choice in Return.Status.choices if choice[0] != rules.ASKED]


def _lines(**more: Any) -> Any:
    return serializers.ListSerializer(
        child=LineInput(), allow_empty=False, max_length=MAX_LINES, **more
    )


class _Tracking(serializers.Serializer[Any]):
    """Who brings a parcel; a carrier that the shop knows gives it a tracking link."""

    carrier = serializers.CharField(required=False, allow_blank=True, max_length=60)
    tracking_number = serializers.CharField(required=False, allow_blank=True, max_length=60)


class ShipmentInput(_Tracking):
    """A parcel of an order; without `items` all that nobody packed yet goes into it."""

    order = OrderField(max_length=64)
    items = _lines(required=False)


class ShipmentChangeInput(_Tracking):
    """How far a parcel is, and who brings it."""

    status = serializers.ChoiceField(
        required=False,
        choices=SHIPMENT_STATUSES,
        help_text="One that is being prepared is packed on the way to `shipped`",
    )
    note = serializers.CharField(required=False, allow_blank=True, max_length=200, default="")


class ReturnInput(serializers.Serializer[Any]):
    """What a buyer wants to give back, and why."""

    items = _lines()
    reason = serializers.ChoiceField(
        required=False, choices=Return.Reason.choices, default=Return.Reason.OTHER
    )
    note = serializers.CharField(required=False, allow_blank=True, max_length=500, default="")


class ReturnChangeInput(serializers.Serializer[Any]):
    """The next step of a return."""

    status = serializers.ChoiceField(choices=RETURN_STATUSES)
    answer = serializers.CharField(
        required=False,
        allow_blank=True,
        max_length=300,
        default="",
        help_text="Told to the buyer with yes or no",
    )
    restock = serializers.BooleanField(
        required=False, default=False, help_text="With `received`: all of it can be sold again"
    )
    reference = serializers.CharField(
        required=False,
        allow_blank=True,
        max_length=64,
        default="",
        help_text="With `refunded`: where the money that went back by hand can be found",
    )
