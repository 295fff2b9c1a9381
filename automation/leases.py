"""Leases: the right to work on an application, from the claim to the submit barrier. Both lanes go through here.

Every write of a runner names its lease (the fencing token) and is refused with LeaseLost once the application has
moved on. All of them lock the application first, so that a withdrawal, a claim, the barrier and the sweep take
turns. Times are the database's.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import F
from django.db.models.functions import Now

from accounts.models import Candidate, Resume, User
from applications import presence
from applications.machine import transition, transition_all
from applications.models import Application, Lane
from applications.states import HELD, Status
from automation import packets
from automation.models import Attempt, Device
from jobs.models import JobSnapshot
from jobswipe import rows
from jobswipe.problems import Problem


class LeaseLost(Problem):
    """The attempt is over, its lease is another's, or its person withdrew; `reason` says which (docs/devices.md)."""

    code = "lease_lost"

    def __init__(self, reason: str) -> None:
        super().__init__("This attempt is no longer yours. Stop here and submit nothing.", reason=reason)


TAKEN_AWAY = ("withdrawn", "revoked", "lost", "given_back")  # ends of attempts that no engine reported


def lease_length(lane: str) -> timedelta:
    """Return how long a lease lasts without a heartbeat."""
    return timedelta(seconds=settings.SERVER_LEASE if lane == Lane.SERVER else settings.DEVICE_LEASE)


@transaction.atomic
def claim(
    *, lane: Lane, runner: str, limit: int = 1, user: User | None = None, device: Device | None = None
) -> list[Attempt]:
    """Take up to `limit` waiting applications of the lane, those whose turn came first before the others.

    A device names its `user` and claims theirs alone. Two claimers never take the same one: rows that another has
    locked are passed over.
    """
    applications = _take_waiting(lane, limit, user, device)
    return _open_attempts(applications, runner, device) if applications else []


def _take_waiting(lane: Lane, limit: int, user: User | None, device: Device | None) -> list[Application]:
    """Lock what comes next, and read it with all that its packet needs."""
    whose = ""
    values: list[Any] = [lane]
    if user:
        whose += " AND user_id = %b"
        values.append(user.pk)
    if device:  # a revocation that comes at the same time waits for this claim, or this claim sees it
        whose += " AND EXISTS (SELECT FROM automation_device WHERE id = %b AND revoked_at IS NULL)"
        values.append(device.pk)
    ask = (WAITING % whose, [*values, limit])
    found = rows.run_both((DEVICE_STAYS, [device.pk]), ask) if device else rows.run(*ask)
    return [_waiting(iter(row)) for row in found]


def _waiting(row: Iterator[Any]) -> Application:
    application = APPLICATION.take(row)
    application.user = PERSON.take(row)
    candidate, application.snapshot, resume = CANDIDATE.take(row), SNAPSHOT.take(row), RESUME.take(row)
    if candidate.pk:
        application.user.candidate = candidate
    if resume.pk:
        application.resume = resume
    return application


APPLICATION = rows.Part(
    Application, "application",
    ("id", "user_id", "snapshot_id", "resume_id", "cover_letter", "status", "lane", "lease", "tries"),
)  # fmt: skip
PERSON = rows.Part(User, "person", ("id", "email"))
CANDIDATE = rows.Part(Candidate, "candidate")
SNAPSHOT = rows.Part(JobSnapshot, "snapshot", ("id", "content"))
RESUME = rows.Part(Resume, "resume", ("id", "name", "size", "sha256"))
DEVICE_STAYS = "SELECT FROM automation_device WHERE id = %b FOR NO KEY UPDATE"
# In one statement, prepared: fifty computers may hear of work at the same moment. The bound of `available_at` says
# nothing new: it ends the walk along the index before what waits for a retry.
WAITING = f"""
SELECT {APPLICATION}, {PERSON}, {CANDIDATE}, {SNAPSHOT}, {RESUME}
FROM (
    SELECT * FROM applications_application
    WHERE status = '{Status.QUEUED}' AND lane = %%b
        AND available_at <= statement_timestamp() AND turn_at <= statement_timestamp()%s
    ORDER BY turn_at, id LIMIT %%b FOR UPDATE SKIP LOCKED
) application
JOIN accounts_user person ON person.id = application.user_id
JOIN jobs_jobsnapshot snapshot ON snapshot.id = application.snapshot_id
LEFT JOIN accounts_candidate candidate ON candidate.user_id = application.user_id
LEFT JOIN accounts_resume resume ON resume.id = application.resume_id
ORDER BY application.turn_at, application.id
"""  # noqa: S608 names of columns


def _open_attempts(applications: list[Application], runner: str, device: Device | None) -> list[Attempt]:
    """Write the attempts, then move the applications: their events, for which claimers wait in turn, come last."""
    attempts = _insert_attempts(applications, runner, device)
    transition_all(applications, Status.CLAIMED, lease=F("lease") + 1, tries=F("tries") + 1)
    for application in applications:
        application.lease += 1
        application.tries += 1
    return attempts


def _insert_attempts(applications: list[Application], runner: str, device: Device | None) -> list[Attempt]:
    """Write the attempts in one statement: row by row, as Django does it, they took half of a claim."""
    packs = packets.pack_all(applications)
    texts = [packets.canonical(packet) for packet in packs]
    digests = [packets.digest(text) for text in texts]
    lane = applications[0].lane
    written = rows.run(
        INSERT,
        [
            lane,
            runner,
            device.pk if device else None,
            lease_length(lane).total_seconds(),
            [application.user_id for application in applications],
            [application.pk for application in applications],
            [application.lease + 1 for application in applications],
            texts,
            digests,
        ],
    )
    known = {application_id: (pk, expires) for pk, application_id, expires in written}
    return [
        Attempt(
            pk=known[application.pk][0],
            application=application,
            user_id=application.user_id,
            lease=application.lease + 1,
            lane=application.lane,
            runner=runner,
            device=device,
            packet=packet,
            packet_sha256=digest,
            lease_expires_at=known[application.pk][1],
        )
        for application, packet, digest in zip(applications, packs, digests, strict=True)
    ]


INSERT = f"""
INSERT INTO {Attempt._meta.db_table} (user_id, application_id, lease, packet, packet_sha256, lane, runner, device_id,
    lease_expires_at, step, percent, outcome, failure_kind)
SELECT user_id, application_id, lease, packet::jsonb, digest, lane, runner, device_id,
    statement_timestamp() + seconds * interval '1 second', '', 0, '', ''
FROM (SELECT %s::text, %s::text, %s::bigint, %s::float8) AS given (lane, runner, device_id, seconds),
    unnest(%b::bigint[], %b::bigint[], %b::bigint[], %b::text[], %b::text[])
        AS claimed (user_id, application_id, lease, packet, digest)
RETURNING id, application_id, lease_expires_at
"""  # noqa: S608 a table name


@contextmanager
def held(attempt_id: int, lease: int) -> Iterator[Attempt]:
    """Open a transaction in which this lease still holds its application, locked; raise LeaseLost otherwise."""
    with held_among({attempt_id: lease}) as attempts:
        if not attempts:
            raise LeaseLost(why_lost(attempt_id, lease))
        yield attempts[0]


def why_lost(attempt_id: int, lease: int) -> str:
    """Return in a word why this lease holds nothing."""
    attempt = Attempt.objects.filter(pk=attempt_id, lease=lease).first()
    if attempt is None:
        return "token"
    if attempt.finished_at is None:
        return "lost"
    return attempt.outcome if attempt.outcome in TAKEN_AWAY else "finished"


@contextmanager
def held_among(leases: Mapping[int, int]) -> Iterator[list[Attempt]]:
    """Open a transaction with those of the attempts whose lease still holds their application, locked.

    `leases` are by the attempt's id. A lease that ran out still counts until the sweep or another claim has taken it
    away: nobody else works on it. The applications are locked first and in one order, the attempts read after it.
    """
    with transaction.atomic():
        # By their own ids, which an attempt never changes: joined to a batch of attempts, all of them were read.
        # And by their persons: a sharded database knows by them where to look.
        ids = dict(Attempt.objects.filter(pk__in=leases).values_list("application_id", "user_id"))
        persons = set(ids.values())
        locked = (
            Application.objects.select_for_update()
            .only("user", "lane", "status", "lease", "tries", "message")
            .filter(pk__in=ids, user__in=persons)
            .order_by("id")
        )
        applications = {application.pk: application for application in locked}
        # By their ids alone: looked for among the open ones, as many as were ever open were walked through.
        read = Attempt.objects.filter(pk__in=leases, user__in=persons).order_by("id").defer("packet", "result")
        attempts = [attempt for attempt in read if attempt.finished_at is None]
        for attempt in attempts:
            attempt.application = applications[attempt.application_id]
        yield [attempt for attempt in attempts if attempt.lease == leases[attempt.pk] and _holds(attempt)]


def _holds(attempt: Attempt) -> bool:
    application = attempt.application
    return application.lease == attempt.lease and application.status in HELD


def start(*, attempt_id: int, lease: int) -> Attempt:
    """Say that the runner's browser is at work: CLAIMED -> PROCESSING."""
    if started := start_all({attempt_id: lease}):
        return started[0]
    raise LeaseLost(why_lost(attempt_id, lease))


def start_all(leases: Mapping[int, int]) -> list[Attempt]:
    """Start those of the attempts that are still held, and return them. `leases` are by the attempt's id."""
    with held_among(leases) as attempts:
        mark_started(attempts)
        return attempts


def mark_started(attempts: Sequence[Attempt]) -> None:
    """Move those of the held attempts' applications that are only claimed to PROCESSING."""
    if claimed := [attempt.application for attempt in attempts if attempt.application.status == Status.CLAIMED]:
        transition_all(claimed, Status.PROCESSING)


def heartbeat(*, attempt_id: int, lease: int, step: str = "", percent: int = 0) -> None:
    """Renew the lease, and note how far the work is if a step is given."""
    with held(attempt_id, lease) as attempt:
        progress = {"step": step, "percent": percent} if step else {}
        length = lease_length(attempt.lane)
        Attempt.objects.filter(pk=attempt.pk, user=attempt.user_id).update(lease_expires_at=Now() + length, **progress)
    if step:
        seconds = length.total_seconds()
        presence.sign_of_progress(
            attempt.application.user_id, attempt.application_id, step=step, percent=percent, seconds=seconds
        )


def begin_submit(*, attempt_id: int, lease: int) -> None:
    """The submit barrier: grant the click, once, to the holder of a live lease; raise LeaseLost otherwise.

    Asking again with the same lease gives the same grant: the first answer may have been lost on its way.
    """
    if not begin_submit_all({attempt_id: lease}):
        reason = why_lost(attempt_id, lease)
        raise LeaseLost("expired" if reason == "lost" else reason)


def begin_submit_all(leases: Mapping[int, int]) -> list[Attempt]:
    """Grant the click to those of the attempts that may have it, and return them. `leases` are by the attempt's id."""
    with held_among(leases) as attempts:
        working = [attempt for attempt in attempts if attempt.application.status == Status.PROCESSING]
        asking = [attempt for attempt in working if not attempt.submit_started_at]
        granted = _grant(asking) if asking else {}
        for attempt in asking:
            attempt.submit_started_at = granted.get(attempt.pk)
        return [attempt for attempt in working if attempt.submit_started_at]


def _grant(attempts: Sequence[Attempt]) -> dict[int, datetime]:
    seconds = lease_length(attempts[0].lane).total_seconds()
    return dict(rows.run(GRANT, [seconds, [one.user_id for one in attempts], [one.pk for one in attempts]]))


GRANT = f"""
UPDATE {Attempt._meta.db_table}
SET submit_started_at = statement_timestamp(),
    lease_expires_at = statement_timestamp() + %s::float8 * interval '1 second'
WHERE user_id = ANY(%b::bigint[]) AND id = ANY(%b::bigint[]) AND lease_expires_at > statement_timestamp()
RETURNING id, submit_started_at
"""  # noqa: S608 a table name


def give_back(*, attempt_id: int, lease: int, message: str, until: datetime | None = None) -> None:
    """Return an application to the queue untried, as a runner does that has to stop. After the grant: LeaseLost.

    It is not claimed before `until`.
    """
    with held(attempt_id, lease) as attempt:
        if attempt.submit_started_at:
            raise LeaseLost("granted")
        close(attempt, outcome="given_back")
        transition(
            attempt.application,
            Status.QUEUED,
            message=message,
            available_at=until or Now(),
            tries=F("tries") - 1,
        )


def close(attempt: Attempt, *, outcome: str, failure_kind: str = "", result: dict[str, Any] | None = None) -> None:
    """End the attempt: its lease is void from here on."""
    close_all([(attempt, outcome, failure_kind, result)])


def close_all(ends: Sequence[tuple[Attempt, str, str, dict[str, Any] | None]]) -> None:
    """End several attempts in one statement: (attempt, outcome, failure_kind, what the engine reported)."""
    attempts, outcomes, kinds, results = zip(*ends, strict=True)
    rows.run(
        CLOSE,
        [
            [attempt.user_id for attempt in attempts],
            [attempt.pk for attempt in attempts],
            [str(outcome) for outcome in outcomes],
            [str(kind) for kind in kinds],
            [None if result is None else json.dumps(result) for result in results],
        ],
    )


CLOSE = f"""
UPDATE {Attempt._meta.db_table} AS attempt
SET finished_at = statement_timestamp(), outcome = ended.outcome, failure_kind = ended.failure_kind,
    result = ended.result::jsonb
FROM unnest(%b::bigint[], %b::bigint[], %b::text[], %b::text[], %b::text[])
    AS ended (user_id, id, outcome, failure_kind, result)
WHERE attempt.user_id = ended.user_id AND attempt.id = ended.id
"""  # noqa: S608 a table name
