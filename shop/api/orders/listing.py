"""The list of orders: filters, search, and pages by cursor or by number."""

from datetime import UTC, datetime, time
from typing import Any

from django.db.models import QuerySet
from django.http import QueryDict
from django.utils.dateparse import parse_date, parse_datetime
from rest_framework.exceptions import NotAuthenticated
from rest_framework.request import Request

from shop.api.errors import wrong
from shop.api.orders.access import visible_orders
from shop.api.orders.answers import order_answers
from shop.api.paging import PAGING, cursor_after, read_cursor, read_window
from shop.api.words import read_choice, read_text, refuse_unknown
from shop.catalog.queries.addresses import absolute
from shop.orders.models import Order
from shop.orders.queries import search_orders

FILTERS = frozenset({"status", "payment_status", "placed_after", "search"})
KNOWN = PAGING | FILTERS | {"cursor", "token"}


def order_list(request: Request) -> dict[str, Any]:
    """Return a page of orders, newest first: one's own, for staff everybody's.

    A cursor names the last order seen, so that new ones move nothing from page to page.
    """
    words = request.GET
    refuse_unknown(words, KNOWN)
    if "token" in words:
        return _held(words["token"])
    if not request.user.is_authenticated:
        raise NotAuthenticated
    orders = _narrowed(visible_orders(request.user), words)
    offset, limit = read_window(words)
    last_seen = read_cursor(words)
    if last_seen is not None and {"offset", "page"} & words.keys():
        raise wrong("cursor", "Send a cursor, or an offset or page; not both.", "mixed_paging")
    following = orders if last_seen is None else orders.filter(pk__lt=last_seen)
    rows = list(following.order_by("-pk")[offset : offset + limit + 1])
    shown = rows[:limit]
    more = bool(shown) and len(rows) > limit
    return {
        "meta": {
            "total_count": orders.count(),
            "next": _next(words, shown[-1].pk) if more else None,
        },
        "items": order_answers(shown),
    }


def _held(token: str) -> dict[str, Any]:
    mine = list(Order.objects.filter(token=token))
    return {"meta": {"total_count": len(mine), "next": None}, "items": order_answers(mine)}


def _narrowed(orders: QuerySet[Order], words: QueryDict) -> QuerySet[Order]:
    for word, choices in (("status", Order.Status), ("payment_status", Order.PaymentStatus)):
        if word in words:
            orders = orders.filter(**{word: read_choice(words, word, choices.values)})
    if "placed_after" in words:
        orders = orders.filter(placed_at__gt=_moment(words, "placed_after"))
    return search_orders(orders, read_text(words, "search") or "")


def _moment(words: QueryDict, word: str) -> datetime:
    """Read a time, in UTC unless it says its own zone, or a day's beginning."""
    text = words.get(word, "")
    try:
        found = parse_datetime(text)
        day = parse_date(text)
    except ValueError:
        found = day = None
    if found is None and day is not None:
        found = datetime.combine(day, time.min)
    if found is None or not 1 < found.year < 9999:
        raise wrong(word, f"{word} must be a time such as 2026-01-31T12:00:00Z, or a day.")
    return found if found.tzinfo else found.replace(tzinfo=UTC)


def _next(words: QueryDict, last: int) -> str:
    following = words.copy()
    for word in ("offset", "page"):
        following.pop(word, None)
    following["cursor"] = cursor_after(last)
    return absolute(f"/api/v2/orders/?{following.urlencode()}")
