"""Reads of jobs."""

import re
import unicodedata

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


# ---------------------------------------------------------------- one posting on two boards

_FOR_EVERYBODY = re.compile(r"\(\s*[mwfdxh](\s*[/|]\s*[mwfdxh])+\s*\)")  # "(m/f/d)" says nothing of the job
_SHORT = {"sr": "senior", "jr": "junior"}


def is_same_posting(one: Job, other: Job) -> bool:
    """Tell whether two jobs of one employer look like one posting: the same title, and places that do not differ.

    A place that says less than the other ("Austin", "Austin, TX"), or nothing, does not differ from it.
    """
    if _title(one.title) != _title(other.title):
        return False
    here, there = _words(one.location), _words(other.location)
    return set(here) <= set(there) or set(there) <= set(here)


def _title(text: str) -> list[str]:
    return [_SHORT.get(word, word) for word in _words(_FOR_EVERYBODY.sub(" ", text.casefold()))]


def _words(text: str) -> list[str]:
    """Return the words without case and punctuation; "C++" is not "C#"."""
    return re.findall(r"[\w+#]+", unicodedata.normalize("NFKC", text).casefold())
