"""What must happen when nobody asks for it: undo windows end, lost runners are noticed, waiting work is announced.

Every worker does it, and beat asks for it too, so nothing hangs on beat alone. An advisory lock leaves each chore
to one at a time; without it nothing worse happens than looking twice, since every step takes its rows locked.
"""

from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.db.models.functions import Now

from applications import live, presence, services
from applications.models import Application, Lane
from applications.states import Status
from automation.devices import pairing
from automation.operations import alarms, canary, deadletters, pulses
from automation.outcomes import return_stuck
from jobswipe.locks import only_one
from notifications import delivery
from proxies import rotator

BATCH = 200
FEW = 20


def sweep() -> None:
    """Queue what was swiped and is due, and take back what is stuck. Left to whoever is at it already."""
    with only_one("sweep") as is_mine:
        if is_mine:
            queue_due()
            return_stuck()
            rotator.sweep()


def keep_house() -> None:
    """Do what may take a little longer: hint at what still waits, tell of dead letters, watch over the whole."""
    with only_one("housekeeping") as is_mine:
        if is_mine:
            announce_waiting()
            announce_to_devices()
            pairing.forget_old()
            pulses.forget_old()
            deadletters.tell()
            alarms.check_progress()
            canary.fly()
    delivery.deliver()


def queue_due(limit: int = BATCH) -> int:
    """Queue the swiped applications whose undo window is over; return how many. The sweeping worker looks next.

    A few in each transaction: a long one would keep its people's event counters locked, and their next swipe waiting.
    """
    queued = 0
    while queued < limit and (few := _queue_few_due()):
        queued += few
    return queued


@transaction.atomic
def _queue_few_due() -> int:
    due = (
        Application.objects.select_for_update(skip_locked=True)
        .filter(status=Status.PENDING, available_at__lte=Now())
        .order_by("available_at")[:FEW]
    )
    return services.enqueue_all(list(due))


def announce_waiting() -> None:
    """Hint once more at the server's queues in which work waits: the first hint may have been lost."""
    waiting = Application.objects.filter(status=Status.QUEUED, lane=Lane.SERVER, available_at__lte=Now())
    for queue in {queue_of(priority, tries) for priority, tries in waiting.values_list("priority", "tries").distinct()}:
        live.send_hint(live.RUN_WAITING, queue)


def announce_to_devices() -> None:
    """Hint once more at what waits for devices that were heard from lately: a retry is due, or a hint was lost."""
    lately = Now() - timedelta(seconds=presence.BEATS * settings.DEVICE_HEARTBEAT)
    waiting = Application.objects.filter(status=Status.QUEUED, lane=Lane.DEVICE, available_at__lte=Now())
    there = waiting.filter(user__devices__revoked_at=None, user__devices__last_seen_at__gt=lately)
    for user_id in there.values_list("user_id", flat=True).distinct():
        live.send_to_devices(user_id, live.WORK)


def queue_of(priority: int, tries: int) -> str:
    """Return the Celery queue on which such an application is announced."""
    if tries:
        return "application:retry"
    return "application:priority" if priority == 0 else "application:processing"
