"""Take the whole shop along: `manage.py backup FOLDER`."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from shop.launch.backup import forget_old, take


class Command(BaseCommand):
    help = "Write database, pictures and keys into one file, while the shop goes on."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("folder", type=Path, help="where the backup goes")
        parser.add_argument(
            "--passphrase-file", type=Path, help="encrypt with the first line of this file"
        )
        parser.add_argument(
            "--keep", type=int, default=0, help="delete all but the newest KEEP backups there"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            passphrase = read_passphrase(options["passphrase_file"])
            target = take(options["folder"], passphrase)
            self.stdout.write(f"{target} ({target.stat().st_size / 1_000_000:.1f} MB)")
            if options["keep"] > 0:
                for path in forget_old(options["folder"], options["keep"]):
                    self.stdout.write(f"Deleted {path}")
        except OSError as problem:
            raise CommandError(f"No backup was written: {problem}") from problem


def read_passphrase(path: Path | None) -> str | None:
    """Return the first line of a file; refuses an empty one."""
    if path is None:
        return None
    passphrase = path.read_text().split("\n", 1)[0].strip()
    if not passphrase:
        raise CommandError(f"{path} has no passphrase in its first line.")
    return passphrase
