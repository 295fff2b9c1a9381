"""PostgreSQL and Valkey from their wheels, for machines that have neither: started once, shared, stopped after use.

Each server has a supervisor: a detached process, started by whoever needs the server first. Every user holds a
shared lock for its life, which the kernel drops however it dies; when nobody holds it any more, the supervisor stops
the server and leaves. Loopback only, with passwords; nothing here is for production, which names its own servers.
"""

from dataclasses import dataclass
from pathlib import Path

from jobswipe.embedded.client import ServerUnavailable, hold
from jobswipe.embedded.programs import Postgres, Valkey

__all__ = ["ServerUnavailable", "Servers", "servers"]


@dataclass(frozen=True)
class Servers:
    """Addresses with passwords; empty for a server that was not asked for."""

    database_url: str
    redis_url: str


def servers(data_dir: Path, *, postgres: bool = True, redis: bool = True) -> Servers:
    """Start what is asked for unless it runs, wait until it answers, and hold it for the life of this process.

    Raises ServerUnavailable with the cause, the log's place and the remedy.
    """
    return Servers(
        database_url=hold(Postgres(data_dir / "postgres")) if postgres else "",
        redis_url=hold(Valkey(data_dir / "valkey")) if redis else "",
    )
