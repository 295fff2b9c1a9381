"""What the database is asked for by each hot part of the product, as the statements that it gets."""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

import psycopg
import pytest
from django.db import connection

from accounts.models import User
from applications.feed import events_after
from automation.outcomes import return_stuck
from automation.sweep import queue_due
from notifications.delivery import plan as plan_news
from script.benchmarks import history
from tests.conftest import make_job
from tests.devices.conftest import SUBMITTED, Agent

SWIPE = "/api/v1/swipes/"


@dataclass(frozen=True)
class Statement:
    """A statement with its values in it, and the part of the product that sends it."""

    part: str
    text: str

    def touches(self, table: str) -> bool:
        return re.search(rf"\b{table}\b", self.text) is not None


@contextmanager
def sent(found: list[Statement], part: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Note the statements that the block sends."""
    execute = psycopg.Cursor.execute

    def noted(cursor: Any, query: Any, params: Any = None, **options: Any) -> Any:
        if re.match(r"\s*(SELECT|INSERT|UPDATE|DELETE|WITH)\b", str(query)):
            merging = psycopg.ClientCursor(connection.connection)
            found.append(Statement(part, merging.mogrify(str(query).replace("%b", "%s"), params)))
        return execute(cursor, query, params, **options)

    with monkeypatch.context() as patched:
        patched.setattr(psycopg.Cursor, "execute", noted)
        yield


def plan_of(statement: Statement) -> dict[str, Any]:
    """Return how PostgreSQL would carry it out."""
    with psycopg.ClientCursor(connection.connection) as cursor:
        [[[plan]]] = cursor.execute(f"EXPLAIN (FORMAT JSON) {statement.text}".encode()).fetchall()
    return dict(plan["Plan"])


def hot_statements(
    alice: User, bob: User, client_of: Callable[[User], Any], monkeypatch: pytest.MonkeyPatch
) -> list[Statement]:
    """Live through a swipe, what pages show of it, and its way to the employer, in a database with a past.

    Alice has a computer, so that hers go out by it; Bob's go by the server.
    """
    agent = Agent(alice)
    found: list[Statement] = []
    hers = client_of(alice)
    page = hers.__class__()
    page.force_login(alice)
    for user in (alice, bob):
        client_of(user).post(SWIPE, _right(), format="json")
    history.fill(people=1000, applications=20, events=3)

    def part(name: str) -> Any:
        return sent(found, name, monkeypatch)

    with part("swipe"):
        assert hers.post(SWIPE, _right(), format="json").status_code == 201
    with part("board"):
        assert page.get("/applications").status_code == 200
    with part("deck"):
        assert page.get("/jobs").status_code == 200
    with part("feed"):
        assert events_after(alice.pk, 0)
    with part("claim of a computer"):
        [attempt, *_] = agent.claim(3)
    path, token = f"attempts/{attempt['id']}", {"token": attempt["token"]}
    with part("steps"):
        entries = [{"seq": 1, "step": "fill", "message": "", "percent": 50}]
        assert agent.post(f"{path}/log/", {**token, "entries": entries}).status_code == 200
        assert agent.post(f"{path}/heartbeat/", {**token, "step": "fill", "percent": 60}).status_code == 200
    with part("barrier"):
        assert agent.post(f"{path}/begin-submit/", token).status_code == 200
    with part("finish"):
        assert agent.post(f"{path}/finish/", {**token, **SUBMITTED}).status_code == 200
    with part("sweep"):
        queue_due()
        return_stuck()
    with part("news"):
        plan_news()
    return found


def _right() -> dict[str, Any]:
    return {"job": make_job().pk, "direction": "right", "key": str(uuid4())}
