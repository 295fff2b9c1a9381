"""What an attempt found decides what becomes of its application."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db.models.functions import Now
from django.utils import timezone

from accounts.models import User
from applications.models import Application, Lane
from applications.states import Status
from automation import leases
from automation.engine.result import FailureKind
from automation.leases import LeaseLost
from automation.models import Attempt, DeadLetter
from automation.outcomes import finish
from automation.remedies import DOUBTFUL_AFTER_GRANT, REMEDIES, Remedy, wait_before_retry
from automation.sweep import queue_of
from jobs.models import Job


@pytest.fixture
def attempt(alice: User, job: Job, swipe_right: Callable[[User, Job], Application]) -> Attempt:
    swipe_right(alice, job)
    [attempt] = leases.claim(lane=Lane.SERVER, runner="test")
    return leases.start(attempt_id=attempt.pk, lease=attempt.lease)


def end(attempt: Attempt, **result: Any) -> Application:
    finish(attempt_id=attempt.pk, lease=attempt.lease, result={"message": "As it was.", **result})
    return Application.objects.get()


def grant(attempt: Attempt) -> None:
    leases.begin_submit(attempt_id=attempt.pk, lease=attempt.lease)


def test_a_confirmed_submission_completes_it(attempt: Attempt) -> None:
    grant(attempt)
    application = end(attempt, outcome="submitted", confirmation="response")
    assert (application.status, application.confirmation) == (Status.COMPLETED, "response")
    assert application.submitted_at is not None


def test_the_same_finish_twice_counts_once(attempt: Attempt) -> None:
    grant(attempt)
    end(attempt, outcome="submitted", confirmation="response")
    events = attempt.application.events.count()
    end(attempt, outcome="submitted", confirmation="response")
    assert attempt.application.events.count() == events


def test_a_submission_without_the_grant_is_not_believed(attempt: Attempt) -> None:
    with pytest.raises(LeaseLost):
        end(attempt, outcome="submitted", confirmation="response")
    assert Application.objects.get().status == Status.PROCESSING


def test_every_failure_kind_has_a_remedy() -> None:
    assert set(REMEDIES) == set(FailureKind)


@pytest.mark.parametrize("kind", [kind for kind, remedy in REMEDIES.items() if remedy is Remedy.RETRY])
def test_before_the_grant_a_passing_trouble_is_retried_later(attempt: Attempt, kind: str) -> None:
    application = end(attempt, outcome="failed", failure_kind=kind)
    assert (application.status, application.failure_kind) == (Status.QUEUED, kind)
    assert leases.claim(lane=Lane.SERVER, runner="test") == []  # not yet
    Application.objects.update(available_at=Now())
    assert len(leases.claim(lane=Lane.SERVER, runner="test")) == 1


def test_three_tries_with_one_and_five_minutes_between_them_then_it_ends_as_a_dead_letter(attempt: Attempt) -> None:
    for minutes in (1, 5):
        application = end(attempt, outcome="failed", failure_kind="network")
        later, spread = minutes * 60.0, minutes * 60.0 / 5
        now = timezone.now()
        assert application.available_at is not None
        assert later - spread - 5 <= (application.available_at - now).total_seconds() <= later + spread
        assert queue_of(application.priority, application.tries) == "application:retry"
        Application.objects.update(available_at=Now())
        [attempt] = leases.claim(lane=Lane.SERVER, runner="test")
    assert end(attempt, outcome="failed", failure_kind="network").status == Status.FAILED
    assert DeadLetter.objects.get().failure_kind == "network"


def test_waits_are_spread_so_that_what_failed_together_does_not_come_back_together() -> None:
    waits = [wait_before_retry(3).total_seconds() for _ in range(50)]
    assert min(waits) >= 25 * 60 * 0.8
    assert max(waits) <= 25 * 60 * 1.2
    assert len(set(waits)) > 40


@pytest.mark.parametrize("kind", [kind for kind, remedy in REMEDIES.items() if remedy is Remedy.GIVE_UP])
def test_what_cannot_succeed_is_given_up(attempt: Attempt, kind: str) -> None:
    application = end(attempt, outcome="failed", failure_kind=kind)
    assert (application.status, application.failure_kind, application.message) == (
        Status.FAILED,
        kind,
        "As it was.",
    )


@pytest.mark.parametrize("kind", sorted(DOUBTFUL_AFTER_GRANT))
def test_after_the_grant_a_doubt_is_the_persons_to_settle(attempt: Attempt, kind: str) -> None:
    grant(attempt)
    application = end(attempt, outcome="failed", failure_kind=kind)
    assert (application.status, application.review_kind) == (Status.REVIEW, "unconfirmed")


@pytest.mark.parametrize(
    ("outcome", "review_kind"),
    [("needs_answers", "question"), ("challenge", "challenge"), ("unconfirmed", "unconfirmed")],
)
def test_what_needs_the_person_goes_to_review(attempt: Attempt, outcome: str, review_kind: str) -> None:
    questions = [
        {
            "label": "Your favourite constellation?",
            "kind": "text",
            "options": [],
            "required": True,
            "why": "unknown",
        }
    ]
    application = end(attempt, outcome=outcome, questions=questions)
    assert (application.status, application.review_kind) == (Status.REVIEW, review_kind)
    assert application.questions == questions


@pytest.mark.parametrize("outcome", ["posting_closed", "already_applied"])
def test_what_the_site_ends_is_over(attempt: Attempt, outcome: str) -> None:
    application = end(attempt, outcome=outcome)
    assert (application.status, application.failure_kind) == (Status.FAILED, outcome)


@pytest.mark.parametrize(("kind", "status"), [("rate_limited", Status.QUEUED), ("proxy_blocked", Status.QUEUED)])
def test_being_blocked_is_retried(attempt: Attempt, kind: str, status: Status) -> None:
    assert end(attempt, outcome="blocked", failure_kind=kind).status == status
