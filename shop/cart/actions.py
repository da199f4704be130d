"""Changes of a cart."""

from typing import Any

from django.db import transaction

from shop.cart.models import Cart, CartLine
from shop.catalog.models import Product, Variant
from shop.core.errors import Conflict, NotFound, ShopError
from shop.core.numbers import new_token
from shop.inventory.queries import available_units

MAX_UNITS = 100_000
MAX_LINES = 100


class NotForSale(NotFound):
    """The variant does not exist, or shoppers may not see it now."""

    def __init__(self) -> None:
        super().__init__("not_for_sale", "This product is no longer for sale.", field="variant")


class TooMany(Conflict):
    """More units than there are; `available` says how many."""

    def __init__(self, available: int) -> None:
        left = f"Only {available} left" if available else "Sold out"
        super().__init__("insufficient_stock", f"{left}.", field="quantity")
        self.available = available


def _checked(quantity: int) -> int:
    if not 1 <= quantity <= MAX_UNITS:
        raise ShopError(
            "quantity_out_of_range", f"Choose between 1 and {MAX_UNITS} units.", field="quantity"
        )
    return quantity


def _refuse_more_than_there_is(variant_id: int, quantity: int) -> None:
    available = available_units([variant_id]).get(variant_id, 0)
    if available is not None and quantity > available:
        raise TooMany(max(available, 0))


@transaction.atomic
def add_line(*, cart: Cart, variant_id: int, quantity: int = 1) -> CartLine:
    """Put units of a variant into a cart, on top of those already there.

    Raises NotForSale, TooMany, or ShopError `quantity_out_of_range` and `cart_full`.
    """
    _checked(quantity)
    cart = Cart.objects.select_for_update().get(pk=cart.pk)
    variant = (
        Variant.objects.select_related("product")
        .filter(pk=variant_id, product__in=Product.objects.live())
        .first()
    )
    if variant is None:
        raise NotForSale
    line = cart.lines.filter(variant=variant).first()
    if line is None and cart.lines.count() >= MAX_LINES:
        raise ShopError("cart_full", f"A cart holds up to {MAX_LINES} different things.")
    total = _checked(quantity + (line.quantity if line else 0))
    _refuse_more_than_there_is(variant_id, total)
    price = variant.price_now().current
    if line is None:
        return CartLine.objects.create(
            cart=cart,
            variant=variant,
            name=variant.product.name,
            sku=variant.sku,
            quantity=total,
            price_when_added=price,
        )
    line.quantity, line.price_when_added = total, price
    line.save(update_fields=["quantity", "price_when_added"])
    return line


def _line(cart: Cart, line_id: int) -> CartLine:
    line = cart.lines.select_for_update().filter(pk=line_id).first()
    if line is None:
        raise NotFound("line_not_found", "This line is no longer in the cart.")
    return line


@transaction.atomic
def set_quantity(*, cart: Cart, line_id: int, quantity: int) -> CartLine | None:
    """Change how many units a line has; 0 takes it out and returns None.

    Raises NotFound, TooMany, or ShopError `quantity_out_of_range`.
    """
    Cart.objects.select_for_update().get(pk=cart.pk)
    line = _line(cart, line_id)
    if quantity == 0:
        line.delete()
        return None
    _checked(quantity)
    if line.variant_id is None:
        raise NotForSale
    if quantity > line.quantity:
        _refuse_more_than_there_is(line.variant_id, quantity)
    line.quantity = quantity
    line.save(update_fields=["quantity"])
    return line


def remove_line(*, cart: Cart, line_id: int) -> None:
    """Take a line out; one that is gone already is no error."""
    cart.lines.filter(pk=line_id).delete()


@transaction.atomic
def adopt(*, guest: Cart, user: Any) -> Cart:
    """Join a guest's cart into the customer's at login, quantities summed within stock."""
    own, _ = Cart.objects.get_or_create(user=user)
    if own.pk == guest.pk:
        return own
    locked = {
        cart.pk: cart
        for cart in Cart.objects.select_for_update()
        .filter(pk__in=[own.pk, guest.pk])
        .order_by("pk")
    }
    if guest.pk not in locked or locked[guest.pk].user_id is not None:
        return own
    mine = {line.variant_id: line for line in own.lines.all()}
    units = available_units([variant_id for variant_id in mine if variant_id])
    for line in guest.lines.all():
        if line.variant_id not in mine:
            line.cart = own
            line.save(update_fields=["cart"])
            continue
        available = units.get(line.variant_id or 0, 0)
        limit = MAX_UNITS if available is None else min(MAX_UNITS, max(available, 1))
        kept = mine[line.variant_id]
        kept.quantity = min(kept.quantity + line.quantity, limit)
        kept.save(update_fields=["quantity"])
    guest.delete()
    return own


def empty(cart: Cart) -> None:
    """Take everything out after an order; the next checkout is a new wish."""
    cart.lines.all().delete()
    cart.checkout_key = new_token()
    cart.save(update_fields=["checkout_key", "updated_at"])
