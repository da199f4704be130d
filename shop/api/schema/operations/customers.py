"""What customers see and change of themselves."""

from drf_spectacular.types import OpenApiTypes

from shop.api.customers.input import (
    BookedAddressChangesInput,
    BookedAddressInput,
    ConsentInput,
    ConsentsInput,
    ProfileChangesInput,
    ProfileInput,
)
from shop.api.schema.operation import FIELDS, ONCE, PAGING, Operation, Table, reads
from shop.api.schema.shapes import customers as shapes
from shop.api.schema.shapes.basics import page
from shop.api.schema.shapes.catalogue import ProductItemShape
from shop.api.wishlist.views import WishInput

CONFLICT = {409}
CONSENTS = page(shapes.ConsentShape)

OPERATIONS: Table = {
    ("GET", "customers/me/"): reads(shapes.ProfileShape, public=False),
    ("PUT", "customers/me/"): Operation(
        {200: shapes.ProfileShape}, body=ProfileInput, public=False
    ),
    ("PATCH", "customers/me/"): Operation(
        {200: shapes.ProfileShape}, body=ProfileChangesInput, public=False
    ),
    ("DELETE", "customers/me/"): Operation({204: None}, public=False, errors=CONFLICT),
    ("GET", "customers/me/addresses/"): reads(
        page(shapes.BookedAddressShape), PAGING, public=False
    ),
    ("POST", "customers/me/addresses/"): Operation(
        {201: shapes.BookedAddressShape},
        headers=ONCE,
        body=BookedAddressInput,
        public=False,
        errors=CONFLICT,
    ),
    ("GET", "customers/me/addresses/{address_id}/"): reads(shapes.BookedAddressShape, public=False),
    ("PUT", "customers/me/addresses/{address_id}/"): Operation(
        {200: shapes.BookedAddressShape}, body=BookedAddressInput, public=False
    ),
    ("PATCH", "customers/me/addresses/{address_id}/"): Operation(
        {200: shapes.BookedAddressShape}, body=BookedAddressChangesInput, public=False
    ),
    ("DELETE", "customers/me/addresses/{address_id}/"): Operation({204: None}, public=False),
    ("GET", "customers/me/consents/"): reads(CONSENTS, public=False),
    ("POST", "customers/me/consents/"): Operation(
        {201: CONSENTS}, headers=ONCE, body=ConsentInput, public=False
    ),
    ("PUT", "customers/me/consents/"): Operation({200: CONSENTS}, body=ConsentsInput, public=False),
    ("GET", "customers/me/export/"): reads(OpenApiTypes.OBJECT, public=False),
    ("GET", "wishlist/"): reads(page(ProductItemShape), {**PAGING, **FIELDS}, public=False),
    ("POST", "wishlist/"): Operation(
        {200: ProductItemShape, 201: ProductItemShape},
        headers=ONCE,
        body=WishInput,
        public=False,
        errors={404, 409},
    ),
    ("DELETE", "wishlist/{product_id}/"): Operation({204: None}, public=False),
}
