"""A wrong value in the environment stops the start with a sentence; what is missing is said with its remedy."""

import os
import re
import subprocess
import sys

import pytest
from django.core.checks import run_checks
from django.db import connection
from pytest_django import Settings

from jobswipe import checks
from tests.processes import ROOT

NO_SERVERS = {"DATABASE_URL": "postgresql://127.0.0.1:9/x", "REDIS_URL": "redis://127.0.0.1:9"}


def start_with(**environment: str) -> str:
    """Load the settings in a process of its own with servers of its own; return what it says."""
    given = {"PATH": os.environ["PATH"], **NO_SERVERS}
    done = subprocess.run(
        [sys.executable, "-c", "import jobswipe.settings"],
        cwd=ROOT, env=given | environment, capture_output=True, text=True, check=False,
    )  # fmt: skip
    return done.stderr


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("DEBUG", "maybe"),
        ("SERVER_BROWSERS", "many"),
        ("SERVER_BROWSERS", "0"),
        ("ENGINE_PACE", "sideways"),
        ("RETRY_WAITS", "1,x"),
        ("VAPID_PRIVATE_KEY", "no-key"),
        ("DATABASE_REPLICA_URLS", "postgresql://127.0.0.1:9/x,nonsense"),
        ("REPLICA_MAX_LAG", "long"),
        ("DATABASE_POOLER", "maybe"),
        ("EMAIL_PORT", "smtp"),
    ],
)
def test_a_wrong_value_is_named(name: str, value: str) -> None:
    said = start_with(SECRET_KEY="x", **{name: value})
    assert "A setting in the environment is wrong" in said
    assert name in said


def test_production_does_not_start_without_its_secret() -> None:
    assert "SECRET_KEY is not set" in start_with()
    assert start_with(SECRET_KEY="a secret") == ""


def test_each_setting_is_in_the_table_of_the_readme_and_nothing_else_is() -> None:
    read = set(re.findall(r"env(?:\.\w+)?\(\s*['\"]([A-Z][A-Z_]+)['\"]", (ROOT / "jobswipe/settings.py").read_text()))
    table = re.findall(r"^\| (`[A-Z].*?) \|", (ROOT / "README.md").read_text(), re.MULTILINE)
    told = set(re.findall(r"`([A-Z_]+)`", " ".join(table)))
    assert len(read) > 80
    assert read - told == {"PYTEST_XDIST_WORKER"}
    assert told - read == {"FLOWER_PORT", "WEB_CONCURRENCY"}, "script/server's, and uvicorn's own"


def test_the_web_starts_without_what_drives_browsers() -> None:
    loaded = "import sys, jobswipe.asgi; print('selenium' in sys.modules)"
    done = subprocess.run(
        [sys.executable, "-c", loaded],
        cwd=ROOT, env={**os.environ, **NO_SERVERS, "SECRET_KEY": "x"}, capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert done.stdout == "False\n"


def test_mail_goes_out_by_one_kind_of_tls() -> None:
    assert start_with(SECRET_KEY="x", EMAIL_USE_TLS="1") == ""
    assert "exclude each other" in start_with(SECRET_KEY="x", EMAIL_USE_TLS="1", EMAIL_USE_SSL="1")


def test_all_is_there_on_this_machine(db: None) -> None:
    assert [problem for problem in run_checks() if problem.id and problem.id.startswith("jobswipe.")] == []


def test_a_database_that_does_not_answer_is_an_error_with_a_remedy(monkeypatch: pytest.MonkeyPatch, db: None) -> None:
    monkeypatch.setitem(connection.settings_dict, "PORT", "9")
    [problem] = checks.database_answers()
    assert problem.id == "jobswipe.E001"
    assert "DATABASE_URL" in str(problem.hint)


def test_a_redis_that_does_not_answer_is_a_warning_with_a_remedy(settings: Settings) -> None:
    assert checks.roles_answer() == []
    settings.LIVE_URL = "redis+cluster://127.0.0.1:9"
    settings.CHANNEL_URLS = [settings.REDIS_URL, "redis://127.0.0.1:9"]
    settings.BROKER_URL = "amqp://127.0.0.1:9"
    problems = checks.roles_answer()
    assert {problem.id for problem in problems} == {"jobswipe.W001"}
    for problem, variable in zip(problems, ("BROKER_URL", "CHANNEL_URLS", "LIVE_URL"), strict=True):
        assert variable in str(problem.hint)
    settings.REDIS_URL = settings.LIVE_URL  # as where no role has a server of its own
    assert "REDIS_URL" in str(checks.roles_answer()[2].hint)


def test_a_missing_browser_and_driver_are_warnings_with_a_remedy(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    for check in (checks.browser_is_installed, checks.driver_is_installed):
        [problem] = check()
        assert "apt-get install" in str(problem.hint)
