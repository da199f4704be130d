"""The key that signs this install's identity tokens."""

import os
import secrets
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_pem_private_key,
)

BITS = 2048


def kept_key(path: Path) -> str:
    """Return the install's key in PEM form, made at the first start and kept for its owner only."""
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        draft = path.with_name(f"{path.name}.{secrets.token_hex(4)}")
        draft.touch(mode=0o600)
        draft.write_text(_new_key())
        try:
            os.link(draft, path)  # of two first starts one wins, and nobody reads half a key
        except FileExistsError:
            pass
        finally:
            draft.unlink()
    return path.read_text()


def problem_with(pem: str) -> str | None:
    """Tell what is wrong with a key from the environment, None if nothing is."""
    try:
        key = load_pem_private_key(pem.encode(), password=None)
    except (ValueError, TypeError):
        return "is no private key in PEM form"
    if not isinstance(key, rsa.RSAPrivateKey) or key.key_size < BITS:
        return f"must be an RSA key of {BITS} bits or more"
    return None


def _new_key() -> str:
    key = rsa.generate_private_key(public_exponent=65537, key_size=BITS)
    return key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode()
