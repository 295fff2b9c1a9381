"""Reads of applications, always from their owner."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db.models import Count, F, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce

from accounts.models import LaneWish, Resume, User
from applications import presence
from applications.models import Application, Lane
from applications.states import HELD, Status
from jobs.models import Job
from jobs.selectors import is_same_posting


@dataclass(frozen=True)
class Standing:
    """What decides how a person's next application is carried out."""

    user_id: int
    is_premium: bool
    undo_window: int | None  # seconds; None: wait for the person's review
    default_resume_id: int | None
    lane_wish: str  # of LaneWish
    has_device: bool
    server_taken: int  # applications that the server has sent, or still has to send
    server_limit: int

    @property
    def server_left(self) -> int:
        return max(self.server_limit - self.server_taken, 0)

    @property
    def lane(self) -> Lane:
        """As they wish, their own computer by default once there is one; without allowance that alone is left."""
        if not self.server_left or self.lane_wish == LaneWish.DEVICE:
            return Lane.DEVICE
        return Lane.DEVICE if self.has_device and self.lane_wish == LaneWish.AUTO else Lane.SERVER

    @property
    def suggests_device(self) -> bool:
        """Whether to offer the desktop program: two thirds of the allowance are used, and nothing is paired."""
        return not self.has_device and 3 * self.server_left <= self.server_limit


# What ended before the click gives its place back: withdrawn, undone, failed.
TAKES_A_PLACE = Q(submitted_at__isnull=False) | ~Q(status__in=[Status.FAILED, Status.CANCELLED])


def standing_of(user: User) -> Standing:
    """Read the person's standing, in one query.

    What is decided by the places that are left holds only in a transaction that has the person's turn
    (`services.take_turn`).
    """
    taken = Application.objects.filter(TAKES_A_PLACE, user=OuterRef("pk"), lane=Lane.SERVER)
    resume = Resume.objects.filter(user=OuterRef("pk"), is_default=True)
    row = (
        User.objects.filter(pk=user.pk)
        .values(
            "is_premium",
            "is_staff",
            "server_limit",
            undo_window=F("candidate__undo_window"),
            lane_wish=Coalesce(F("candidate__lane"), Value(LaneWish.AUTO)),
            default_resume_id=Subquery(resume.values("pk")),
            server_taken=Coalesce(Subquery(taken.order_by().values("user").annotate(n=Count("pk")).values("n")), 0),
            devices_paired=Count("devices", filter=Q(devices__revoked_at__isnull=True)),
        )
        .get()
    )
    return Standing(
        user_id=user.pk,
        is_premium=row["is_premium"],
        undo_window=row["undo_window"],
        default_resume_id=row["default_resume_id"],
        lane_wish=row["lane_wish"],
        has_device=row["devices_paired"] > 0,
        server_taken=row["server_taken"],
        server_limit=_server_limit(row["server_limit"], is_premium=row["is_premium"], is_staff=row["is_staff"]),
    )


def _server_limit(own: int | None, *, is_premium: bool, is_staff: bool) -> int:
    """Return the person's own limit, else the largest of those that hold for them."""
    if own is not None:
        return own
    limits: list[int | None] = [settings.SERVER_APPLICATION_LIMIT]
    limits += [settings.PREMIUM_APPLICATION_LIMIT] if is_premium else []
    limits += [settings.STAFF_APPLICATION_LIMIT] if is_staff else []
    return max(limit for limit in limits if limit is not None)


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
    held = [application.pk for application in applications if application.status in HELD]
    attempts = Application.objects.filter(pk__in=held, attempts__finished_at=None).values_list(
        "pk", "attempts__percent"
    )
    known = dict(attempts) if held else {}
    return known | {pk: sign["percent"] for pk, sign in presence.signs("job:progress", held).items()}


def applications_of(user: User) -> "QuerySet[Application]":
    """Return the person's applications with what a list of them shows, newest first."""
    return Application.objects.filter(user=user).select_related("snapshot", "job__company").order_by("-id")


def live_twin(user: User, job: Job) -> Application | None:
    """Return the person's live application to the same posting on another board: employer, title and place agree."""
    same_employer = Q(job__company=job.company_id) | Q(job__company__name__iexact=job.company.name)
    others = (
        Application.objects.filter(same_employer, user=user)
        .exclude(job=job)
        .exclude(status__in=[Status.FAILED, Status.CANCELLED])
        .select_related("job__company")
        .order_by("id")
    )
    return next((other for other in others if is_same_posting(other.job, job)), None)


def waiting_for(user: User) -> "QuerySet[Application]":
    """Return the applications that wait for the person, the oldest first."""
    return applications_of(user).filter(status=Status.REVIEW).order_by("updated_at", "id")
