"""Whose orders they are: a buyer's own, the holder's of a token, everybody's for staff."""

from typing import Any

from django.db.models import Q, QuerySet
from django.utils.crypto import constant_time_compare

from shop.api.errors import Refused, missing
from shop.api.permissions import sees_all_orders
from shop.api.words import LARGEST_ID, whole
from shop.orders.models import Order


def visible_orders(user: Any) -> QuerySet[Order]:
    """Return the orders that somebody logged in may read."""
    return Order.objects.all() if sees_all_orders(user) else Order.objects.filter(user=user)


def order_for(user: Any, order_id: int, *, token: str, staff: bool) -> Order:
    """Return the order. Raises Refused (404) for everybody else, so ids tell nothing."""
    return _let_in(Order.objects.filter(pk=order_id).first(), user, token=token, staff=staff)


def named_order_for(user: Any, name: str, *, token: str, staff: bool, attr: str) -> Order:
    """Return the order that an id, a number or its own token means; as `order_for` otherwise."""
    number = whole("".join(name.split()))
    wanted = Q(token=name)
    if number is not None:
        wanted |= Q(number=str(number))
        wanted |= Q(pk=number) if number <= LARGEST_ID else Q()
    found = list(Order.objects.filter(wanted)[:3])
    # A token is the proof as well as the name; a number is meant before an id that looks like it.
    found.sort(key=lambda order: order.number != str(number))
    held = next((order for order in found if constant_time_compare(order.token, name)), None)
    allowed = held or next((o for o in found if _may(o, user, token=token, staff=staff)), None)
    if allowed is None:
        raise unknown_order(attr)
    return allowed


def _let_in(order: Order | None, user: Any, *, token: str, staff: bool) -> Order:
    if order is None or not _may(order, user, token=token, staff=staff):
        raise unknown_order()
    return order


def _may(order: Order, user: Any, *, token: str, staff: bool) -> bool:
    own = user.is_authenticated and order.user_id == user.pk
    return staff or own or constant_time_compare(token, order.token)


def unknown_order(attr: str | None = None) -> Refused:
    """Say that there is no such order, or not for this person (404)."""
    return missing("There is no such order, or it is not yours.", attr)
