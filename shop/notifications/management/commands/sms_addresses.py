"""Show the addresses to enter at Africa's Talking."""

from typing import Any

from django.core.management.base import BaseCommand

from shop.notifications.actions import report_urls

MEANINGS = {
    "delivery": "Delivery reports",
    "incoming": "Incoming messages",
    "optout": "Bulk SMS opt out",
}


class Command(BaseCommand):
    """Print where the shop hears of its SMS; the addresses are a secret."""

    help = "Show the callback addresses to enter in Africa's Talking's dashboard (SMS callbacks)."

    def handle(self, *args: Any, **options: Any) -> None:
        """Print one address a line."""
        for kind, url in report_urls().items():
            self.stdout.write(f"{MEANINGS[kind]}: {url}")
