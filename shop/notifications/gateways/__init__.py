"""The gateways, and which of them carries a channel."""

from django.conf import settings

from shop.notifications.gateways.africastalking import AfricasTalkingGateway
from shop.notifications.gateways.console import ConsoleGateway
from shop.notifications.gateways.email import EmailGateway
from shop.notifications.gateways.interface import Gateway
from shop.notifications.gateways.unconfigured import UnconfiguredGateway
from shop.notifications.models import Channel

__all__ = ["africas_talking", "gateway_for"]


def gateway_for(channel: str) -> Gateway:
    """Return what carries `channel` with this install's settings.

    SMS without credentials go to the console where SMS_CONSOLE allows it; otherwise they fail
    with a clear reason, because a public shop must not take paper for the phone network.
    """
    if channel != Channel.SMS:
        return EmailGateway(sender=settings.DEFAULT_FROM_EMAIL)
    return africas_talking() or (
        ConsoleGateway() if settings.SMS_CONSOLE else UnconfiguredGateway()
    )


def africas_talking() -> AfricasTalkingGateway | None:
    """Return the SMS provider of this install; None without its credentials."""
    if not (settings.AFRICASTALKING_USERNAME and settings.AFRICASTALKING_API_KEY):
        return None
    return AfricasTalkingGateway(
        username=settings.AFRICASTALKING_USERNAME,
        api_key=settings.AFRICASTALKING_API_KEY,
        sender_id=settings.AFRICASTALKING_SENDER_ID,
        base_url=settings.AFRICASTALKING_BASE_URL,
    )
