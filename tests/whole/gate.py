"""A gate in the database: a write that waits until the test lets it go, so that a process is caught in the middle."""

from collections.abc import Iterator
from contextlib import contextmanager

import psycopg
from django.db import connection

from tests.processes import until

KEY = 271_828


class Gate:
    """Holds up the write it is closed on. A process that waits there has begun it, and not been answered."""

    def __init__(self, keeper: psycopg.Connection) -> None:
        self._keeper = keeper

    @property
    def somebody_waits(self) -> bool:
        query = "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND objid = %s AND NOT granted"
        return self._keeper.execute(query, [KEY]).fetchone() != (0,)

    def wait_for_somebody(self) -> None:
        until(lambda: self.somebody_waits, "a write waits at the gate")

    def open(self) -> None:
        self._keeper.execute("SELECT pg_advisory_unlock_all()")


@contextmanager
def closed_gate(write: str, table: str, when: str, *, at_commit: bool = False) -> Iterator[Gate]:
    """Close a gate on a write: "INSERT" or "UPDATE" on `table` of rows for which `when` holds.

    `at_commit`: the transaction stops in its commit, which is carried out once the gate is opened, whatever has
    become of the client.
    """
    kind = "CONSTRAINT TRIGGER gate AFTER" if at_commit else "TRIGGER gate BEFORE"
    deferred = "DEFERRABLE INITIALLY DEFERRED" if at_commit else ""
    parameters = connection.get_connection_params()
    names = ("dbname", "user", "password", "host", "port")
    address = {name: parameters[name] for name in names if name in parameters}
    with psycopg.connect(**address, autocommit=True) as keeper:
        keeper.execute(
            "CREATE FUNCTION wait_at_gate() RETURNS trigger LANGUAGE plpgsql AS"
            f" $$ BEGIN PERFORM pg_advisory_xact_lock_shared({KEY}); RETURN NEW; END $$"
        )
        keeper.execute(
            f"CREATE {kind} {write} ON {table} {deferred} FOR EACH ROW WHEN ({when}) EXECUTE FUNCTION wait_at_gate()"
        )
        keeper.execute("SELECT pg_advisory_lock(%s)", [KEY])
        gate = Gate(keeper)
        try:
            yield gate
        finally:
            gate.open()
            keeper.execute(f"DROP TRIGGER gate ON {table}")
            keeper.execute("DROP FUNCTION wait_at_gate()")
