"""The device lane with real processes: site, desktop program, line, browser and employers."""

import json
import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from pytest_django import Settings

from accounts.models import Candidate, User
from applications import services
from applications.models import Application, Lane
from applications.states import ReviewKind, Status
from automation.devices import services as devices
from automation.models import Attempt, Evidence, LogEntry
from jobs.models import Job
from tests.conftest import PASSWORD, make_job
from tests.own_computer import Computer, Line, NewComputer
from tests.processes import Employers, Person, Process, answers, free_port, until
from tests.whole.leases import take_back

NO_SUBMIT = "without begin-submit"  # what a line is told so that nothing is sent, however late the test is
SwipeRight = Callable[[User, Job], Application]
Swipe = Callable[..., Application]


@pytest.fixture
def swipe(alice: User, employers: Employers, swipe_right: SwipeRight) -> Swipe:
    """Swipe right, as alice, on an opening of the practice employer that behaves as the switches say."""
    Candidate.objects.filter(user=alice).update(lane=Lane.DEVICE)
    alice.answers.create(question="Why do you want to work at Meridian?", normalized="x", answer="Weather matters.")

    def swipe_on(slug: str, switches: str = "") -> Application:
        return swipe_right(
            alice, make_job(title=slug, apply_url=f"{employers.url}/meridian/jobs/{slug}/apply{switches}")
        )

    return swipe_on


def now(application: Application) -> Application:
    application.refresh_from_db()
    return application


def is_sent(application: Application) -> bool:
    return now(application).status == Status.COMPLETED


def outcomes(application: Application) -> list[str]:
    return [attempt.outcome for attempt in application.attempts.order_by("lease")]


def at_step(application: Application, step: str) -> bool:
    return LogEntry.objects.filter(attempt__application=application, step=step).exists()


def test_what_was_swiped_while_the_computer_was_off_is_done_in_order_when_it_comes_on(
    person: Person, alice: User, employers: Employers, new_computer: NewComputer, swipe: Swipe
) -> None:
    computer = new_computer("Ada's laptop")
    computer.sign_in(alice)
    waiting = [swipe(f"off-{number}") for number in range(2)]
    asks = swipe("off-asks", "?ask=1")
    last = swipe("off-last")
    person.sign_in(alice.email, PASSWORD)
    person.go("/applications")
    person.script("window.sameDocument = true")

    computer.turn_on()
    until(lambda: all(is_sent(one) for one in [*waiting, last]), "all are sent")
    person.sees("Applied", ".ticket")
    assert person.script("return window.sameDocument") is True
    until(lambda: now(asks).status == Status.REVIEW, "its person is asked")
    assert asks.review_kind == ReviewKind.QUESTION

    finished = Attempt.objects.filter(outcome="submitted").order_by("submit_started_at")
    assert [attempt.application for attempt in finished] == [*waiting, last]
    assert {attempt.device.name for attempt in finished if attempt.device} == {"Ada's laptop"}
    assert all(len(employers.inbox(f"off-{number}")) == 1 for number in range(2))
    [received] = employers.inbox("off-0")
    assert received["files"][0]["sha256"] == alice.resumes.get().sha256
    until(lambda: computer.status["unsent"] == 0, "the outbox is empty")
    assert {one.name for one in Evidence.objects.filter(attempt__application=last)} == {
        "before-submit.png", "after-submit.png", "form.json", "response.json",
    }  # fmt: skip
    until(lambda: computer.status["way"] == "live", "it listens")
    status = json.loads(computer.do("status", "--json"))
    assert (status["way"], status["person"], status["running"]) == ("live", alice.email, True)
    assert status["recent"][0]["outcome"] == "submitted"

    computer.do("pause")
    later = swipe("off-paused")
    until(lambda: computer.status["waiting"] == 1, "it knows that something waits")
    assert now(later).status == Status.QUEUED
    computer.do("resume")
    until(lambda: is_sent(later), "sent after the pause")
    assert computer.turn_off() == 0
    assert "browser starts" in computer.do("doctor")
    computer.do("logout")
    assert not devices.devices_of(alice).exists()


def test_without_websockets_it_polls_and_without_both_it_still_looks_now_and_then(
    alice: User, new_computer: NewComputer, line: Line, swipe: Swipe
) -> None:
    computer = new_computer(at=line.site)
    computer.pair(alice)
    line.say("without /ws/")
    computer.turn_on(JOBSWIPE_SYNC="300")
    until(lambda: computer.status["way"] == "long poll", "it polls")
    polled = swipe("by-long-poll")
    until(lambda: is_sent(polled), "sent by long poll")
    computer.turn_off()

    line.say("without /ws/ wait=1 wait=2 wait=3 wait=4 wait=5 wait=6 wait=7 wait=8 wait=9")
    computer.turn_on(JOBSWIPE_SYNC="1")
    until(lambda: computer.status["way"] == "sync", "it looks now and then")
    synced = swipe("by-sync")
    until(lambda: is_sent(synced), "sent by the sync")


def test_a_line_cut_for_longer_than_the_lease_loses_nothing_and_sends_nothing_twice(
    alice: User, employers: Employers, new_computer: NewComputer, line: Line, swipe: Swipe, settings: Settings
) -> None:
    settings.RETRY_WAITS = [0.2]  # it is this process that takes back what is stuck
    computer = new_computer(at=line.site)
    computer.pair(alice)
    line.say(NO_SUBMIT)
    computer.turn_on()

    before = swipe("cut-before", "?slow=1")
    until(lambda: at_step(before, "opening"), "it is at work")
    line.say("cut")
    take_back()
    assert now(before).status == Status.QUEUED
    assert employers.inbox("cut-before") == []
    line.say("open")
    until(lambda: is_sent(before), "sent once the line is back")
    assert outcomes(before) == ["lost", "submitted"]
    assert len(employers.inbox("cut-before")) == 1

    line.say("without /finish/")  # its end is not told before the line is cut
    after = swipe("cut-after", "?slow=2")
    until(lambda: at_step(after, "confirming"), "it has the site's word and has clicked")
    line.say("cut")
    until(lambda: employers.inbox("cut-after"), "it is sent all the same")
    take_back()
    assert (now(after).status, after.review_kind) == (Status.REVIEW, ReviewKind.UNCONFIRMED)
    until(lambda: not computer.status["under_way"], "the program has the confirmation")
    computer.pull_the_plug()
    line.say("open")
    computer.turn_on()
    until(lambda: is_sent(after), "the proof has arrived late")
    assert len(employers.inbox("cut-after")) == after.attempts.count() == 1
    until(lambda: computer.status["unsent"] == 0, "the outbox is empty")


def test_killed_at_any_step_it_sends_nothing_twice_and_loses_nothing(
    alice: User, employers: Employers, new_computer: NewComputer, line: Line, swipe: Swipe
) -> None:
    computer = new_computer(at=line.site)
    computer.pair(alice)
    line.say(NO_SUBMIT)
    untried = swipe("killed-before", "?slow=0.5")
    steps = ("opening", "reading", "filling", "checking")
    for lease, step in enumerate(steps, 1):
        computer.turn_on()
        kill_at(computer, untried, step, lease)
    line.say("open")
    computer.turn_on()
    until(lambda: is_sent(untried), "sent by the last run")
    assert outcomes(untried) == ["given_back"] * len(steps) + ["submitted"]
    assert len(employers.inbox("killed-before")) == 1

    for step in ("submitting", "confirming"):
        application = swipe(f"killed-{step}", "?slow=0.5")
        kill_at(computer, application, step)
        computer.turn_on()
        comes_to_its_end(application)
        was_granted = application.attempts.earliest("lease").submit_started_at is not None
        received = employers.inbox(f"killed-{step}")
        assert len(received) == 1 or (was_granted and not received)
        until(lambda: computer.status["unsent"] == 0, "the outbox is empty")


def kill_at(computer: Computer, application: Application, step: str, lease: int = 1) -> None:
    """Pull the plug as soon as the site knows that the attempt of this lease is at the step."""
    entries = LogEntry.objects.filter(attempt__application=application, attempt__lease=lease, step=step)
    until(entries.exists, f"attempt {lease} is {step}")
    computer.pull_the_plug()


def comes_to_its_end(application: Application) -> None:
    """After the grant its person is asked, or it has its proof; before it the next run sends it.

    Whether it was granted is known then alone: the site may be writing it down while the computer goes off.
    """
    until(lambda: now(application).status in {Status.REVIEW, Status.COMPLETED}, "its person is asked, or it is sent")
    seen = Evidence.objects.filter(attempt__application=application, name="before-submit.png")
    until(seen.exists, "what was seen before the click is kept")


def test_two_computers_of_one_person_share_the_work_and_never_an_application(
    alice: User, employers: Employers, new_computer: NewComputer, line: Line, swipe: Swipe
) -> None:
    computers = [new_computer("desk", at=line.site), new_computer("couch", at=line.site)]
    line.say(NO_SUBMIT)  # so that neither has done all of it before the other has begun
    for computer in computers:
        computer.pair(alice)
        computer.turn_on()
    until(lambda: all(one.status["way"] == "live" for one in computers), "both listen")
    applications = [swipe(f"race-{number}") for number in range(3)]
    until(lambda: {str(attempt.device) for attempt in Attempt.objects.all()} == {"desk", "couch"}, "both work")
    line.say("open")
    until(lambda: all(is_sent(one) for one in applications), "all are sent")
    assert [one.attempts.count() for one in applications] == [1] * 3
    assert all(len(employers.inbox(f"race-{number}")) == 1 for number in range(3))


def test_withdrawn_or_revoked_at_work_it_stops_before_the_barrier(
    alice: User, employers: Employers, new_computer: NewComputer, line: Line, swipe: Swipe
) -> None:
    computer = new_computer(at=line.site)
    computer.pair(alice)
    line.say(NO_SUBMIT)
    computer.turn_on(JOBSWIPE_SYNC="300", JOBSWIPE_HEARTBEAT="300")
    withdrawn = swipe("withdrawn", "?slow=3")
    until(lambda: at_step(withdrawn, "opening"), "it is at work")
    services.withdraw(actor=alice, application_id=withdrawn.pk)
    until(lambda: not computer.status["under_way"], "it has stopped")
    assert computer.status["recent"][0]["outcome"] == "withdrawn"

    revoked = swipe("revoked", "?slow=3")
    until(lambda: at_step(revoked, "opening"), "it is at work")
    devices.revoke(actor=alice, device_id=devices.devices_of(alice).get().pk)
    assert computer.wait_until_it_ends() == 3
    assert "signed out" in computer.said("run")
    assert now(revoked).status == Status.QUEUED
    assert employers.inbox("withdrawn") == employers.inbox("revoked") == []


def test_a_challenge_is_handed_to_the_person_at_the_computer_and_the_rest_goes_on_by_itself(
    alice: User, employers: Employers, new_computer: NewComputer, swipe: Swipe, tmp_path: Path
) -> None:
    desktop, notices = tmp_path / "notify-send", tmp_path / "notices"
    notices.touch()
    desktop.write_text(f'#!/bin/sh\necho "$@" >>"{notices}"\n')
    desktop.chmod(0o755)
    computer = new_computer()
    computer.pair(alice)
    computer.turn_on(JOBSWIPE_YOUR_TURN="600", PATH=f"{tmp_path}:{os.environ['PATH']}")
    application = swipe("handed-over", "?captcha=1")
    until(lambda: at_step(application, "your_turn"), "its person is asked to come")
    until(lambda: "Your turn" in notices.read_text(), "the computer says so too")
    assert computer.in_the_window("document.querySelector('[name=email]').value") == alice.email
    assert employers.inbox("handed-over") == []

    computer.in_the_window(
        "document.querySelector('.h-captcha iframe').contentDocument"
        ".querySelectorAll('img[src*=harborlight]').forEach((picture) => picture.click())"
    )
    until(lambda: is_sent(application), "it has gone on by itself")
    assert application.confirmation == "response"
    assert len(employers.inbox("handed-over")) == 1


def test_a_site_that_restarts_is_waited_for_and_one_that_asks_for_a_newer_version_is_heard(
    alice: User, new_computer: NewComputer, own_site: "OwnSite", swipe: Swipe
) -> None:
    own_site.start(AGENT_MIN_VERSION="9.0")
    computer = new_computer(at=own_site.url)
    computer.pair(alice)
    computer.turn_on()
    application = swipe("restarted", "?slow=2")
    until(lambda: "too old" in computer.status["problem"], "it says that it is too old")
    assert now(application).status == Status.QUEUED

    own_site.kill()
    own_site.start()
    until(lambda: at_step(application, "opening"), "it is at work")
    own_site.kill()
    own_site.start()
    until(lambda: is_sent(application), "sent")
    assert application.attempts.count() == 1


class OwnSite:
    """A web process that may be killed: not the one that the other tests share."""

    def __init__(self, log: Path) -> None:
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self._log = log
        self._process: Process | None = None

    def start(self, **environment: str) -> None:
        self._process = Process(
            "uvicorn", "jobswipe.asgi:application", "--port", str(self.port), log=self._log, **environment
        )
        until(lambda: answers(f"{self.url}/healthz"), "the site answers")

    def kill(self) -> None:
        if self._process:
            self._process.kill()
            self._process = None


@pytest.fixture
def own_site(transactional_db: None, tmp_path: Path) -> Iterator[OwnSite]:
    site = OwnSite(tmp_path / "own-site.log")
    yield site
    site.kill()
