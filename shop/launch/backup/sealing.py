"""Encrypt a stream of bytes with a passphrase, chunk by chunk, and notice every change to it.

AES-256-GCM with a key from scrypt. Each chunk is authenticated with its number and with whether
it is the last, so that none can be left out, exchanged or cut off.
"""

import os
from pathlib import Path
from struct import pack, unpack
from typing import IO

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

MAGIC = b"DUKABKP1"
CHUNK = 1024 * 1024
SALT = 16


class WrongPassphrase(Exception):
    """The passphrase is another, or the file was changed or cut off."""


def _cipher(passphrase: str, salt: bytes) -> AESGCM:
    # About 0.3 s and 64 MB for every guess.
    return AESGCM(Scrypt(salt=salt, length=32, n=2**16, r=8, p=1).derive(passphrase.encode()))


def _nonce(number: int, *, last: bool) -> bytes:
    return pack(">IQ", last, number)


class SealedWriter:
    """Encrypts what is written to it into `target`. Close it, or the end is missing."""

    def __init__(self, target: IO[bytes], passphrase: str) -> None:
        self._target = target
        salt = os.urandom(SALT)
        self._cipher = _cipher(passphrase, salt)
        self._number = 0
        self._waiting = bytearray()
        target.write(MAGIC + salt)

    def write(self, data: bytes) -> int:
        """Take bytes; they are written when a chunk is full."""
        self._waiting += data
        while len(self._waiting) > CHUNK:
            self._seal(bytes(self._waiting[:CHUNK]), last=False)
            del self._waiting[:CHUNK]
        return len(data)

    def close(self) -> None:
        """Write what waits as the last chunk."""
        self._seal(bytes(self._waiting), last=True)

    def _seal(self, chunk: bytes, *, last: bool) -> None:
        sealed = self._cipher.encrypt(_nonce(self._number, last=last), chunk, None)
        self._target.write(pack(">?I", last, len(sealed)) + sealed)
        self._number += 1


class SealedReader:
    """Reads what a SealedWriter wrote. Raises WrongPassphrase where it is not its own."""

    def __init__(self, source: IO[bytes], passphrase: str) -> None:
        self._source = source
        head = source.read(len(MAGIC) + SALT)
        self._cipher = _cipher(passphrase, head[len(MAGIC) :])
        self._number = 0
        self._ready = b""
        self._ended = False

    def read(self, size: int = -1) -> bytes:
        """Return `size` bytes, fewer only at the end."""
        while not self._ended and (size < 0 or len(self._ready) < size):
            self._ready += self._next_chunk()
        taken = self._ready if size < 0 else self._ready[:size]
        self._ready = self._ready[len(taken) :]
        return taken

    def _next_chunk(self) -> bytes:
        head = self._source.read(5)
        if len(head) < 5:
            raise WrongPassphrase
        last, length = unpack(">?I", head)
        if length > CHUNK + 16:
            raise WrongPassphrase
        try:
            chunk = self._cipher.decrypt(
                _nonce(self._number, last=last), self._source.read(length), None
            )
        except InvalidTag as problem:
            raise WrongPassphrase from problem
        self._number += 1
        self._ended = last
        return chunk


def is_sealed(path: Path) -> bool:
    """Tell whether a file was encrypted here."""
    with path.open("rb") as file:
        return file.read(len(MAGIC)) == MAGIC
