"""Reads of jobs."""

from django.db.models import Exists, OuterRef, QuerySet

from accounts.models import User
from jobs.models import Job


def open_jobs() -> "QuerySet[Job]":
    """Return the jobs that can be applied to, newest first."""
    return Job.objects.filter(status=Job.Status.OPEN).select_related("company").order_by("-id")


def deck(user: User) -> "QuerySet[Job]":
    """Return the open jobs on which `user` has not decided, newest first."""
    decisions = user.swipes.filter(job=OuterRef("pk"), retracted_at__isnull=True)
    return open_jobs().filter(~Exists(decisions))
