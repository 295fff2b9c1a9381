"""Chores run anywhere, and by several at a time: what is due happens once."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
from django.core import mail
from django.db import connection
from django.db.models.functions import Now

from accounts.models import Candidate, User
from applications.models import Application, Event, Lane
from applications.states import Status
from automation import leases, sweep
from automation.models import Attempt, DeadLetter
from automation.outcomes import finish, return_stuck
from jobs.models import Job
from tests.conftest import make_job

SwipeRight = Callable[[User, Job], Application]
EACH = 4


@pytest.fixture
def much_is_due(transactional_db: None, alice: User, swipe_right: SwipeRight) -> None:
    """Windows that are over, runners that are lost before and after the grant, an end that nobody was told of."""
    for _ in range(3 * EACH + 1):
        swipe_right(alice, make_job())
    held = leases.claim(lane=Lane.SERVER, runner="test", limit=2 * EACH + 1)
    tokens = {attempt.pk: attempt.lease for attempt in held}
    leases.start_all(tokens)
    ends = held.pop()
    result = {"outcome": "failed", "failure_kind": "form_unsupported", "message": "Beyond us."}
    finish(attempt_id=ends.pk, lease=ends.lease, result=result)
    leases.begin_submit_all({attempt.pk: attempt.lease for attempt in held[:EACH]})
    Attempt.objects.update(lease_expires_at=Now() - timedelta(seconds=1))
    Candidate.objects.update(undo_window=5)
    for _ in range(EACH):
        swipe_right(alice, make_job())
    Application.objects.filter(status=Status.PENDING).update(available_at=Now())


def all_at_once(chore: Callable[[], object], times: int = 4) -> None:
    together = Barrier(times)

    def one() -> None:
        together.wait()
        try:
            chore()
        finally:
            connection.close()

    with ThreadPoolExecutor(times) as pool:
        for done in [pool.submit(one) for _ in range(times)]:
            done.result()


def is_done_once() -> None:
    stands = list(Application.objects.order_by("id").values_list("status", flat=True))
    assert sorted(stands) == sorted(
        [Status.QUEUED] * 3 * EACH + [Status.REVIEW] * EACH + [Status.FAILED]  # never held, taken back, swiped since
    )
    moves = Event.objects.filter(type="status").values_list("application", "data__from", "data__to")
    assert len(set(moves)) == len(moves), "something happened twice"


def test_two_beats_and_every_worker_sweep_at_once(much_is_due: None) -> None:
    """Without the lock that spares them the trouble: rows alone must suffice."""

    def chores() -> None:
        sweep.queue_due()
        return_stuck()

    all_at_once(chores)
    is_done_once()


def test_the_same_tasks_overlap_without_harm(much_is_due: None) -> None:
    all_at_once(sweep.sweep)
    sweep.sweep()  # those who found the lock taken left it to its holder
    is_done_once()
    all_at_once(sweep.keep_house)
    sweep.keep_house()
    assert [letter.told_at is not None for letter in DeadLetter.objects.all()] == [True]
    assert len([one for one in mail.outbox if "could not send" in one.subject]) == 1
