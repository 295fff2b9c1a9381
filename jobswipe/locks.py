"""Chores that only one process does at a time, wherever they are started from."""

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection


@contextmanager
def only_one(name: str) -> Iterator[bool]:
    """Give True if nobody else is inside a block of this name, on any machine; False says: leave it to them.

    A session-level advisory lock (postgresql.org/docs/current/explicit-locking.html#ADVISORY-LOCKS): PostgreSQL lets
    go of it when the process dies. It needs a connection of its own for as long as the block runs, so a pooler in
    between must pool sessions, not transactions.
    """
    key = int.from_bytes(hashlib.sha256(name.encode()).digest()[:8], signed=True)
    connection.ensure_connection()
    session = connection.connection
    row = session.execute("SELECT pg_try_advisory_lock(%s)", [key]).fetchone()
    is_mine = bool(row[0])
    try:
        yield is_mine
    finally:
        if is_mine and not session.closed:  # a connection that broke has let go of it
            session.execute("SELECT pg_advisory_unlock(%s)", [key])
