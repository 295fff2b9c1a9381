"""PostgreSQL and the web restart under the product: what was answered is there, and everything goes on by itself."""

import subprocess
from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import psycopg
import pytest
import requests
from django.db import connection

from accounts.models import Candidate, User
from accounts.services import issue_token
from applications.models import Application
from automation.models import Device
from jobs.models import Job
from jobswipe.embedded.programs import Postgres
from script.trial.servers import Server
from tests.conftest import make_job
from tests.processes import PATIENCE, Process, answers, free_port, until

pytestmark = pytest.mark.filterwarnings("ignore:XDG_RUNTIME_DIR")  # which the wheel of PostgreSQL looks for


@pytest.fixture
def postgres(tmp_path: Path) -> Iterator[Server]:
    """A server of this test's own, since it restarts it."""
    server = Server(Postgres(tmp_path / "postgres"))
    server.start()
    try:
        yield server
    finally:
        server.stop()


def copy_database(to: str) -> None:
    """Copy tables and rows of the tests' database."""
    parts = connection.settings_dict
    address = f"postgresql://{parts['USER']}:{parts['PASSWORD']}@{parts['HOST']}:{parts['PORT']}/{parts['NAME']}"
    dump = subprocess.run([Postgres._bin("pg_dump"), address], capture_output=True, check=True)
    subprocess.run([Postgres._bin("psql"), "-q", to], input=dump.stdout, capture_output=True, check=True)


def test_what_was_answered_outlives_restarts_of_postgresql_and_the_web_and_goes_on_without_beat(
    transactional_db: None, alice: User, postgres: Server, tmp_path: Path
) -> None:
    jobs, (_, secret) = [make_job(), make_job()], issue_token(user=alice, name="test")
    Candidate.objects.filter(user=alice).update(undo_window=5)
    Device.objects.create(user=alice, name="Laptop")  # so that no browser is needed here
    copy_database(postgres.url)
    port = free_port()

    def start(*command: str) -> Process:
        return Process(*command, log=tmp_path / f"{command[0]}.log", DATABASE_URL=postgres.url)

    def start_web() -> Process:
        web = start("uvicorn", "jobswipe.asgi:application", "--port", str(port))
        until(lambda: answers(f"http://127.0.0.1:{port}/healthz"), "the site answers")
        return web

    def swipe(job: Job, key: str) -> int:
        url, headers = f"http://127.0.0.1:{port}/api/v1/swipes/", {"Authorization": f"Bearer {secret}"}
        body = {"job": job.pk, "direction": "right", "key": key}
        return requests.post(url, json=body, headers=headers, timeout=PATIENCE).status_code

    def stands() -> list[str]:
        with psycopg.connect(postgres.url) as own:
            rows = own.execute("SELECT status FROM applications_application ORDER BY id").fetchall()
        return [status for (status,) in rows]

    first, second = str(uuid4()), str(uuid4())
    processes = [start("celery", "-A", "jobswipe", "worker", "--loglevel", "info"), start_web()]
    worker, web = processes
    try:
        until(lambda: "ready." in worker.log.read_text(), "the worker is ready")
        assert swipe(jobs[0], first) == 201

        postgres.stop()
        postgres.start()
        assert stands() in (["PENDING"], ["QUEUED"])  # a start may take longer than the undo window
        until(lambda: swipe(jobs[1], second) in {200, 201}, "the same web takes swipes again")
        until(lambda: stands() == ["QUEUED"] * 2, "the same worker sweeps again")

        web.kill()
        processes[1] = start_web()
        assert [swipe(jobs[0], first), swipe(jobs[1], second)] == [200, 200]
        assert stands() == ["QUEUED"] * 2
    finally:
        for process in processes:
            process.kill()
    assert not Application.objects.exists(), "it went to the wrong database"
