"""Waiting out a PostgreSQL that restarts: an attempt under way is worth more than a quick error."""

import logging
import time
from collections.abc import Callable
from itertools import chain, repeat
from typing import TypeVar

from django.conf import settings
from django.db import InterfaceError, OperationalError, close_old_connections

logger = logging.getLogger(__name__)
T = TypeVar("T")
WAITS = (0.2, 0.5, 1.0, 2.0)  # seconds, then 5 each


def patiently(write: Callable[[], T]) -> T:
    """Return what `write` gives, trying again while PostgreSQL cannot be reached, for as long as a lease lasts.

    `write` must be safe to run twice: its first commit may have succeeded though its answer was lost.
    """
    deadline = time.monotonic() + settings.SERVER_LEASE
    for wait in chain(WAITS, repeat(5.0)):
        try:
            return write()
        except (OperationalError, InterfaceError) as error:
            if time.monotonic() + wait > deadline:
                raise
            logger.warning("PostgreSQL is out of reach, trying again in %s s: %s", wait, str(error).partition("\n")[0])
            close_old_connections()
            time.sleep(wait)
    raise AssertionError("the waits never end")
