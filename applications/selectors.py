"""Reads of applications, always from their owner."""

from dataclasses import dataclass

from django.conf import settings
from django.db.models import Count, F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from accounts.models import Resume, User
from applications.models import Application, Lane
from applications.states import Status
from jobs.models import Job
from jobs.selectors import is_same_posting


@dataclass(frozen=True)
class Standing:
    """What decides how a person's next application is carried out."""

    user_id: int
    is_premium: bool
    undo_window: int | None  # seconds; None: wait for the person's review
    default_resume_id: int | None
    has_device: bool
    server_used: int  # applications that the server has sent
    server_limit: int

    @property
    def lane(self) -> Lane:
        """Their own computer once there is one or the allowance is used up; the server until then."""
        return Lane.DEVICE if self.has_device or self.server_used >= self.server_limit else Lane.SERVER


def standing_of(user: User) -> Standing:
    """Read the person's standing, in one query."""
    sent = Application.objects.filter(user=OuterRef("pk"), lane=Lane.SERVER, submitted_at__isnull=False)
    resume = Resume.objects.filter(user=OuterRef("pk"), is_default=True)
    row = (
        User.objects.filter(pk=user.pk)
        .values(
            "is_premium",
            "server_limit",
            undo_window=F("candidate__undo_window"),
            default_resume_id=Subquery(resume.values("pk")),
            server_used=Coalesce(Subquery(sent.order_by().values("user").annotate(n=Count("pk")).values("n")), 0),
            devices_paired=Count("devices", filter=Q(devices__revoked_at__isnull=True)),
        )
        .get()
    )
    limit = settings.SERVER_APPLICATION_LIMIT if row["server_limit"] is None else row["server_limit"]
    return Standing(
        user_id=user.pk,
        is_premium=row["is_premium"],
        undo_window=row["undo_window"],
        default_resume_id=row["default_resume_id"],
        has_device=row["devices_paired"] > 0,
        server_used=row["server_used"],
        server_limit=limit,
    )


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
