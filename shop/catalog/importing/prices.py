"""Read a price without guessing what a sign in it was meant for."""

import re
import unicodedata
from decimal import Decimal

from shop.core.spreadsheets import ValueRefused, shown

from .rows import MAX_PRICE

_CENT = Decimal("0.01")
# Two decimals, or the zeros that a database adds (12.3000). Exactly three digits after the point
# stay out even as zeros: in half of the world 1.500 is one thousand five hundred.
_PRICE = re.compile(r"[0-9]{1,30}(?:\.(?:[0-9]{1,2}|[0-9]{2}0{2,30}))?")
_GROUPS = re.compile(r"[0-9]{1,3}([,'\u2019 \u00a0\u202f.])[0-9]{2,3}(\1[0-9]{3})*([.,][0-9]+)?")
_EXPONENT = re.compile(r"[0-9.]+e[+-]?[0-9]+", re.IGNORECASE)
_NOT_NUMBERS = {"nan", "inf", "infinity", "+inf", "+infinity", "-inf", "-infinity", "-nan"}
_HOW = "Write digits with a point and at most two decimals, such as 1234.50."


def read_price(text: str) -> Decimal:
    """Read a price of two places, 0 to 9,999,999.99. Raises ValueRefused."""
    price = text.strip()
    if not _PRICE.fullmatch(price):
        raise _refusal(price)
    value = Decimal(price).quantize(_CENT)
    if value > MAX_PRICE:
        raise ValueRefused(
            "over_limit", f"The price {shown(price)} is over the limit of {MAX_PRICE:,}."
        )
    return value


def read_sale_price(text: str) -> Decimal | None:
    """Read a price that may be empty. Raises ValueRefused."""
    return read_price(text) if text and not text.isspace() else None


def _refusal(price: str) -> ValueRefused:
    if not price:
        return ValueRefused("required", f"The price is empty. {_HOW}")
    code, reason = _reason(price)
    return ValueRefused(code, f"The price {shown(price)} {reason}. {_HOW}")


def _reason(price: str) -> tuple[str, str]:
    if price.casefold() in _NOT_NUMBERS:
        return "not_a_number", "is not a number"
    if price[0] in "-\u2212(" or price[-1] == "-":
        return "negative", "is negative"
    if _EXPONENT.fullmatch(price):
        return "exponent", "is written with an exponent"
    if any(unicodedata.category(each) == "Sc" or each.isalpha() for each in price):
        return "currency_sign", "holds letters or a currency sign; the currency has its own column"
    if any(each.isdigit() and not each.isascii() for each in price):
        return "other_digits", "is written with other digits than 0 to 9"
    if re.fullmatch(r"[0-9]+,([0-9]{1,2}|[0-9]{4,})", price):
        return "decimal_comma", "has a comma where a point is expected, and is not guessed at"
    if re.fullmatch(r"[0-9]+\.[0-9]{3,}", price):
        return "too_many_decimals", "has more than two decimals"
    if _GROUPS.fullmatch(price):
        return "thousands_separator", "holds a thousands separator, or a comma for a point"
    return "not_a_number", "is not a number"
