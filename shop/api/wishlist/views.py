"""The addresses of a wishlist."""

from typing import Any

from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from shop.api.customers.views import OwnView
from shop.api.errors import missing
from shop.api.idempotency import idempotent
from shop.api.orders.input import LARGEST_ID, Whole, checked
from shop.api.paging import PAGING, read_window
from shop.api.products.reading import FIELDS, ITEM, product_items, product_rows
from shop.api.words import read_fields, refuse_unknown
from shop.catalog.models import WHOLE_SHOP, Listing
from shop.customers import actions
from shop.customers.queries import is_wished, wished_product_ids


class WishInput(serializers.Serializer[Any]):
    """A product to be found again."""

    product = Whole(min_value=1, max_value=LARGEST_ID)


class Wishlist(OwnView):
    """The products on the wishlist that are for sale now."""

    def get(self, request: Request) -> Response:
        """List wished products, the newest wish first."""
        refuse_unknown(request.GET, PAGING | {"fields"})
        offset, limit = read_window(request.GET)
        fields = read_fields(request.GET, available=FIELDS, default=ITEM)
        wished = wished_product_ids(request.user)
        items = _products(wished[offset : offset + limit], fields)
        return Response({"meta": {"total_count": len(wished)}, "items": items})

    @idempotent
    def post(self, request: Request) -> Response:
        """Put a product on the wishlist; 200 where it is on it already."""
        product_id = checked(WishInput, request.data)["product"]
        there = is_wished(request.user, product_id)
        actions.add_wish(request.user, product_id)
        products = _products([product_id], frozenset(ITEM))
        if not products:
            raise missing("This product is not for sale.", "product")
        return Response(products[0], status=200 if there else 201)


class Wish(OwnView):
    """One wish."""

    def delete(self, request: Request, product_id: int) -> Response:
        """Take a product off the wishlist; one that is not on it is no error."""
        if product_id <= LARGEST_ID:
            actions.remove_wish(request.user, product_id)
        return Response(status=204)


def _products(ids: list[int], fields: frozenset[str]) -> list[dict[str, Any]]:
    if not ids:
        return []
    # The rows are put into the order of the wishes by their id, whatever fields are answered.
    listed = Listing.objects.filter(category_id=WHOLE_SHOP, product__in=ids)
    rows = {row["id"]: row for row in product_rows(listed, fields)}
    return product_items([rows[pk] for pk in ids if pk in rows], fields)
