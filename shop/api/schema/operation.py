"""What is said of one operation, and the words and headers that many share."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings

from shop.api.words import FARTHEST, LARGEST_ID, LONGEST_TEXT

# Each word of the query with its schema and what it means.
Words = Mapping[str, tuple[dict[str, Any], str]]


@dataclass(frozen=True, slots=True)
class Operation:
    """What one method of one address takes and answers.

    `public` says that nobody has to say who they are, `cart` that it is about the caller's cart,
    `tagged` that answers have an ETag where the handler itself does not tell. A token needs the
    scopes of `also` beside the one that the view names. `errors` are those beside the ones that
    follow from the method, the address and the headers.
    """

    answers: Mapping[int, Any] = field(default_factory=dict)
    words: Words = field(default_factory=dict)
    headers: Mapping[str, str] = field(default_factory=dict)
    body: Any = None
    public: bool = True
    cart: bool = False
    tagged: bool = False
    also: tuple[str, ...] = ()
    errors: Collection[int] = ()


# Address below /api/v2/ and method, as in ("GET", "products/{product_id}/").
Table = dict[tuple[str, str], Operation]


def whole(least: int = 0, most: int | None = None) -> dict[str, Any]:
    """Return the schema of a whole number."""
    bounds = {"minimum": least, "maximum": most}
    return {"type": "integer", **{name: at for name, at in bounds.items() if at is not None}}


def choice(values: Iterable[str]) -> dict[str, Any]:
    """Return the schema of one of these words."""
    return {"type": "string", "enum": [value for value in values if value]}


AMOUNT = {"type": "string", "pattern": r"^\d{1,10}(\.\d{1,2})?$"}
NAME = {"type": "string", "minLength": 1}
SWITCH = {"type": "boolean"}
TEXT = {"type": "string", "maxLength": LONGEST_TEXT}
ID = whole(1, LARGEST_ID)

LIMIT = whole(0, settings.WAGTAILAPI_LIMIT_MAX)
WINDOW: Words = {
    "limit": (LIMIT, "How many items, 20 if left out"),
    "offset": (whole(0, FARTHEST), "How many items to leave out before the first"),
}
PAGING: Words = {
    **WINDOW,
    "page": (whole(1, FARTHEST), "Instead of offset: which page, counted from 1"),
    "page_size": (LIMIT, "Instead of limit: how many items a page has"),
}
CURSOR: Words = {
    **PAGING,
    "cursor": ({"type": "string"}, "Follow the address in meta.next"),
}
FIELDS: Words = {
    "fields": (
        {"type": "string"},
        "Fields to answer: `name,price`, `*` all, `_` none, `-name` not",
    ),
}
PREVIEW: Words = {
    "preview": ({"type": "string"}, "From a preview link: answer the latest draft, for a day"),
}
SEARCH: Words = {"search": (TEXT, "Words to look for")}
TOKEN: Words = {"token": ({"type": "string"}, "The order's public token, for guests")}

ONCE = {"Idempotency-Key": "The same key and body give the first answer again for 24 hours"}

KNOWN = {"If-None-Match": "ETags of answers one has; where one is still true the answer is 304"}


def reads(answer: Any, words: Words | None = None, **more: Any) -> Operation:
    """Describe what takes no body and answers 200."""
    return Operation({200: answer}, words or {}, **more)
