"""The end of an attempt: what the engine found becomes the application's next status."""

from itertools import takewhile
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models.functions import Now

from applications.machine import transition
from applications.models import Application
from applications.states import HELD, ReviewKind, Status
from automation.engine.result import FailureKind, Outcome
from automation.leases import LeaseLost, close, held
from automation.models import Attempt
from automation.remedies import DOUBTFUL_AFTER_GRANT, REMEDIES, Remedy, wait_before_retry

UNCONFIRMED = "We pressed the button, and nothing confirmed that it arrived. Have a look, and tell us."
LOST = "The computer that worked on this stopped answering."


def finish(*, attempt_id: int, lease: int, result: dict[str, Any]) -> Application:
    """Close the attempt with the engine's `result` (as `Result.to_json` gives it) and move its application on.

    The same finish again changes nothing. Raises LeaseLost for a holder that is late.
    """
    if done := _finished_by(attempt_id, lease, result):
        return done
    with held(attempt_id, lease) as attempt:
        outcome = Outcome(result["outcome"])
        kind = _failure_kind(attempt, outcome, result)
        Attempt.objects.filter(pk=attempt.pk).update(result=result)
        close(attempt, outcome=outcome, failure_kind=kind or "")
        if outcome is Outcome.SUBMITTED:
            _complete(attempt, result)
        elif kind is None:
            raise ValueError(f"Outcome {outcome} settles nothing")
        else:
            settle(attempt.application, kind, result.get("message", ""), result.get("questions", []))
        return attempt.application


def _finished_by(attempt_id: int, lease: int, result: dict[str, Any]) -> Application | None:
    attempt = (
        Attempt.objects.select_related("application")
        .filter(pk=attempt_id, lease=lease, finished_at__isnull=False, result__outcome=result["outcome"])
        .first()
    )
    return attempt.application if attempt else None


def _failure_kind(attempt: Attempt, outcome: Outcome, result: dict[str, Any]) -> FailureKind | None:
    """Return why the attempt did not end in a confirmed submission; None when it did."""
    kind = {
        Outcome.SUBMITTED: None,
        Outcome.UNCONFIRMED: FailureKind.UNCONFIRMED,
        Outcome.NEEDS_ANSWERS: FailureKind.QUESTION,
        Outcome.CHALLENGE: FailureKind.CHALLENGE,
        Outcome.POSTING_CLOSED: FailureKind.POSTING_CLOSED,
        Outcome.ALREADY_APPLIED: FailureKind.ALREADY_APPLIED,
    }.get(outcome, FailureKind(result.get("failure_kind") or FailureKind.SITE_ERROR))
    if kind in DOUBTFUL_AFTER_GRANT and attempt.submit_started_at:
        return FailureKind.UNCONFIRMED
    return kind


def _complete(attempt: Attempt, result: dict[str, Any]) -> None:
    if not attempt.submit_started_at:
        raise LeaseLost  # a submission without the grant is not one that we asked for
    transition(
        attempt.application,
        Status.COMPLETED,
        message=result.get("message", ""),
        confirmation=result["confirmation"],
        submitted_at=Now(),
        failure_kind="",
        questions=[],
    )


def settle(application: Application, kind: FailureKind, message: str, questions: list[Any] | None = None) -> None:
    """Do with a held application what the table of remedies says."""
    remedy = REMEDIES[kind]
    if remedy is Remedy.ASK:
        _ask(application, kind, message or UNCONFIRMED, questions or [])
    elif remedy is Remedy.RETRY and application.tries < settings.MAX_ATTEMPTS:
        transition(
            application,
            Status.QUEUED,
            message=message,
            failure_kind=kind,
            available_at=Now() + wait_before_retry(application.tries),
        )
    else:
        transition(application, Status.FAILED, message=message, failure_kind=kind)


def _ask(application: Application, kind: FailureKind, message: str, questions: list[Any]) -> None:
    transition(
        application,
        Status.REVIEW,
        message=message,
        review_kind=ReviewKind(kind.value),
        failure_kind=kind,
        questions=questions,
        submitted_at=Now() if kind is FailureKind.UNCONFIRMED else None,
    )


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
    attempt = Attempt.objects.get(application=application, finished_at__isnull=True)
    close(attempt, outcome="lost", failure_kind=FailureKind.RUNNER_LOST)
    if attempt.submit_started_at:
        settle(application, FailureKind.UNCONFIRMED, UNCONFIRMED)
    else:
        settle(application, FailureKind.RUNNER_LOST, LOST)
