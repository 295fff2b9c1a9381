"""Chores that only one process does at a time, wherever they are started from."""

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager, suppress

from django.db import DEFAULT_DB_ALIAS, InterfaceError, OperationalError, connections


@contextmanager
def only_one(name: str) -> Iterator[bool]:
    """Give True if nobody else is inside a block of this name, on any machine; False says: leave it to them.

    An advisory lock (postgresql.org/docs/current/explicit-locking.html#ADVISORY-LOCKS): PostgreSQL lets go of it when
    the process dies. It lies in a transaction of its own, on a connection beside that of the block, so that it holds
    through a pooler too that hands out connections for a transaction at a time. Nothing waits for that transaction.
    """
    key = int.from_bytes(hashlib.sha256(name.encode()).digest()[:8], signed=True)
    holder = connections.create_connection(DEFAULT_DB_ALIAS)
    try:
        holder.set_autocommit(False)
        with holder.cursor() as cursor:
            cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [key])
            [is_mine] = cursor.fetchone()
        if not is_mine:
            holder.rollback()  # its connection is for others while the block runs
        yield is_mine
    finally:
        with suppress(OperationalError, InterfaceError):  # a connection that broke has let go of it
            holder.rollback()
        holder.close()
