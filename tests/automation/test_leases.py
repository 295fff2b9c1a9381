"""A lease is the right to work on an application: one holder at a time, and late holders are refused everywhere."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
from django.db import connection
from django.db.models.functions import Now

from accounts.models import User
from applications import services
from applications.models import Application, Lane
from applications.states import ReviewKind, Status
from automation import leases
from automation.leases import LeaseLost
from automation.models import Attempt, LogEntry
from automation.outcomes import finish, return_stuck
from automation.reports import Step, report_steps
from jobs.models import Job
from tests.conftest import make_job

Swipe = Callable[[User, Job], Application]
SUBMITTED = {"outcome": "submitted", "confirmation": "response", "message": "Thank you for applying."}


@pytest.fixture
def application(alice: User, job: Job, swipe_right: Swipe) -> Application:
    return swipe_right(alice, job)


def claim_one() -> Attempt:
    [attempt] = leases.claim(lane=Lane.SERVER, runner="test")
    return attempt


def let_it_run_out(attempt: Attempt) -> None:
    Attempt.objects.filter(pk=attempt.pk).update(lease_expires_at=Now() - timedelta(seconds=1))


@pytest.fixture
def attempt(application: Application) -> Attempt:
    attempt = claim_one()
    leases.start(attempt_id=attempt.pk, lease=attempt.lease)
    return attempt


WRITES: dict[str, Callable[[int, int], object]] = {
    "start": lambda pk, lease: leases.start(attempt_id=pk, lease=lease),
    "heartbeat": lambda pk, lease: leases.heartbeat(attempt_id=pk, lease=lease),
    "log": lambda pk, lease: report_steps(attempt_id=pk, lease=lease, steps=[Step(1, "opening", "Opening", 5)]),
    "begin_submit": lambda pk, lease: leases.begin_submit(attempt_id=pk, lease=lease),
    "give_back": lambda pk, lease: leases.give_back(attempt_id=pk, lease=lease, message=""),
    "finish": lambda pk, lease: finish(attempt_id=pk, lease=lease, result=SUBMITTED),
}


@pytest.mark.django_db(transaction=True)
def test_of_two_claimers_of_one_row_one_wins(application: Application) -> None:
    together = Barrier(2)

    def claim() -> int:
        together.wait()
        try:
            return len(leases.claim(lane=Lane.SERVER, runner="racer"))
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        assert sorted(future.result() for future in [pool.submit(claim), pool.submit(claim)]) == [0, 1]
    assert application.attempts.count() == 1


@pytest.mark.django_db(transaction=True)
def test_a_claimer_passes_over_what_another_is_taking(alice: User, swipe_right: Swipe) -> None:
    applications = [swipe_right(alice, make_job()) for _ in range(14)]
    together = Barrier(4)

    def claim_all() -> list[int]:
        together.wait()
        taken = []
        try:
            while attempts := leases.claim(lane=Lane.SERVER, runner="racer", limit=2):
                taken += [attempt.application_id for attempt in attempts]
        finally:
            connection.close()
        return taken

    with ThreadPoolExecutor(4) as pool:
        taken = [pk for future in [pool.submit(claim_all) for _ in range(4)] for pk in future.result()]
    assert sorted(taken) == [application.pk for application in applications]


def test_premium_goes_first_then_the_oldest(alice: User, bob: User, swipe_right: Swipe) -> None:
    User.objects.filter(pk=bob.pk).update(is_premium=True)
    bob.refresh_from_db()
    first, second = swipe_right(alice, make_job()), swipe_right(alice, make_job())
    premium = swipe_right(bob, make_job())
    assert [claim_one().application_id for _ in range(3)] == [premium.pk, first.pk, second.pk]


def test_a_claim_leaves_other_lanes_and_later_times_alone(alice: User, swipe_right: Swipe) -> None:
    swipe_right(alice, make_job())
    Application.objects.update(lane=Lane.DEVICE)
    swipe_right(alice, make_job())
    Application.objects.filter(lane=Lane.SERVER).update(available_at=Now() + timedelta(minutes=1))
    assert leases.claim(lane=Lane.SERVER, runner="test", limit=9) == []


def test_the_packet_is_frozen_at_the_claim(attempt: Attempt, alice: User, job: Job) -> None:
    assert attempt.packet["url"] == job.apply_url
    assert attempt.packet["candidate"]["email"] == alice.email
    assert attempt.packet["resume"]["sha256"] == alice.resumes.get().sha256
    Job.objects.filter(pk=job.pk).update(title="Something else")
    assert Attempt.objects.get(pk=attempt.pk).packet["snapshot"]["title"] == job.title


@pytest.mark.parametrize(
    ("location", "told"),
    [
        ("Berlin, Germany", []),
        ("Austin, TX", ["US"]),
        ("Berlin, Germany · Austin, TX", ["US"]),
        ("Remote", ["US"]),
        ("", ["US"]),
    ],
)
def test_the_packet_tells_of_the_law_of_work_where_the_job_is(
    alice: User, swipe_right: Swipe, location: str, told: list[str]
) -> None:
    swipe_right(alice, make_job(location=location))
    packet = claim_one().packet
    assert [one["country"] for one in packet["candidate"]["work_authorization"]] == told


@pytest.mark.parametrize("write", WRITES)
def test_a_wrong_token_is_refused_everywhere(attempt: Attempt, write: str) -> None:
    with pytest.raises(LeaseLost):
        WRITES[write](attempt.pk, attempt.lease + 1)
    assert Application.objects.get().status == Status.PROCESSING


@pytest.mark.parametrize("write", WRITES)
def test_a_holder_whose_work_was_taken_back_is_refused_everywhere(attempt: Attempt, write: str) -> None:
    let_it_run_out(attempt)
    return_stuck()
    Application.objects.update(available_at=Now())
    newer = claim_one()
    leases.start(attempt_id=newer.pk, lease=newer.lease)
    with pytest.raises(LeaseLost):
        WRITES[write](attempt.pk, attempt.lease)
    assert Application.objects.get().lease == newer.lease


@pytest.mark.parametrize("write", WRITES)
def test_a_holder_is_refused_everywhere_once_its_person_withdrew(attempt: Attempt, alice: User, write: str) -> None:
    services.withdraw(actor=alice, application_id=attempt.application_id)
    with pytest.raises(LeaseLost):
        WRITES[write](attempt.pk, attempt.lease)
    assert Application.objects.get().status == Status.CANCELLED


def test_a_heartbeat_renews_the_lease(attempt: Attempt) -> None:
    let_it_run_out(attempt)
    leases.heartbeat(attempt_id=attempt.pk, lease=attempt.lease)
    assert return_stuck() == 0


def test_a_log_entry_that_is_sent_twice_counts_once(attempt: Attempt) -> None:
    steps = [Step(1, "opening", "Opening the form", 5), Step(2, "reading", "Reading it", 10)]
    for sent in (steps[:1], steps, steps):
        report_steps(attempt_id=attempt.pk, lease=attempt.lease, steps=sent)
    assert list(LogEntry.objects.values_list("seq", flat=True)) == [1, 2]
    assert attempt.application.events.filter(type="step").count() == 2


def test_the_barrier_grants_once_and_again_to_the_same_holder(attempt: Attempt) -> None:
    leases.begin_submit(attempt_id=attempt.pk, lease=attempt.lease)
    granted_at = Attempt.objects.get().submit_started_at
    leases.begin_submit(attempt_id=attempt.pk, lease=attempt.lease)
    assert Attempt.objects.get().submit_started_at == granted_at


def test_a_second_begin_submit_by_another_holder_is_refused(attempt: Attempt) -> None:
    leases.begin_submit(attempt_id=attempt.pk, lease=attempt.lease)
    let_it_run_out(attempt)
    return_stuck()
    with pytest.raises(LeaseLost):
        leases.begin_submit(attempt_id=attempt.pk, lease=attempt.lease)
    assert leases.claim(lane=Lane.SERVER, runner="another") == []


def test_the_barrier_needs_a_live_lease(attempt: Attempt) -> None:
    let_it_run_out(attempt)
    with pytest.raises(LeaseLost):
        leases.begin_submit(attempt_id=attempt.pk, lease=attempt.lease)
    assert Attempt.objects.get().submit_started_at is None


def test_a_withdrawal_after_the_barrier_is_too_late(attempt: Attempt, alice: User) -> None:
    leases.begin_submit(attempt_id=attempt.pk, lease=attempt.lease)
    with pytest.raises(services.TooLate):
        services.withdraw(actor=alice, application_id=attempt.application_id)
    assert Application.objects.get().status == Status.PROCESSING


def test_a_lease_that_runs_out_before_the_barrier_returns_to_the_queue(attempt: Attempt) -> None:
    let_it_run_out(attempt)
    assert return_stuck() == 1
    application = Application.objects.get()
    assert (application.status, application.failure_kind, application.tries) == (
        Status.QUEUED,
        "runner_lost",
        1,
    )
    assert return_stuck() == 0


def test_a_lease_that_runs_out_after_the_barrier_goes_to_review(attempt: Attempt) -> None:
    leases.begin_submit(attempt_id=attempt.pk, lease=attempt.lease)
    let_it_run_out(attempt)
    assert return_stuck() == 1
    application = Application.objects.get()
    assert (application.status, application.review_kind) == (Status.REVIEW, ReviewKind.UNCONFIRMED)


def test_the_third_lost_runner_ends_it(attempt: Attempt) -> None:
    for _ in range(2):
        let_it_run_out(Attempt.objects.get(finished_at=None))
        return_stuck()
        Application.objects.update(available_at=Now())
        claim_one()
    let_it_run_out(Attempt.objects.get(finished_at=None))
    return_stuck()
    assert Application.objects.get().status == Status.FAILED


def test_what_is_given_back_waits_untried(attempt: Attempt) -> None:
    leases.give_back(attempt_id=attempt.pk, lease=attempt.lease, message="We are restarting.")
    assert Application.objects.get().tries == 0
    assert claim_one().application_id == attempt.application_id


def test_nothing_is_given_back_after_the_grant(attempt: Attempt) -> None:
    leases.begin_submit(attempt_id=attempt.pk, lease=attempt.lease)
    with pytest.raises(LeaseLost):
        leases.give_back(attempt_id=attempt.pk, lease=attempt.lease, message="")
