"""Register where Safaricom announces money by Paybill or till."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from shop.core.errors import ShopError
from shop.payments.actions.register import register_transfers


class Command(BaseCommand):
    """Tell Safaricom where to announce money by Paybill or till; in production only once."""

    help = __doc__

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            urls = register_transfers()
        except ShopError as refusal:
            raise CommandError(refusal.message) from refusal
        for name, url in urls.items():
            self.stdout.write(f"{name}: {url}")
