"""Place an order: price, write, promise stock, begin the payment; all of it or nothing."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.db import IntegrityError, OperationalError, transaction

from shop.cart.actions import MAX_LINES, MAX_UNITS, empty
from shop.cart.models import Cart
from shop.cart.queries import cart_contents
from shop.core.errors import Conflict, ShopError
from shop.inventory.actions import InsufficientStock, reserve
from shop.orders import actions as orders
from shop.orders.contact import Contact, Place, checked
from shop.orders.models import Order
from shop.payments import actions as payments
from shop.pricing.queries import quote
from shop.pricing.rules import Quote

MOST_MONEY = Decimal("99999999999.99")


@dataclass(frozen=True, slots=True)
class Purchase:
    """What a buyer asks for. Prices are not among it: the server prices."""

    contact: Contact
    place: Place = field(default_factory=Place)
    delivery_method: str = ""
    payment_method: str = ""
    notes: str = ""
    notify_sms: bool = True
    notify_email: bool = True
    user: Any = None


class OutOfStock(Conflict):
    """Some lines want more than there is; `details` has one entry a line with what is left."""

    def __init__(self, priced: Quote, cause: InsufficientStock) -> None:
        by_variant = {line.variant_id: line for line in priced.lines}
        details: list[dict[str, Any]] = []
        for shortage in cause.shortages:
            line = by_variant[shortage.variant_id]
            left = max(shortage.available, 0)
            details.append(
                {
                    "variant_id": line.variant_id,
                    "sku": line.sku,
                    "wanted": shortage.wanted,
                    "available": left,
                    "message": f"{line.name}: only {left} left."
                    if left
                    else f"{line.name} is sold out.",
                }
            )
        super().__init__(
            "insufficient_stock",
            " ".join(str(entry["message"]) for entry in details),
            details=details,
        )


def place_order(demand: Mapping[int, int], purchase: Purchase, *, key: str | None = None) -> Order:
    """Order units of variants (id to quantity).

    `key` names the buyer's wish: the same key gives the order it made before. Raises OutOfStock,
    ContactProblems or another ShopError; in each case nothing is written.
    """
    return _settled(key, lambda: _place(demand, purchase, key))


def place_cart_order(cart: Cart, purchase: Purchase, *, key: str | None = None) -> Order:
    """Order what is in a cart and empty it; double clicks and second tabs find the same order.

    `key` is the `checkout_key` that the form was made with. Raises ShopError `cart_empty`
    besides what `place_order` raises.
    """
    key = key or Cart.objects.values_list("checkout_key", flat=True).get(pk=cart.pk)
    return _settled(key, lambda: _place_cart(cart, purchase, key))


def _place_cart(cart: Cart, purchase: Purchase, key: str) -> Order:
    locked = Cart.objects.select_for_update().get(pk=cart.pk)
    made = Order.objects.filter(checkout_key=key).first()
    if made is not None:
        return made
    contents = cart_contents(locked)
    if not contents.lines:
        raise ShopError("cart_empty", "There is nothing in your cart.", field="cart")
    gone = [line for line in contents.lines if line.gone]
    if gone:
        names = ", ".join(line.line.name for line in gone)
        raise Conflict("not_for_sale", f"No longer for sale, please take it out: {names}.")
    order = _place(contents.demand, purchase, key)
    empty(locked)
    return order


def _place(demand: Mapping[int, int], purchase: Purchase, key: str | None) -> Order:
    _check_demand(demand)
    method = payments.require_method(purchase.payment_method)
    priced = quote(demand, region=purchase.place.county, delivery_method=purchase.delivery_method)
    if len(priced.lines) < len(demand):
        raise ShopError("not_for_sale", "Something in this order is not for sale.", field="items")
    if priced.total > MOST_MONEY:
        raise ShopError("total_too_large", "An order this large needs a call.", field="items")
    fields = checked(
        purchase.contact,
        purchase.place,
        needs_address=priced.delivery is not None and priced.delivery.needs_address,
        notes=purchase.notes,
    )
    order = orders.create(
        quote=priced,
        fields={
            **fields,
            "user": purchase.user,
            "payment_method": method,
            "notify_sms": purchase.notify_sms,
            "notify_email": purchase.notify_email,
            "checkout_key": key,
        },
    )
    payments.start(order_id=order.pk, method=method, amount=order.total, currency=order.currency)
    # Stock comes last: the shorter its rows are held, the more buyers get through.
    try:
        reserve(
            reference=order.number,
            demand=demand,
            skus={line.variant_id: line.sku for line in priced.lines},
        )
    except InsufficientStock as cause:
        raise OutOfStock(priced, cause) from cause
    return order


def _check_demand(demand: Mapping[int, int]) -> None:
    if not demand:
        raise ShopError("cart_empty", "There is nothing to order.", field="items")
    if len(demand) > MAX_LINES:
        raise ShopError("too_many_lines", f"At most {MAX_LINES} different things.", field="items")
    if any(not 1 <= quantity <= MAX_UNITS for quantity in demand.values()):
        raise ShopError(
            "quantity_out_of_range", f"Choose between 1 and {MAX_UNITS} units.", field="quantity"
        )


def _settled(key: str | None, attempt: Callable[[], Order]) -> Order:
    """Run the attempt in its transaction; again where only chance stood in the way.

    Chance is a deadlock that the database broke, or a random number that exists already. A key
    that exists already is the buyer's second click: the first one's order is the answer.
    """
    for last in (False, False, True):
        try:
            with transaction.atomic():
                return attempt()
        except IntegrityError:
            made = Order.objects.filter(checkout_key=key).first() if key else None
            if made is not None:
                return made
            if last:
                raise
        except OperationalError:
            if last:
                raise
    raise AssertionError("the last attempt returns or raises")
