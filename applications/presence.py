"""Signs of life in Redis: short-lived keys that pages show, and that may vanish at any moment.

    desktop:heartbeat:{device}    when a device was last heard, and what it said that it does
    job:progress:{application}    step and percent of a running attempt
    user:status:{id}              that the person has a page open

Each is JSON with an `at`. PostgreSQL has what matters of them, more coarsely; without Redis nothing is shown as live.
"""

import json
import logging
import time
from collections.abc import Iterable, Mapping
from typing import Any

from django.conf import settings
from django.utils import timezone

from applications.live import UNREACHABLE, redis_now, send

logger = logging.getLogger(__name__)

REST = 5.0  # seconds for which nobody waits for a Redis that was away
BEATS = 2.5  # heartbeats after which one that is silent counts as gone


def sign_of_device(device_id: int, said: Mapping[str, Any] | None) -> None:
    """Note that a device was heard. What it said stays until it says something else; None: it only asked."""
    value = {"state": None, "holding": []} | dict(said or {})
    _sign("desktop:heartbeat", device_id, value, BEATS * settings.DEVICE_HEARTBEAT, keep=said is None)


def sign_of_progress(application_id: int, *, step: str, percent: int, seconds: float) -> None:
    """Note how far a running attempt is, for as long as its lease lasts."""
    _sign("job:progress", application_id, {"step": step, "percent": percent}, seconds)


def sign_of_person(user_id: int) -> None:
    """Note that the person has a page open; it is repeated with every look at their feed."""
    _sign("user:status", user_id, {"status": "online"}, BEATS * settings.FEED_POLL)


def _sign(name: str, id_: int, value: Mapping[str, Any], seconds: float, *, keep: bool = False) -> None:
    """Write the sign down for that long; `keep` leaves a value that is there as it is."""
    key, text = _key(name, id_), json.dumps({"at": timezone.now().isoformat(), **value})

    def write(_: object) -> None:
        if not redis_now().set(key, text, px=int(seconds * 1000), nx=keep):
            redis_now().pexpire(key, int(seconds * 1000))

    send(write)


def signs(name: str, ids: Iterable[int]) -> dict[int, dict[str, Any]]:
    """Return the signs of that name which are there now, by id; none when Redis is away."""
    global _away_until
    wanted = list(ids)
    if not wanted or time.monotonic() < _away_until:
        return {}
    try:
        found: Any = redis_now().mget([_key(name, id_) for id_ in wanted])
    except UNREACHABLE as error:
        logger.warning("Redis is out of reach, nothing is shown as live: %s", error)
        _away_until = time.monotonic() + REST
        return {}
    return {id_: json.loads(text) for id_, text in zip(wanted, found, strict=True) if text}


_away_until = 0.0


def _key(name: str, id_: int) -> str:
    return f"{settings.REDIS_PREFIX}:{name}:{id_}"
