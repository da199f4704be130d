"""The addresses of products."""

from typing import Any, ClassVar

from django.db.models import Q
from rest_framework.request import Request
from rest_framework.response import Response

from shop.api.door import ApiView
from shop.api.errors import missing, wrong
from shop.api.etags import product_state, validated
from shop.api.idempotency import idempotent
from shop.api.permissions import MayAddProducts, MayChangeProducts
from shop.api.preview import WORD, asks_for_draft, draft_response
from shop.api.products.draft import draft_answer
from shop.api.products.input import ProductChangesInput, ProductInput, checked_product
from shop.api.products.listing import product_list
from shop.api.products.reading import FIELDS, hidden_row, product_items, product_rows
from shop.api.products.rights import may_publish, require_rights
from shop.api.words import LARGEST_ID, read_fields, refuse_unknown
from shop.catalog.actions.products import create_product, update_product
from shop.catalog.models import WHOLE_SHOP, Listing, Product, Variant
from shop.catalog.rules import sku_key
from shop.core.previews import PRODUCT

LONGEST_SKU = 64


class ProductList(ApiView):
    """Everything for sale; staff add to it."""

    open_to_all = True
    permission_classes = [MayAddProducts]
    scopes: ClassVar[dict[str, str]] = {"POST": "catalog:write"}

    @validated()
    def get(self, request: Request) -> Response:
        """List products."""
        return Response(product_list(request.GET))

    @idempotent
    def post(self, request: Request) -> Response:
        """Make a product: for sale at once, a draft for want of the right, or as `live` says."""
        fields = checked_product(ProductInput, request.data)
        fields.setdefault("live", may_publish(request.user))
        require_rights(request.user, fields, shown=fields["live"])
        product = create_product(**fields, actor=request.user.get_username())
        return Response(written_product(product), status=201)


class ProductDetail(ApiView):
    """One product with everything about it; staff change it."""

    open_to_all = True
    permission_classes = [MayChangeProducts]
    scopes: ClassVar[dict[str, str]] = {"PATCH": "catalog:write"}

    def get(self, request: Request, product_id: int) -> Response:
        """Show a product; with the word of a preview link its latest draft."""
        refuse_unknown(request.GET, {"fields", WORD})
        if asks_for_draft(request, PRODUCT, product_id):
            fields = read_fields(request.GET, available=FIELDS, default=FIELDS)
            return draft_response(draft_answer(product_id, fields))
        return self._published(request, product_id)

    @validated(product_state)
    def _published(self, request: Request, product_id: int) -> Response:
        return Response(shown_product(request, product_id))

    def patch(self, request: Request, product_id: int) -> Response:
        """Change what is named; drafts take over what their editor had not changed."""
        if product_id > LARGEST_ID:
            raise missing("There is no such product.")
        changes = checked_product(ProductChangesInput, request.data)
        live = Product.objects.filter(pk=product_id, live=True).exists()
        require_rights(request.user, changes, shown=live or "live" in changes)
        product = update_product(
            product_id=product_id,
            changes=changes,  # type: ignore[arg-type]
            actor=request.user.get_username(),
        )
        return Response(written_product(product))


class FindProduct(ApiView):
    """One product by SKU: its own or one of its variants'."""

    open_to_all = True

    def get(self, request: Request) -> Response:
        """Find a product by SKU, whatever its case."""
        refuse_unknown(request.GET, {"sku", "fields"})
        sku = request.GET.get("sku", "")
        if not sku.strip():
            raise wrong("sku", "Say which SKU you look for: find/?sku=...", "required")
        key = sku_key(sku[: LONGEST_SKU + 1])
        owners = Variant.objects.filter(sku_key=key).values("product")
        found = Listing.objects.filter(
            Q(product__sku_key=key) | Q(product__in=owners), category_id=WHOLE_SHOP
        ).order_by("product_id")
        product_id = found.values_list("product_id", flat=True).first()
        if product_id is None:
            raise missing(f"No product has the SKU {sku[:LONGEST_SKU]!r}.")
        answer = Response(shown_product(request, product_id))
        answer["Content-Location"] = f"/api/v2/products/{product_id}/"
        return answer


def shown_product(request: Request, product_id: int) -> dict[str, Any]:
    """Return a visible product with the fields asked for."""
    fields = read_fields(request.GET, available=FIELDS, default=FIELDS)
    rows = product_id <= LARGEST_ID and product_rows(
        Listing.objects.filter(category_id=WHOLE_SHOP, product_id=product_id), fields
    )
    if not rows:
        raise missing("There is no such product, or it is not for sale.")
    return product_items(rows, fields)[0]


def written_product(product: Product) -> dict[str, Any]:
    """Return a product to whoever wrote it, for sale or not."""
    listed = Listing.objects.filter(category_id=WHOLE_SHOP, product_id=product.pk)
    rows = product_rows(listed, FIELDS) or [hidden_row(product)]
    return {**product_items(rows, FIELDS)[0], "live": product.live}
