"""Prepare a deployment: `manage.py release`, once for every new version."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from shop.launch.first_setup import release


class Command(BaseCommand):
    help = "Migrate the database, set the worker's schedules and the site's address."

    def handle(self, *args: Any, **options: Any) -> None:
        release(settings.BASE_URL)
        self.stdout.write("The database is ready for this version.")
