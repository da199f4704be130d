"""Compare every stock level with its ledger and its promises."""

from typing import Any

from django.core.management.base import BaseCommand

from shop.inventory.queries import ledger_problems


class Command(BaseCommand):
    """Tell which stock levels do not add up; exit 1 if any."""

    help = __doc__

    def handle(self, *args: Any, **options: Any) -> None:
        problems = ledger_problems()
        for problem in problems:
            self.stdout.write(self.style.ERROR(problem))
        if problems:
            raise SystemExit(1)
        self.stdout.write("Every stock level adds up.")
