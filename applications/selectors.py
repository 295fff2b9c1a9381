"""Reads of applications, always from their owner."""

from collections.abc import Iterable
from typing import Any

from django.db.models import QuerySet

from accounts.models import User
from applications import presence
from applications.models import Application, Lane
from applications.standing import standing_of
from applications.states import HELD, Status


def waiting_for_device(user: User) -> "QuerySet[Application]":
    """Return the person's applications that wait for a computer of theirs, the oldest first."""
    waiting = Application.objects.filter(user=user, lane=Lane.DEVICE, status__in=[Status.PENDING, Status.QUEUED])
    return waiting.order_by("id")


def allowance_of(user: User) -> dict[str, Any]:
    """Return what pages show of the server's allowance and of what waits for the person's computer."""
    standing, waiting = standing_of(user), waiting_for_device(user).count()
    return {
        "standing": standing,
        "waiting_for_device": waiting,
        "server_could_send": min(waiting, standing.server_left),
    }


def progress_of(applications: Iterable[Application]) -> dict[int, int]:
    """Return how far, in percent, those are that a runner holds: live from Redis, else as PostgreSQL has it."""
    held = {application.pk: application.user_id for application in applications if application.status in HELD}
    attempts = Application.objects.filter(pk__in=held, attempts__finished_at=None).values_list(
        "pk", "attempts__percent"
    )
    known = dict(attempts) if held else {}
    return known | {pk: sign["percent"] for pk, sign in presence.signs("job:progress", held).items()}


def applications_of(user: User) -> "QuerySet[Application]":
    """Return the person's applications with what a list of them shows, newest first."""
    return Application.objects.filter(user=user).select_related("snapshot", "job__company").order_by("-id")


def waiting_for(user: User) -> "QuerySet[Application]":
    """Return the applications that wait for the person, the oldest first."""
    return applications_of(user).filter(status=Status.REVIEW).order_by("updated_at", "id")
