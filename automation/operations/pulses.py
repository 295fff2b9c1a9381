"""Signs of life of workers and beat, in PostgreSQL: Redis may be what has failed, and `/readyz` is to say so."""

import os
import socket
import time
from contextlib import suppress
from datetime import timedelta
from typing import Any

import psutil
from celery.signals import beat_init, before_task_publish
from django.conf import settings
from django.db import close_old_connections
from django.db.models.functions import Now

from automation.models import Pulse

EVERY = 10.0  # seconds between two signs of one process
KEPT = timedelta(days=1)

_next = 0.0


def beat(kind: Pulse.Kind) -> None:
    """Note that this process is at work, unless that was noted a moment ago."""
    global _next
    if time.monotonic() >= _next:
        name = f"{socket.gethostname()}:{os.getpid()}"
        memory = memory_of_browsers() if kind == Pulse.Kind.WORKER else None
        one = Pulse(name=name, kind=kind, seen_at=Now(), browser_bytes=memory)
        known = ["kind", "seen_at", "browser_bytes"]
        Pulse.objects.bulk_create([one], update_conflicts=True, unique_fields=["name"], update_fields=known)
        _next = time.monotonic() + EVERY


def memory_of_browsers() -> int:
    """Return what the browsers of this process take up; what they share counts once, where the system tells."""
    taken = 0
    for child in psutil.Process().children(recursive=True):
        with suppress(psutil.Error):  # it has just ended
            if child.name().startswith(("chrom", "google-chrom")):
                taken += _share_of(child)
    return taken


def _share_of(process: psutil.Process) -> int:
    """Return its proportional share of memory; where that is kept from us or unknown, all that it has mapped."""
    with suppress(psutil.AccessDenied, AttributeError):
        return int(process.memory_full_info().pss)
    return int(process.memory_info().rss)


def alive() -> set[str]:
    """Return the kinds of process of which one gave a sign within PULSE_LIMIT seconds."""
    lately = Pulse.objects.filter(seen_at__gt=Now() - timedelta(seconds=settings.PULSE_LIMIT))
    return set(lately.values_list("kind", flat=True))


def forget_old() -> None:
    """Delete the signs of processes that are long gone."""
    Pulse.objects.filter(seen_at__lt=Now() - KEPT).delete()


@beat_init.connect
def _sign_with_each_message(**_: Any) -> None:
    """Beat is alive as long as it sends what is due, so that is when it gives its sign."""
    before_task_publish.connect(_sign_of_beat)


def _sign_of_beat(**_: Any) -> None:
    try:
        beat(Pulse.Kind.BEAT)
    finally:
        close_old_connections()
