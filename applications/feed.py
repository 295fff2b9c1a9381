"""A person's feed: what has happened since, and what happens from now on. Every transport reads it here."""

import asyncio
import json
from collections.abc import AsyncGenerator
from contextlib import AsyncExitStack, aclosing
from typing import Any, TypedDict

from channels.db import database_sync_to_async
from django.conf import settings

from applications import counters, presence
from applications.listening import Notices, notices
from applications.live import UNREACHABLE, group_name
from applications.models import Event
from jobswipe import rows
from jobswipe.measures import delivered
from jobswipe.stopping import is_stopping

BATCH = 200  # events in one read


class Line(TypedDict):
    """One event as all transports carry it."""

    seq: int
    at: str
    type: str
    application: int
    data: dict[str, Any]


def events_after(user_id: int, after: int, limit: int = BATCH) -> list[Line]:
    """Return at most `limit` of the person's events whose number is above `after`, in order."""
    return [
        Line(seq=seq, at=at.isoformat(), type=type_, application=application_id, data=json.loads(data))
        for seq, at, type_, application_id, data in rows.run(AFTER, [user_id, after, limit])
    ]


# In one statement, prepared: pages ask for it all the time, and when they come back all at once.
AFTER = f"""
SELECT seq, at, type, application_id, data FROM {Event._meta.db_table}
WHERE user_id = %b AND seq > %b ORDER BY seq LIMIT %b
"""  # noqa: S608 a table name


def last_seq(user_id: int) -> int:
    """Return the number of the person's newest event, 0 before the first."""
    newest = Event.objects.filter(user_id=user_id).order_by("-seq").values_list("seq", flat=True).first()
    return newest or 0


async def follow(user_id: int, after: int) -> AsyncGenerator[list[Line], None]:
    """Yield the person's events above `after` in order, batch by batch; an empty batch says "nothing yet".

    Listens before it reads, so that nothing falls between. It looks again every FEED_POLL seconds, together with
    others, and reads when there is more: a lost notice, or a Redis that is away, makes it slower and loses nothing. It
    ends only with the process.
    """
    async with aclosing(looks(group_name(user_id))) as times:
        is_caught_up = False  # what was written before has not been waited for
        clock = asyncio.get_running_loop().time
        sign_at = clock()
        async for is_told in times:
            if clock() >= sign_at:
                presence.sign_of_person(user_id)
                sign_at = clock() + settings.FEED_POLL
            is_more = is_told or await counters.newest(user_id) > after
            if not is_more:
                yield []
            while is_more:
                lines = await database_sync_to_async(events_after)(user_id, after)
                after = lines[-1]["seq"] if lines else after
                is_more = len(lines) == BATCH
                for line in lines if is_caught_up else ():
                    delivered(line["at"])
                yield lines
            is_caught_up = True


async def looks(group: str) -> AsyncGenerator[bool, None]:
    """Yield when it is time to look: at once, at each notice to the group, and every FEED_POLL seconds.

    With it, whether there is a reason other than the time. It ends when the process is asked to.
    """
    async with AsyncExitStack() as stack:
        try:
            heard = await stack.enter_async_context(notices(group))
        except UNREACHABLE:
            heard = asyncio.Queue()  # nothing comes: the poll carries it all
        is_told = True
        while not is_stopping():
            yield is_told
            is_told = await _comes(heard)


async def _comes(heard: Notices) -> bool:
    """Wait for a notice, at most FEED_POLL seconds; return whether one came. The next look is for all that have."""
    try:
        async with asyncio.timeout(settings.FEED_POLL):
            await heard.get()
    except TimeoutError:
        return False
    while not heard.empty():
        heard.get_nowait()
    return True
