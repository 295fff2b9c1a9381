"""One run of the program at a time in one folder: a lock that the system drops however its holder dies."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path


class AlreadyRunning(Exception):
    """Another run holds the folder."""


@contextmanager
def only_run(folder: Path, *, wait: float = 1) -> Iterator[None]:
    """Hold the folder for the block. Raises AlreadyRunning, after `wait` seconds.

    SQLite's own lock of a file of its own: it is the same on every system. It waits a little, since somebody who only
    asks whether it is running has the lock for a moment too.
    """
    with closing(sqlite3.connect(folder / "run.lock", timeout=wait, isolation_level=None)) as lock:
        try:
            lock.execute("BEGIN EXCLUSIVE")
        except sqlite3.OperationalError as error:
            raise AlreadyRunning(f"It is running already in {folder}.") from error
        yield


def is_running(folder: Path) -> bool:
    """Whether some process holds the folder."""
    try:
        with only_run(folder, wait=0):
            return False
    except AlreadyRunning:
        return True
