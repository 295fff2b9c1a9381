"""The capacity model's figures for a unit of work are those of the product, within FACTOR."""

import json
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from itertools import pairwise
from random import Random
from typing import Any
from unittest.mock import patch
from uuid import uuid4

import psycopg
import pytest
from django.db import connection

from accounts.models import User
from applications import services
from applications.models import Lane, Swipe
from automation.leases import begin_submit, claim, start
from automation.models import Attempt, Device, Evidence
from automation.outcomes import finish
from automation.reports import Step, report_steps
from jobs.models import Job
from script.growth.assumptions import Assumptions
from script.growth.model import need
from tests.conftest import make_job
from tests.processes import ROOT

FACTOR = 1.5
MODEL = Assumptions()
APPLICATIONS, LEFTS = 80, 300  # so that whole pages of 8 kB do not weigh too much
WORDS = ("we", "you", "and", "the", "team", "weather", "radar", "build", "measure", "cloud", "data", "python")
NAMES = ("open", "recognize", "read", *["fill"] * 6, "upload", "check", "submit", "wait", "confirm")
STEPS = [Step(seq, name, "“Why do you want to work here?” is answered", seq * 7) for seq, name in enumerate(NAMES, 1)]
EVIDENCE = ("before-submit.png", "after-submit.png", "form.json", "response.json")
RESULT = {
    "outcome": "submitted",
    "confirmation": "response",
    "message": "Thank you for applying.",
    "answers": [
        {"label": f"Question {number} of the form?", "kind": "text", "value": "An answer", "source": "profile"}
        for number in range(15)
    ],
}


class Statements:
    """Counts them."""

    number = 0


@contextmanager
def counted() -> Iterator[Statements]:
    """Count what is sent to the server, also past Django (`jobswipe.rows`)."""
    statements, execute = Statements(), psycopg.Cursor.execute

    def noted(cursor: Any, *rest: Any, **options: Any) -> Any:
        statements.number += 1
        return execute(cursor, *rest, **options)

    with patch.object(psycopg.Cursor, "execute", noted):
        yield statements


def packed() -> tuple[int, int]:
    """Return the bytes of all that applications leave, packed as tightly as can be, and the rows."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT quote_ident(tablename) FROM pg_tables WHERE schemaname = 'public'"
            " AND tablename ~ '^(applications|automation|notifications)_' OR tablename = 'jobs_jobsnapshot'"
        )
        tables = [name for (name,) in cursor.fetchall()]
        size = rows = 0
        for table in tables:
            cursor.execute(f"VACUUM FULL {table}")
            cursor.execute(f"SELECT pg_total_relation_size('{table}'), (SELECT count(*) FROM {table})")
            row: Any = cursor.fetchone()
            size, rows = size + row[0], rows + row[1]
    return size, rows


def swipe(user: User, job: Job, direction: Swipe.Direction) -> None:
    services.swipe(actor=user, job_id=job.pk, direction=direction, key=uuid4())


def carry_out(user: User, device: Device, reports: Sequence[Sequence[Step]]) -> None:
    """Go the way of an application as a runner does, with as many steps, pictures and answers as it has."""
    [attempt] = claim(lane=Lane.DEVICE, runner="test", user=user, device=device)
    holder = {"attempt_id": attempt.pk, "lease": attempt.lease}
    start(**holder)
    for steps in reports:
        report_steps(**holder, steps=steps)
    begin_submit(**holder)
    Evidence.objects.bulk_create(_evidence(attempt, name) for name in EVIDENCE)
    finish(**holder, result=RESULT)


def _evidence(attempt: Attempt, name: str) -> Evidence:
    file = f"evidence/2026/11/26/{attempt.pk}-1-{name}"
    return Evidence(attempt=attempt, name=name, kind="screenshot", content_type="image/png", size=9, file=file)


def about(value: float) -> Any:
    """Within FACTOR of the value."""
    return pytest.approx(value, rel=FACTOR - 1)


def test_a_unit_of_work_costs_what_the_model_says(transactional_db: None, alice: User) -> None:
    random = Random(1)

    def description() -> str:
        return f"<p>{' '.join(f'{random.choice(WORDS)}{random.randrange(99)}' for _ in range(600))}</p>"

    device = Device.objects.create(user=alice, name="Laptop")
    passed = [make_job() for _ in range(LEFTS)]
    liked = [make_job(description=description()) for _ in range(APPLICATIONS)]
    empty, before = packed()
    for job in liked:
        with counted() as of_swipe:  # the last
            swipe(alice, job, Swipe.Direction.RIGHT)
    with counted() as of_application:
        carry_out(alice, device, reports=[[step] for step in STEPS])
    for _ in liked[1:]:
        carry_out(alice, device, reports=[STEPS])  # the same rows, sooner
    applied, after = packed()
    for job in passed:
        swipe(alice, job, Swipe.Direction.LEFT)
    all_, _ = packed()

    found = {
        "bytes_per_left": (all_ - applied) / LEFTS,
        "statements_per_swipe": of_swipe.number,
        "statements_per_application": of_application.number,
        "bytes_per_application": (applied - empty) / APPLICATIONS,
        "rows_per_application": (after - before) / APPLICATIONS,
    }
    assert found == {name: about(getattr(MODEL, name)) for name in found}


def test_the_phases_of_growth_come_one_after_the_other() -> None:
    needs = [need(people, MODEL) for people in (1e3, 1e5, 1e6, 1e7)]
    assert [one.phase for one in needs] == sorted(one.phase for one in needs)
    assert (needs[0].phase, needs[-1].phase) == (1, 3)
    assert need(3e5, MODEL).phase == 2
    for less, more in pairwise(needs):
        assert more.database_bytes_a_year > less.database_bytes_a_year
        assert more.dollars_a_month > less.dollars_a_month


def test_every_assumption_can_be_given() -> None:
    def asked(*words: str) -> dict[str, Any]:
        command = [sys.executable, "-m", "script.growth", "--json", "--people", "100000", *words]
        told = json.loads(subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout)
        found: dict[str, Any] = told["needs"][0]
        return found

    usual, busy = asked(), asked("--right-share", str(2 * MODEL.right_share))
    assert busy["applications_a_day"] == 2 * usual["applications_a_day"]
    assert busy["browsers"] == pytest.approx(2 * usual["browsers"], abs=1)
    assert asked("--price-core", "0")["dollars_a_month"] < usual["dollars_a_month"]
