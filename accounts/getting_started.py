"""Getting started: a resume is read, the person confirms what was read, and answers what forms ask most."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.db.models.functions import Now
from django.utils import timezone
from django.utils.translation import gettext

from accounts.models import Candidate, GettingStarted, Resume, User
from accounts.resume.findings import Finding
from accounts.resume.json_resume import LONGEST, read_json_resume
from accounts.resume.parser import read_resume
from accounts.resume.text import text_of
from accounts.services import add_resume, candidate_of
from jobswipe.problems import InvalidInput

# What tells two rows of a list apart: confirming the same resume twice adds nothing.
ROW_KEYS = {"work_history": ("company", "title", "start"), "education": ("school", "degree"), "skills": ("name",)}


def progress_of(user: User) -> GettingStarted:
    """Return how far the person has come."""
    return GettingStarted.objects.get_or_create(user=user)[0]


# ---------------------------------------------------------------- reading


def read_upload(*, user: User, upload: UploadedFile[bytes]) -> None:
    """Keep an uploaded resume and read it; a JSON Resume is read alone. What it says waits to be confirmed.

    Raises InvalidInput for a file that is neither, or that cannot be read; a resume is kept all the same.
    """
    start = upload.read(100)
    upload.seek(0)
    if start.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{"):
        propose(user, upload.name or "JSON Resume", read_json_resume(upload.read(LONGEST + 1)))
    else:
        read_kept(user=user, resume=add_resume(user=user, upload=upload))


def read_kept(*, user: User, resume: Resume) -> None:
    """Read a resume that the person has uploaded before."""
    with resume.file.open() as file:
        text = text_of(file.read())
    findings = read_resume(text, today=timezone.localdate())
    if not findings:
        raise InvalidInput(
            gettext(
                "Nothing in this file looks like a name, an address or a job. It can be sent as it is; "
                "type the profile in."
            )
        )
    propose(user, resume.name, findings)


def propose(user: User, source: str, findings: Iterable[Finding]) -> None:
    """Lay what was read before its person."""
    GettingStarted.objects.update_or_create(
        user=user,
        defaults={"source": source[:200], "findings": [one.as_json() for one in findings], "confirmed_at": None},
    )


# ---------------------------------------------------------------- confirming


@transaction.atomic
def keep(
    *, user: User, values: dict[str, Any], rows: dict[str, Sequence[dict[str, Any]]], languages: list[str]
) -> None:
    """Store what the person confirmed: `values` replace columns, `rows` and languages are added to what is there."""
    candidate_of(user)
    candidate = Candidate.objects.select_for_update().get(user=user)
    for name, value in values.items():
        setattr(candidate, name, value)
    for name, new in rows.items():
        setattr(candidate, name, _merged(getattr(candidate, name), new, ROW_KEYS[name]))
    candidate.languages = list(dict.fromkeys([*candidate.languages, *languages]))
    candidate.save()
    GettingStarted.objects.filter(user=user).update(findings=[], confirmed_at=Now())


def _merged(old: Sequence[dict[str, Any]], new: Sequence[dict[str, Any]], names: Sequence[str]) -> list[dict[str, Any]]:
    """Return the old rows and, after them, the new ones that are not there yet."""

    def key(row: dict[str, Any]) -> tuple[str, ...]:
        return tuple(str(row.get(name, "")).casefold() for name in names)

    known = {key(row) for row in old}
    return [*old, *(row for row in new if key(row) not in known)]


def forget_findings(*, user: User) -> None:
    """Throw away what was read; nothing of it is stored."""
    GettingStarted.objects.filter(user=user).update(findings=[])


def questions_done(*, user: User) -> None:
    """Note that the person went through the usual questions, whatever they left open."""
    progress_of(user)
    GettingStarted.objects.filter(user=user, asked_at__isnull=True).update(asked_at=Now())


# ---------------------------------------------------------------- steps


@dataclass(frozen=True)
class Step:
    """One step of getting started, for the page."""

    title: str
    why: str
    url: str
    is_done: bool


def steps_of(user: User) -> list[Step]:
    """Return the steps in their order, each with whether it is done."""
    progress, candidate = progress_of(user), candidate_of(user)
    has_resume = user.resumes.filter(retired_at__isnull=True).exists()
    confirmed = not progress.findings and bool(progress.confirmed_at or (candidate.first_name and candidate.phone))
    return [
        Step(
            gettext("Your resume"),
            gettext("It is sent as you upload it, and read to save you typing."),
            "accounts:start",
            has_resume,
        ),
        Step(
            gettext("What it says"),
            gettext("You confirm each thing that was read."),
            "accounts:start-confirm",
            confirmed,
        ),
        Step(
            gettext("What forms ask"),
            gettext("Ten questions, answered once."),
            "accounts:start-questions",
            bool(progress.asked_at),
        ),
    ]
