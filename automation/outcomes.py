"""The end of an attempt: what the engine found becomes the application's next status."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import takewhile
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import F, Q
from django.db.models.functions import Now
from django.utils.translation import gettext_noop

from applications import live
from applications.machine import transition_all
from applications.models import Application
from applications.states import HELD, ReviewKind, Status
from automation.engine.result import FailureKind, Outcome
from automation.leases import LeaseLost, close, close_all, held_among, mark_started, why_lost
from automation.models import Attempt, Device
from automation.operations import deadletters
from automation.remedies import DOUBTFUL_AFTER_GRANT, REMEDIES, Remedy, wait_before_retry

UNCONFIRMED = gettext_noop("We pressed the button, and nothing confirmed that it arrived. Have a look, and tell us.")
LOST = gettext_noop("The computer that worked on this stopped answering.")
NOW = Now()  # one of it, so that moves that are alike are seen to be

KIND_OF_OUTCOME: dict[Outcome, FailureKind | None] = {
    Outcome.SUBMITTED: None,
    Outcome.UNCONFIRMED: FailureKind.UNCONFIRMED,
    Outcome.NEEDS_ANSWERS: FailureKind.QUESTION,
    Outcome.CHALLENGE: FailureKind.CHALLENGE,
    Outcome.POSTING_CLOSED: FailureKind.POSTING_CLOSED,
    Outcome.ALREADY_APPLIED: FailureKind.ALREADY_APPLIED,
}


@dataclass(frozen=True)
class Report:
    """What the engine found in one attempt: `result` as `Result.to_json` gives it."""

    attempt_id: int
    lease: int
    result: dict[str, Any]


@dataclass(frozen=True)
class Move:
    """Where an application goes from here, with the sentence for its person."""

    status: Status
    message: str
    changes: dict[str, Any] = field(default_factory=dict)


def finish(*, attempt_id: int, lease: int, result: dict[str, Any]) -> Application:
    """Close the attempt with the engine's `result` and move its application on.

    The same finish again changes nothing. Raises LeaseLost for a holder that is late.
    """
    report = Report(attempt_id, lease, result)
    if finished := finish_all([report]):
        return finished[0].application
    if done := _finished_by(report) or _settled_late(report):
        return done
    reason = why_lost(attempt_id, lease)
    raise LeaseLost("not_granted" if reason == "lost" and _is_open(report) else reason)


def finish_all(reports: Sequence[Report]) -> list[Attempt]:
    """Close those attempts that are still held, all in one transaction, and return them. The others change nothing."""
    results = {report.attempt_id: report.result for report in reports}
    with held_among({report.attempt_id: report.lease for report in reports}) as attempts:
        ended = [
            (attempt, *_end_of(attempt, results[attempt.pk]))
            for attempt in attempts
            if _is_believable(attempt, results[attempt.pk])
        ]
        if ended:
            mark_started([attempt for attempt, _, _ in ended])  # a runner may find out what is missing before it starts
            close_all([(one, results[one.pk]["outcome"], kind, results[one.pk]) for one, kind, _ in ended])
            _move([(attempt.application, move) for attempt, _, move in ended])
        return [attempt for attempt, _, _ in ended]


def _finished_by(report: Report) -> Application | None:
    attempt = (
        Attempt.objects.select_related("application")
        .filter(
            pk=report.attempt_id,
            lease=report.lease,
            finished_at__isnull=False,
            result__outcome=report.result["outcome"],
        )
        .first()
    )
    return attempt.application if attempt else None


def _is_open(report: Report) -> bool:
    return Attempt.objects.filter(pk=report.attempt_id, finished_at=None).exists()


@transaction.atomic
def _settled_late(report: Report) -> Application | None:
    """Complete an application by proof that comes after its runner was given up, granted the click.

    It waits for its person as unconfirmed, and nobody has worked on it since.
    """
    application = (
        Application.objects.select_for_update(of=("self",))
        .filter(
            attempts=report.attempt_id,
            lease=report.lease,
            status=Status.REVIEW,
            review_kind=ReviewKind.UNCONFIRMED,
        )
        .first()
    )
    given_up = Attempt.objects.filter(
        pk=report.attempt_id, lease=report.lease, outcome__in=("lost", "revoked"), submit_started_at__isnull=False
    ).first()
    if application is None or given_up is None or Outcome(report.result["outcome"]) is not Outcome.SUBMITTED:
        return None
    close(given_up, outcome=Outcome.SUBMITTED, result=report.result)
    _move([(application, _arrived(report.result))])
    return application


def _is_believable(attempt: Attempt, result: dict[str, Any]) -> bool:
    """A submission without the grant is not one that we asked for."""
    return Outcome(result["outcome"]) is not Outcome.SUBMITTED or attempt.submit_started_at is not None


def _end_of(attempt: Attempt, result: dict[str, Any]) -> tuple[str, Move]:
    """Return the failure kind, empty for a confirmed submission, and where the application goes."""
    kind = _failure_kind(attempt, result)
    if kind:
        return kind, _settled(attempt.application, kind, result.get("message", ""), result.get("questions", []))
    return "", _arrived(result)


def _arrived(result: dict[str, Any]) -> Move:
    settled = {"submitted_at": NOW, "failure_kind": "", "review_kind": "", "questions": []}
    return Move(Status.COMPLETED, result.get("message", ""), {"confirmation": result["confirmation"], **settled})


def _failure_kind(attempt: Attempt, result: dict[str, Any]) -> FailureKind | None:
    """Return why the attempt did not end in a confirmed submission; None when it did."""
    outcome = Outcome(result["outcome"])
    if outcome is Outcome.DRY_RUN:
        raise ValueError("A dry run settles nothing")
    other = FailureKind(result.get("failure_kind") or FailureKind.SITE_ERROR)
    kind = KIND_OF_OUTCOME.get(outcome, other)
    if kind in DOUBTFUL_AFTER_GRANT and attempt.submit_started_at:
        return FailureKind.UNCONFIRMED
    return kind


def _settled(application: Application, kind: FailureKind, message: str, questions: list[Any]) -> Move:
    """Return what the table of remedies says about a held application."""
    remedy = REMEDIES[kind]
    if remedy is Remedy.ASK:
        return _asked(kind, message or UNCONFIRMED, questions)
    if remedy is Remedy.RETRY and application.tries < settings.MAX_ATTEMPTS:
        later = Now() + wait_before_retry(application.tries)
        return Move(Status.QUEUED, message, {"failure_kind": kind, "available_at": later})
    return Move(Status.FAILED, message, {"failure_kind": kind})


def _asked(kind: FailureKind, message: str, questions: list[Any]) -> Move:
    return Move(
        Status.REVIEW,
        message,
        {
            "review_kind": ReviewKind(kind.value),
            "failure_kind": kind,
            "questions": questions,
            "submitted_at": NOW if kind is FailureKind.UNCONFIRMED else None,
        },
    )


def _move(moves: Sequence[tuple[Application, Move]]) -> None:
    """Carry the moves out, those that are alike together; what ends here for good becomes a dead letter."""
    groups: list[tuple[Status, Move, list[Application]]] = []
    for application, move in moves:
        old = Status(application.status)
        like = next((group for was, of, group in groups if (was, of) == (old, move)), None)
        if like is None:
            groups.append((old, move, [application]))
        else:
            like.append(application)
    for _, move, applications in groups:
        transition_all(applications, move.status, message=move.message, **move.changes)
        if move.status is Status.FAILED:
            deadletters.bury(applications)


# ---------------------------------------------------------------- lost runners


def return_stuck(limit: int = 100) -> int:
    """Take back applications whose lease ran out: to the queue before the barrier, to their person after it.

    Returns how many. Safe to run anywhere, twice, at the same time: a locked row is passed over.
    """
    return sum(1 for _ in takewhile(bool, (_return_one_stuck() for _ in range(limit))))


@transaction.atomic
def _return_one_stuck() -> bool:
    stuck = (
        Application.objects.select_for_update(skip_locked=True, of=("self",))
        .filter(status__in=HELD, attempts__finished_at__isnull=True, attempts__lease_expires_at__lt=Now())
        .order_by("id")
        .first()
    )
    if stuck:
        _take_back(stuck)
    return stuck is not None


def _take_back(application: Application) -> None:
    # Read anew, now that the application is locked: its runner may have renewed the lease since it was looked for.
    lost = Attempt.objects.filter(application=application, finished_at__isnull=True, lease_expires_at__lt=Now())
    if attempt := lost.first():
        close(attempt, outcome="lost", failure_kind=FailureKind.RUNNER_LOST)
        if attempt.submit_started_at:
            move = _settled(application, FailureKind.UNCONFIRMED, UNCONFIRMED, [])
        else:
            move = _settled(application, FailureKind.RUNNER_LOST, LOST, [])
        _move([(application, move)])
        _tell_its_device(application, attempt, "lost")


def take_from(device: Device) -> None:
    """Take back all that a revoked device holds: to the queue before the barrier, to its person after it."""
    held_there = Q(status__in=HELD, attempts__finished_at__isnull=True, attempts__device=device)
    for application in Application.objects.select_for_update(of=("self",)).filter(held_there).order_by("id"):
        attempt = Attempt.objects.get(application=application, finished_at__isnull=True)
        close(attempt, outcome="revoked")
        if attempt.submit_started_at:
            move = _settled(application, FailureKind.UNCONFIRMED, UNCONFIRMED, [])
        else:
            untried = {"available_at": Now(), "tries": F("tries") - 1}
            move = Move(Status.QUEUED, f"It was taken back from {device.name}.", untried)
        _move([(application, move)])
        _tell_its_device(application, attempt, "revoked")


def _tell_its_device(application: Application, attempt: Attempt, reason: str) -> None:
    if attempt.device_id:
        live.announce_to_devices(application.user_id, live.stop(attempt.pk, reason))
