"""What staff may send about a product."""

from decimal import Decimal
from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from shop.api.errors import wrong
from shop.api.orders.input import Whole, checked
from shop.catalog.models import TaxClass

MOST_STOCK = 1_000_000_000


@extend_schema_field(
    {"oneOf": [{"type": "integer"}, {"type": "array", "items": {"type": "string"}}]}
)
class CategoryField(serializers.Field[Any, Any, Any, Any]):
    """A category by its id, or by the titles on the way to it from the top."""

    default_error_messages = {
        "invalid": 'Name a category by its id or by its path, as in ["All Products", "Bakery"].',
        "null": "A title cannot hold null characters.",
    }

    def to_internal_value(self, data: Any) -> int | tuple[str, ...]:
        if isinstance(data, int) and not isinstance(data, bool) and 0 < data < 2**63:
            return data
        if isinstance(data, list) and data and all(isinstance(name, str) for name in data):
            if any("\x00" in name for name in data):
                raise self._error("null")
            return tuple(data)
        raise self._error("invalid")

    def _error(self, code: str) -> serializers.ValidationError:
        return serializers.ValidationError(self.error_messages[code], code=code)

    def to_representation(self, value: Any) -> Any:
        return value


def _price(**more: Any) -> serializers.DecimalField:
    return serializers.DecimalField(max_digits=12, decimal_places=2, min_value=Decimal(0), **more)


class ProductInput(serializers.Serializer[Any]):
    """A product. `description` is plain text; `stock` is of a product without variants."""

    name = serializers.CharField(max_length=300)
    price = _price()
    sale_price = _price(required=False, allow_null=True)
    sku = serializers.CharField(required=False, max_length=64)
    slug = serializers.SlugField(required=False, max_length=255)
    description = serializers.CharField(required=False, allow_blank=True, max_length=50_000)
    brand = serializers.CharField(required=False, allow_blank=True, max_length=120)
    featured = serializers.BooleanField(required=False)
    tax_class = serializers.ChoiceField(required=False, choices=TaxClass.values)
    seo_title = serializers.CharField(required=False, allow_blank=True, max_length=120)
    seo_description = serializers.CharField(required=False, allow_blank=True, max_length=300)
    live = serializers.BooleanField(required=False)
    categories = serializers.ListField(child=CategoryField(), required=False, max_length=50)
    stock = Whole(required=False, min_value=0, max_value=MOST_STOCK)


class ProductChangesInput(ProductInput):
    """What is not there stays as it is."""

    name = serializers.CharField(required=False, max_length=300)
    price = _price(required=False)


def checked_product(form: type[ProductInput], body: Any) -> dict[str, Any]:
    """Return what was sent; a misspelt word is refused rather than lost."""
    if isinstance(body, dict):
        for word in body:
            if word not in form._declared_fields:
                known = ", ".join(form._declared_fields)
                raise wrong(word, f"A product has no such field; known are {known}.", "unknown")
    return checked(form, body)
