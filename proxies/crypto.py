"""Encryption at rest for what proxies are paid with: Fernet, with keys that can be rotated (MultiFernet)."""

import base64
from functools import lru_cache

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.utils.crypto import salted_hmac


class WrongKey(Exception):
    """What is kept was encrypted with a key that is not among PROXY_KEYS."""

    def __init__(self) -> None:
        super().__init__("The proxy's user and password were encrypted with a key that is not in PROXY_KEYS.")


def encrypt(text: str) -> str:
    """Return `text` encrypted with the first key; empty stays empty."""
    return _keys().encrypt(text.encode()).decode() if text else ""


def decrypt(kept: str) -> str:
    """Return what was encrypted with any of the keys. Raises WrongKey."""
    try:
        return _keys().decrypt(kept.encode()).decode() if kept else ""
    except InvalidToken as error:
        raise WrongKey from error


def rotate(kept: str) -> str:
    """Return the same secret, encrypted with the first key. Raises WrongKey."""
    try:
        return _keys().rotate(kept.encode()).decode() if kept else ""
    except InvalidToken as error:
        raise WrongKey from error


def fingerprint(*parts: object) -> str:
    """Return a digest by which equal addresses are known, and from which a user name cannot be guessed."""
    return salted_hmac("proxies.identity", "\n".join(map(str, parts)), algorithm="sha256").hexdigest()


def _keys() -> MultiFernet:
    """PROXY_KEYS, then those derived from SECRET_KEY and its fallbacks: what they encrypted is still read."""
    secrets = (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)
    return _multi_fernet((*settings.PROXY_KEYS, *map(_derived_key, secrets)))


@lru_cache(maxsize=4)
def _multi_fernet(keys: tuple[str, ...]) -> MultiFernet:
    return MultiFernet([Fernet(key) for key in keys])


@lru_cache(maxsize=4)
def _derived_key(secret: str) -> str:
    derived = HKDF(algorithm=SHA256(), length=32, salt=None, info=b"jobswipe proxies").derive(secret.encode())
    return base64.urlsafe_b64encode(derived).decode()
