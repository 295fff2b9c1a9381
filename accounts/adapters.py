"""Where the sign-in's library asks us: second factors are kept encrypted."""

import base64
from functools import lru_cache

from allauth.mfa.adapter import DefaultMFAAdapter
from cryptography.fernet import Fernet, MultiFernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

ENCRYPTED = ("secret", "seed")  # what the library has kept so of an authenticator app, and of recovery codes


class SecondFactors(DefaultMFAAdapter):  # type: ignore[misc]  # the library is untyped for mypy
    """Encrypts the secrets of authenticator apps and recovery codes with a key made from SECRET_KEY."""

    def encrypt(self, text: str) -> str:
        return _keys().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        return _keys().decrypt(encrypted_text.encode()).decode()


def rotated(encrypted_text: str) -> str:
    """Return the same, encrypted with the first key. Raises InvalidToken."""
    return _keys().rotate(encrypted_text.encode()).decode()


def _keys() -> MultiFernet:
    """The first key encrypts; those of SECRET_KEY_FALLBACKS still decrypt, so that the secret can be rotated."""
    return MultiFernet([_derived(secret) for secret in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)])


@lru_cache(maxsize=4)
def _derived(secret: str) -> Fernet:
    key = HKDF(algorithm=SHA256(), length=32, salt=None, info=b"jobswipe second factors").derive(secret.encode())
    return Fernet(base64.urlsafe_b64encode(key))
