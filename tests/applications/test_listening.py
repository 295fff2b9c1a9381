"""Whoever waits for hints in one process hears by one channel, and nobody misses what comes after they began."""

import asyncio
from contextlib import AsyncExitStack

from django.conf import settings
from redis import Redis

from applications import live
from applications.listening import notices
from applications.live import group_name
from tests.processes import PATIENCE

PEOPLE = (1, 2, 3)


def subscriptions() -> int:
    """Count what this process listens to at the layer's server."""
    return len(Redis.from_url(settings.CHANNEL_URLS[0]).pubsub_channels(f"{settings.REDIS_PREFIX}*"))  # type: ignore[arg-type]


async def nobody_listens() -> None:
    """Wait until all have gone who listened before, another test's among them."""
    while subscriptions():
        await asyncio.sleep(0)


async def test_many_pages_take_one_channel_and_each_hears_its_own(db: None) -> None:
    async with asyncio.timeout(PATIENCE), AsyncExitStack() as stack:
        await nobody_listens()
        pages = [(person, await stack.enter_async_context(notices(group_name(person)))) for person in PEOPLE * 4]
        assert subscriptions() == 1 + len(PEOPLE)
        live.tell({person: 10 * person for person in PEOPLE})
        for person, heard in pages:
            assert (await heard.get())["seq"] == 10 * person
            assert heard.empty()
    async with asyncio.timeout(PATIENCE):
        await nobody_listens()


async def test_one_who_comes_while_the_last_leaves_is_told(db: None) -> None:
    async def stay_a_moment() -> None:
        async with notices(group_name(1)):
            pass

    async with asyncio.timeout(PATIENCE):
        for seq in range(1, 20):
            leaving = asyncio.create_task(stay_a_moment())
            await asyncio.sleep(0)
            async with notices(group_name(1)) as heard:
                await leaving
                live.tell({1: seq})
                assert (await heard.get())["seq"] == seq
