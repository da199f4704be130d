"""Pages, images, documents: Wagtail's own addresses, the same three for each."""

from drf_spectacular.types import OpenApiTypes

from shop.api.schema.operation import (
    FIELDS,
    ID,
    PAGING,
    PREVIEW,
    SEARCH,
    Operation,
    Table,
    Words,
    reads,
)

# `fields` decides what an item holds, so it is an object.
_LIST = {
    "type": "object",
    "properties": {
        "meta": {
            "type": "object",
            "properties": {"total_count": {"type": "integer"}},
            "required": ["total_count"],
        },
        "items": {"type": "array", "items": {"type": "object"}},
    },
    "required": ["meta", "items"],
}
_ORDER: Words = {
    "order": ({"type": "string"}, "A field to sort by, -field for the other way round")
}
_FOUND: Words = {"id": (ID, "Leads to the item of this id")}

OPERATIONS: Table = dict(
    operation
    for kind in ("pages", "images", "documents")
    for operation in {
        ("GET", f"{kind}/"): reads(_LIST, {**PAGING, **FIELDS, **SEARCH, **_ORDER}),
        ("GET", f"{kind}/{{id}}/"): reads(OpenApiTypes.OBJECT, FIELDS),
        ("GET", f"{kind}/find/"): Operation({302: None}, _FOUND, errors={404}),
    }.items()
)
# Only pages have drafts that somebody outside may see.
OPERATIONS["GET", "pages/{id}/"] = reads(
    OpenApiTypes.OBJECT, {**FIELDS, **PREVIEW}, errors={403}, tagged=True
)
