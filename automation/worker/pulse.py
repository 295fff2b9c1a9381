"""The worker's own pulse: it looks at PostgreSQL every WORKER_POLL seconds, whether hints arrive or not.

So undo windows end, lost runners are noticed and waiting work is done without Redis and without beat, only later.
"""

import logging
import os
import threading
import time
from collections.abc import Callable

from celery.signals import worker_init, worker_shutting_down
from django.conf import settings
from django.db import close_old_connections

from automation.engine.browser.orphans import reap_orphans
from automation.models import Pulse
from automation.operations import pulses
from automation.sweep import keep_house, sweep
from automation.worker.workroom import Workroom

logger = logging.getLogger(__name__)

NICENESS = 10  # whoever waits for a page goes first, where web and worker share a machine

workroom = Workroom(settings.SERVER_BROWSERS)
STUCK = 120.0  # seconds: each turn waits for a database that is away for ten or so
_turned = time.monotonic()


@worker_init.connect
def start_pulse(**_: object) -> None:
    """Begin when the worker does, whether it reaches Redis or not."""
    os.nice(NICENESS)
    threading.Thread(target=_beat_until_stopped, name="pulse", daemon=True).start()
    threading.Thread(target=_keep_house_until_stopped, name="housekeeping", daemon=True).start()


@worker_shutting_down.connect
def stop_work(**_: object) -> None:
    """Give back what is not sent yet. Celery then waits for the tasks that are under way."""
    workroom.stopping.set()


def _beat_until_stopped() -> None:
    reap_orphans()
    while not workroom.stopping.wait(settings.WORKER_POLL):
        note_turn()
        _try("sweep", sweep)
        _try("sign of life", lambda: pulses.beat(Pulse.Kind.WORKER))
        if workroom.has_free_slot:
            threading.Thread(target=_try, args=("work", workroom.work), name="pulse work", daemon=True).start()
    workroom.close()


def note_turn() -> None:
    global _turned
    _turned = time.monotonic()


def is_stuck() -> bool:
    """Say whether the pulse has not turned for long, whether or not what it does succeeds; one that ends is not."""
    return not workroom.stopping.is_set() and time.monotonic() - _turned > STUCK


def _keep_house_until_stopped() -> None:
    """Housekeeping writes letters and may wait for a mail server, so it has a thread of its own."""
    while not workroom.stopping.wait(settings.HOUSEKEEPING_EVERY):
        _try("housekeeping", keep_house)


def _try(name: str, chore: Callable[[], object]) -> None:
    try:
        chore()
    except Exception:  # the top of a worker: the next beat tries again
        logger.exception("The pulse missed a beat: %s", name)
    finally:
        close_old_connections()
