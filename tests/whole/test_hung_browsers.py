"""A browser that hangs is ended when its attempt is out of time; until then its lease is kept."""

import threading
import time
from collections.abc import Callable, Iterator

import psutil
import pytest
from django.db import connection
from pytest_django import Settings

from accounts.models import User
from applications.models import Application, Lane
from automation.engine.browser.session import Browser
from automation.leases import claim
from automation.models import Attempt
from automation.outcomes import return_stuck
from automation.worker.carry_out import carry_out
from automation.worker.lease_keeper import LeaseKeeper
from automation.worker.slot import Slot
from jobs.models import Job
from tests.conftest import make_job
from tests.processes import Employers
from tests.whole.gate import closed_gate

LEASE = 10.0  # seconds without a heartbeat, of which there is one every 0.4


@pytest.fixture
def browser_of_a_slot() -> Iterator[tuple[Slot, Browser]]:
    slot = Slot()
    try:
        yield slot, slot.browser()
    finally:
        slot.close()


@pytest.fixture
def keepers(monkeypatch: pytest.MonkeyPatch) -> list[LeaseKeeper]:
    """Who keeps the leases in this process."""
    made: list[LeaseKeeper] = []

    class Noted(LeaseKeeper):
        def __init__(self, attempt: Attempt) -> None:
            super().__init__(attempt)
            made.append(self)

    monkeypatch.setattr("automation.worker.carry_out.LeaseKeeper", Noted)
    return made


def hang(browser: Browser) -> None:
    """Stop the browser and its driver in their tracks: every call to them waits from here on."""
    for process in psutil.process_iter():
        try:
            if browser._profile.name in " ".join(process.cmdline()):
                process.suspend()
        except psutil.Error:
            continue


@pytest.mark.parametrize(
    ("at", "status"),
    [("checking", "QUEUED"), ("confirming", "REVIEW")],
    ids=["before the grant", "after the grant"],
)
def test_a_hung_browser_is_ended_when_its_time_is_over_and_its_lease_is_kept_until_then(
    transactional_db: None,
    alice: User,
    employers: Employers,
    swipe_right: Callable[[User, Job], Application],
    browser_of_a_slot: tuple[Slot, Browser],
    keepers: list[LeaseKeeper],
    settings: Settings,
    at: str,
    status: str,
) -> None:
    settings.SERVER_LEASE, settings.SERVER_HEARTBEAT = LEASE, 0.4
    settings.ENGINE_PACE, settings.ALLOW_DIRECT = "fast", True
    alice.answers.create(question="Why do you want to work at Meridian?", normalized="x", answer="Weather matters.")
    slot, browser = browser_of_a_slot
    swipe_right(alice, make_job(apply_url=f"{employers.url}/meridian/jobs/hung/apply?silent=1"))
    [attempt] = claim(lane=Lane.SERVER, runner="test")

    def carry_it_out() -> None:
        carry_out(attempt, slot, threading.Event())
        connection.close()

    work = threading.Thread(target=carry_it_out)
    with closed_gate("UPDATE", "automation_attempt", f"NEW.step = '{at}'") as gate:
        work.start()
        gate.wait_for_somebody()
        hang(browser)
    hung_at, most_taken_back = time.monotonic(), 0
    [keeper] = keepers
    keeper._deadline = hung_at + 1.4 * LEASE  # its time is over soon, however long it took to come that far
    while work.is_alive():
        most_taken_back = max(most_taken_back, return_stuck())
        work.join(0.2)
    assert most_taken_back == 0, "its lease ran out while it hung"
    assert time.monotonic() - hung_at > LEASE, "it hung for longer than a lease lasts without heartbeats"
    application = Application.objects.get()
    assert (application.status, application.tries) == (status, 1)
    assert application.review_kind == ("unconfirmed" if status == "REVIEW" else "")
    assert not browser.alive
