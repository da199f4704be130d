"""Tell staff that money needs a look."""

import logging

from shop.notifications.actions.alert import NobodyToTell, alert_staff

logger = logging.getLogger(__name__)

LEVEL = "warning"
WHO = "the shop"


def alert_people(text: str) -> None:
    """Alert staff in the caller's transaction; where nobody has an address the log must do."""
    try:
        alert_staff(text=text, level=LEVEL, actor=WHO)
    except NobodyToTell:
        logger.warning("Nobody of staff could be told: %s", text)
