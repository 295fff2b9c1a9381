"""Letters to staff about errors: a few of each cause in an hour, however often it happens."""

import logging
import time
from dataclasses import dataclass
from traceback import walk_tb

from django.utils.log import AdminEmailHandler

MOST = 3  # letters of one cause
HOUR = 3600.0  # seconds


@dataclass
class Hour:
    """The hour that begins with the first letter of a cause."""

    began: float
    errors: int = 0


class Mail(AdminEmailHandler):
    """Mails errors to ADMINS as the line that is logged. Django's own letter has the form, the cookies, the address.

    Counted in the memory of each process: what is in trouble may be the very server that would count for all.
    """

    hours: dict[str, Hour]  # by cause; there are as many as lines of code that raise errors

    def __init__(self) -> None:
        super().__init__()
        self.hours = {}

    def emit(self, record: logging.LogRecord) -> None:
        held_back = self._count(cause_of(record))
        if held_back is None:
            return
        what = record.exc_info[0].__name__ if record.exc_info and record.exc_info[0] else record.levelname
        before = f"{held_back} more of this cause were held back.\n\n" if held_back else ""
        self.send_mail(f"{record.name}: {what}", before + self.format(record).replace("\\n", "\n"), fail_silently=True)

    def _count(self, cause: str) -> int | None:
        """Return how many of this cause were held back until now; None when this one is, too."""
        now, hour = time.monotonic(), self.hours.get(cause)
        if hour is None or now - hour.began >= HOUR:
            self.hours[cause] = Hour(now, 1)
            return max(hour.errors - MOST, 0) if hour else 0
        hour.errors += 1
        return 0 if hour.errors <= MOST else None


def cause_of(record: logging.LogRecord) -> str:
    """Return the error and where it was raised; without one, where the line was logged."""
    error, _, raised = record.exc_info or (None, None, None)
    place, line = record.pathname, record.lineno
    for frame, number in walk_tb(raised):
        place, line = frame.f_code.co_filename, number
    return f"{record.name} {error.__name__ if error else ''} {place}:{line}"
