"""Money: decimals with two places in the store's one currency. Nothing else rounds."""

from decimal import ROUND_HALF_UP, Decimal

from django.conf import settings

CENT = Decimal("0.01")
ZERO = Decimal("0.00")

# What people write before an amount; any other currency shows its ISO 4217 code.
SYMBOLS = {
    "KES": "KSh",
    "UGX": "USh",
    "TZS": "TSh",
    "RWF": "RF",
    "USD": "$",
    "EUR": "€",
    "GBP": "£",
}


def round_money(amount: Decimal) -> Decimal:
    """Round half up to two places."""
    return amount.quantize(CENT, ROUND_HALF_UP)


def contained_tax(gross: Decimal, percent: Decimal) -> Decimal:
    """Return the VAT contained in a gross amount: gross * percent / (100 + percent)."""
    return round_money(gross * percent / (100 + percent))


def currency() -> str:
    """Return the store's currency as ISO 4217 code."""
    return str(settings.STORE_CURRENCY)


def plain(amount: Decimal) -> str:
    """Return an amount for machines: "1234.00"."""
    return f"{round_money(amount):.2f}"


def display(amount: Decimal) -> str:
    """Return an amount for people: "KSh 1,234", with cents only where there are any."""
    rounded = round_money(amount)
    number = f"{rounded:,.0f}" if rounded == rounded.to_integral_value() else f"{rounded:,.2f}"
    symbol = SYMBOLS.get(currency(), currency())
    return f"{symbol}{number}" if len(symbol) == 1 else f"{symbol}\u00a0{number}"


def whole_units(amount: Decimal) -> Decimal:
    """Round half up to whole shillings, as M-Pesa moves them; "417.00" keeps its two places."""
    return round_money(amount.quantize(Decimal(1), ROUND_HALF_UP))
