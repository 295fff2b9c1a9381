"""Sites are spared: limits, gaps, quiet hours, what they ask for; a wave of refusals closes one until it has passed."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db.models import F
from django.utils import timezone
from pytest_django import Settings

from proxies.models import ProxyLease, Site, Verdict
from proxies.politeness import is_this_machine
from proxies.rotator import lease, release
from proxies.waiting import MustWait, Reason

HOST = "boards.example.com"
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def direct(settings: Settings) -> None:
    settings.ALLOW_DIRECT = True
    settings.POLITE_LIMITS = {}


def limit(name: str = HOST, kind: str = "host", **limits: Any) -> None:
    Site.objects.update_or_create(kind=kind, name=name, defaults=limits)


def visit(person: int = 1, verdict: Verdict = Verdict.REACHED, host: str = HOST, **more: Any) -> None:
    release(lease(person, host, employer="acme").lease, verdict, **more)


def waits(person: int = 1, host: str = HOST) -> tuple[Reason, Any]:
    """Return why, and for how many seconds."""
    with pytest.raises(MustWait) as wait:
        visit(person, host=host)
    return wait.value.reason, round((wait.value.until - timezone.now()).total_seconds())


def passes(**time: float) -> None:
    past = timedelta(**time)
    ProxyLease.objects.update(
        taken_at=F("taken_at") - past, expires_at=F("expires_at") - past, released_at=F("released_at") - past
    )
    Site.objects.update(closed_until=F("closed_until") - past)


def test_one_employer_is_not_crowded() -> None:
    limit("acme", "employer", parallel=1)
    first = lease(1, HOST, employer="acme")
    assert waits(2)[0] == Reason.PARALLEL
    assert lease(2, HOST, employer="other")
    release(first.lease, Verdict.REACHED)
    visit(2)


def test_limits_by_hour_and_person_and_the_gap_say_until_when() -> None:
    limit(per_hour=2)
    visit()
    passes(minutes=40)
    visit(2)
    assert waits(3) == (Reason.HOUR_FULL, pytest.approx(20 * 60, abs=5))
    passes(minutes=21)
    visit(3)
    limit(per_hour=None, per_person_day=1, gap=0)
    assert waits(3)[0] == Reason.DAY_FULL
    visit(4)
    limit(per_person_day=None, gap=30)
    assert waits(5) == (Reason.GAP, pytest.approx(30, abs=3))
    passes(seconds=31)
    visit(5)


def test_quiet_hours_are_those_of_the_employer(settings: Settings) -> None:
    now = timezone.now()
    start, end = (now - timedelta(hours=1)).time(), (now + timedelta(hours=2)).time()
    limit(quiet_from=start, quiet_until=end)
    assert waits() == (Reason.QUIET_HOURS, pytest.approx(2 * 3600, abs=5))
    limit(time_zone="Asia/Tokyo")  # it is nine hours later there
    visit()


def test_a_site_that_asks_for_a_pause_gets_it() -> None:
    visit(verdict=Verdict.RATE_LIMITED, retry_after=120)
    assert waits() == (Reason.RETRY_AFTER, pytest.approx(120, abs=3))
    visit(host="other.example.com")
    passes(seconds=121)
    visit()


def test_a_wave_of_refusals_opens_the_breaker_and_it_closes_by_itself(
    settings: Settings, mailoutbox: list[Any], django_capture_on_commit_callbacks: Any
) -> None:
    settings.ADMINS = [("charlie", "charlie@example.com")]
    settings.BREAKER_REFUSALS, settings.BREAKER_PAUSE = 3, 300
    visit()
    with django_capture_on_commit_callbacks(execute=True):
        for person in range(3):
            visit(person, Verdict.REFUSED)
    assert waits() == (Reason.BREAKER, pytest.approx(300, abs=3))
    assert HOST in mailoutbox[0].subject
    visit(host="other.example.com")

    passes(seconds=301)
    trial = lease(1, HOST)
    assert waits(2)[0] == Reason.TRIAL
    release(trial.lease, Verdict.REFUSED)
    assert waits() == (Reason.BREAKER, pytest.approx(600, abs=3))

    passes(seconds=601)
    visit()
    assert Site.objects.get(name=HOST, kind="host").closed_until is None
    trial, other = lease(1, HOST), lease(2, HOST)
    assert trial != other


def test_the_practice_employers_on_this_machine_have_only_the_limits_that_staff_give_them(settings: Settings) -> None:
    settings.POLITE_LIMITS = {"host": {"per_hour": 1}}
    for _ in range(3):
        visit(host="127.0.0.1:8900")
    visit()
    assert waits()[0] == Reason.HOUR_FULL
    assert is_this_machine("localhost:1")
    assert not is_this_machine("10.0.0.1")


def test_what_a_site_asks_for_is_read_as_seconds_or_as_a_date() -> None:
    from automation.engine.browser.network import seconds_of

    later = datetime.now().astimezone() + timedelta(seconds=90)
    assert seconds_of("120") == 120
    assert seconds_of(later.strftime("%a, %d %b %Y %H:%M:%S %z")) == pytest.approx(90, abs=3)
    assert seconds_of("soon") is None
