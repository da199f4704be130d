"""Take the whole shop along in one file, and put it back: rows, pictures and keys."""

from shop.launch.backup.archive import BackupError
from shop.launch.backup.restoring import restore
from shop.launch.backup.taking import forget_old, take

__all__ = ["BackupError", "forget_old", "restore", "take"]
