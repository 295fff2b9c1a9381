"""A worker that dies with SIGKILL loses nothing and sends nothing twice, at whatever point of an attempt it was."""

import tempfile
import threading
from collections.abc import Callable
from pathlib import Path

import pytest
from django.db.models.functions import Now
from pytest_django import Settings

from accounts.models import User
from applications.models import Application, Lane
from applications.states import ReviewKind, Status
from automation.engine.browser.orphans import reap_orphans
from automation.leases import claim
from automation.models import Attempt, Evidence
from automation.worker.carry_out import carry_out
from automation.worker.slot import Slot
from jobs.models import Job
from tests.conftest import make_job
from tests.processes import Employers, StartWorker, until
from tests.whole.gate import closed_gate
from tests.whole.leases import take_back

SwipeRight = Callable[[User, Job], Application]
SentByAnother = Callable[[Application, str], None]
THE_OUTCOME = "NEW.finished_at IS NOT NULL"


@pytest.fixture
def swiped(alice: User, employers: Employers, swipe_right: SwipeRight) -> Callable[[str], Application]:
    """Swipe right on a job whose name, and switches, are given."""
    alice.answers.create(question="Why do you want to work at Meridian?", normalized="x", answer="Weather matters.")

    def swipe(name: str, switches: str = "") -> Application:
        return swipe_right(alice, make_job(apply_url=f"{employers.url}/meridian/jobs/{name}/apply{switches}"))

    return swipe


def now(application: Application) -> Application:
    application.refresh_from_db()
    return application


@pytest.fixture
def is_sent_once_by_another(employers: Employers, slot: Slot, settings: Settings) -> Callable[[Application, str], None]:
    """Let another runner, here, take up what the killed worker had; the employer has it once then."""
    settings.ALLOW_DIRECT, settings.ENGINE_PACE = True, "fast"

    def another(application: Application, job: str) -> None:
        take_back()
        assert (now(application).status, application.failure_kind) == (Status.QUEUED, "runner_lost")
        Application.objects.update(available_at=Now())
        [attempt] = claim(lane=Lane.SERVER, runner="another")
        carry_out(attempt, slot, threading.Event())
        assert now(application).status == Status.COMPLETED
        assert [attempt.outcome for attempt in application.attempts.order_by("lease")] == ["lost", "submitted"]
        assert len(employers.inbox(job)) == 1

    return another


def waits_for_its_person(application: Application) -> None:
    """The sweep gives it to its person, and it is not queued again."""
    take_back()
    assert (now(application).status, application.review_kind) == (Status.REVIEW, ReviewKind.UNCONFIRMED)
    assert application.attempts.count() == 1


def test_killed_right_after_the_claim_it_is_sent_once_by_another(
    swiped: Callable[[str], Application], start_worker: StartWorker, is_sent_once_by_another: SentByAnother
) -> None:
    with closed_gate("UPDATE", "applications_application", "NEW.status = 'PROCESSING'") as gate:
        worker = start_worker()
        application = swiped("killed-claimed")
        gate.wait_for_somebody()
        worker.kill()
    assert now(application).status == Status.CLAIMED
    is_sent_once_by_another(application, "killed-claimed")


def test_killed_while_filling_it_is_sent_once_by_another(
    swiped: Callable[[str], Application], start_worker: StartWorker, is_sent_once_by_another: SentByAnother
) -> None:
    with closed_gate("UPDATE", "automation_attempt", "NEW.step = 'checking'"):  # it comes no further, if this is slow
        worker = start_worker()
        application = swiped("killed-filling")
        until(lambda: Attempt.objects.filter(step="filling").exists(), "it is filling in the form")
        left = [*Path(tempfile.gettempdir()).glob(f"jobswipe-*-{worker.pid}-*")]
        assert any([*folder.glob("*.pdf")] for folder in left), "the resume lies beside the browser meanwhile"
        worker.kill()
    assert now(application).status == Status.PROCESSING
    is_sent_once_by_another(application, "killed-filling")
    reap_orphans()  # as the next worker does when it starts
    assert not [folder for folder in left if folder.exists()], "papers of a person stay behind"


def test_killed_while_evidence_is_uploaded_it_is_sent_once_by_another(
    swiped: Callable[[str], Application], start_worker: StartWorker, is_sent_once_by_another: SentByAnother
) -> None:
    with closed_gate("INSERT", "automation_evidence", "NEW.name LIKE 'before-submit%'") as gate:
        worker = start_worker()
        application = swiped("killed-evidence")
        gate.wait_for_somebody()
        worker.kill()
    is_sent_once_by_another(application, "killed-evidence")
    for evidence in Evidence.objects.all():
        assert evidence.file.size == evidence.size, "a row whose file is not whole"


def test_killed_after_the_grant_it_waits_for_its_person(
    swiped: Callable[[str], Application], employers: Employers, start_worker: StartWorker
) -> None:
    granted = "NEW.submit_started_at IS NOT NULL"
    with closed_gate("UPDATE", "automation_attempt", granted, at_commit=True) as gate:
        worker = start_worker()
        application = swiped("killed-granted")
        gate.wait_for_somebody()
        worker.kill()
    until(lambda: Attempt.objects.filter(submit_started_at__isnull=False).exists(), "the grant is written")
    waits_for_its_person(application)
    assert employers.inbox("killed-granted") == []


def test_killed_after_the_click_it_waits_for_its_person_and_is_not_sent_again(
    swiped: Callable[[str, str], Application], employers: Employers, start_worker: StartWorker
) -> None:
    with closed_gate("UPDATE", "automation_attempt", THE_OUTCOME):  # it waits for a word of the employer, not for ever
        worker = start_worker()
        application = swiped("killed-clicked", "?silent=1")
        until(lambda: employers.inbox("killed-clicked"), "it has arrived")
        worker.kill()
    waits_for_its_person(application)
    assert len(employers.inbox("killed-clicked")) == 1


def test_killed_before_the_outcome_is_written_it_waits_for_its_person_and_is_not_sent_again(
    swiped: Callable[[str], Application], employers: Employers, start_worker: StartWorker
) -> None:
    with closed_gate("UPDATE", "automation_attempt", THE_OUTCOME) as gate:
        worker = start_worker()
        application = swiped("killed-unwritten")
        gate.wait_for_somebody()
        worker.kill()
    waits_for_its_person(application)
    assert len(employers.inbox("killed-unwritten")) == 1


def test_a_worker_that_is_asked_to_stop_gives_back_what_it_has_not_sent(
    swiped: Callable[[str], Application],
    employers: Employers,
    start_worker: StartWorker,
    slot: Slot,
    settings: Settings,
) -> None:
    settings.ALLOW_DIRECT, settings.ENGINE_PACE = True, "fast"
    with closed_gate("UPDATE", "automation_attempt", "NEW.step = 'reading'") as gate:
        first = start_worker()
        application = swiped("asked-to-stop")
        gate.wait_for_somebody()
        first.ask_to_end()
        until(lambda: "Warm shutdown" in first.log.read_text(), "it has heard, and is at work still")
    assert first.end() == 0
    assert (now(application).status, application.tries) == (Status.QUEUED, 0)

    [attempt] = claim(lane=Lane.SERVER, runner="another")  # at once
    carry_out(attempt, slot, threading.Event())
    assert now(application).status == Status.COMPLETED
    assert len(employers.inbox("asked-to-stop")) == 1
