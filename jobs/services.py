"""Every write to companies, jobs and snapshots."""

import hashlib
import json
from decimal import Decimal
from typing import Any

from django.db import connection

from jobs.importing import upsert
from jobs.models import Company, Job, JobSnapshot

SNAPSHOT_FIELDS = (
    "title", "location", "places", "work_mode", "employment_type", "seniority", "department", "description", "benefits",
    "pay_min", "pay_max", "pay_currency", "pay_period", "pay_source",
    "apply_url", "other_urls", "company_script", "external_id", "questions",
)  # fmt: skip


def take_snapshot(job: Job, newest: tuple[int, str] | None) -> int:
    """Return the id of the immutable copy of `job` as it is now; an unchanged job shares the one it has.

    `newest` is the id and digest of its newest copy.
    """
    content = snapshot_content(job)
    digest = hashlib.sha256(json.dumps(content, sort_keys=True).encode()).hexdigest()
    if newest and newest[1] == digest:
        return newest[0]
    with connection.cursor() as cursor:
        # A copy that another swipe makes at this moment is waited for.
        cursor.execute(
            "INSERT INTO jobs_jobsnapshot (job_id, digest, content) VALUES (%s, %s, %s::jsonb) "
            "ON CONFLICT (job_id, digest) DO NOTHING RETURNING id",
            [job.pk, digest, json.dumps(content)],
        )
        new = cursor.fetchone()
    return new[0] if new else JobSnapshot.objects.values_list("pk", flat=True).get(job=job, digest=digest)


def snapshot_content(job: Job) -> dict[str, Any]:
    """Return all of the posting that a person saw or a form will ask of, as JSON."""
    return {
        **{name: _plain(getattr(job, name)) for name in SNAPSHOT_FIELDS},
        "company": {"name": job.company.name, "domain": job.company.domain, "about": job.company.about},
        "posted_at": job.posted_at.isoformat() if job.posted_at else None,
    }


def _plain(value: Any) -> Any:
    """Return an amount as the number that JSON has for it."""
    if isinstance(value, Decimal):
        return int(value) if value == int(value) else float(value)
    return value


def close_jobs(job_ids: list[int], *, reason: str) -> int:
    """Close those of the jobs that are open; return how many that were."""
    return upsert.close(job_ids, reason=reason)


def reopen_jobs(job_ids: list[int]) -> int:
    """Open those of the jobs that are closed; return how many that were."""
    return upsert.reopen(job_ids)


def refresh_search(company: Company) -> None:
    """Let the search know an employer's new name; a trigger does the rest."""
    Job.objects.filter(company=company).update(company=company)
