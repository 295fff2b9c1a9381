"""The staff's first page shows what operators with Prometheus see: courses of the day, open lines, lag of events."""

import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.test import Client
from rest_framework.test import APIClient

from accounts.models import User
from applications.models import Application, Lane
from automation import leases
from automation.models import Attempt, Device
from automation.operations.lines import Lines
from automation.outcomes import finish
from jobs.models import Job
from jobswipe.measures import delivered, open_line
from tests.conftest import make_job

SwipeRight = Callable[[User, Job], Application]


@pytest.fixture
def staff(charlie: User, client_of: Callable[[User], APIClient]) -> Client:
    return client_of(charlie)


def end(**result: object) -> Attempt:
    [attempt] = leases.claim(lane=Lane.SERVER, runner="test")
    leases.start(attempt_id=attempt.pk, lease=attempt.lease)
    if result["outcome"] in {"submitted", "unconfirmed"}:
        leases.begin_submit(attempt_id=attempt.pk, lease=attempt.lease)
    finish(attempt_id=attempt.pk, lease=attempt.lease, result={"message": "As it was.", **result})
    return attempt


def courses(client: Client) -> dict[tuple[str, str], list[float | None]]:
    """Return what each line or part of a bar has for the last three hours, by title and name."""
    plots = {one["title"]: json.loads(one["data"]) for one in client.get("/admin/").context["plots"]}
    return {(title, one["label"]): one["data"][-3:] for title, plot in plots.items() for one in plot["datasets"]}


def two_hours_ago(attempt: Attempt) -> None:
    with connection.cursor() as cursor:
        query = "UPDATE automation_attempt SET finished_at = finished_at - interval '2 hours' WHERE id = %s"
        cursor.execute(query, [attempt.pk])


def test_the_day_is_seen_by_the_hour(staff: Client, alice: User, swipe_right: SwipeRight) -> None:
    for _ in range(4):
        swipe_right(alice, make_job())
    two_hours_ago(end(outcome="submitted", confirmation="response"))
    end(outcome="submitted", confirmation="response")
    end(outcome="unconfirmed", failure_kind="unconfirmed")
    end(outcome="failed", failure_kind="network")
    told = courses(staff)
    assert told["Attempts that ended, by outcome", "submitted"] == [1, 0, 1]
    assert told["Attempts that ended, by outcome", "unconfirmed"] == [0, 0, 1]
    assert told["Success in %, by lane", "server"] == [100, None, 33.3], "an hour without attempts has no share"
    assert told["Swiped right and sent", "sent"] == [1, 0, 1]
    assert told["Swiped right and sent", "swiped right"] == [0, 0, 4]
    assert told["Tried again by themselves, by kind", "network"] == [0, 0, 1]
    [half, most] = [told["Seconds from the swipe to the proof", name][-1] for name in ("half of them", "95 of 100")]
    assert half == most
    assert half is not None


def test_open_lines_and_the_lag_of_events_are_told(staff: Client, alice: User) -> None:
    def lines() -> dict[str, list[int]]:
        return {kind: counts for kind, *counts in staff.get("/admin/").context["lines"]["kinds"]}

    with open_line("page", whose=alice.pk):
        before = lines()["page"]
        with open_line("page", whose=alice.pk, again=True):
            delivered((datetime.now(UTC) - timedelta(milliseconds=1)).isoformat())
            assert lines()["page"] == [before[0] + 1, before[1] + 1, before[2] + 1]
    page = staff.get("/admin/")
    assert page.context["lines"]["events"] >= 1
    assert "Lines of pages:" in page.content.decode()
    assert "events came through within" in page.content.decode()


def test_of_the_lag_the_end_of_the_bucket_is_told() -> None:
    told = Lines(delivered={0.005: 50, 0.01: 94, 0.025: 96, float("inf"): 100})
    assert (told.within(0.5), told.within(0.95), told.within(1.0)) == (0.005, 0.025, float("inf"))
    assert Lines().within(0.5) is None


def test_computers_and_retries_are_told_by_kind(staff: Client, alice: User, swipe_right: SwipeRight) -> None:
    swipe_right(alice, make_job())
    end(outcome="failed", failure_kind="network")
    now = datetime.now(UTC)
    Device.objects.create(user=alice, name="desk", version="0.2.0", last_seen_at=now)
    Device.objects.create(user=alice, name="attic", version="0.1.0", last_seen_at=now - timedelta(days=1))
    told = staff.get("/admin/").content.decode()
    for line in ("Tried again by themselves, network, server: 1", "online: 1", "away: 1", "Online with 0.2.0: 1"):
        assert line in told
