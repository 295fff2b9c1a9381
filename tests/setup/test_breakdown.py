"""A breakdown is answered with a sentence; one that passes by itself says when to come again."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from typing import Any, cast

import pytest
from django.db import connection
from django.test import Client

from accounts.models import User
from accounts.services import issue_token


@pytest.fixture
def no_connection_is_left(transactional_db: None) -> Iterator[None]:
    """Hold every connection of the pool."""
    connection.close()  # gives the test's own back
    pool = cast(Any, connection).pool  # of the PostgreSQL backend
    patience, pool.timeout = pool.timeout, 0.2
    with ExitStack() as stack:
        for _ in range(pool.max_size):
            stack.enter_context(pool.connection(timeout=60))
        yield
    pool.timeout = patience


def ask(path: str, token: str) -> tuple[int, str, str]:
    client = Client(raise_request_exception=False, headers={"Authorization": f"Bearer {token}"})
    answer = client.get(path)
    return answer.status_code, answer.headers.get("Retry-After", ""), answer.content.decode()


@pytest.fixture
def token(transactional_db: None, alice: User) -> str:
    return issue_token(user=alice, name="test")[1]


def test_a_request_for_which_no_connection_is_left_is_asked_to_come_again(
    token: str, no_connection_is_left: None
) -> None:
    with ThreadPoolExecutor() as others:
        api = others.submit(ask, "/api/v1/applications/", token).result()
    assert api[:2] == (503, "5")
    assert '"busy"' in api[2]


def test_a_breakdown_of_rest_is_a_problem_document(token: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def break_down(*_: object, **__: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr("rest_framework.views.APIView.dispatch", break_down)
    status, wait, body = ask("/api/v1/applications/", token)
    assert (status, wait) == (500, "")
    assert '"server_error"' in body
