"""Put a backup back: `manage.py restore FILE`."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from shop.launch.backup import BackupError, restore
from shop.launch.management.commands.backup import read_passphrase


class Command(BaseCommand):
    help = "Put database, pictures and keys of a backup back. Stop web server and worker before."
    requires_migrations_checks = False

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--passphrase-file", type=Path)
        parser.add_argument(
            "--replace", action="store_true", help="put it in the place of the data that is here"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            passphrase = read_passphrase(options["passphrase_file"])
            manifest = restore(options["file"], passphrase, replace=options["replace"])
        except (BackupError, OSError) as problem:
            raise CommandError(str(problem)) from problem
        self.stdout.write(f"The shop is as it was at {manifest['taken_at']}.")
