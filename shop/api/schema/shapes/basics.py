"""Shapes that many answers share."""

from functools import cache
from typing import Any

from drf_spectacular.utils import inline_serializer
from rest_framework import serializers as s

Shape = s.Serializer[Any]


def money(**more: Any) -> s.DecimalField:
    """An amount as text with two decimals."""
    return s.DecimalField(max_digits=14, decimal_places=2, **more)


class Choosable(Shape):
    """A thing of which the word `fields` names the parts to answer: none of them is certain."""

    def get_fields(self) -> Any:
        fields = super().get_fields()
        for field in fields.values():
            field.required = False
        return fields


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
    draft = s.BooleanField(required=False, help_text="Only in the answer to a preview link")


class TotalShape(Shape):
    """How many there are in all."""

    total_count = s.IntegerField()


@cache
def page(item: type[Shape]) -> Shape:
    """Return the shape of a list of these."""
    name = item.__name__.removesuffix("Shape")
    return inline_serializer(f"{name}Page", {"meta": TotalShape(), "items": item(many=True)})
