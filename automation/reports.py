"""What a runner tells while it works: steps, log entries, evidence. Each may be sent twice and counts once."""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from http import HTTPStatus

from django.core.files.base import ContentFile
from django.db import IntegrityError, transaction
from django.db.models.functions import Now

from applications import live, presence
from applications.machine import record
from applications.models import Application, Event
from automation.leases import held, lease_length
from automation.models import Attempt, Evidence, LogEntry
from jobswipe.problems import Problem

MOST_FILES = 40  # of one attempt
PICTURES = ((b"\x89PNG", "image/png"), (b"\xff\xd8\xff", "image/jpeg"))


@dataclass(frozen=True)
class Step:
    """One line of a runner's log; `seq` counts from 1 within the attempt."""

    seq: int
    name: str
    message: str
    percent: int


def report_steps(*, attempt_id: int, lease: int, steps: Sequence[Step]) -> None:
    """Append the steps that are new to the log and to the person's feed, and renew the lease."""
    with held(attempt_id, lease) as attempt:
        known = set(LogEntry.objects.filter(user=attempt.user_id, attempt=attempt).values_list("seq", flat=True))
        if new := [step for step in steps if step.seq not in known]:
            _append(attempt, new)
    if new:
        presence.sign_of_progress(
            attempt.application.user_id,
            attempt.application_id,
            step=new[-1].name,
            percent=new[-1].percent,
            seconds=lease_length(attempt.lane).total_seconds(),
        )


def _append(attempt: Attempt, steps: Sequence[Step]) -> None:
    LogEntry.objects.bulk_create(
        LogEntry(
            user_id=attempt.user_id,
            attempt=attempt,
            seq=step.seq,
            step=step.name,
            message=step.message,
            percent=step.percent,
        )
        for step in steps
    )
    last = steps[-1]
    _ask_its_person(attempt.application, last.message if last.name == Event.YOUR_TURN else "")
    for step in steps:
        record(
            attempt.application,
            Event.Type.STEP,
            {"step": step.name, "message": step.message, "percent": step.percent},
        )
    Attempt.objects.filter(pk=attempt.pk, user=attempt.user_id).update(
        step=last.name, percent=last.percent, lease_expires_at=Now() + lease_length(attempt.lane)
    )


def _ask_its_person(application: Application, request: str) -> None:
    """Say on the application what its person has to do at their computer now; empty: nothing any more."""
    if application.message != request:
        Application.objects.filter(pk=application.pk, user=application.user_id).update(message=request)
        if request:
            live.announce_news()


class TooLarge(Problem):
    """A file that is too large, or one too many."""

    code = "too_large"
    status = HTTPStatus.REQUEST_ENTITY_TOO_LARGE


class WrongKind(Problem):
    """A file that is no evidence."""

    code = "wrong_kind"
    status = HTTPStatus.UNSUPPORTED_MEDIA_TYPE


def add_evidence(*, attempt: Attempt, name: str, kind: str, content: bytes) -> Evidence:
    """Keep a file as evidence of the attempt. The same name again keeps the first.

    Evidence is taken even when the lease is lost: it says what happened, and changes nothing. The file is written
    before the row, so that no row points at nothing. Raises WrongKind or TooLarge.
    """
    kept = Evidence.objects.filter(user=attempt.user_id, attempt=attempt)
    if known := kept.filter(name=name).first():
        return known
    if kept.count() >= MOST_FILES:
        raise TooLarge(f"An attempt has at most {MOST_FILES} files.")
    evidence = Evidence(
        user_id=attempt.user_id,
        attempt=attempt,
        name=name,
        kind=kind,
        content_type=content_type_of(content),
        size=len(content),
        sha256=hashlib.sha256(content).hexdigest(),
    )
    evidence.file.save(f"{attempt.application_id}-{attempt.lease}-{name}", ContentFile(content), save=False)
    try:
        with transaction.atomic():
            evidence.save(force_insert=True)
    except IntegrityError:  # the same file was sent twice at the same time
        evidence.file.delete(save=False)
        return kept.get(name=name)
    return evidence


def content_type_of(content: bytes) -> str:
    """Return the media type that the content itself shows. Raises WrongKind for what is no picture, JSON or text."""
    for start, media_type in PICTURES:
        if content.startswith(start):
            return media_type
    if content.startswith(b"RIFF") and content[8:12] == b"WEBP":
        return "image/webp"
    try:
        text = content.decode()
        json.loads(text)
    except UnicodeDecodeError:
        pass
    except (ValueError, RecursionError):
        if "\0" not in text:
            return "text/plain"
    else:
        return "application/json"
    raise WrongKind("Evidence is a picture (PNG, JPEG, WebP), JSON or plain text.")
