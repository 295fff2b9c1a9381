"""What must happen when nobody asks for it: undo windows end, lost runners are noticed, waiting work is announced.

Every worker sweeps, and beat does too. Each step is safe to run twice at the same time.
"""

from itertools import takewhile

from django.db import transaction
from django.db.models.functions import Now

from applications import live, services
from applications.models import Application, Lane
from applications.states import Status
from automation.outcomes import return_stuck

BATCH = 200


def sweep() -> None:
    """Queue what was swiped and is due, and take back what is stuck."""
    queue_due()
    return_stuck()


def queue_due(limit: int = BATCH) -> int:
    """Queue the swiped applications whose undo window is over; return how many. The sweeping worker looks next.

    One transaction for each: a long one would keep its people's event counters locked, and their next swipe waiting.
    """
    return sum(1 for _ in takewhile(bool, (_queue_one_due() for _ in range(limit))))


@transaction.atomic
def _queue_one_due() -> bool:
    due = (
        Application.objects.select_for_update(skip_locked=True)
        .filter(status=Status.PENDING, available_at__lte=Now())
        .order_by("available_at")
        .first()
    )
    if due:
        services.enqueue(due)
    return due is not None


def announce_waiting() -> None:
    """Hint once more at the server's queues in which work waits: the first hint may have been lost."""
    waiting = Application.objects.filter(status=Status.QUEUED, lane=Lane.SERVER, available_at__lte=Now())
    for queue in {queue_of(priority, tries) for priority, tries in waiting.values_list("priority", "tries").distinct()}:
        live.send_work_hint(queue)


def queue_of(priority: int, tries: int) -> str:
    """Return the Celery queue on which such an application is announced."""
    if tries:
        return "application:retry"
    return "application:priority" if priority == 0 else "application:processing"
