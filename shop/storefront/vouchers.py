"""Try a voucher's code as a visitor of the pages: as often as the API lets a caller try."""

from django.http import HttpRequest
from django.utils.translation import ngettext

from shop.cart.actions import apply_voucher
from shop.cart.models import Cart
from shop.core.errors import ShopError
from shop.core.limits import CUSTOMER, GUEST, VOUCHER, caller_address, seconds_to_wait


class TooManyTries(ShopError):
    """Somebody tries one code after the other."""

    status = 429

    def __init__(self, seconds: int) -> None:
        super().__init__(
            "throttled",
            ngettext(
                "You have tried many codes. Please wait %(seconds)d second, then try again.",
                "You have tried many codes. Please wait %(seconds)d seconds, then try again.",
                seconds,
            )
            % {"seconds": seconds},
            field="voucher",
        )


def try_voucher(request: HttpRequest, cart: Cart, code: str) -> None:
    """Apply a code to a cart; the one that counts already is no try.

    Raises TooManyTries, or what `apply_voucher` raises.
    """
    if code.casefold() != cart.voucher_code.casefold():
        person = request.user
        caller = (CUSTOMER, str(person.pk)) if person.is_authenticated else _guest(request)
        if seconds := seconds_to_wait(VOUCHER, *caller):
            raise TooManyTries(seconds)
    apply_voucher(cart=cart, code=code)


def _guest(request: HttpRequest) -> tuple[str, str]:
    return GUEST, caller_address(request.META)
