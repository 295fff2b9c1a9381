"""The one way in which applications change their status, and the one by which people's feeds grow."""

import json
import logging
from collections.abc import Sequence
from functools import partial, reduce
from operator import or_
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import gettext

from applications import live, traces
from applications.models import Application, Event, EventCounter
from applications.states import MOVES, Status
from jobswipe import rows
from jobswipe.problems import Problem

logger = logging.getLogger(__name__)

NEWS = frozenset({Status.REVIEW, Status.COMPLETED, Status.FAILED})  # what people are told of while it is fresh


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
) -> None:
    """Move `application` from the status it was read with to `new`, with `changes` to other columns; tell its person.

    Compare and set: raises MovedMeanwhile if the row no longer has that status and lease. On success the instance
    holds what the row holds, but for `changes` that are expressions.
    """
    transition_all([application], new, message=message, data=data, **changes)


def transition_all(
    applications: Sequence[Application],
    new: Status,
    *,
    message: str = "",
    data: dict[str, Any] | None = None,
    **changes: Any,
) -> None:
    """Move several applications, all read with the same status, as `transition` moves one: all of them, or none."""
    [old] = {Status(application.status) for application in applications}
    if new not in MOVES[old]:
        raise IllegalMove(f"{old} -> {new}")
    changes = {"message": message, **changes}
    story = {"from": old, "to": new, "message": message, **(data or {})}
    with transaction.atomic(savepoint=False):  # as part of a larger one it is not worth two statements of its own
        unchanged = Application.objects.filter(_as_read(applications), status=old)
        moved = unchanged.update(status=new, updated_at=Now(), **changes)
        if moved == len(applications):
            record_all([(application, Event.Type.STATUS, story) for application in applications])
            traces.trace(applications, new)
            kind = changes.get("failure_kind") or changes.get("review_kind") or ""
            note([(application.pk, application.user_id) for application in applications], new, kind)
            if new in NEWS:
                live.announce_news()
        elif moved:
            transaction.set_rollback(True)
    if moved != len(applications):
        raise MovedMeanwhile(gettext("This application has just moved on. Look again."))
    known = {name: value for name, value in changes.items() if not hasattr(value, "resolve_expression")}
    for application in applications:
        application.status = new
        for name, value in known.items():
            setattr(application, name, value)


def note(applications: Sequence[tuple[int, int]], new: Status, kind: str = "") -> None:
    """Log, once it is committed, where applications (and whose) stand now, and of which kind their trouble is."""
    if logger.isEnabledFor(logging.INFO):
        transaction.on_commit(partial(_note, applications, new, kind), robust=True)


def _note(applications: Sequence[tuple[int, int]], new: Status, kind: str) -> None:
    for pk, user_id in applications:
        logger.info("%s", f"{new} ({kind})" if kind else new, extra={"application": pk, "person": user_id})


def _as_read(applications: Sequence[Application]) -> Q:
    """Return the condition that none of them has been claimed since it was read.

    Those of one person name the person, by whom they are sharded (docs/operate/growth.md).
    """
    leases: dict[int, list[int]] = {}
    for application in applications:
        leases.setdefault(application.lease, []).append(application.pk)
    as_read = reduce(or_, (Q(lease=lease, pk__in=pks) for lease, pks in leases.items()))
    people = {application.user_id for application in applications}
    return as_read & Q(user_id=people.pop()) if len(people) == 1 else as_read


def record(application: Application, type_: Event.Type, data: dict[str, Any]) -> int:
    """Append an event with its person's next number, and tell who is listening once it is committed."""
    return record_all([(application, type_, data)])[application.user_id]


def record_all(lines: Sequence[tuple[Application, Event.Type, dict[str, Any]]]) -> dict[int, int]:
    """Append events, each with its person's next number, in the order given; return each person's newest number.

    One statement takes the numbers and writes the events. The counters stay locked until the commit, so numbers have
    no gaps. They are taken in the order of the people, so that two transactions cannot wait for each other.
    """
    with transaction.atomic(savepoint=False):
        told = [
            {"user_id": application.user_id, "type": type_, "application_id": application.pk, "data": data}
            for application, type_, data in lines
        ]
        newest = dict(rows.run(APPEND, [json.dumps(told)]))
        live.announce_events(newest)
    return newest


APPEND = f"""
WITH line AS (
    SELECT * FROM ROWS FROM (
        json_to_recordset(%b::json) AS (user_id bigint, type text, application_id bigint, data jsonb)
    ) WITH ORDINALITY AS line (user_id, type, application_id, data, place)
), taken AS (
    INSERT INTO {EventCounter._meta.db_table} AS counter (user_id, last_seq)
    SELECT user_id, count(*) FROM line GROUP BY user_id ORDER BY user_id
    ON CONFLICT (user_id) DO UPDATE SET last_seq = counter.last_seq + excluded.last_seq, has_news = true
    RETURNING user_id, last_seq
), appended AS (
    INSERT INTO {Event._meta.db_table} (user_id, seq, type, application_id, data)
    SELECT user_id, last_seq + 1 - row_number() OVER (PARTITION BY user_id ORDER BY place DESC),
        type, application_id, data
    FROM line JOIN taken USING (user_id)
)
SELECT user_id, last_seq FROM taken
"""  # noqa: S608 names of tables
