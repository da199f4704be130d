"""Which cart belongs to a visitor: the customer's own, or a guest's by the session."""

from django.http import HttpRequest

from shop.cart.actions import Joined, adopt
from shop.cart.models import Cart
from shop.cart.queries import Contents, cart_contents, find_cart

TOKEN = "cart_token"  # noqa: S105
COUNT = "cart_count"


def current_cart(request: HttpRequest) -> Cart | None:
    """Return the visitor's cart, or None while nothing was put in."""
    return find_cart(user=request.user, token=request.session.get(TOKEN, ""))


def own_cart(request: HttpRequest) -> Cart:
    """Return the visitor's cart, making it at the first thing put in."""
    cart = current_cart(request)
    if cart is None and request.user.is_authenticated:
        cart, _ = Cart.objects.get_or_create(user=request.user)
    elif cart is None:
        cart = Cart.objects.create()
        request.session[TOKEN] = cart.token
    assert cart is not None  # noqa: S101
    return cart


def contents_of(request: HttpRequest) -> Contents | None:
    """Read the visitor's cart and keep its count for the header of every page."""
    cart = current_cart(request)
    contents = cart_contents(cart) if cart else None
    remember_count(request, contents.count if contents else 0)
    return contents


def remember_count(request: HttpRequest, count: int) -> None:
    """Keep the number in the header without reading the cart on every page."""
    if request.session.get(COUNT, 0) != count:
        request.session[COUNT] = count


def bring_along(request: HttpRequest) -> list[Joined]:
    """Join guests' carts into the customer's at login: the session's, and an app's by its header.

    Returns what became of each thing.
    """
    joined: list[Joined] = []
    for token in {request.session.pop(TOKEN, ""), request.headers.get("X-Cart-Token", "")}:
        guest = find_cart(token=token)
        if guest is not None:
            joined += adopt(guest=guest, user=request.user)[1]
    own = find_cart(user=request.user)
    remember_count(request, cart_contents(own).count if own else 0)
    return joined
