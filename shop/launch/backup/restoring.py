"""Put a backup back, into an empty machine or in place of what is there."""

import shutil
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from django.conf import settings

from shop.launch.backup import tables
from shop.launch.backup.archive import BackupError, unpack
from shop.launch.backup.taking import KEYS


def restore(
    source: Path, passphrase: str | None = None, *, replace: bool = False
) -> dict[str, Any]:
    """Put database, pictures and keys back; return the backup's manifest.

    Everything is unpacked and checked before the first row changes. Stop web server and worker
    before. Raises BackupError with what is wrong.
    """
    if not source.is_file():
        raise BackupError(f"There is no file {source}.")
    settings.VAR_DIR.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(dir=settings.VAR_DIR, prefix=".restore-") as name:
        scratch = Path(name)
        manifest = unpack(source, passphrase, scratch)
        tables.check_place(manifest, replace=replace)
        tables.put_back(scratch / "rows", manifest)
        _put_media_back(scratch / "media")
        for key in KEYS:
            if (scratch / "keys" / key).exists():
                shutil.move(scratch / "keys" / key, settings.VAR_DIR / key)
                (settings.VAR_DIR / key).chmod(0o600)
    return manifest


def _put_media_back(kept: Path) -> None:
    """Exchange the folder of pictures; what was there stays beside it until the new one is in."""
    media = Path(settings.MEDIA_ROOT)
    kept.mkdir(exist_ok=True)
    before = media.with_name(f"{media.name}.before-restore")
    shutil.rmtree(before, ignore_errors=True)
    if media.exists():
        media.rename(before)
    else:
        media.parent.mkdir(parents=True, exist_ok=True)
    shutil.move(kept, media)
    shutil.rmtree(before, ignore_errors=True)
