"""Many claimers at once, many applications, and runners whose clocks are wrong."""

import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import connection
from django.db.models.functions import Now
from django.utils import timezone

from accounts.models import User
from applications.models import Application, Lane
from automation import leases
from automation.models import Attempt
from automation.outcomes import return_stuck
from jobs.models import Job
from script.benchmarks import waiting
from tests.conftest import make_job

PEOPLE, JOBS, CLAIMERS = 100, 100, 16
SwipeRight = Callable[[User, Job], Application]


def queue_many() -> None:
    """Queue an application of each person to each job; every tenth person is premium."""
    waiting.prepare(PEOPLE, JOBS)
    waiting.fill(PEOPLE, JOBS)
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE applications_application SET priority = (user_id % 10 <> 0)::int,"
            " available_at = now() - interval '3 hours' + id % 97 * interval '1 second'"
        )


def claim_all(_: int) -> list[int]:
    taken: list[int] = []
    try:
        while attempts := leases.claim(lane=Lane.SERVER, runner="racer", limit=50):
            taken += [attempt.application_id for attempt in attempts]
    finally:
        connection.close()
    return taken


@pytest.mark.django_db(transaction=True)
def test_sixteen_claimers_take_ten_thousand_once_each_and_in_order() -> None:
    queue_many()
    order = list(Application.objects.order_by("turn_at", "id").values_list("pk", "priority"))
    place = {pk: number for number, (pk, _) in enumerate(order)}
    assert [priority for _, priority in order[: PEOPLE * JOBS // 10]] == [0] * (PEOPLE * JOBS // 10)
    connection.close()  # back into the pool, which has one for each claimer
    with ThreadPoolExecutor(CLAIMERS) as pool:
        taken = list(pool.map(claim_all, range(CLAIMERS)))
    assert sorted(pk for one in taken for pk in one) == sorted(place)
    for one in taken:  # a batch that another holds at the moment is passed over, so only a claimer's own order is sure
        assert [place[pk] for pk in one] == sorted(place[pk] for pk in one)


def test_a_steady_stream_of_premium_work_does_not_starve_the_rest(
    alice: User, bob: User, swipe_right: SwipeRight
) -> None:
    User.objects.filter(pk=bob.pk).update(is_premium=True)
    bob.refresh_from_db()
    waits = swipe_right(alice, make_job())
    Application.objects.filter(pk=waits.pk).update(available_at=Now() - timedelta(hours=1, minutes=1))
    swipe_right(bob, make_job())  # just now: its head start of an hour is not enough
    [attempt] = leases.claim(lane=Lane.SERVER, runner="test")
    assert attempt.application_id == waits.pk


@pytest.mark.parametrize("hours", [-1, 1])
def test_a_runner_whose_clock_is_an_hour_off_holds_its_lease_as_long_as_any(
    alice: User, job: Job, swipe_right: SwipeRight, monkeypatch: pytest.MonkeyPatch, hours: int
) -> None:
    real = time.time
    monkeypatch.setattr(time, "time", lambda: real() + hours * 3600)
    monkeypatch.setattr(timezone, "now", lambda: real_now() + timedelta(hours=hours))
    swipe_right(alice, job)
    Application.objects.update(available_at=Now())
    [attempt] = leases.claim(lane=Lane.SERVER, runner="off")
    leases.start(attempt_id=attempt.pk, lease=attempt.lease)
    leases.heartbeat(attempt_id=attempt.pk, lease=attempt.lease)
    assert return_stuck() == 0
    leases.begin_submit(attempt_id=attempt.pk, lease=attempt.lease)
    left = Attempt.objects.filter(
        lease_expires_at__gt=Now() + timedelta(seconds=100), lease_expires_at__lt=Now() + timedelta(seconds=121)
    )
    assert left.exists()


real_now = timezone.now
