"""A web process that is asked for more than it can answer says so at once, and goes on by itself."""

import asyncio
import json
from typing import Any

import pytest
from pytest_django import Settings

from jobswipe.request_limit import Crowd

Message = dict[str, Any]


class Visitors:
    """Requests to an app that begins its answers when it is let, and ends them when it is let."""

    def __init__(self) -> None:
        self.begin, self.end = asyncio.Event(), asyncio.Event()
        self.crowd = Crowd(self._app)

    async def _app(self, scope: Message, receive: Any, send: Any) -> None:
        await self.begin.wait()
        await send({"type": "http.response.start", "status": 200, "headers": []})
        await self.end.wait()

    def ask(self, path: str = "/jobs", query: bytes = b"") -> "asyncio.Task[list[Message]]":
        async def answer() -> list[Message]:
            sent: list[Message] = []

            async def send(message: Message) -> None:
                sent.append(message)

            await self.crowd({"path": path, "query_string": query}, None, send)
            return sent

        return asyncio.create_task(answer())


def status_of(answer: list[Message]) -> int:
    return int(answer[0]["status"])


@pytest.fixture(autouse=True)
def _small(settings: Settings) -> None:
    settings.REQUESTS_AT_ONCE = 2


def test_one_too_many_is_refused_with_a_time_and_later_ones_are_answered() -> None:
    async def story() -> None:
        visitors = Visitors()
        first = [visitors.ask(), visitors.ask()]
        refused = await visitors.ask("/jobs", b"wait=25")
        assert status_of(refused) == 503
        assert dict(refused[0]["headers"])[b"retry-after"].isdigit()
        assert json.loads(refused[1]["body"])["code"] == "busy"
        visitors.begin.set()
        visitors.end.set()
        assert [status_of(await one) for one in [*first, visitors.ask()]] == [200, 200, 200]

    asyncio.run(story())


def test_what_waits_by_design_leaves_room_for_others() -> None:
    async def story() -> None:
        visitors = Visitors()
        polls = [visitors.ask("/api/v1/events/", b"after=0&wait=25") for _ in range(5)]
        probes = [visitors.ask("/healthz") for _ in range(5)]
        visitors.begin.set()
        streams = [visitors.ask("/events/"), visitors.ask("/events/")]
        await asyncio.sleep(0)
        more = visitors.ask()
        visitors.end.set()
        assert {status_of(await one) for one in [*polls, *probes, *streams, more]} == {200}

    asyncio.run(story())


def test_a_request_that_breaks_off_leaves_its_place() -> None:
    async def story() -> None:
        visitors = Visitors()
        gone = [visitors.ask(), visitors.ask()]
        await asyncio.sleep(0)
        assert visitors.crowd.size == 2
        for one in gone:
            one.cancel()
        await asyncio.gather(*gone, return_exceptions=True)
        assert visitors.crowd.size == 0

    asyncio.run(story())
