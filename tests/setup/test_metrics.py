"""`/metrics` tells operators how the product does, and nobody else."""

import json
import re
from collections.abc import Callable
from datetime import timedelta
from ipaddress import ip_network
from math import inf
from pathlib import Path
from uuid import uuid4

import pytest
import yaml
from django.db.models.functions import Now
from django.test import Client
from django.urls import reverse
from prometheus_client import CollectorRegistry, generate_latest
from prometheus_client.parser import text_string_to_metric_families
from pytest_django import Settings

from accounts.models import User
from applications.models import Application, Lane
from automation import leases
from automation.models import Device, Pulse
from automation.outcomes import finish
from automation.worker import metrics
from jobs.models import Job
from proxies.models import Proxy
from tests.conftest import make_job

SwipeRight = Callable[[User, Job], Application]


def told(client: Client) -> dict[tuple[str, ...], float]:
    """Return what is told: a figure's name and the values of its labels, in order of their names, to its value."""
    text = client.get("/metrics").content.decode()
    samples = [one for family in text_string_to_metric_families(text) for one in family.samples]
    return {(one.name, *(one.labels[name] for name in sorted(one.labels))): one.value for one in samples}


def end(*, is_granted: bool = True, **result: object) -> None:
    [attempt] = leases.claim(lane=Lane.SERVER, runner="test")
    leases.start(attempt_id=attempt.pk, lease=attempt.lease)
    if is_granted:
        leases.begin_submit(attempt_id=attempt.pk, lease=attempt.lease)
    finish(attempt_id=attempt.pk, lease=attempt.lease, result={"message": "As it was.", **result})


def test_what_was_sent_is_told_apart_from_what_nobody_confirmed(
    alice: User, swipe_right: SwipeRight, client: Client, settings: Settings
) -> None:
    settings.SERVER_APPLICATION_LIMIT = 4
    for _ in range(4):
        swipe_right(alice, make_job())
    end(outcome="submitted", confirmation="response", company_script="lever@2")
    end(outcome="unconfirmed", failure_kind="unconfirmed", company_script="lever@2")
    Device.objects.create(user=alice, name="desk", version="0.2.0", last_seen_at=Now())
    Device.objects.create(user=alice, name="attic", version="0.1.0", last_seen_at=Now() - timedelta(days=1))
    Pulse.objects.create(name="here:1", kind=Pulse.Kind.WORKER, browser_bytes=2**20)
    Proxy.objects.create(host="exit.example", port=1)
    Proxy.objects.create(host="off.example", port=1, is_enabled=False, retired_at=Now())
    Proxy.objects.create(host="retired.example", port=1, retired_at=Now())
    Proxy.objects.create(host="resting.example", port=1, cool_until=Now() + timedelta(minutes=5))
    figures = told(client)
    assert figures["jobswipe_figures_read",] == 1
    assert figures["jobswipe_attempts_last_hour", "lever", "server", "submitted"] == 1
    assert figures["jobswipe_attempts_last_hour", "lever", "server", "unconfirmed"] == 1
    assert figures["jobswipe_failures_last_hour", "unconfirmed", "server"] == 1
    assert figures["jobswipe_queue_depth", "application:processing"] == 2
    assert figures["jobswipe_queue_oldest_seconds", "application:processing"] >= 0
    assert figures["jobswipe_swipe_to_submitted_seconds", "server", "0.95"] >= 0
    assert figures["jobswipe_people_by_allowance", "all"] == 1
    assert figures["jobswipe_devices_online", "0.2.0"] == 1
    assert (figures["jobswipe_devices", "online"], figures["jobswipe_devices", "away"]) == (1, 1)
    assert ("jobswipe_devices_online", "0.1.0") not in figures
    healths = ("well", "off", "retired", "resting")
    assert [figures["jobswipe_proxies", health] for health in healths] == [1, 1, 1, 1]
    assert figures["jobswipe_browser_memory_bytes", "here:1"] == 2**20
    assert any(name.startswith("django_http_requests") for name, *_ in figures)


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({}, 404),
        ({"REMOTE_ADDR": "10.1.2.3"}, 200),
        ({"REMOTE_ADDR": "10.1.2.3", "HTTP_X_FORWARDED_FOR": "10.1.2.3"}, 404),
        ({"HTTP_AUTHORIZATION": "Bearer open sesame"}, 200),
        ({"HTTP_AUTHORIZATION": "Bearer sesame"}, 404),
    ],
)
def test_only_the_token_or_a_named_network_opens_it(
    db: None, client: Client, settings: Settings, headers: dict[str, str], status: int
) -> None:
    settings.METRICS_TOKEN, settings.METRICS_ADDRESSES = "open sesame", [ip_network("10.0.0.0/8")]
    assert client.get("/metrics", **headers).status_code == status  # type: ignore[arg-type]


def told_by_workers() -> CollectorRegistry:
    registry = CollectorRegistry()
    for one in (metrics.TASKS, metrics.SECONDS, metrics.Hints()):
        registry.register(one)
    return registry


def test_rules_and_the_dashboard_ask_for_figures_that_there_are(db: None, client: Client) -> None:
    folder = Path(__file__).parents[2] / "docs" / "operate"
    dashboard = json.loads((folder / "dashboard.json").read_text())
    asked = [target["expr"] for panel in dashboard["panels"] for target in panel["targets"]]
    rules = yaml.safe_load((folder / "rules.yml").read_text())["groups"][0]["rules"]
    text = " ".join([*asked, *(rule["expr"] for rule in rules)])
    names = set(re.findall(r"\b(?:jobswipe|django|process)_\w+", text))
    views = {view for told in re.findall(r'\bview=~?"([^"]+)"', text) for view in told.split("|")}
    assert {view for view in views if not reverse(view)} == set()
    given = client.get("/metrics").content.decode() + generate_latest(told_by_workers()).decode()
    there = {line.split()[2] for line in given.splitlines() if line.startswith("# ")}
    assert names - {name + end for name in there for end in ("", "_bucket", "_total")} == set()


def test_a_view_tells_what_it_waited_for_the_database(
    alice: User, client_of: Callable[[User], Client], job: Job, client: Client
) -> None:
    before = told(client)
    body = {"job": job.pk, "direction": "right", "key": str(uuid4())}
    assert client_of(alice).post("/api/v1/swipes/", body, format="json").status_code == 201
    after = told(client)
    view = "api:swipe-list"
    queries = after["jobswipe_view_queries_total", view] - before.get(("jobswipe_view_queries_total", view), 0)
    assert 3 <= queries <= 20
    assert after["jobswipe_view_database_seconds_total", view] > before.get(
        ("jobswipe_view_database_seconds_total", view), 0
    )


def test_what_there_is_none_of_is_told_as_well(db: None, client: Client) -> None:
    """An alert on a figure that is not there never comes: not of a worker that was never heard, or a day ago."""
    figures = told(client)
    assert figures["jobswipe_silent_seconds", "worker"] == figures["jobswipe_silent_seconds", "beat"] == inf
    assert figures["jobswipe_queue_depth", "application:priority"] == 0
    assert figures["jobswipe_queue_oldest_seconds", "device"] == 0


def test_a_question_is_no_failure_and_a_retry_is_told_by_its_kind(
    alice: User, swipe_right: SwipeRight, client: Client
) -> None:
    for _ in range(2):
        swipe_right(alice, make_job())
    end(is_granted=False, outcome="needs_answers", questions=[], company_script="lever@2")
    end(is_granted=False, outcome="failed", failure_kind="network", company_script="lever@2")
    figures = told(client)
    assert figures["jobswipe_attempts_last_hour", "lever", "server", "needs_answers"] == 1
    assert [key for key in figures if key[0] == "jobswipe_failures_last_hour"] == [
        ("jobswipe_failures_last_hour", "network", "server")
    ]
    assert figures["jobswipe_retries_last_hour", "network", "server"] == 1


def test_decisions_and_what_is_refused_are_counted(
    alice: User, client_of: Callable[[User], Client], job: Job, client: Client, settings: Settings
) -> None:
    before = told(client)
    key = str(uuid4())
    body = {"job": job.pk, "direction": "right", "key": key}
    for _ in range(2):  # a repeat is no decision
        client_of(alice).post("/api/v1/swipes/", body, format="json")
    client_of(alice).delete(f"/api/v1/swipes/{key}/")
    settings.REST_PER_PERSON = 1
    for _ in range(2):
        client_of(alice).get("/api/v1/deck/")
    after = told(client)

    def more(*name: str) -> float:
        return after[name] - before.get(name, 0)

    assert (more("jobswipe_swipes_total", "right"), more("jobswipe_swipes_total", "undo")) == (1, 1)
    assert more("jobswipe_refused_total", "throttled") >= 1
