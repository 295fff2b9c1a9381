"""A development machine's own secrets: each made once, kept in a file that only its owner can read."""

import base64
import os
import re
from collections.abc import Callable
from pathlib import Path
from secrets import token_urlsafe


def stored_secret_key(path: Path) -> str:
    """Return the key kept at `path`, making it first if there is none. Safe when two processes start at once."""
    return _stored(path, lambda: token_urlsafe(50))


def stored_vapid_key(path: Path) -> str:
    """Return the private key for Web Push kept at `path`, base64url, making it first if there is none."""
    return _stored(path, new_vapid_key)


def new_vapid_key() -> str:
    """Return a new private key on the curve P-256, its number as base64url (RFC 8292)."""
    from cryptography.hazmat.primitives.asymmetric import ec

    number = ec.generate_private_key(ec.SECP256R1()).private_numbers().private_value
    return base64url(number.to_bytes(32))


def checked_vapid_key(key: str) -> str:
    """Return the key, or nothing for nothing. Raises ValueError for what `new_vapid_key` does not make."""
    padded = key + "=" * (-len(key) % 4)
    if key and not (re.fullmatch(r"[\w-]+=*", key, re.ASCII) and len(base64.urlsafe_b64decode(padded)) == 32):
        raise ValueError("VAPID_PRIVATE_KEY should be 32 bytes as base64url")
    return key


def base64url(content: bytes) -> str:
    return base64.urlsafe_b64encode(content).rstrip(b"=").decode()


def _stored(path: Path, make: Callable[[], str]) -> str:
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
            file.write(make())
    except FileExistsError:
        pass
    return path.read_text()
