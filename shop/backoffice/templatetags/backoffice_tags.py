"""Words and amounts of the admin's own pages."""

from decimal import Decimal

from django import template

from shop.core.money import display

register = template.Library()


@register.filter
def amount(value: Decimal | str) -> str:
    """Write money as people read it."""
    return display(Decimal(value))


@register.filter
def wording(code: str) -> str:
    """Turn a code such as "pay_on_delivery" into words."""
    words = code.replace("_", " ").capitalize()
    return {"Mpesa": "M-Pesa"}.get(words, words)
