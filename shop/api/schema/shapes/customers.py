"""Shapes of what customers have."""

from rest_framework import serializers as s

from shop.api.schema.shapes.basics import Shape
from shop.customers.models import Consent


class ConsentsShape(Shape):
    """What the shop may send."""

    order_sms = s.BooleanField()
    order_email = s.BooleanField()
    marketing_sms = s.BooleanField()
    marketing_email = s.BooleanField()


class ProfileShape(Shape):
    """Who asks."""

    id = s.IntegerField()
    first_name = s.CharField(allow_blank=True)
    last_name = s.CharField(allow_blank=True)
    email = s.CharField(allow_blank=True)
    email_verified = s.BooleanField()
    phone = s.CharField(allow_null=True, help_text="E.164")
    phone_verified = s.BooleanField()
    joined_at = s.DateTimeField()
    consents = ConsentsShape()


class BookedAddressShape(Shape):
    """A place of the address book."""

    id = s.IntegerField()
    label = s.CharField(allow_blank=True)  # type: ignore[assignment]
    county = s.CharField()
    area = s.CharField(allow_blank=True)
    landmark = s.CharField(allow_blank=True)
    is_default = s.BooleanField(help_text="Offered first")
    created_at = s.DateTimeField()


class ConsentShape(Shape):
    """What counts for one purpose; without an answer it is what holds unasked."""

    purpose = s.ChoiceField(Consent.Purpose.choices)
    given = s.BooleanField()
    answered_at = s.DateTimeField(allow_null=True)
    source = s.CharField(  # type: ignore[assignment]
        allow_null=True, help_text="Where it was asked: account, api ..."
    )
