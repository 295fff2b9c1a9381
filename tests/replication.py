"""A PostgreSQL primary and a streaming replica of it: real servers on loopback, with what the tests' database has."""

import subprocess
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg
from django.db import connection

from jobswipe.embedded.programs import Postgres
from tests.processes import PATIENCE, free_port, until


@dataclass(frozen=True)
class Server:
    """A server that runs."""

    url: str
    process: "subprocess.Popen[bytes]"

    def ask(self, statement: str, *values: Any) -> list[tuple[Any, ...]]:
        with psycopg.connect(self.url, autocommit=True) as session:
            cursor = session.execute(statement.encode(), values)
            return cursor.fetchall() if cursor.description else []

    def stop(self) -> None:
        self.process.send_signal(Postgres.stop_signal)
        self.process.wait(PATIENCE)


@contextmanager
def primary_and_replica(folder: Path) -> Iterator[tuple[Server, Server]]:
    """Copy the tests' database, as far as it is committed, to a new primary, and run a hot standby of that."""
    first, second = Postgres(folder / "primary"), Postgres(folder / "replica")
    for program in (first, second):
        program.folder.mkdir()
    first.prepare()
    with ExitStack() as stack:
        primary = stack.enter_context(_running(first))
        first.once_ready(primary.url)
        _copy_database(primary.url)
        copying = ["pg_basebackup", "-D", str(second.data), "-d", primary.url, "-R", "-X", "stream", "-c", "fast"]
        subprocess.run([first._bin(copying[0]), *copying[1:]], check=True, capture_output=True, timeout=PATIENCE)
        (second.folder / "password").write_text(first.password())
        replica = stack.enter_context(_running(second))
        yield primary, replica


@contextmanager
def _running(program: Postgres) -> Iterator[Server]:
    port = free_port()
    with (program.folder / "log").open("ab") as log:
        process = subprocess.Popen(program.command(port), cwd=program.folder, stdout=log, stderr=log)
    server = Server(program.url(port), process)
    try:
        until(lambda: program.answers(server.url), f"PostgreSQL answers from {program.folder}")
        yield server
    finally:
        if process.poll() is None:
            server.stop()


def _copy_database(url: str) -> None:
    name, user, password, host, port = (
        connection.settings_dict[key] for key in ("NAME", "USER", "PASSWORD", "HOST", "PORT")
    )
    here = f"postgresql://{user}:{password}@{host}:{port}/{name}"
    dump = subprocess.run([Postgres._bin("pg_dump"), here], check=True, capture_output=True, timeout=PATIENCE)
    subprocess.run(
        [Postgres._bin("psql"), "-q", "-v", "ON_ERROR_STOP=1", url],
        input=dump.stdout, check=True, capture_output=True, timeout=PATIENCE,
    )  # fmt: skip
