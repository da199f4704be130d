"""Place an order: price, write, promise stock, begin the payment; all of it or nothing."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from django.db import IntegrityError, OperationalError, transaction

from shop.cart.actions import empty
from shop.cart.models import Cart
from shop.cart.queries import cart_contents
from shop.core.errors import Conflict, ShopError
from shop.flows.price_purchase import price_purchase, rounding_of
from shop.inventory.actions import InsufficientStock, reserve
from shop.orders import actions as orders
from shop.orders.contact import Contact, Place, checked
from shop.orders.models import Order
from shop.payments import actions as payments
from shop.pricing import actions as pricing
from shop.pricing.rules import Quote


@dataclass(frozen=True, slots=True)
class Purchase:
    """What a buyer asks for. Prices are not among it: the server prices."""

    contact: Contact
    place: Place = field(default_factory=Place)
    delivery_method: str = ""
    payment_method: str = ""
    payment_phone: str = ""
    pickup_point: int | None = None
    voucher: str = ""
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
    if locked.voucher_code and not purchase.voucher:
        purchase = replace(purchase, voucher=locked.voucher_code)
    order = _place(contents.demand, purchase, key)
    empty(locked)
    return order


def _place(demand: Mapping[int, int], purchase: Purchase, key: str | None) -> Order:
    method = payments.require_method(purchase.payment_method)
    priced = price_purchase(
        demand,
        region=purchase.place.county,
        delivery_method=purchase.delivery_method,
        pickup_point=purchase.pickup_point,
        voucher=purchase.voucher,
        user_id=purchase.user.pk if purchase.user else None,
    )
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
            "rounding": rounding_of(method, priced.total),
        },
    )
    order.begun_payment = payments.start(
        order_id=order.pk,
        method=method,
        amount=order.total,
        currency=order.currency,
        phone=purchase.payment_phone or str(order.phone),
    )
    # Stock comes late: the shorter its rows are held, the more buyers get through.
    try:
        reserve(
            reference=order.number,
            demand=demand,
            skus={line.variant_id: line.sku for line in priced.lines},
        )
    except InsufficientStock as cause:
        raise OutOfStock(priced, cause) from cause
    if priced.voucher is not None:
        pricing.redeem(
            priced.voucher,
            reference=order.number,
            amount=priced.voucher_amount,
            user_id=order.user_id,
            phone=str(order.phone),
        )
    return order


def _settled(key: str | None, attempt: Callable[[], Order]) -> Order:
    """Run the attempt in its transaction; again where only chance stood in the way.

    Chance is a deadlock that the database broke, or a random number that exists already. A key
    that exists already is the buyer's second click: the first one's order is the answer, also where
    that used up what the second would need.
    """
    for last in (False, False, True):
        try:
            with transaction.atomic():
                return attempt()
        except (IntegrityError, ShopError) as refusal:
            made = Order.objects.filter(checkout_key=key).first() if key else None
            if made is not None:
                return made
            if last or isinstance(refusal, ShopError):
                raise
        except OperationalError:
            if last:
                raise
    raise AssertionError("the last attempt returns or raises")
