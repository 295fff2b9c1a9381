"""What a runner tells while it works: steps, log entries, evidence. Each may be sent twice and counts once."""

import hashlib
import mimetypes
from collections.abc import Sequence
from dataclasses import dataclass

from django.core.files.base import ContentFile
from django.db.models.functions import Now

from applications.machine import record
from applications.models import Event
from automation.leases import held, lease_length
from automation.models import Attempt, Evidence, LogEntry


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
        known = set(LogEntry.objects.filter(attempt=attempt).values_list("seq", flat=True))
        new = [step for step in steps if step.seq not in known]
        LogEntry.objects.bulk_create(
            LogEntry(attempt=attempt, seq=step.seq, step=step.name, message=step.message, percent=step.percent)
            for step in new
        )
        for step in new:
            record(
                attempt.application,
                Event.Type.STEP,
                {"step": step.name, "message": step.message, "percent": step.percent},
            )
        if new:
            Attempt.objects.filter(pk=attempt.pk).update(
                step=new[-1].name,
                percent=new[-1].percent,
                lease_expires_at=Now() + lease_length(attempt.lane),
            )


def add_evidence(*, attempt: Attempt, name: str, kind: str, content: bytes) -> Evidence:
    """Keep a file as evidence of the attempt. The same name again keeps the first.

    Evidence is taken even when the lease is lost: it says what happened, and changes nothing. The file is written
    before the row, so that no row points at nothing.
    """
    if known := Evidence.objects.filter(attempt=attempt, name=name).first():
        return known
    evidence = Evidence(
        attempt=attempt,
        name=name,
        kind=kind,
        content_type=mimetypes.guess_type(name)[0] or "application/octet-stream",
        size=len(content),
        sha256=hashlib.sha256(content).hexdigest(),
    )
    evidence.file.save(f"{attempt.application_id}-{attempt.lease}-{name}", ContentFile(content), save=False)
    evidence.save(force_insert=True)
    return evidence
