"""What may be sent. Prices, totals and statuses are not among it, so they are never read."""

from typing import Any

from rest_framework import serializers

from shop.api.errors import wrong
from shop.cart.actions import MAX_LINES, MAX_UNITS

LARGEST_ID = 2**63 - 1


class Whole(serializers.IntegerField):
    """A whole number that is written as one: 3, not true, 3.0 or "three"."""

    def to_internal_value(self, data: Any) -> int:
        if isinstance(data, (bool, float)):
            self.fail("invalid")
        number: int = super().to_internal_value(data)
        return number


def _text(length: int, **more: Any) -> serializers.CharField:
    return serializers.CharField(
        **{"required": False, "allow_blank": True, "max_length": length, "default": "", **more}
    )


class QuantityInput(serializers.Serializer[Any]):
    """How many units; 0 takes the line out."""

    quantity = Whole(min_value=0, max_value=MAX_UNITS)


class LineInput(serializers.Serializer[Any]):
    """Units of one variant, named by exactly one of sku, variant, product."""

    sku = serializers.CharField(required=False, max_length=64)
    variant = Whole(required=False, min_value=1, max_value=LARGEST_ID)
    product = Whole(required=False, min_value=1, max_value=LARGEST_ID)
    quantity = Whole(required=False, default=1, min_value=1, max_value=MAX_UNITS)

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        if len(attrs.keys() & {"sku", "variant", "product"}) != 1:
            raise serializers.ValidationError(
                "Name the thing by exactly one of sku, variant, product.", code="one_name"
            )
        return attrs


class ContactInput(serializers.Serializer[Any]):
    """How to reach the buyer."""

    name = _text(200)
    phone = _text(40)
    email = _text(254)
    buyer_pin = _text(30, help_text="KRA PIN for the invoice, if the buyer wants one on it")


class AddressInput(serializers.Serializer[Any]):
    """Where it goes; `county`, `town` and `city` mean the same."""

    county = _text(80)
    town = _text(80)
    city = _text(80)
    area = _text(120)
    landmark = _text(200)


class NotifyInput(serializers.Serializer[Any]):
    """Which messages the buyer wants."""

    sms = serializers.BooleanField(required=False, default=True)
    email = serializers.BooleanField(required=False, default=True)


class OrderInput(serializers.Serializer[Any]):
    """An order; without `items` the cart is ordered."""

    items: Any = serializers.ListSerializer(
        child=LineInput(), required=False, allow_empty=False, max_length=MAX_LINES
    )
    contact = ContactInput()
    address = AddressInput(required=False)
    delivery_method = _text(50)
    payment_method = _text(30)
    payment_phone = _text(40, help_text="Who is asked to pay; the contact's phone if empty")
    notify = NotifyInput(required=False)
    notes = _text(1_000)
    voucher = _text(60, help_text="A code; the cart's own counts where none is sent")
    pickup_point = Whole(
        required=False,
        allow_null=True,
        min_value=1,
        max_value=LARGEST_ID,
        help_text="Of cart/delivery/; the method's first one where none is sent",
    )


class VoucherInput(serializers.Serializer[Any]):
    """A voucher for the cart; `voucher`, as orders call it, means the same."""

    code = _text(60)
    voucher = _text(60)


class CancelInput(serializers.Serializer[Any]):
    """Why an order is cancelled."""

    note = _text(300)


def checked(form: type[serializers.Serializer[Any]], body: Any) -> dict[str, Any]:
    """Return what was sent, checked. Raises ValidationError naming everything that is wrong."""
    if not isinstance(body, dict):
        raise wrong(None, "The body must be a JSON object.")
    serializer = form(data=body)
    serializer.is_valid(raise_exception=True)
    return dict(serializer.validated_data)
