"""Every write to companies, jobs and snapshots."""

import hashlib
import json
from typing import Any

from django.db.models.functions import Now

from jobs.models import Job, JobSnapshot

SNAPSHOT_FIELDS = (
    "title", "location", "work_mode", "employment_type", "department", "description", "benefits",
    "pay_min", "pay_max", "pay_currency", "pay_period", "pay_source",
    "apply_url", "other_urls", "company_script", "external_id", "questions",
)  # fmt: skip


def take_snapshot(job: Job) -> JobSnapshot:
    """Return the immutable copy of `job` as it is now; an unchanged job shares the one it has."""
    content = snapshot_content(job)
    digest = hashlib.sha256(json.dumps(content, sort_keys=True).encode()).hexdigest()
    snapshot, _ = JobSnapshot.objects.get_or_create(job=job, digest=digest, defaults={"content": content})
    return snapshot


def snapshot_content(job: Job) -> dict[str, Any]:
    """Return all of the posting that a person saw or a form will ask of, as JSON."""
    return {
        **{name: getattr(job, name) for name in SNAPSHOT_FIELDS},
        "company": {"name": job.company.name, "domain": job.company.domain, "about": job.company.about},
        "posted_at": job.posted_at.isoformat() if job.posted_at else None,
    }


def close_jobs(job_ids: list[int], *, reason: str) -> int:
    """Close those of the jobs that are open; return how many that were."""
    return Job.objects.filter(pk__in=job_ids, status=Job.Status.OPEN).update(
        status=Job.Status.CLOSED, closed_reason=reason, closed_at=Now()
    )


def reopen_jobs(job_ids: list[int]) -> int:
    """Open those of the jobs that are closed; return how many that were."""
    return Job.objects.filter(pk__in=job_ids, status=Job.Status.CLOSED).update(
        status=Job.Status.OPEN, closed_reason="", closed_at=None
    )
