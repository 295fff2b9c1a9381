"""Leases: the right to work on an application, from the claim to the submit barrier. Both lanes go through here.

Every write of a runner names its lease (the fencing token) and is refused with LeaseLost once the application has
moved on. All of them lock the application first, so that a withdrawal, a claim, the barrier and the sweep take
turns. Times are the database's.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import F, Q
from django.db.models.functions import Now

from accounts.models import User
from applications.machine import transition
from applications.models import Application, Lane
from applications.states import HELD, Status
from automation import packets
from automation.models import Attempt, Device
from jobswipe.problems import Problem


class LeaseLost(Problem):
    """The attempt is over, its lease is another's, or its person withdrew."""

    code = "lease_lost"

    def __init__(self) -> None:
        super().__init__("This attempt is no longer yours. Stop here and submit nothing.")


def lease_length(lane: str) -> timedelta:
    """Return how long a lease lasts without a heartbeat."""
    return timedelta(seconds=settings.SERVER_LEASE if lane == Lane.SERVER else settings.DEVICE_LEASE)


@transaction.atomic
def claim(
    *, lane: Lane, runner: str, limit: int = 1, user: User | None = None, device: Device | None = None
) -> list[Attempt]:
    """Take up to `limit` waiting applications of the lane: premium before the rest, then oldest first.

    A device names its `user` and claims theirs alone. Two claimers never take the same one: rows that another has
    locked are passed over.
    """
    whose = Q(user=user) if user else Q()
    waiting = (
        Application.objects.select_for_update(skip_locked=True, of=("self",))
        .select_related("user", "snapshot", "resume")
        .filter(whose, status=Status.QUEUED, lane=lane, available_at__lte=Now())
        .order_by("priority", "id")[:limit]
    )
    return [_open_attempt(application, runner, device) for application in waiting]


def _open_attempt(application: Application, runner: str, device: Device | None) -> Attempt:
    packet = packets.pack(application)
    transition(application, Status.CLAIMED, lease=application.lease + 1, tries=application.tries + 1)
    return Attempt.objects.create(
        application=application,
        lease=application.lease,
        lane=application.lane,
        runner=runner,
        device=device,
        packet=packet,
        packet_sha256=packets.digest(packet),
        lease_expires_at=Now() + lease_length(application.lane),
    )


@contextmanager
def held(attempt_id: int, lease: int) -> Iterator[Attempt]:
    """Open a transaction in which this lease still holds its application, locked; raise LeaseLost otherwise.

    A lease that ran out still counts until the sweep or another claim has taken it away: nobody else works on it.
    """
    with transaction.atomic():
        application = Application.objects.select_for_update(of=("self",)).filter(attempts=attempt_id).first()
        attempt = Attempt.objects.filter(pk=attempt_id, lease=lease, finished_at__isnull=True).first()
        if application is None or attempt is None or application.lease != lease or application.status not in HELD:
            raise LeaseLost
        attempt.application = application
        yield attempt


def start(*, attempt_id: int, lease: int) -> Attempt:
    """Say that the runner's browser is at work: CLAIMED -> PROCESSING."""
    with held(attempt_id, lease) as attempt:
        if attempt.application.status == Status.CLAIMED:
            transition(attempt.application, Status.PROCESSING)
        return attempt


def heartbeat(*, attempt_id: int, lease: int) -> None:
    """Renew the lease."""
    with held(attempt_id, lease) as attempt:
        Attempt.objects.filter(pk=attempt.pk).update(lease_expires_at=Now() + lease_length(attempt.lane))


def begin_submit(*, attempt_id: int, lease: int) -> None:
    """The submit barrier: grant the click, once, to the holder of a live lease; raise LeaseLost otherwise.

    Asking again with the same lease gives the same grant: the first answer may have been lost on its way.
    """
    with held(attempt_id, lease) as attempt:
        if attempt.submit_started_at:
            return
        granted = Attempt.objects.filter(pk=attempt.pk, lease_expires_at__gt=Now()).update(
            submit_started_at=Now(), lease_expires_at=Now() + lease_length(attempt.lane)
        )
        if attempt.application.status != Status.PROCESSING or not granted:
            raise LeaseLost


def give_back(*, attempt_id: int, lease: int, message: str) -> None:
    """Return an application to the queue untried, as a runner does that has to stop. After the grant: LeaseLost."""
    with held(attempt_id, lease) as attempt:
        if attempt.submit_started_at:
            raise LeaseLost
        close(attempt, outcome="given_back")
        transition(
            attempt.application,
            Status.QUEUED,
            message=message,
            available_at=Now(),
            tries=F("tries") - 1,
        )


def close(attempt: Attempt, *, outcome: str, failure_kind: str = "") -> None:
    """End the attempt: its lease is void from here on."""
    Attempt.objects.filter(pk=attempt.pk).update(finished_at=Now(), outcome=outcome, failure_kind=failure_kind)
