"""One file with many inside: a gzipped tar, sealed if a passphrase is given."""

import json
import tarfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import file_digest
from pathlib import Path
from typing import IO, Any, cast

from shop.launch.backup.sealing import SealedReader, SealedWriter, WrongPassphrase, is_sealed

MANIFEST = "manifest.json"
FORMAT = 1


class BackupError(Exception):
    """Say to a person why there is no backup, or why it cannot be put back."""


class Writer:
    """Adds files to a backup and remembers what went in."""

    def __init__(self, tar: tarfile.TarFile, scratch: Path) -> None:
        self._tar = tar
        self._scratch = scratch
        self._sums: dict[str, str] = {}

    def add(self, path: Path, name: str) -> None:
        """Add one file under a name; one that has vanished meanwhile is left out."""
        try:
            with path.open("rb") as file:
                info = self._tar.gettarinfo(arcname=name, fileobj=file)
                info.uid = info.gid = 0
                info.uname = info.gname = ""
                self._tar.addfile(info, file)
                file.seek(0)
                self._sums[name] = file_digest(file, "sha256").hexdigest()
        except FileNotFoundError:
            return

    def finish(self, facts: dict[str, Any]) -> None:
        """Write what is in the backup, last: a backup without it is not whole."""
        path = self._scratch / MANIFEST
        path.write_text(json.dumps({"format": FORMAT, **facts, "files": self._sums}))
        self.add(path, MANIFEST)


@contextmanager
def writing(target: Path, passphrase: str | None, scratch: Path) -> Iterator[Writer]:
    """Write a backup to `target`, which appears when it is whole and opens to its owner alone."""
    part = target.with_name(f"{target.name}.part")
    part.touch(mode=0o600)
    try:
        with part.open("wb") as file:
            sealed = SealedWriter(file, passphrase) if passphrase else None
            stream = cast(IO[bytes], sealed or file)
            with tarfile.open(fileobj=stream, mode="w|gz") as tar:
                yield Writer(tar, scratch)
            if sealed:
                sealed.close()
        part.rename(target)
    finally:
        part.unlink(missing_ok=True)


def unpack(source: Path, passphrase: str | None, into: Path) -> dict[str, Any]:
    """Lay a backup's files into a folder, check every one, and return its manifest.

    Raises BackupError for a file that is no backup, changed or cut off, and a wrong passphrase.
    """
    if is_sealed(source) != bool(passphrase):
        raise BackupError(
            "This backup is encrypted: give its passphrase."
            if not passphrase
            else "This backup is not encrypted, or it is no backup of Duka."
        )
    try:
        with source.open("rb") as file:
            stream = cast(IO[bytes], SealedReader(file, passphrase) if passphrase else file)
            with tarfile.open(fileobj=stream, mode="r|gz") as tar:
                tar.extractall(into, filter="data")
            stream.read()
        manifest = cast(dict[str, Any], json.loads((into / MANIFEST).read_text()))
        same = manifest["format"] == FORMAT and all(
            _sum(into / name) == known for name, known in manifest["files"].items()
        )
    except WrongPassphrase as problem:
        raise BackupError("The passphrase is wrong, or the file is damaged.") from problem
    except (OSError, EOFError, tarfile.TarError, zlib.error, KeyError, ValueError) as problem:
        raise BackupError(f"This is no whole backup of Duka: {problem}") from problem
    if not same:
        raise BackupError("A file in this backup is not what was put in.")
    return manifest


def _sum(path: Path) -> str:
    with path.open("rb") as file:
        return file_digest(file, "sha256").hexdigest()
