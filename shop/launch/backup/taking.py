"""Take a backup while the shop goes on."""

from collections.abc import Iterator
from datetime import UTC
from pathlib import Path
from tempfile import TemporaryDirectory

from django.conf import settings

from shop.core.clock import now
from shop.launch.backup import tables
from shop.launch.backup.archive import writing

# What makes this install itself: without these, people are logged out and codes no longer open.
KEYS = ("secret_key", "idp_oidc_private_key.pem")
NAME = "duka-*.backup"


def take(folder: Path, passphrase: str | None = None) -> Path:
    """Write a backup into a folder and return its path.

    The rows are those of one moment; pictures are copied after them, so that each row finds its
    file unless that was deleted within these seconds.
    """
    folder.mkdir(parents=True, exist_ok=True)
    moment = now().astimezone(UTC)
    target = folder / f"duka-{moment:%Y%m%d-%H%M%S}.backup"
    with TemporaryDirectory(dir=folder, prefix=".duka-") as name:
        scratch = Path(name)
        facts = tables.copy_out(scratch)
        with writing(target, passphrase, scratch) as backup:
            for file in sorted(scratch.iterdir()):
                backup.add(file, f"rows/{file.name}")
            for file in _media():
                backup.add(file, f"media/{file.relative_to(settings.MEDIA_ROOT)}")
            for key in KEYS:
                backup.add(settings.VAR_DIR / key, f"keys/{key}")
            backup.finish({"taken_at": moment.isoformat(), **facts})
    return target


def _media() -> Iterator[Path]:
    root = Path(settings.MEDIA_ROOT)
    return (path for path in sorted(root.rglob("*")) if path.is_file())


def forget_old(folder: Path, keep: int) -> list[Path]:
    """Delete all but the newest `keep` backups of a folder; return the deleted."""
    backups = sorted(folder.glob(NAME))
    old = backups[: max(len(backups) - keep, 0)]
    for path in old:
        path.unlink()
    return old
