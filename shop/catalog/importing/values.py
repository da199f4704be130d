"""Read one value of a catalogue row: text in, value out, or ValueRefused with what to do."""

import re
import unicodedata
from decimal import Decimal

from shop.catalog.rules import sku_key
from shop.core.spreadsheets import ValueRefused, shown

from .rows import (
    MAX_BRAND,
    MAX_DESCRIPTION,
    MAX_IMAGE_URL,
    MAX_NAME,
    MAX_OPTION_VALUE,
    MAX_SKU,
    MAX_SKU_KEY,
    MAX_STOCK,
    MAX_WEIGHT,
)

_CONTROL_IN_LINE = re.compile(r"[\x00-\x1f\x7f-\x9f]")
_CONTROL_IN_TEXT = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_LINE_BREAKS = re.compile(r"[ ]*[\t\r\n]+[ ]*")
_WHOLE_NUMBER = re.compile(r"[0-9]{1,30}")
_GRAM = Decimal("0.001")
_WEIGHT = re.compile(r"[0-9]{1,30}(?:\.[0-9]{1,3})?")
_CURRENCY = re.compile(r"[A-Za-z]{3}")
_WEB_ADDRESS = re.compile(r"https?://[^/\s?#]+([/?#].*)?", re.IGNORECASE | re.DOTALL)
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")


def read_sku(text: str) -> str:
    """Read a SKU of 1 to 64 printable characters. Raises ValueRefused."""
    sku = text.strip()
    if not sku:
        raise ValueRefused("required", "The SKU is empty; every row needs its own.")
    return _sku(sku)


def read_parent_sku(text: str) -> str:
    """Read the SKU of the product that this row is a variant of; empty when it is none."""
    sku = text.strip()
    return _sku(sku) if sku else ""


def _sku(sku: str) -> str:
    _refuse_longer(sku, MAX_SKU, "SKU")
    if not sku.isprintable():
        odd = next(each for each in sku if not each.isprintable())
        raise ValueRefused(
            "control_character",
            f"The SKU {shown(sku)} holds an invisible character (U+{ord(odd):04X}); type it anew.",
        )
    if not sku.isascii():
        _refuse_longer(sku_key(sku), MAX_SKU_KEY, "SKU written in plain letters")
    return sku


def read_name(text: str) -> str:
    """Read a product name on one line: breaks and tabs become one space. Raises ValueRefused."""
    name = _one_line(text, MAX_NAME, "name")
    if not name:
        raise ValueRefused("required", "The name is empty; every product needs one.")
    return name


def read_brand(text: str) -> str:
    """Read a brand; it may be empty. Raises ValueRefused."""
    return _one_line(text, MAX_BRAND, "brand")


def read_option(text: str) -> str:
    """Read the value of an option such as a size; it may be empty. Raises ValueRefused."""
    return _one_line(text, MAX_OPTION_VALUE, "option")


def read_description(text: str) -> str:
    """Read plain text of any number of lines, which end with a line feed. Raises ValueRefused."""
    description = text.strip()
    if "\r" in description:
        description = description.replace("\r\n", "\n").replace("\r", "\n")
    _refuse_longer(description, MAX_DESCRIPTION, "description")
    if _CONTROL_IN_TEXT.search(description):
        raise ValueRefused(
            "control_character", "The description holds a control character; remove it."
        )
    return description


def read_stock(text: str) -> int | None:
    """Read a whole number of units; None when empty. Raises ValueRefused."""
    stock = text.strip()
    if not stock:
        return None
    if not _WHOLE_NUMBER.fullmatch(stock):
        raise ValueRefused(
            "not_a_whole_number",
            f"The stock {shown(stock)} is not a whole number; write digits only, as in 3.",
        )
    units = int(stock)
    if units > MAX_STOCK:
        raise ValueRefused("over_limit", f"The stock {units} is over the limit of {MAX_STOCK}.")
    return units


def read_weight(text: str) -> Decimal | None:
    """Read a weight in kg with at most three decimals; None when empty. Raises ValueRefused."""
    weight = text.strip()
    if not weight:
        return None
    if not _WEIGHT.fullmatch(weight):
        raise ValueRefused(
            "not_a_weight",
            f"The weight {shown(weight)} is not a number of kilograms; write digits with a point"
            " and at most three decimals, such as 0.250.",
        )
    kilos = Decimal(weight).quantize(_GRAM)
    if kilos > MAX_WEIGHT:
        raise ValueRefused(
            "over_limit", f"The weight {shown(weight)} is over the limit of {MAX_WEIGHT:,} kg."
        )
    return kilos


def read_currency(text: str) -> str:
    """Read a currency code of three letters in capitals; empty when not given."""
    currency = text.strip()
    if currency and not _CURRENCY.fullmatch(currency):
        raise ValueRefused(
            "not_a_currency",
            f"The currency {shown(currency)} is not a code of three letters such as KES.",
        )
    return currency.upper()


def read_image_url(text: str) -> str:
    """Read where a picture lies: a web address, or a path from the folder of pictures.

    Nothing is fetched. Raises ValueRefused.
    """
    address = text.strip()
    _refuse_longer(address, MAX_IMAGE_URL, "picture's address")
    _refuse_control(address, "picture's address")
    if not address or _WEB_ADDRESS.fullmatch(address):
        return address
    if (
        _SCHEME.match(address)
        or address.startswith("/")
        or "\\" in address
        or ".." in address.split("/")
    ):
        raise ValueRefused(
            "not_a_picture_address",
            f"The picture {shown(address)} is neither an http or https address nor a file name or"
            " path such as images/apple.jpg.",
        )
    return address


def _one_line(text: str, limit: int, what: str) -> str:
    line = text.strip()
    if not line.isprintable() and len(line) <= 2 * limit:
        line = _LINE_BREAKS.sub(" ", line)
    _refuse_longer(line, limit, what)
    _refuse_control(line, what)
    return line if line.isascii() else unicodedata.normalize("NFC", line)


def _refuse_longer(text: str, limit: int, what: str) -> None:
    if len(text) > limit:
        raise ValueRefused(
            "too_long",
            f"The {what} has {len(text):,} characters; at most {limit:,} are possible.",
        )


def _refuse_control(text: str, what: str) -> None:
    if not text.isprintable() and _CONTROL_IN_LINE.search(text):
        raise ValueRefused(
            "control_character", f"The {what} {shown(text)} holds a control character; remove it."
        )
