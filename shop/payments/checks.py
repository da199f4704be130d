"""Warn, before a shop opens, of payments that nobody would hear of."""

from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Warning, register

from shop.payments.gateways import offered
from shop.payments.gateways.mpesa import CODE as MPESA


@register(deploy=True)
def payments_are_heard_of(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """Name what `check --deploy` should say about M-Pesa."""
    if MPESA not in offered():
        return []
    warnings: list[CheckMessage] = []
    if not settings.CALLBACK_BASE_URL.startswith("https://"):
        warnings.append(
            Warning(
                "Safaricom speaks only to https:// addresses: payments would be noticed late.",
                hint="Set BASE_URL or CALLBACK_BASE_URL to the shop's public https:// address.",
                id="payments.W001",
            )
        )
    if not settings.MPESA_TRANSFER_TOKEN:
        warnings.append(
            Warning(
                "The addresses for money by Paybill change with SECRET_KEY.",
                hint="Set MPESA_TRANSFER_TOKEN, then run manage.py register_paybill.",
                id="payments.W002",
            )
        )
    return warnings
