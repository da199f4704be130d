"""The migrated SQLite database of an earlier run of the suite: half a minute saved each time."""

import hashlib
import os
import shutil
import sqlite3
from pathlib import Path

from django.conf import settings
from django.db import connection

ROOT = Path(__file__).resolve().parent.parent.parent


class PreparedDatabase:
    """A copy in `folder`, one for each state of migrations and packages."""

    def __init__(self, folder: Path) -> None:
        self._copy = folder / f"{_state()}.sqlite3"

    def put_back(self) -> bool:
        """Put the copy where the suite's database is looked for; tells whether there was one."""
        if connection.vendor != "sqlite" or not self._copy.exists():
            return False
        shutil.copyfile(self._copy, settings.DATABASES["default"]["TEST"]["NAME"])
        return True

    def keep(self) -> None:
        """Keep the database, just migrated, for the next run; only the newest one is kept."""
        if connection.vendor != "sqlite" or self._copy.exists():
            return
        for old in self._copy.parent.glob("*.sqlite3"):
            old.unlink(missing_ok=True)
        made = self._copy.with_suffix(f".{os.getpid()}")
        connection.ensure_connection()
        with sqlite3.connect(made) as copy:
            connection.connection.backup(copy)
        copy.close()
        made.replace(self._copy)


def _state() -> str:
    """Return a name for what the migrations of the project and of its packages are now."""
    files = [ROOT / "requirements.txt", *ROOT.glob("*/migrations/*.py")]
    files += ROOT.glob("shop/*/migrations/*.py")
    state = hashlib.blake2b(digest_size=12)
    for file in sorted(files):
        state.update(file.name.encode() + file.read_bytes())
    return state.hexdigest()
