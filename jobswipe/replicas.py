"""Reads that may be a little old go to replicas (DATABASE_REPLICA_URLS), and everybody sees what they wrote themselves.

A replica is read in views alone that ask for it with `may_lag`: cards, searches, the board. All that decides anything
(services, workers, sign-in, the feed) runs outside of these and reads the primary, as does every transaction on it.

After a person's request that may write, the position of the primary's log (its WAL) is kept for them. A replica that
has not replayed that much, or lags more than REPLICA_MAX_LAG, is not asked; nor is one that does not answer. Then the
primary is.
"""

import logging
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import wraps
from typing import Any, ParamSpec, TypeVar

from django.conf import settings
from django.core.exceptions import MiddlewareNotUsed
from django.db import DEFAULT_DB_ALIAS, InterfaceError, OperationalError, connections, models
from django.http import HttpRequest, HttpResponse

from jobswipe import rows
from jobswipe.measures import LAGGING_READS

P = ParamSpec("P")
T = TypeVar("T")
GONE = (OperationalError, InterfaceError)
REST = 10.0  # seconds for which one that does not answer is left alone
MAY_LAG = {"accounts", "jobs", "applications", "notifications", "automation"}  # not sessions, nor the cache of limits
SAFE = {"GET", "HEAD", "OPTIONS"}

logger = logging.getLogger(__name__)
_reading: ContextVar[str] = ContextVar("reading", default=DEFAULT_DB_ALIAS)
_away_until: dict[str, float] = {}  # by alias


class Router:
    """Django's way to ask which database a query goes to."""

    def db_for_read(self, model: type[models.Model], **hints: Any) -> str:
        return alias() if model._meta.app_label in MAY_LAG else DEFAULT_DB_ALIAS

    def db_for_write(self, model: type[models.Model], **hints: Any) -> str:
        return DEFAULT_DB_ALIAS

    def allow_relation(self, one: models.Model, other: models.Model, **hints: Any) -> bool:
        return True  # they are copies of one database

    def allow_migrate(self, db: str, app_label: str, **hints: Any) -> bool:
        return db == DEFAULT_DB_ALIAS


def alias() -> str:
    """Return the name of the database that is read from here."""
    return DEFAULT_DB_ALIAS if connections[DEFAULT_DB_ALIAS].in_atomic_block else _reading.get()


def may_lag(view: Callable[P, T]) -> Callable[P, T]:
    """Let a view of a signed-in person read from a replica that has what the person wrote.

    The view must write nothing, since it is run once more on the primary when the replica goes away under it.
    """

    @wraps(view)
    def read(*args: P.args, **kwargs: P.kwargs) -> T:
        request: Any = args[0]
        chosen = _replica_for(request.user.pk) if settings.DATABASE_REPLICAS else DEFAULT_DB_ALIAS
        if chosen != DEFAULT_DB_ALIAS:
            try:
                with _reading_from(chosen):
                    return view(*args, **kwargs)
            except GONE as error:
                _leave_alone(chosen, error)
        return view(*args, **kwargs)

    return read


@contextmanager
def _reading_from(name: str) -> Iterator[None]:
    before = _reading.set(name)
    try:
        yield
    finally:
        _reading.reset(before)


def noting_writes(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Keep, after each request of a person that may have written, how far a replica must be to show it."""
    if not settings.DATABASE_REPLICAS:
        raise MiddlewareNotUsed

    def respond(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        if request.method not in SAFE and request.user.pk:
            rows.run(NOTE, [request.user.pk])
        return response

    return respond


# Not waited for on the disk: should the primary lose it, it has lost no more than the wish to be careful.
NOTE = """
WITH quick AS (SELECT set_config('synchronous_commit', 'off', true))
INSERT INTO accounts_lastwrite AS known (user_id, position)
SELECT person.id, pg_current_wal_lsn() - '0/0' FROM accounts_user person, quick WHERE person.id = %b
ON CONFLICT (user_id) DO UPDATE SET position = excluded.position
"""
NOTED = "SELECT position FROM accounts_lastwrite WHERE user_id = %b"
# One that has heard nothing for long counts as behind: in a primary at work something is committed all the time.
IS_NEAR = """
SELECT pg_is_in_recovery() AND pg_last_wal_replay_lsn() - '0/0' >= %b::bigint
    AND now() - pg_last_xact_replay_timestamp() < %b::float8 * interval '1 second'
"""


def _replica_for(user_id: int) -> str:
    """Return a replica that has all that the person wrote, else the primary.

    A person keeps to one replica as long as it will do: from one to another they might go back in time.
    """
    written = rows.run(NOTED, [user_id])
    position = written[0][0] if written else 0
    names = settings.DATABASE_REPLICAS
    first = user_id % len(names)
    for name in names[first:] + names[:first]:
        if time.monotonic() >= _away_until.get(name, 0) and _is_near(name, position):
            LAGGING_READS.labels(name).inc()
            return str(name)
    LAGGING_READS.labels(DEFAULT_DB_ALIAS).inc()
    return DEFAULT_DB_ALIAS


def _is_near(name: str, position: int) -> bool:
    try:
        [[is_near]] = rows.run(IS_NEAR, [position, settings.REPLICA_MAX_LAG], using=name)
    except GONE as error:
        _leave_alone(name, error)
        return False
    return bool(is_near)


def _leave_alone(name: str, error: Exception) -> None:
    logger.warning("%s does not answer, and is left alone for %d s: %s", name, REST, error)
    _away_until[name] = time.monotonic() + REST
    connections[name].close()
