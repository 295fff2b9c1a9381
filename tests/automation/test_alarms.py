"""Staff hear of work that waits while none is finished, and of a canary that was not sent."""

from collections.abc import Callable
from datetime import timedelta

from django.core import mail
from django.db.models import F
from django.db.models.functions import Now
from pytest_django import Settings

from accounts.models import User
from applications.models import Application, Lane
from applications.states import Status
from automation import leases
from automation.models import Alarm
from automation.operations import alarms, canary
from automation.outcomes import finish
from jobs.models import Job
from tests.conftest import make_job

SwipeRight = Callable[[User, Job], Application]


def open_alarms() -> list[str]:
    return list(Alarm.objects.filter(cleared_at=None).values_list("name", flat=True))


def end(**result: object) -> None:
    [attempt] = leases.claim(lane=Lane.SERVER, runner="test")
    leases.start(attempt_id=attempt.pk, lease=attempt.lease)
    leases.begin_submit(attempt_id=attempt.pk, lease=attempt.lease)
    finish(attempt_id=attempt.pk, lease=attempt.lease, result={"message": "As it was.", **result})


def test_work_that_waits_while_none_is_finished_raises_one_alarm_until_it_passes(
    alice: User, swipe_right: SwipeRight, settings: Settings
) -> None:
    settings.ADMINS = [("Charlie", "charlie@example.com")]
    swipe_right(alice, make_job())
    alarms.check_progress()
    assert open_alarms() == []  # it has not waited long
    Application.objects.update(available_at=Now() - timedelta(seconds=settings.STALL_ALARM + 1))
    alarms.check_progress()
    alarms.check_progress()
    assert open_alarms() == ["stalled"]
    assert len(mail.outbox) == 1
    end(outcome="submitted", confirmation="response")
    alarms.check_progress()
    assert open_alarms() == []


def test_a_worker_that_finishes_something_keeps_the_alarm_down(
    alice: User, swipe_right: SwipeRight, settings: Settings
) -> None:
    for _ in range(2):
        swipe_right(alice, make_job())
    Application.objects.update(available_at=Now() - timedelta(seconds=settings.STALL_ALARM + 1))
    end(outcome="already_applied")
    alarms.check_progress()
    assert open_alarms() == []


def test_a_canary_flies_again_when_the_last_has_arrived_and_raises_an_alarm_when_not(
    db: None, settings: Settings
) -> None:
    settings.CANARY_URL = "http://127.0.0.1:9/meridian/jobs/canary/apply"
    canary.fly()
    canary.fly()
    assert Application.objects.get().status == Status.QUEUED  # one at a time
    end(outcome="submitted", confirmation="response")
    Application.objects.update(created_at=F("created_at") - timedelta(seconds=settings.CANARY_EVERY + 1))
    canary.fly()
    assert Application.objects.count() == 2
    assert open_alarms() == []
    end(outcome="unconfirmed", failure_kind="unconfirmed")
    canary.fly()
    assert open_alarms() == ["canary"]


def test_without_its_address_no_canary_flies(db: None) -> None:
    canary.fly()
    assert not Application.objects.exists()
