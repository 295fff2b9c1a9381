"""Signs of life in Redis: short-lived keys that pages show, and that may vanish at any moment.

    desktop:heartbeat:DEVICE    when a device was last heard, and what it said that it does
    job:progress:APPLICATION    step and percent of a running attempt
    user:status:PERSON          that the person has a page open

In front of each stands whose it is, in braces, as in `jobswipe:{42}:job:progress:7`: a Redis Cluster keeps what has the
same braces on one node, and one MGET may ask only one. Each is JSON with an `at`. PostgreSQL has what matters of them,
more coarsely; without Redis nothing is shown as live.
"""

import json
import logging
import threading
import time
from collections import defaultdict
from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.utils import timezone

from applications.live import LIVE, UNREACHABLE, send
from jobswipe.redis_clients import redis_now

logger = logging.getLogger(__name__)

REST = 5.0  # seconds for which nobody waits for a Redis that was away
BEATS = 2.5  # heartbeats after which one that is silent counts as gone


def sign_of_device(user_id: int, device_id: int, said: Mapping[str, Any] | None) -> None:
    """Note that a device was heard. What it said stays until it says something else; None: it only asked."""
    value = {"state": None, "holding": []} | dict(said or {})
    _sign(user_id, "desktop:heartbeat", device_id, value, BEATS * settings.DEVICE_HEARTBEAT, keep=said is None)


def sign_of_progress(user_id: int, application_id: int, *, step: str, percent: int, seconds: float) -> None:
    """Note how far a running attempt is, for as long as its lease lasts."""
    _sign(user_id, "job:progress", application_id, {"step": step, "percent": percent}, seconds)


def sign_of_person(user_id: int) -> None:
    """Note that the person has a page open; it is repeated every FEED_POLL seconds.

    Who waits to be written down goes along with the first: thousands of pages may come at once.
    """
    with _coming:
        waits = bool(_online)
        _online.add(user_id)
        if not waits and not send(LIVE, _write_online):
            _online.clear()


def _write_online(_: object) -> None:
    with _coming:
        people = list(_online)
        _online.clear()
    text = json.dumps({"at": timezone.now().isoformat(), "status": "online"})
    with redis_now(settings.LIVE_URL).pipeline(transaction=False) as together:
        for user_id in people:
            together.set(_key(user_id, "user:status", user_id), text, px=int(BEATS * settings.FEED_POLL * 1000))
        together.execute()


_online: set[int] = set()  # people with a page open who are not written down yet
_coming = threading.Lock()


def _sign(user_id: int, name: str, id_: int, value: Mapping[str, Any], seconds: float, *, keep: bool = False) -> None:
    """Write the sign down for that long; `keep` leaves a value that is there as it is."""
    key, text = _key(user_id, name, id_), json.dumps({"at": timezone.now().isoformat(), **value})

    def write(_: object) -> None:
        redis = redis_now(settings.LIVE_URL)
        if not redis.set(key, text, px=int(seconds * 1000), nx=keep):
            redis.pexpire(key, int(seconds * 1000))

    send(LIVE, write)


def signs(name: str, whose: Mapping[int, int]) -> dict[int, dict[str, Any]]:
    """Return the signs of that name which are there now, by id; none when Redis is away.

    `whose` has the ids, each with its person's.
    """
    global _away_until
    if time.monotonic() < _away_until:
        return {}
    of_person: defaultdict[int, list[int]] = defaultdict(list)
    for id_, user_id in whose.items():
        of_person[user_id].append(id_)
    found: list[tuple[int, bytes | None]] = []
    try:
        for user_id, ids in of_person.items():
            values: Any = redis_now(settings.LIVE_URL).mget([_key(user_id, name, id_) for id_ in ids])
            found += zip(ids, values, strict=True)
    except UNREACHABLE as error:
        logger.warning("Redis is out of reach, nothing is shown as live: %s", error)
        _away_until = time.monotonic() + REST
        return {}
    return {id_: json.loads(text) for id_, text in found if text}


_away_until = 0.0


def _key(user_id: int, name: str, id_: int) -> str:
    return f"{settings.REDIS_PREFIX}:{{{user_id}}}:{name}:{id_}"
