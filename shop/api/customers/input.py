"""What customers may send about themselves."""

from typing import Any

from rest_framework import serializers

from shop.customers.models import Consent


def _text(length: int, **more: Any) -> serializers.CharField:
    return serializers.CharField(max_length=length, allow_blank=True, **more)


class ProfileInput(serializers.Serializer[Any]):
    """A name. Email and phone change where their new owner proves them."""

    first_name = _text(150)
    last_name = _text(150)
    email = _text(254, required=False, allow_null=True, help_text="As it is, or left out")
    phone = _text(40, required=False, allow_null=True, help_text="As it is, or left out")


class ProfileChangesInput(ProfileInput):
    """What is not there stays as it is."""

    first_name = _text(150, required=False)
    last_name = _text(150, required=False)


class BookedAddressInput(serializers.Serializer[Any]):
    """A place to bring things to."""

    label = _text(40, required=False, default="")  # type: ignore[assignment]
    county = serializers.CharField(max_length=80)
    area = _text(120, required=False, default="")
    landmark = _text(200, required=False, default="")
    is_default = serializers.BooleanField(required=False, default=False)


class BookedAddressChangesInput(serializers.Serializer[Any]):
    """What is not there stays as it is."""

    label = _text(40, required=False)  # type: ignore[assignment]
    county = serializers.CharField(max_length=80, required=False)
    area = _text(120, required=False)
    landmark = _text(200, required=False)
    is_default = serializers.BooleanField(required=False)


class ConsentInput(serializers.Serializer[Any]):
    """One answer."""

    purpose = serializers.ChoiceField(choices=Consent.Purpose.choices)
    given = serializers.BooleanField()


class ConsentsInput(serializers.Serializer[Any]):
    """Several answers; what is not there stays as it was answered before."""

    order_sms = serializers.BooleanField(required=False)
    order_email = serializers.BooleanField(required=False)
    marketing_sms = serializers.BooleanField(required=False)
    marketing_email = serializers.BooleanField(required=False)
