"""Changes of a cart."""

from dataclasses import dataclass
from typing import Any

from django.db import transaction

from shop.cart.models import Cart, CartLine
from shop.catalog.models import Variant, with_live_product
from shop.core.errors import Conflict, NotFound, ShopError
from shop.core.numbers import new_token
from shop.inventory.queries import available_units
from shop.pricing.queries import price_goods

MAX_UNITS = 100_000
MAX_LINES = 100
MAX_CODE = 40


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
        with_live_product(Variant.objects.select_related("product")).filter(pk=variant_id).first()
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


@dataclass(frozen=True, slots=True)
class Joined:
    """What became of one thing in a guest's cart: `wanted` units in both carts, `kept` of them.

    `left` is how many there are; None where nobody counts or another limit held the rest back.
    """

    name: str
    wanted: int
    kept: int
    left: int | None

    @property
    def complete(self) -> bool:
        """Tell whether nothing was left out."""
        return self.kept == self.wanted


@transaction.atomic
def adopt(*, guest: Cart, user: Any) -> tuple[Cart, list[Joined]]:
    """Join a guest's cart into the customer's at login, quantities summed within stock.

    Returns the customer's cart and what became of each thing in the guest's. The customer's own
    line never shrinks below what it held and there is: what is sold out stays to be seen there.
    """
    own, _ = Cart.objects.get_or_create(user=user)
    locked = {
        cart.pk: cart
        for cart in Cart.objects.select_for_update()
        .filter(pk__in=[own.pk, guest.pk])
        .order_by("pk")
    }
    if guest.pk not in locked or locked[guest.pk].user_id is not None:
        return own, []
    mine = list(own.lines.all())
    theirs = list(guest.lines.order_by("pk"))
    units = available_units([line.variant_id for line in theirs if line.variant_id])
    joined = [_join(own, mine, line, units) for line in theirs]
    if locked[guest.pk].voucher_code and not locked[own.pk].voucher_code:
        own.voucher_code = locked[guest.pk].voucher_code
        own.save(update_fields=["voucher_code", "updated_at"])
    guest.delete()
    return own, joined


def _join(own: Cart, mine: list[CartLine], line: CartLine, units: dict[int, int | None]) -> Joined:
    same = (each for each in mine if line.variant_id and each.variant_id == line.variant_id)
    held = next(same, None)
    before = held.quantity if held else 0
    wanted = before + line.quantity
    left = units.get(line.variant_id or 0, 0)
    kept = min(wanted, MAX_UNITS if left is None else min(MAX_UNITS, max(left, 0)))
    if held is None and len(mine) >= MAX_LINES:
        return Joined(line.name, wanted, 0, None)
    if held is None and kept:
        mine.append(line)
        line.cart, line.quantity = own, kept
        line.save(update_fields=["cart", "quantity"])
    elif held is not None and kept:
        held.quantity = kept
        held.save(update_fields=["quantity"])
    return Joined(line.name, wanted, kept, left)


def empty(cart: Cart) -> None:
    """Take everything out after an order; the next checkout is a new wish."""
    cart.lines.all().delete()
    cart.checkout_key = new_token()
    cart.voucher_code = ""
    cart.save(update_fields=["checkout_key", "voucher_code", "updated_at"])


def apply_voucher(*, cart: Cart, code: str) -> None:
    """Keep a voucher with a cart that it counts for; a cart has one.

    Raises ShopError `unknown_voucher`, `voucher_expired`, `voucher_not_yet`, `voucher_minimum`,
    `voucher_not_for_these`, `voucher_used_up`, `voucher_used_by_you` or `cart_empty`.
    """
    code = code.strip()[:MAX_CODE]
    demand = dict(cart.lines.exclude(variant=None).values_list("variant_id", "quantity"))
    use = price_goods(demand, voucher=code, user_id=cart.user_id).voucher
    if use is None:
        message = "Put something into your cart first." if code else "Type the voucher's code."
        raise ShopError("cart_empty" if code else "required", message, field="voucher")
    if use.problem is not None:
        raise use.problem
    cart.voucher_code = use.code
    cart.save(update_fields=["voucher_code", "updated_at"])


def remove_voucher(*, cart: Cart) -> None:
    """Take the voucher off a cart; one without is left as it is."""
    if cart.voucher_code:
        cart.voucher_code = ""
        cart.save(update_fields=["voucher_code", "updated_at"])
