"""The key by which push services know this site (RFC 8292)."""

import base64
from functools import lru_cache

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from django.conf import settings
from py_vapid import Vapid02

from jobswipe.secret_key import base64url


def public_key() -> str:
    """Return the public key as browsers take it, base64url; empty where no key is set and so nothing is pushed."""
    return _public(settings.VAPID_PRIVATE_KEY) if settings.VAPID_PRIVATE_KEY else ""


def signer() -> Vapid02:
    """Return what signs our requests to push services."""
    return Vapid02.from_string(settings.VAPID_PRIVATE_KEY)


@lru_cache(maxsize=2)
def _public(private: str) -> str:
    number = int.from_bytes(base64.urlsafe_b64decode(private + "=" * (-len(private) % 4)))
    key = ec.derive_private_key(number, ec.SECP256R1()).public_key()
    return base64url(key.public_bytes(Encoding.X962, PublicFormat.UncompressedPoint))
