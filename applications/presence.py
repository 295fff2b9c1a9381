"""Signs of life in Redis: short-lived keys that pages show, and that may vanish at any moment.

    desktop:heartbeat:{device}    when a device was last heard, and what it said that it does
    job:progress:{application}    step and percent of a running attempt
    user:status:{id}              that the person has a page open

Each is JSON with an `at`. PostgreSQL has what matters of them, more coarsely; without Redis nothing is shown as live.
"""

import json
import logging
from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any

from django.conf import settings
from django.utils import timezone
from redis import Redis

from applications.live import UNREACHABLE, send

logger = logging.getLogger(__name__)

BEATS = 2.5  # heartbeats after which one that is silent counts as gone


def sign_of_device(device_id: int, said: Mapping[str, Any] | None) -> None:
    """Note that a device was heard. What it said stays until it says something else; None: it only asked."""
    seconds = BEATS * settings.DEVICE_HEARTBEAT
    if said is None:
        send(lambda _: _redis().expire(_key("desktop:heartbeat", device_id), int(seconds)))
    else:
        _sign("desktop:heartbeat", device_id, {"state": said.get("state"), "holding": said.get("holding")}, seconds)


def sign_of_progress(application_id: int, *, step: str, message: str, percent: int, seconds: float) -> None:
    """Note how far a running attempt is, for as long as its lease lasts."""
    _sign("job:progress", application_id, {"step": step, "message": message, "percent": percent}, seconds)


def sign_of_person(user_id: int) -> None:
    """Note that the person has a page open; it is repeated with every look at their feed."""
    _sign("user:status", user_id, {"status": "online"}, BEATS * settings.FEED_POLL)


def _sign(name: str, id_: int, value: Mapping[str, Any], seconds: float) -> None:
    text = json.dumps({"at": timezone.now().isoformat(), **value})
    send(lambda _: _redis().set(_key(name, id_), text, px=int(seconds * 1000)))


def signs(name: str, ids: Iterable[int]) -> dict[int, dict[str, Any]]:
    """Return the signs of that name which are there now, by id; none when Redis is away."""
    wanted = list(ids)
    try:
        found: Any = _redis().mget([_key(name, id_) for id_ in wanted]) if wanted else []
    except UNREACHABLE as error:
        logger.warning("Redis is out of reach, nothing is shown as live: %s", error)
        return {}
    return {id_: json.loads(text) for id_, text in zip(wanted, found, strict=True) if text}


def _key(name: str, id_: int) -> str:
    return f"{settings.REDIS_PREFIX}:{name}:{id_}"


@cache
def _redis() -> "Redis":
    return Redis.from_url(settings.REDIS_URL, socket_connect_timeout=0.5, socket_timeout=1)
