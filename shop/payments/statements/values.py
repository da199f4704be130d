"""Read one value of a statement: text in, value out, or ValueRefused with what to do."""

import re
from datetime import datetime
from decimal import Decimal

from shop.core.spreadsheets import ValueRefused, shown

from .rows import MAX_AMOUNT, MAX_RECEIPT

# Plain, or in thousands as M-Pesa's portal writes them.
_AMOUNT = re.compile(r"(?:[0-9]{1,10}|[0-9]{1,3}(?:,[0-9]{3}){1,3})(?:\.[0-9]{1,2})?")
_RECEIPT = re.compile(rf"[A-Z0-9]{{6,{MAX_RECEIPT}}}")
_BANK_RECEIPT = re.compile(rf"[A-Za-z0-9][A-Za-z0-9/_.\- ]{{2,{MAX_RECEIPT - 1}}}")
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f]")
# Between day and time in ISO 8601.
_T = re.compile(r"(?<=[0-9])T(?=[0-9])")
_CENT = Decimal("0.01")
_HOW = "Write digits with a point, such as 1,234.50."

# Day first, as East Africa writes it; or the year first.
_TIMES = (
    "%d-%m-%Y %H:%M:%S",
    "%d/%m/%Y %H:%M:%S",
    "%Y-%m-%d %H:%M:%S",
    "%d-%m-%Y %H:%M",
    "%d/%m/%Y %H:%M",
    "%Y-%m-%d %H:%M",
    "%d-%m-%Y",
    "%d/%m/%Y",
    "%Y-%m-%d",
    "%d.%m.%Y",
    "%d %b %Y",
    "%d-%b-%Y",
)
_YEARS = range(2007, 2101)  # M-Pesa began in 2007


def read_amount(text: str) -> Decimal:
    """Read an amount of two places; 0.00 where nothing stands. Raises ValueRefused.

    Money that went out is negative.
    """
    plain = text.strip()
    if not plain or plain == "-":
        return Decimal("0.00")
    out = plain[0] in "-\u2212" or (plain[0] == "(" and plain[-1] == ")")
    digits = plain.strip("-\u2212() ") if out else plain.removeprefix("+")
    if not _AMOUNT.fullmatch(digits):
        raise ValueRefused(*_why_no_amount(plain, digits))
    amount = Decimal(digits.replace(",", "")).quantize(_CENT)
    if amount > MAX_AMOUNT:
        raise ValueRefused(
            "over_limit", f"The amount {shown(plain)} is over the limit of {MAX_AMOUNT:,}."
        )
    return -amount if out else amount


def _why_no_amount(plain: str, digits: str) -> tuple[str, str]:
    if re.fullmatch(r"[0-9.]+,[0-9]{1,2}", digits):
        return (
            "decimal_comma",
            f"The amount {shown(plain)} has a comma where a point is expected, and is not guessed"
            f" at. {_HOW}",
        )
    if re.fullmatch(r"[0-9.,]+e[+-]?[0-9]+", digits, re.IGNORECASE):
        return "exponent", f"The amount {shown(plain)} is written with an exponent. {_HOW}"
    return "not_an_amount", f"The amount {shown(plain)} is not an amount. {_HOW}"


def read_time(text: str) -> datetime:
    """Read when money came, in the provider's own clock. Raises ValueRefused."""
    plain = " ".join(_T.sub(" ", text).split())
    if not plain:
        raise ValueRefused("required", "The time is empty.")
    for form in _TIMES if len(plain) <= 20 and plain.isascii() else ():
        try:
            moment = datetime.strptime(plain, form)
        except ValueError:
            continue
        if moment.year in _YEARS:
            return moment
    raise ValueRefused(
        "not_a_time",
        f"{shown(text.strip())} is not a time. Write it as 21-11-2026 13:45.",
    )


def read_receipt(text: str) -> str:
    """Read M-Pesa's receipt number. Raises ValueRefused."""
    receipt = text.strip().upper()
    if not receipt:
        raise ValueRefused("required", "The receipt is empty; every row of a statement has one.")
    if not _RECEIPT.fullmatch(receipt):
        raise ValueRefused(
            "not_a_receipt",
            f"{shown(text.strip())} is not a receipt: letters and digits such as SGH7X2K9QP. If a"
            " spreadsheet turned it into a number, export the statement anew.",
        )
    return receipt


def read_bank_receipt(text: str) -> str:
    """Read a bank's own number of a transfer; empty where it gives none. Raises ValueRefused."""
    receipt = text.strip().upper()
    if receipt and not _BANK_RECEIPT.fullmatch(receipt):
        raise ValueRefused(
            "not_a_receipt",
            f"{shown(text.strip())} is not a transfer's number of 3 to {MAX_RECEIPT} letters and"
            " digits.",
        )
    return receipt


def read_words(text: str, limit: int) -> str:
    """Read words for people on one line, cut to what is kept."""
    return " ".join(_CONTROL.sub(" ", text).split())[:limit]
