"""Web, worker and beat run as a role that signs in by itself and does not own the tables."""

import io
import secrets
from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import pytest
import requests
from django.core.management import CommandError, call_command
from django.db import connection

from accounts.models import User
from accounts.services import issue_token
from applications.models import Application
from automation.models import Device, Pulse
from jobs.models import Job
from tests.processes import PATIENCE, Process, answers, free_port, until


@pytest.fixture
def role_url(transactional_db: None, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """The address of the tests' database for a role as `deploy/` makes it."""
    role, password = f"jobswipe_{uuid4().hex}", secrets.token_hex(16)
    monkeypatch.setattr("sys.stdin", io.StringIO(password))
    call_command("grant_role", role, "--make", stdout=io.StringIO())
    host, port, name = (connection.settings_dict[key] for key in ("HOST", "PORT", "NAME"))
    yield f"postgresql://{role}:{password}@{host}:{port}/{name}"
    with connection.cursor() as cursor:
        cursor.execute(f"DROP OWNED BY {role}; DROP ROLE {role}")


def test_all_processes_do_their_work_as_it(role_url: str, alice: User, job: Job, tmp_path: Path) -> None:
    Device.objects.create(user=alice, name="Laptop")  # so that no browser is needed here
    _, secret = issue_token(user=alice, name="test")
    port = free_port()

    def start(*command: str) -> Process:
        return Process(*command, log=tmp_path / command[-1], DATABASE_URL=role_url)

    processes = [
        start("uvicorn", "jobswipe.asgi:application", "--port", str(port)),
        start("celery", "-A", "jobswipe", "worker"),
        start("celery", "-A", "jobswipe", "beat", "--pidfile="),
    ]
    try:
        until(lambda: answers(f"http://127.0.0.1:{port}/healthz"), "the site answers")
        swiped = requests.post(
            f"http://127.0.0.1:{port}/api/v1/swipes/",
            json={"job": job.pk, "direction": "right", "key": str(uuid4())},
            headers={"Authorization": f"Bearer {secret}"},
            timeout=PATIENCE,
        )
        assert swiped.status_code == 201
        until(lambda: Application.objects.filter(status="QUEUED").exists(), "the sweep has queued it")
        until(lambda: Pulse.objects.filter(kind=Pulse.Kind.BEAT).exists(), "beat is there")
        role = role_url.partition("://")[2].partition(":")[0]
        until(lambda: role in who_is_connected(), "they are connected as the role")
    finally:
        for process in processes:
            process.stop()
    assert not [one.log for one in processes if "permission denied" in one.log.read_text()]


def who_is_connected() -> set[str]:
    """Return the roles of all other connections to this database."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT DISTINCT usename FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )
        return {name for (name,) in cursor.fetchall()}


def test_a_role_without_a_password_is_not_made(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO("\n"))
    with pytest.raises(CommandError, match="no password"):
        call_command("grant_role", "jobswipe_nobody", "--make")
