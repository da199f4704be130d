"""Write orders and move them along."""

from collections.abc import Collection
from typing import Any

from django.db import transaction
from django.utils.timezone import localdate

from shop.core.clock import now
from shop.core.errors import Conflict
from shop.core.money import currency
from shop.core.numbers import new_token
from shop.orders import rules
from shop.orders.agreement import agreed_columns, agreed_lines
from shop.orders.models import Order, OrderEvent, OrderLine
from shop.pricing.rules import Quote

# The line of the timeline that names a person's old and new words.
CONTACT_CHANGED = "contact_changed"


class IllegalMove(Conflict):
    """The order is past the point where this could be done."""

    def __init__(self, order: Order, target: str) -> None:
        wanted = Order.Status(target).label.lower()
        super().__init__(
            "illegal_move",
            f"The order is {order.get_status_display().lower()} and cannot become {wanted}.",
            field="status",
        )


def create(*, quote: Quote, fields: dict[str, Any]) -> Order:
    """Write an order with its lines as quoted; runs in the caller's transaction."""
    order = Order(**fields, **agreed_columns(quote), currency=currency(), placed_at=now())
    order.agreed_lines = agreed_lines(quote)
    order.save(force_insert=True)
    for line in order.agreed_lines:
        line.order = order
    OrderLine.objects.bulk_create(order.agreed_lines)
    return order


@transaction.atomic
def move(*, order_id: int, target: str, actor: str = "", note: str = "") -> Order:
    """Move an order to another status and note it in the timeline.

    Raises IllegalMove where `rules.MOVES` knows no such move.
    """
    order = Order.objects.select_for_update().get(pk=order_id)
    if not rules.may_move(order.status, target):
        raise IllegalMove(order, target)
    order.previous_status, order.status = order.status, target
    OrderEvent.objects.create(order=order, kind=target, text=note[:300], actor=actor[:150])
    order.save(update_fields=["status", "updated_at"])
    return order


@transaction.atomic
def reopen(*, order_id: int, note: str, actor: str = "") -> Order:
    """Take a cancelled order up again, as it was placed: its money came after all."""
    order = Order.objects.select_for_update().get(pk=order_id)
    if order.status == rules.CANCELLED:
        order.previous_status, order.status = order.status, rules.PLACED
        OrderEvent.objects.create(order=order, kind="reopened", text=note[:300], actor=actor[:150])
        order.save(update_fields=["status", "updated_at"])
    return order


@transaction.atomic
def set_payment_status(*, order_id: int, status: str, actor: str = "", note: str = "") -> Order:
    """Note that an order was paid or refunded, and say so in the timeline."""
    order = Order.objects.select_for_update().get(pk=order_id)
    if order.payment_status != status:
        order.payment_status = status
        OrderEvent.objects.create(order=order, kind=status, text=note[:300], actor=actor[:150])
        order.save(update_fields=["payment_status", "updated_at"])
    return order


@transaction.atomic
def detach_from(user: Any) -> list[int]:
    """Leave of a customer's orders what the books need; returns their ids.

    Name, PIN, phone, county and area say to whom something was sold. Their addresses change, so
    that a link in an old message leads nowhere.
    """
    orders = list(Order.objects.select_for_update().filter(user=user).order_by("pk"))
    for order in orders:
        order.user = None
        order.token = new_token()
        order.email = order.landmark = order.notes = ""
        order.notify_sms = order.notify_email = False
        order.erase_after = rules.records_kept_until(localdate(order.placed_at))
    fields = "user token email landmark notes notify_sms notify_email erase_after".split()
    Order.objects.bulk_update(orders, fields, batch_size=200)
    # Old and new addresses, notes and the like.
    OrderEvent.objects.filter(order__in=orders, kind=CONTACT_CHANGED).update(text="")
    return [order.pk for order in orders]


@transaction.atomic
def erase_persons(order_ids: Collection[int]) -> None:
    """Take out of orders who bought; what was sold for how much stays."""
    person = "name phone email county area landmark notes buyer_pin".split()
    Order.objects.filter(pk__in=order_ids).update(
        **dict.fromkeys(person, ""), notify_sms=False, notify_email=False, checkout_key=None
    )
    OrderEvent.objects.filter(order__in=order_ids).update(text="", actor="")
