"""From a connection address to Django's DATABASES entry."""

from typing import Any

from psycopg import ProgrammingError
from psycopg.conninfo import conninfo_to_dict

# Django's own names for the parts of a connection; everything else in the address is an option of libpq's.
NAMES = {"dbname": "NAME", "user": "USER", "password": "PASSWORD", "host": "HOST", "port": "PORT"}


def checked_url(url: str) -> str:
    """Return the URI. Raises ValueError, without it since it has a password, if it is none."""
    try:
        conninfo_to_dict(url)
    except ProgrammingError:
        raise ValueError("not an address like postgresql://user:password@host:5432/name") from None
    return url


def replica_settings(url: str, *, pool_size: int) -> dict[str, Any]:
    """Return the same for a read replica: nobody waits for one that is away, since the primary can answer."""
    entry = database_settings(url, pool_size=pool_size)
    entry["OPTIONS"]["pool"] |= {"timeout": 1, "min_size": 0}
    return entry | {"TEST": {"MIRROR": "default"}}


def database_settings(url: str, *, pool_size: int) -> dict[str, Any]:
    """Return the settings for a PostgreSQL connection URI, with at most `pool_size` connections in a process."""
    parts = conninfo_to_dict(url)
    return {
        "ENGINE": "django.db.backends.postgresql",
        **{name: str(parts.pop(part)) for part, name in NAMES.items() if part in parts},
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {
            **parts,
            "prepare_threshold": 5,  # for `jobswipe.rows`; what Django writes itself is never prepared
            "pool": {"min_size": 1, "max_size": pool_size, "timeout": 10, "max_lifetime": 1800},
        },
    }
