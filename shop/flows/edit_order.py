"""Change an order before it is packed: what is in it, where it goes, whom it is for."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db import transaction

from shop.core.errors import Conflict
from shop.core.money import display
from shop.flows.edit_money import Money, require_repriceable, settle_edit, standing_after
from shop.flows.edit_words import contact_changes, price_changes
from shop.flows.place_order import OutOfStock
from shop.flows.price_purchase import price_purchase, rounding_of
from shop.fulfilment import actions as fulfilment
from shop.fulfilment import rules as parcels
from shop.inventory.actions import InsufficientStock
from shop.inventory.changes import change_promise, lock_for_change
from shop.invoicing.actions import replace_invoice
from shop.notifications.actions import announce, readdress
from shop.notifications.models import Event as Message
from shop.orders import rules
from shop.orders.actions import CONTACT_CHANGED
from shop.orders.agreement import agreed_columns, rewrite_lines
from shop.orders.contact import Contact, Place, checked
from shop.orders.models import Order, OrderEvent, OrderLine
from shop.orders.timeline import require_unchanged
from shop.pricing import actions as pricing
from shop.pricing.rules import Quote, code_key

REASON = "Order changed"


@dataclass(frozen=True, slots=True)
class Edit:
    """What an order shall be; `demand` is variant to quantity. Prices are not among it."""

    demand: Mapping[int, int]
    contact: Contact
    place: Place
    delivery_method: str
    pickup_point: int | None = None
    voucher: str = ""
    notes: str = ""


@dataclass(frozen=True, slots=True)
class Edited:
    """The order as it is now, what changed in words, and what that means for its money."""

    order: Order
    lines: list[OrderLine]
    changes: list[str]
    money: Money


class _Undone(Exception):
    """It was only a try."""


def try_edit(*, order_id: int, wish: Edit, seen: int | None = None) -> Edited:
    """Say what `edit_order` would make of an order, and raise what it would raise."""
    try:
        with transaction.atomic():
            edited = edit_order(order_id=order_id, wish=wish, seen=seen)
            raise _Undone
    except _Undone:
        return edited


@transaction.atomic
def edit_order(
    *,
    order_id: int,
    wish: Edit,
    seen: int | None = None,
    agreed_total: Decimal | None = None,
    actor: str = "",
    tell: bool = True,
) -> Edited:
    """Change an order that nobody packed yet, as a whole or not at all.

    Where lines, delivery or voucher change, all of it is priced by today's quote; the stock that
    it was promised keeps to it. Money that came on top becomes a refund for people to send; what
    is missing is asked for. `seen` is the version somebody looked at, `agreed_total` the total
    they were shown. With `tell` the customer hears of it. Raises Conflict `too_late_to_edit`,
    `order_changed`, `price_changed`, or what `require_repriceable` raises; OutOfStock,
    ContactProblems, or what `price_purchase` raises.
    """
    number, voucher = Order.objects.values_list("number", "voucher_code").get(pk=order_id)
    lock_for_change(reference=number, variant_ids=wish.demand)
    pricing.lock_vouchers([voucher, wish.voucher])
    order = Order.objects.select_for_update().get(pk=order_id)
    _require_editable(order)
    require_unchanged(order, seen)
    before, lines = Order.objects.get(pk=order_id), list(order.lines.order_by("pk"))
    priced = _priced(order, lines, wish) if _needs_a_price(order, lines, wish) else None
    _fill_in(order, wish, priced)
    if agreed_total is not None and order.total != agreed_total:
        raise Conflict(
            "price_changed",
            f"The total is {display(order.total)} now. Look at it and save again.",
        )
    changed = contact_changes(before, order)
    money = Money()
    update = [name for name in CONTACT if getattr(before, name) != getattr(order, name)]
    if priced is not None:
        _promise(order, priced, wish, actor)
        rewrite_lines(order=order, quote=priced)
        if order.shipments.exists():
            fulfilment.plan_anew(order=order, actor=actor)
        update += [*agreed_columns(priced), "rounding"]
        order.payment_status = standing_after(before, order)
    now_in_it = list(order.lines.order_by("pk"))
    repriced = price_changes(before, lines, order, now_in_it) if priced is not None else []
    if not changed and not repriced:
        return Edited(order, now_in_it, [], money)
    _note(order, CONTACT_CHANGED, changed, actor)
    _note(order, "changed", repriced, actor)
    if order.payment_status != before.payment_status:
        update.append("payment_status")
    order.save(update_fields=[*update, "updated_at"])
    if priced is not None:
        money = settle_edit(before=before, order=order, actor=actor)
    if priced is not None or {"name", "buyer_pin"} & set(update):
        replace_invoice(order)
    readdress(order)
    if tell:
        _tell(order, now_in_it, money)
    return Edited(order, now_in_it, [*changed, *repriced], money)


CONTACT = "name phone email buyer_pin county area landmark notes".split()


def _require_editable(order: Order) -> None:
    open_to_it = order.status in (rules.PLACED, rules.CONFIRMED)
    begun = order.shipments.exclude(status__in=[parcels.PREPARING, parcels.CANCELLED])
    if not open_to_it or begun.exists():
        now = order.get_status_display().lower() if not open_to_it else "packed in part"
        raise Conflict(
            "too_late_to_edit",
            f"The order is {now}; it can be changed only before anything of it is packed.",
            field="status",
        )


def _needs_a_price(order: Order, lines: list[OrderLine], wish: Edit) -> bool:
    return (
        units_of(lines) != dict(wish.demand)
        or wish.delivery_method != order.delivery_method
        or (wish.pickup_point is not None and wish.pickup_point != order.pickup_point)
        or code_key(wish.voucher) != code_key(order.voucher_code)
        or wish.place.county.strip() != order.county
    )


def units_of(lines: list[OrderLine]) -> dict[int, int]:
    """Return how many units of each variant lines come to."""
    units: Counter[int] = Counter()
    for line in lines:
        units[line.variant_id] += line.quantity
    return dict(units)


def _priced(order: Order, lines: list[OrderLine], wish: Edit) -> Quote:
    require_repriceable(order, units_of(lines))
    # Its own use of a voucher does not stand in the way of using it on.
    pricing.give_back(reference=order.number)
    return price_purchase(
        wish.demand,
        region=wish.place.county.strip(),
        delivery_method=wish.delivery_method,
        pickup_point=wish.pickup_point,
        voucher=wish.voucher.strip(),
        user_id=order.user_id,
    )


def _fill_in(order: Order, wish: Edit, priced: Quote | None) -> None:
    needs_address = bool(order.county)
    if priced is not None:
        needs_address = priced.delivery is not None and priced.delivery.needs_address
    columns: dict[str, Any] = checked(
        wish.contact, wish.place, needs_address=needs_address, notes=wish.notes
    )
    if priced is not None:
        columns |= agreed_columns(priced)
        columns["rounding"] = rounding_of(order.payment_method, priced.total)
    for name, value in columns.items():
        setattr(order, name, value)


def _promise(order: Order, priced: Quote, wish: Edit, actor: str) -> None:
    try:
        change_promise(
            reference=order.number,
            demand=wish.demand,
            skus={line.variant_id: line.sku for line in priced.lines},
            reason=REASON,
            actor=actor,
        )
    except InsufficientStock as cause:
        raise OutOfStock(priced, cause) from cause
    if priced.voucher is not None:
        pricing.redeem_anew(
            priced.voucher,
            reference=order.number,
            amount=priced.voucher_amount,
            user_id=order.user_id,
            phone=str(order.phone),
        )


def _note(order: Order, kind: str, changes: list[str], actor: str) -> None:
    for text in changes:
        OrderEvent.objects.create(order=order, kind=kind, text=text[:300], actor=actor[:150])


def _tell(order: Order, lines: list[OrderLine], money: Money) -> None:
    latest = order.events.order_by("-pk").values_list("pk", flat=True).first()
    announce(
        order=order,
        event=Message.CHANGED,
        lines=lines,
        words={"money": money.words},
        occasion=f"edit:{latest}",
    )
