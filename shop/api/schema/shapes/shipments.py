"""Shapes of shipments and returns."""

from rest_framework import serializers as s

from shop.api.schema.shapes.basics import Shape
from shop.fulfilment.models import Return, Shipment


class SentOrderShape(Shape):
    """The order that something is of."""

    id = s.IntegerField()
    number = s.CharField()
    status = s.CharField()
    detail_url = s.URLField()


class PackedLineShape(Shape):
    """Units of a line of the order."""

    product = s.IntegerField()
    variant = s.IntegerField()
    sku = s.CharField()
    name = s.CharField()
    options = s.CharField()
    quantity = s.IntegerField()


class ShipmentShape(Shape):
    """A parcel of an order."""

    id = s.IntegerField()
    order = SentOrderShape()
    number = s.IntegerField(help_text="Which of its order's parcels it is")
    status = s.ChoiceField(Shipment.Status.choices)
    carrier = s.CharField()
    tracking_number = s.CharField()
    tracking_url = s.CharField(help_text="Where to follow it; empty where nobody knows")
    items = PackedLineShape(many=True)
    created_at = s.DateTimeField()
    packed_at = s.DateTimeField(allow_null=True)
    shipped_at = s.DateTimeField(allow_null=True)
    delivered_at = s.DateTimeField(allow_null=True)


class ReturnedLineShape(PackedLineShape):
    """Units of a line of the order that come back."""

    restocked = s.IntegerField(help_text="How many of them are sold again")


class ReturnShape(Shape):
    """What a buyer gives back."""

    id = s.IntegerField()
    order = SentOrderShape()
    number = s.IntegerField(help_text="Which of its order's returns it is")
    status = s.ChoiceField(Return.Status.choices)
    reason = s.ChoiceField(Return.Reason.choices)
    note = s.CharField()
    answer = s.CharField(help_text="What the shop says to it")
    items = ReturnedLineShape(many=True)
    asked_at = s.DateTimeField()
    decided_at = s.DateTimeField(allow_null=True)
    received_at = s.DateTimeField(allow_null=True)
    refunded_at = s.DateTimeField(allow_null=True)
