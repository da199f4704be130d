"""What may be sent about a payment; amounts and states are the shop's."""

from decimal import Decimal
from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from shop.api.orders.input import LARGEST_ID, Whole
from shop.cart.actions import MAX_LINES, MAX_UNITS


def money_input(**more: Any) -> serializers.DecimalField:
    """Return a field for an amount above zero, which may be left out."""
    return serializers.DecimalField(
        max_digits=12,
        decimal_places=2,
        min_value=Decimal("0.01"),
        required=False,
        allow_null=True,
        default=None,
        **more,
    )


@extend_schema_field({"oneOf": [{"type": "integer"}, {"type": "string"}]})
class OrderField(serializers.CharField):
    """An order by its id, its number or its public token."""


class PaymentInput(serializers.Serializer[Any]):
    """An order to be paid. `phone` is who is asked for the money; the order's own if empty.

    Staff may ask a phone for an `amount` without an order, and match the money to one later.
    """

    order = OrderField(required=False, allow_blank=True, max_length=64, default="")
    amount = money_input(help_text="Only without an order; staff")
    method = serializers.CharField(required=False, allow_blank=True, max_length=30, default="")
    phone = serializers.CharField(required=False, allow_blank=True, max_length=40, default="")
    token = serializers.CharField(
        required=False,
        allow_blank=True,
        max_length=64,
        default="",
        help_text="The order's public token, for guests",
    )


class RefundLineInput(serializers.Serializer[Any]):
    """Units of one line of the order, named by exactly one of id, sku."""

    id = Whole(required=False, min_value=1, max_value=LARGEST_ID)
    sku = serializers.CharField(required=False, max_length=64)
    quantity = Whole(required=False, default=1, min_value=1, max_value=MAX_UNITS)
    restock = serializers.BooleanField(
        required=False, default=False, help_text="Can the units be sold again?"
    )

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        if len(attrs.keys() & {"id", "sku"}) != 1:
            raise serializers.ValidationError(
                "Name the line by exactly one of id, sku.", code="one_name"
            )
        return attrs


class RefundInput(serializers.Serializer[Any]):
    """What goes back: an amount, or lines; all that is left where neither is named."""

    amount = money_input()
    lines: Any = serializers.ListSerializer(
        child=RefundLineInput(), required=False, max_length=MAX_LINES, default=list
    )
    reason = serializers.CharField(
        required=False, allow_blank=True, max_length=200, default="", help_text="For the books"
    )
    reference = serializers.CharField(
        required=False,
        allow_blank=True,
        max_length=64,
        default="",
        help_text="Of money that was sent back by hand before: it is only noted",
    )
