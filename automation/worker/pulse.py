"""The worker's own pulse: it looks at PostgreSQL every WORKER_POLL seconds, whether hints arrive or not.

So undo windows end, lost runners are noticed and waiting work is done without Redis and without beat, only later.
"""

import logging
import threading

from celery.signals import worker_init, worker_shutting_down
from django.conf import settings
from django.db import close_old_connections

from automation.engine.browser.session import reap_orphans
from automation.sweep import sweep
from automation.worker.workroom import Workroom

logger = logging.getLogger(__name__)

workroom = Workroom(settings.SERVER_BROWSERS)


@worker_init.connect
def start_pulse(**_: object) -> None:
    """Begin when the worker does, whether it reaches Redis or not."""
    threading.Thread(target=_beat_until_stopped, name="pulse", daemon=True).start()


@worker_shutting_down.connect
def stop_work(**_: object) -> None:
    """Give back what is not sent yet. Celery then waits for the tasks that are under way."""
    workroom.stopping.set()


def _beat_until_stopped() -> None:
    reap_orphans()
    while not workroom.stopping.wait(settings.WORKER_POLL):
        try:
            sweep()
            if workroom.has_free_slot:
                threading.Thread(target=workroom.work, name="pulse work", daemon=True).start()
        except Exception:  # the top of a worker: the next beat tries again
            logger.exception("The pulse missed a beat")
        finally:
            close_old_connections()
    workroom.close()
