"""Hints on their way in: whoever waits for them in a process hears by one channel of the layer.

A channel for each open page had to be opened and closed at the server; when thousands came back at once, that took
longer than all else that they asked for.
"""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from contextvars import Context
from typing import Any
from weakref import WeakKeyDictionary

from channels.layers import BaseChannelLayer
from django.conf import settings

from applications.live import UNREACHABLE, channel_layer

Notices = asyncio.Queue[dict[str, Any]]


@asynccontextmanager
async def notices(group: str) -> AsyncIterator[Notices]:
    """Give the queue into which the notices to a group (`group_name`, `devices_of`) come from now on.

    Raises one of UNREACHABLE when the layer is away.
    """
    loop = asyncio.get_running_loop()
    ear = _ears.get(loop) or _ears.setdefault(loop, _Ear(channel_layer()))
    heard: Notices = asyncio.Queue()
    try:
        await ear.join(group, heard)
        yield heard
    finally:
        await ear.leave(group, heard)
        if ear.is_idle and _ears.get(loop) is ear:
            del _ears[loop]
            ear.close()


class _Group:
    """Who listens for one group. They come and go by turns: the layer may carry out in any order what it is asked."""

    def __init__(self) -> None:
        self.listeners: set[Notices] = set()
        self.turn = asyncio.Lock()
        self.is_added = False


class _Ear:
    """The one channel of an event loop, and who hears by it."""

    def __init__(self, layer: BaseChannelLayer) -> None:
        self._layer = layer
        self._groups: dict[str, _Group] = {}
        # In nobody's context: who came first leaves, and what is logged here is not about them.
        self._channel = asyncio.create_task(layer.new_channel(), context=Context())
        self._hearing = asyncio.create_task(self._hear(), context=Context())

    @property
    def is_idle(self) -> bool:
        return not self._groups

    def close(self) -> None:
        self._hearing.cancel()

    async def join(self, name: str, listener: Notices) -> None:
        group = self._groups.setdefault(name, _Group())
        group.listeners.add(listener)
        async with group.turn:
            if not group.is_added:
                await self._layer.group_add(name, await asyncio.shield(self._channel))
                group.is_added = True

    async def leave(self, name: str, listener: Notices) -> None:
        group = self._groups[name]
        group.listeners.discard(listener)
        async with group.turn:
            if group.listeners or self._groups.get(name) is not group:
                return
            if group.is_added:
                group.is_added = False
                with suppress(*UNREACHABLE):  # what comes for nobody is let go
                    await self._layer.group_discard(name, self._channel.result())
            if not group.listeners:
                del self._groups[name]

    async def _hear(self) -> None:
        try:
            channel = await self._channel
        except UNREACHABLE:  # those who join are told
            return
        while True:
            try:
                notice = await self._layer.receive(channel)
            except UNREACHABLE:  # they look by themselves meanwhile
                await asyncio.sleep(settings.FEED_POLL)
                continue
            group = self._groups.get(notice.get("group", ""))  # a process of another version may not name it
            for listener in group.listeners if group else ():
                listener.put_nowait(notice)


_ears: WeakKeyDictionary[asyncio.AbstractEventLoop, _Ear] = WeakKeyDictionary()
