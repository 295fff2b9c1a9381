"""From a connection address to Django's DATABASES entry."""

from dataclasses import dataclass
from typing import Any

from psycopg import ProgrammingError
from psycopg.conninfo import conninfo_to_dict

# Django's own names for the parts of a connection; everything else in the address is an option of libpq's.
NAMES = {"dbname": "NAME", "user": "USER", "password": "PASSWORD", "host": "HOST", "port": "PORT"}

PREPARED_FROM = 5  # times that a statement came on a connection (of `jobswipe.rows`; Django's own are never prepared)


def checked_url(url: str) -> str:
    """Return the URI. Raises ValueError, without it since it has a password, if it is none."""
    try:
        conninfo_to_dict(url)
    except ProgrammingError:
        raise ValueError("not an address like postgresql://user:password@host:5432/name") from None
    return url


@dataclass(frozen=True)
class Pooling:
    """How connections are shared: at most `size` in a process.

    `by_transaction`: a pooler in between gives each transaction any of its connections. What outlives a transaction
    (prepared statements, cursors that are read on) is then left out.
    """

    size: int
    by_transaction: bool


def replica_settings(url: str, pooling: Pooling) -> dict[str, Any]:
    """Return the same for a read replica: nobody waits for one that is away, since the primary can answer."""
    entry = database_settings(url, pooling)
    entry["OPTIONS"]["pool"] |= {"timeout": 1, "min_size": 0}
    return entry | {"TEST": {"MIRROR": "default"}}


def database_settings(url: str, pooling: Pooling) -> dict[str, Any]:
    """Return the settings for a PostgreSQL connection URI."""
    parts = conninfo_to_dict(url)
    return {
        "ENGINE": "django.db.backends.postgresql",
        **{name: str(parts.pop(part)) for part, name in NAMES.items() if part in parts},
        "CONN_HEALTH_CHECKS": True,
        "DISABLE_SERVER_SIDE_CURSORS": pooling.by_transaction,
        "OPTIONS": {
            **parts,
            "prepare_threshold": None if pooling.by_transaction else PREPARED_FROM,
            "pool": {"min_size": 1, "max_size": pooling.size, "timeout": 10, "max_lifetime": 1800},
        },
    }
