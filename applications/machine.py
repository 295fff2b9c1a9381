"""The one way in which applications change their status, and the one by which people's feeds grow."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from functools import reduce
from operator import or_
from typing import Any

from django.db import connection, transaction
from django.db.models import Q
from django.db.models.functions import Now

from applications import live
from applications.models import Application, Event, EventCounter
from applications.states import MOVES, Status
from jobswipe.problems import Problem


class IllegalMove(ValueError):
    """The table of moves has no such move: a fault in the caller."""


class MovedMeanwhile(Problem):
    """Somebody else changed the application first; nothing was written."""

    code = "moved_meanwhile"


def transition(
    application: Application,
    new: Status,
    *,
    message: str = "",
    data: dict[str, Any] | None = None,
    **changes: Any,
) -> Event:
    """Move `application` from the status it was read with to `new`, with `changes` to other columns; tell its person.

    Compare and set: raises MovedMeanwhile if the row no longer has that status and lease. On success the instance
    holds what the row holds, but for `changes` that are expressions.
    """
    return transition_all([application], new, message=message, data=data, **changes)[0]


def transition_all(
    applications: Sequence[Application],
    new: Status,
    *,
    message: str = "",
    data: dict[str, Any] | None = None,
    **changes: Any,
) -> list[Event]:
    """Move several applications, all read with the same status, as `transition` moves one: all of them, or none."""
    [old] = {Status(application.status) for application in applications}
    if new not in MOVES[old]:
        raise IllegalMove(f"{old} -> {new}")
    changes = {"message": message, **changes}
    story = {"from": old, "to": new, "message": message, **(data or {})}
    with transaction.atomic():
        unchanged = Application.objects.filter(_as_read(applications), status=old)
        if unchanged.update(status=new, updated_at=Now(), **changes) != len(applications):
            raise MovedMeanwhile("This application has just moved on. Look again.")
        events = record_all([(application, Event.Type.STATUS, story) for application in applications])
    known = {name: value for name, value in changes.items() if not hasattr(value, "resolve_expression")}
    for application in applications:
        application.status = new
        for name, value in known.items():
            setattr(application, name, value)
    return events


def _as_read(applications: Sequence[Application]) -> Q:
    """Return the condition that none of them has been claimed since it was read."""
    leases: dict[int, list[int]] = {}
    for application in applications:
        leases.setdefault(application.lease, []).append(application.pk)
    return reduce(or_, (Q(lease=lease, pk__in=pks) for lease, pks in leases.items()))


def record(application: Application, type_: Event.Type, data: dict[str, Any]) -> Event:
    """Append an event with its person's next number, and tell who is listening once it is committed."""
    return record_all([(application, type_, data)])[0]


def record_all(lines: Sequence[tuple[Application, Event.Type, dict[str, Any]]]) -> list[Event]:
    """Append events, each with its person's next number, in the order given."""
    with transaction.atomic():
        numbers = _next_numbers(Counter(application.user_id for application, _, _ in lines))
        events = Event.objects.bulk_create(
            Event(
                user_id=application.user_id,
                seq=next(numbers[application.user_id]),
                type=type_,
                application=application,
                data=data,
            )
            for application, type_, data in lines
        )
        newest = {event.user_id: event.seq for event in events}
        transaction.on_commit(lambda: live.announce_events(newest))
    return events


def _next_numbers(wanted: Mapping[int, int]) -> dict[int, Iterator[int]]:
    """Take each person's next event numbers, as many as are wanted.

    The counters stay locked until the commit, so numbers have no gaps. They are taken in the order of the people, so
    that two transactions cannot wait for each other.
    """
    people = sorted(wanted)
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {EventCounter._meta.db_table} AS counter (user_id, last_seq)"  # noqa: S608 a table name
            " SELECT * FROM unnest(%s::bigint[], %s::bigint[])"
            " ON CONFLICT (user_id) DO UPDATE SET last_seq = counter.last_seq + excluded.last_seq"
            " RETURNING user_id, last_seq",
            [people, [wanted[user_id] for user_id in people]],
        )
        return {user_id: iter(range(last - wanted[user_id] + 1, last + 1)) for user_id, last in cursor.fetchall()}
