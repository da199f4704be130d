"""Shapes that many answers share."""

from typing import Any

from rest_framework import serializers as s

Shape = s.Serializer[Any]


def money(**more: Any) -> s.DecimalField:
    """An amount as text with two decimals."""
    return s.DecimalField(max_digits=14, decimal_places=2, **more)


class ErrorShape(Shape):
    """One thing that is wrong; `attr` is where in the body or the address."""

    code = s.CharField()
    detail = s.CharField()
    attr = s.CharField(allow_null=True)


class ErrorsShape(Shape):
    """What every error looks like."""

    type = s.ChoiceField(["validation_error", "client_error", "server_error"])
    errors = ErrorShape(many=True)  # type: ignore[assignment]


class MetaShape(Shape):
    """What something is and where it lives."""

    type = s.CharField()
    detail_url = s.URLField()
    html_url = s.URLField()
    slug = s.CharField()
    first_published_at = s.DateTimeField(allow_null=True)


class TotalShape(Shape):
    """How many there are in all."""

    total_count = s.IntegerField()
