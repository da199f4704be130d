"""Write the whole index of words anew."""

from typing import Any

from django.core.management.base import BaseCommand

from search.actions import rebuild


class Command(BaseCommand):
    help = "Write the whole index of words anew, after a restore or a change of its rules."

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(f"{rebuild():,} products read.")
