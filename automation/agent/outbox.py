"""What this computer holds and has to say, on disk (SQLite): written here first, sent later, kept until it is taken.

Every message has a number and is sent in order; it is struck out when the site has taken it. `synchronous=FULL` makes
a commit outlast a power cut: what is written before the click is there after it.
"""

import json
import os
import sqlite3
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import takewhile
from pathlib import Path
from typing import Any

KEEP = 30 * 24 * 3600.0  # seconds that what is over stays on this computer

SCHEMA = """
CREATE TABLE IF NOT EXISTS attempts (
    id INTEGER PRIMARY KEY,         -- the site's
    application INTEGER NOT NULL,
    token INTEGER NOT NULL,         -- the lease's fencing token
    title TEXT NOT NULL,
    company TEXT NOT NULL,
    packet TEXT NOT NULL,           -- empty once it is over: it is about a person
    claimed_at REAL NOT NULL,       -- seconds since 1970, as all times here
    granted_at REAL,                -- written before the click
    ended_at REAL,
    steps INTEGER NOT NULL DEFAULT 0,
    step TEXT NOT NULL DEFAULT '',
    message TEXT NOT NULL DEFAULT '',
    percent INTEGER NOT NULL DEFAULT 0,
    outcome TEXT NOT NULL DEFAULT ''
);
CREATE TABLE IF NOT EXISTS messages (
    seq INTEGER PRIMARY KEY AUTOINCREMENT,
    attempt INTEGER NOT NULL REFERENCES attempts (id),
    kind TEXT NOT NULL,             -- step, evidence, finish, give_back
    body TEXT NOT NULL,             -- JSON
    file BLOB
);
CREATE TABLE IF NOT EXISTS facts (name TEXT PRIMARY KEY, value TEXT NOT NULL);
"""


@dataclass(frozen=True)
class Kept:
    """An attempt as this computer knows it."""

    id: int
    application: int
    token: int
    title: str
    company: str
    packet: dict[str, Any]
    claimed_at: float
    granted_at: float | None
    ended_at: float | None
    step: str
    message: str
    percent: int
    outcome: str

    @property
    def ids(self) -> dict[str, int]:
        """What it is called in both logs."""
        return {"attempt": self.id, "application": self.application}


@dataclass(frozen=True)
class Message:
    """One thing to tell the site."""

    seq: int
    attempt: int
    application: int
    token: int
    kind: str
    body: dict[str, Any]
    file: bytes | None


class Outbox:
    """May be used by several threads, and read by other processes at the same time."""

    def __init__(self, folder: Path) -> None:
        path = folder / "outbox.sqlite3"
        os.close(os.open(path, os.O_CREAT | os.O_RDWR, 0o600))  # before SQLite makes it for all to read
        self._db = sqlite3.connect(path, timeout=30, isolation_level=None, check_same_thread=False)
        self._db.row_factory = sqlite3.Row
        self._lock = threading.RLock()
        self._db.execute("PRAGMA journal_mode=WAL")
        self._db.execute("PRAGMA synchronous=FULL")
        self._db.executescript(SCHEMA)
        self.grown = threading.Event()  # there is something to send

    def close(self) -> None:
        with self._lock:
            self._db.close()

    @contextmanager
    def _transaction(self) -> Iterator[sqlite3.Connection]:
        with self._lock:
            self._db.execute("BEGIN IMMEDIATE")
            try:
                yield self._db
            except BaseException:  # whatever ended it, also a kill: half a line is never kept
                self._db.execute("ROLLBACK")
                raise
            self._db.execute("COMMIT")

    def _rows(self, query: str, *values: Any) -> list[sqlite3.Row]:
        with self._lock:
            return self._db.execute(query, values).fetchall()

    # ---------------------------------------------------------------- what this computer holds

    def take(self, attempt: dict[str, Any]) -> bool:
        """Write a claimed attempt down, as `POST claims/` gives it. False for one that is known."""
        packet = attempt["packet"]
        posting = packet.get("snapshot") or {}
        with self._transaction() as db:
            added = db.execute(
                "INSERT OR IGNORE INTO attempts (id, application, token, title, company, packet, claimed_at)"
                " VALUES (?, ?, ?, ?, ?, ?, ?)",
                (
                    attempt["id"],
                    attempt["application"],
                    attempt["token"],
                    str(posting.get("title") or packet["url"]),
                    posting.get("company", {}).get("name", ""),
                    json.dumps(packet),
                    time.time(),
                ),
            )
            return added.rowcount == 1

    def attempt(self, attempt: int) -> Kept:
        return _kept(self._rows("SELECT * FROM attempts WHERE id = ?", attempt)[0])

    def open_attempts(self) -> list[Kept]:
        """Return those that have no end yet, the oldest first."""
        return [_kept(row) for row in self._rows("SELECT * FROM attempts WHERE ended_at IS NULL ORDER BY claimed_at")]

    def latest(self, most: int) -> list[Kept]:
        """Return those that ended last, the newest first."""
        query = "SELECT * FROM attempts WHERE ended_at IS NOT NULL ORDER BY ended_at DESC, id DESC LIMIT ?"
        return [_kept(row) for row in self._rows(query, most)]

    def grant(self, attempt: int) -> None:
        """Write down that the click is allowed. Only then may it follow."""
        with self._transaction() as db:
            db.execute("UPDATE attempts SET granted_at = ? WHERE id = ? AND granted_at IS NULL", (time.time(), attempt))

    # ---------------------------------------------------------------- what it has to say

    def step(self, attempt: int, step: str, message: str, percent: int) -> None:
        with self._transaction() as db:
            db.execute(
                "UPDATE attempts SET steps = steps + 1, step = ?, message = ?, percent = ? WHERE id = ?",
                (step, message, percent, attempt),
            )
            [(seq,)] = db.execute("SELECT steps FROM attempts WHERE id = ?", (attempt,)).fetchall()
            _add(db, attempt, "step", {"seq": seq, "step": step, "message": message, "percent": percent})
        self.grown.set()

    def evidence(self, attempt: int, name: str, kind: str, content: bytes) -> None:
        with self._transaction() as db:
            _add(db, attempt, "evidence", {"name": name, "kind": kind}, content)
        self.grown.set()

    def end(self, attempt: int, kind: str, body: dict[str, Any], *, outcome: str, message: str) -> None:
        """End an attempt with its last message, "finish" or "give_back". One that has ended stays as it is."""
        with self._transaction() as db:
            if self._ended(db, attempt, outcome, message):
                _add(db, attempt, kind, body)
        self.grown.set()

    def drop(self, attempt: int, reason: str) -> None:
        """Let go of an attempt that is no longer ours: what is left to say of it is void, but its evidence.

        After the grant its outcome is still worth telling, however late: it may be the only proof there is.
        """
        with self._transaction() as db:
            db.execute("DELETE FROM messages WHERE attempt = ? AND kind = 'step'", (attempt,))
            [(granted_at,)] = db.execute("SELECT granted_at FROM attempts WHERE id = ?", (attempt,)).fetchall()
            if granted_at is None:
                db.execute("DELETE FROM messages WHERE attempt = ? AND kind != 'evidence'", (attempt,))
                self._ended(db, attempt, reason, "It is no longer this computer's.")

    @staticmethod
    def _ended(db: sqlite3.Connection, attempt: int, outcome: str, message: str) -> bool:
        changed = db.execute(
            "UPDATE attempts SET ended_at = ?, outcome = ?, message = ?, packet = '' WHERE id = ? AND ended_at IS NULL",
            (time.time(), outcome, message, attempt),
        )
        return changed.rowcount == 1

    # ---------------------------------------------------------------- sending it

    def next_messages(self, most: int = 100) -> list[Message]:
        """Return what has to be sent next: some steps of one attempt that follow each other, or one other message."""
        heads = self._rows("SELECT seq, attempt, kind FROM messages ORDER BY seq LIMIT ?", most)
        alike = takewhile(lambda row: (row["kind"], row["attempt"]) == ("step", heads[0]["attempt"]), heads)
        last = max((row["seq"] for row in alike), default=heads[0]["seq"] if heads else 0)
        rows = self._rows(
            "SELECT messages.*, token, application FROM messages JOIN attempts ON attempts.id = attempt"
            " WHERE seq <= ? ORDER BY seq",
            last,
        )
        return [_message(row) for row in rows]

    def strike_out(self, messages: Sequence[Message]) -> None:
        """Remove what the site has taken, or never will."""
        with self._transaction() as db:
            db.executemany("DELETE FROM messages WHERE seq = ?", [(one.seq,) for one in messages])

    def replace(self, message: Message, kind: str, body: dict[str, Any]) -> None:
        """Say something else in its place, under its number."""
        with self._transaction() as db:
            db.execute("UPDATE messages SET kind = ?, body = ? WHERE seq = ?", (kind, json.dumps(body), message.seq))

    def forget(self, attempt: int) -> None:
        """Remove all messages of an attempt that the site does not know."""
        with self._transaction() as db:
            db.execute("DELETE FROM messages WHERE attempt = ?", (attempt,))
            self._ended(db, attempt, "unknown", "The site does not know it any more.")

    @property
    def unsent(self) -> int:
        return int(self._rows("SELECT count(*) AS n FROM messages")[0]["n"])

    def tidy(self) -> None:
        """Remove what has been over for long and is sent."""
        with self._transaction() as db:
            db.execute(
                "DELETE FROM attempts WHERE ended_at < ? AND id NOT IN (SELECT attempt FROM messages)",
                (time.time() - KEEP,),
            )

    # ---------------------------------------------------------------- facts

    def fact(self, name: str) -> str:
        """Return what is noted under the name, empty if nothing is."""
        rows = self._rows("SELECT value FROM facts WHERE name = ?", name)
        return str(rows[0]["value"]) if rows else ""

    def note(self, **facts: object) -> None:
        """Note facts that other processes read: whether it is paused, how the site is reached, what is wrong."""
        with self._transaction() as db:
            db.executemany(
                "INSERT INTO facts VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value",
                [(name, str(value)) for name, value in facts.items()],
            )


def _add(db: sqlite3.Connection, attempt: int, kind: str, body: dict[str, Any], file: bytes | None = None) -> None:
    db.execute(
        "INSERT INTO messages (attempt, kind, body, file) VALUES (?, ?, ?, ?)", (attempt, kind, json.dumps(body), file)
    )


def _kept(row: sqlite3.Row) -> Kept:
    values = {name: row[name] for name in row.keys() if name != "steps"}  # noqa: SIM118 a Row is no mapping
    return Kept(**{**values, "packet": json.loads(row["packet"] or "{}")})


def _message(row: sqlite3.Row) -> Message:
    return Message(**{**dict(row), "body": json.loads(row["body"])})
