"""The numbers of people's newest events, asked for many at once: thousands of open pages look every few seconds."""

import asyncio
from collections.abc import Coroutine
from contextvars import Context
from typing import Any
from weakref import WeakKeyDictionary

from channels.db import database_sync_to_async

from applications.models import EventCounter
from jobswipe import rows

GATHERING = 0.1  # seconds in which those who ask join one question

NEWEST = f"SELECT user_id, last_seq FROM {EventCounter._meta.db_table} WHERE user_id = ANY(%b::bigint[])"  # noqa: S608


class Question:
    """One statement for all who join before it is sent."""

    def __init__(self) -> None:
        self._about: set[int] = set()
        # In nobody's context: with who asked first the thread may go that carries what a request asks of PostgreSQL.
        self._answer = asyncio.create_task(self._ask(), context=Context())

    def about(self, user_id: int) -> Coroutine[Any, Any, int]:
        self._about.add(user_id)
        return self._number_of(user_id)

    async def _number_of(self, user_id: int) -> int:
        numbers = await asyncio.shield(self._answer)  # one who goes away leaves it to the others
        return numbers.get(user_id, 0)

    async def _ask(self) -> dict[int, int]:
        await asyncio.sleep(GATHERING)
        del _open[asyncio.get_running_loop()]
        return await database_sync_to_async(numbers_of)(list(self._about))


_open: WeakKeyDictionary[asyncio.AbstractEventLoop, Question] = WeakKeyDictionary()


async def newest(user_id: int) -> int:
    """Return the number of the person's newest event, 0 before the first; with an answer for others who ask now."""
    loop = asyncio.get_running_loop()
    question = _open.get(loop) or _open.setdefault(loop, Question())
    return await question.about(user_id)


def numbers_of(user_ids: list[int]) -> dict[int, int]:
    return dict(rows.run(NEWEST, [user_ids]))
