"""The Celery application. Its settings are in `settings.py`; its tasks in each app's `tasks.py`."""

import os
import signal
from types import FrameType
from typing import Any

from celery import Celery
from celery.signals import beat_init

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "jobswipe.settings")

# Nothing here may read the settings: `jobswipe.embedded` runs before them, and imports this package.
app = Celery("jobswipe")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()


@beat_init.connect
def end_between_two_sends(sender: Any, **_: Any) -> None:
    """Have beat end when it has sent what it is sending.

    Celery leaves by an exception out of the signal's handler. Raised while Redis is read, that is lost on its way, and
    beat goes on as if it had not been asked.
    """

    def end(number: int, frame: FrameType | None) -> None:
        sender.stop()
        if frame and frame.f_code is type(sender).start.__code__:  # it only sleeps
            raise SystemExit

    signal.signal(signal.SIGTERM, end)
    signal.signal(signal.SIGINT, end)
