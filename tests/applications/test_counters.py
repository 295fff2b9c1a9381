"""Thousands of open pages look every few seconds, and the database is asked a few times."""

import asyncio
from collections.abc import Callable

import pytest
from asgiref.sync import sync_to_async

from accounts.models import User
from applications import counters
from applications.machine import record
from applications.models import Application, Event
from jobs.models import Job

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[set[int]]:
    """About whom the database was asked, by statement."""
    found: list[set[int]] = []
    ask = counters.numbers_of

    def noted(user_ids: list[int]) -> dict[int, int]:
        found.append(set(user_ids))
        return ask(user_ids)

    monkeypatch.setattr(counters, "numbers_of", noted)
    return found


@pytest.fixture
def application(alice: User, job: Job, swipe_right: Callable[[User, Job], Application]) -> Application:
    return swipe_right(alice, job)


async def test_all_who_look_at_a_time_are_answered_by_one_statement(
    application: Application, alice: User, bob: User, asked: list[set[int]]
) -> None:
    numbers = await asyncio.gather(*(counters.newest(user.pk) for user in (alice, bob, alice)))
    assert (numbers, asked) == ([2, 0, 2], [{alice.pk, bob.pk}])


async def test_who_looks_later_is_told_what_came_since(
    application: Application, alice: User, asked: list[set[int]]
) -> None:
    assert await counters.newest(alice.pk) == 2
    await sync_to_async(record)(application, Event.Type.STEP, {"step": "fill"})
    assert await counters.newest(alice.pk) == 3
    assert len(asked) == 2


async def test_who_goes_away_leaves_the_answer_to_the_others(
    application: Application, alice: User, bob: User, asked: list[set[int]]
) -> None:
    first, second = (asyncio.ensure_future(counters.newest(user.pk)) for user in (bob, alice))
    await asyncio.sleep(0)
    first.cancel()
    assert await second == 2
