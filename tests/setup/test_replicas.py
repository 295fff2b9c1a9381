"""What may be old is read from a replica, and everybody sees at once what they did themselves."""

import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from uuid import uuid4

import pytest
import requests
from django.contrib.sessions.models import Session
from django.db import OperationalError, transaction
from django.test import Client
from pytest_django import Settings

from accounts.models import User
from jobs.models import Job
from jobswipe import checks, replicas
from tests.processes import PATIENCE, Process, answers, free_port, until
from tests.replication import Server, primary_and_replica

pytestmark = pytest.mark.filterwarnings("ignore:XDG_RUNTIME_DIR")  # which the wheel of PostgreSQL looks for


@dataclass(frozen=True)
class Site:
    """A web process on a primary with a replica."""

    url: str
    primary: Server
    replica: Server
    log: Path

    def open(self, user: User) -> requests.Session:
        """Return the browser of a person whose session was there before the servers."""
        browser = requests.Session()
        browser.cookies.set("sessionid", sessions[user.pk])
        return browser

    def page(self, browser: requests.Session, path: str) -> str:
        answer = browser.get(f"{self.url}{path}", timeout=PATIENCE)
        assert answer.status_code == 200, answer.text[:500]
        return answer.text

    def read_from(self, database: str) -> float:
        """Return how many views this database has answered of those that may lag."""
        text = requests.get(f"{self.url}/metrics", timeout=PATIENCE).text
        line = f'jobswipe_lagging_reads_total{{database="{database}"}} '
        return sum(float(row.removeprefix(line)) for row in text.splitlines() if row.startswith(line))


sessions: dict[int, str] = {}


@pytest.fixture
def site(transactional_db: None, alice: User, bob: User, job: Job, tmp_path: Path) -> Iterator[Site]:
    for user in (alice, bob):
        client = Client()
        client.force_login(user)
        sessions[user.pk] = client.cookies["sessionid"].value
    with primary_and_replica(tmp_path) as (primary, replica):
        port = free_port()
        web = Process(
            "uvicorn", "jobswipe.asgi:application", "--port", str(port), "--timeout-graceful-shutdown", "1",
            log=tmp_path / "log", DATABASE_URL=primary.url, DATABASE_REPLICA_URLS=replica.url, REPLICA_MAX_LAG="3600",
        )  # fmt: skip
        try:
            found = Site(f"http://127.0.0.1:{port}", primary, replica, tmp_path / "log")
            until(lambda: answers(f"{found.url}/healthz"), "the site answers")
            primary.ask("CREATE TABLE news ()")  # a replica that has heard nothing since its start is not asked
            until(lambda: replica.ask("SELECT 1 FROM pg_tables WHERE tablename = 'news'"), "the replica follows")
            yield found
        finally:
            web.stop()


def test_a_person_sees_their_swipe_at_once_and_the_rest_from_the_replica(
    site: Site, alice: User, bob: User, job: Job
) -> None:
    hers, his = site.open(alice), site.open(bob)
    site.primary.ask("UPDATE jobs_job SET title = 'Known to both' WHERE id = %s", job.pk)
    until(lambda: "Known to both" in site.page(hers, "/jobs"), "the replica follows")
    site.replica.ask("SELECT pg_wal_replay_pause()")
    until(lambda: site.replica.ask("SELECT pg_get_wal_replay_pause_state()") == [("paused",)], "the replica pauses")
    site.primary.ask("UPDATE jobs_job SET title = 'Known to one' WHERE id = %s", job.pk)
    assert "Known to both" in site.page(hers, "/jobs")  # read from the replica

    swiped = hers.post(
        f"{site.url}/api/v1/swipes/",
        json={"job": job.pk, "direction": "right", "key": str(uuid4())},
        headers={"X-CSRFToken": hers.cookies["csrftoken"], "Referer": site.url},
        timeout=PATIENCE,
    )
    assert swiped.status_code == 201, swiped.text
    assert "Known to one" in site.page(hers, "/applications")
    assert f"/jobs/{job.pk}" not in site.page(hers, "/jobs")
    assert "Known to both" in site.page(his, "/jobs")  # he wrote nothing

    site.replica.ask("SELECT pg_wal_replay_resume()")
    before = site.read_from("replica1")
    until(lambda: "Known to one" in site.page(his, "/jobs"), "the replica has caught up")
    assert "Known to one" in site.page(hers, "/applications")
    until(lambda: site.page(hers, "/applications") and site.read_from("replica1") > before + 1, "she reads there again")


def test_the_replica_answers_what_may_lag_and_without_it_the_primary_does(site: Site, alice: User, job: Job) -> None:
    hers = site.open(alice)
    paths = [
        "/jobs", "/jobs?q=enginer", "/jobs/counts?q=engineer", f"/jobs/{job.pk}", "/jobs/saved",
        "/applications", "/applications.csv", "/api/v1/jobs/?q=enginer", f"/api/v1/jobs/{job.pk}/", "/api/v1/deck/",
    ]  # fmt: skip
    for path in paths:
        site.page(hers, path)
    assert (site.read_from("replica1"), site.read_from("default")) == (len(paths), 0)
    site.replica.stop()
    began = time.monotonic()
    for _ in range(2):
        assert job.title in site.page(hers, "/jobs")
    assert site.read_from("default") == 2
    rests = (time.monotonic() - began) // replicas.REST  # after each of which it is asked once more
    left_alone = site.log.read_text().count("is left alone")
    assert 1 <= left_alone <= 1 + rests, "one that does not answer is asked by every page"


def test_one_that_is_far_behind_is_not_asked(site: Site) -> None:
    [[position]] = site.replica.ask("SELECT pg_last_wal_replay_lsn() - '0/0'")

    def is_near(seconds: float) -> bool:
        [[found]] = site.replica.ask(replicas.IS_NEAR, position, seconds)
        return bool(found)

    assert is_near(3600)
    assert not is_near(0)


def test_people_are_spread_over_the_replicas_and_each_keeps_to_one(
    db: None, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.DATABASE_REPLICAS = ["one", "two", "three"]
    monkeypatch.setattr(replicas, "_is_near", lambda name, position: True)
    chosen = [{replicas._replica_for(person) for _ in range(20)} for person in range(3)]
    assert sorted(map(sorted, chosen)) == [["one"], ["three"], ["two"]]


def test_what_decides_reads_the_primary(transactional_db: None) -> None:
    router = replicas.Router()
    assert router.db_for_read(Job) == "default"
    with replicas._reading_from("replica1"):
        assert router.db_for_read(Job) == "replica1"
        assert router.db_for_write(Job) == "default"
        assert router.db_for_read(Session) == "default"
        with transaction.atomic():
            assert router.db_for_read(Job) == "default"
    assert router.db_for_read(Job) == "default"


def test_a_view_that_a_replica_leaves_half_way_is_run_on_the_primary(
    transactional_db: None, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.DATABASE_REPLICAS = ["replica1"]
    monkeypatch.setattr(replicas, "_replica_for", lambda user_id: "replica1")
    left: list[str] = []
    monkeypatch.setattr(replicas, "_leave_alone", lambda name, error: left.append(name))

    @replicas.may_lag
    def view(request: Any) -> str:
        if (database := replicas.alias()) == "replica1":
            raise OperationalError("canceling statement due to conflict with recovery")
        return f"from {database}"

    assert view(SimpleNamespace(user=SimpleNamespace(pk=1))) == "from default"
    assert left == ["replica1"]


def test_a_primary_named_as_a_replica_is_a_warning(db: None, settings: Settings) -> None:
    settings.DATABASE_REPLICAS = ["default"]
    [warning] = checks.replicas_answer()
    assert (warning.id, "it is no replica" in warning.msg) == ("jobswipe.W004", True)
