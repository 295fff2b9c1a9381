"""Hints on their way out: "your feed has grown", "there is work in this lane".

A hint may be lost: readers of the feed and workers look at PostgreSQL by themselves too. So a hint that cannot be
sent is logged and forgotten, and never fails the change that it tells of.
"""

import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from asgiref.sync import async_to_sync
from celery import current_app
from channels.layers import BaseChannelLayer, get_channel_layer
from django.core.exceptions import ImproperlyConfigured
from django.db import transaction
from kombu.exceptions import OperationalError
from redis.exceptions import RedisError

logger = logging.getLogger(__name__)

UNREACHABLE = (RedisError, OperationalError, OSError)
RUN_WAITING = "automation.tasks.run_waiting"  # the task's name: this app announces work and imports no runner


def announce_event(user_id: int, seq: int) -> None:
    """Tell the person's open pages that their feed has reached `seq`."""
    try:
        async_to_sync(_layer().group_send)(group_name(user_id), {"type": "feed.grown", "seq": seq})
    except UNREACHABLE as error:
        logger.warning("Event %s of user %s is not announced: %s", seq, user_id, error)


def announce_work(queue: str) -> None:
    """Tell a worker that an application waits, once the transaction that queued it is committed."""
    transaction.on_commit(lambda: send_work_hint(queue))


def send_work_hint(queue: str) -> bool:
    """Put a hint on the Celery queue; False if the broker is out of reach."""
    try:
        current_app.send_task(RUN_WAITING, queue=queue, retry=False, ignore_result=True)
    except UNREACHABLE as error:
        logger.warning("Work on %s is not announced: %s", queue, error)
        return False
    return True


@asynccontextmanager
async def feed_notices(user_id: int) -> AsyncIterator[Any]:
    """Give a function that waits for the next notice that the person's feed has grown."""
    layer = _layer()
    channel = await layer.new_channel()
    await layer.group_add(group_name(user_id), channel)
    try:
        yield lambda: layer.receive(channel)
    finally:
        await layer.group_discard(group_name(user_id), channel)


def _layer() -> BaseChannelLayer:
    layer = get_channel_layer()
    if layer is None:
        raise ImproperlyConfigured("CHANNEL_LAYERS has no default layer")
    return layer


def group_name(user_id: int) -> str:
    """The channel layer's group of all that show this person's feed."""
    return f"person.{user_id}"
