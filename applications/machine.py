"""The one function that changes an application's status, and the one that writes to a person's feed."""

from typing import Any

from django.db import connection, transaction
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
    old = Status(application.status)
    if new not in MOVES[old]:
        raise IllegalMove(f"{old} -> {new}")
    changes = {"message": message, **changes}
    with transaction.atomic():
        unchanged = Application.objects.filter(pk=application.pk, status=old, lease=application.lease)
        if unchanged.update(status=new, updated_at=Now(), **changes) != 1:
            raise MovedMeanwhile("This application has just moved on. Look again.")
        event = record(application, Event.Type.STATUS, {"from": old, "to": new, "message": message, **(data or {})})
    application.status = new
    for name, value in changes.items():
        setattr(application, name, value)
    return event


def record(application: Application, type_: Event.Type, data: dict[str, Any]) -> Event:
    """Append an event with its person's next number, and tell who is listening once it is committed."""
    with transaction.atomic():
        event = Event.objects.create(
            user_id=application.user_id,
            seq=_next_seq(application.user_id),
            type=type_,
            application=application,
            data=data,
        )
        transaction.on_commit(lambda: live.announce_event(event.user_id, event.seq))
    return event


def _next_seq(user_id: int) -> int:
    """Take the person's next event number. The row stays locked until the commit, so numbers have no gaps."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {EventCounter._meta.db_table} AS counter (user_id, last_seq) VALUES (%s, 1)"  # noqa: S608 a table name
            " ON CONFLICT (user_id) DO UPDATE SET last_seq = counter.last_seq + 1 RETURNING last_seq",
            [user_id],
        )
        return int(cursor.fetchone()[0])
