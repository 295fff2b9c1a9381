"""A queue of thousands of applications, made by PostgreSQL itself, so that making it takes no longer than it must."""

from django.db import connection
from django.db.models import GeneratedField
from django.db.models.functions import Now

from accounts.models import Candidate, User
from applications.models import Application, Lane, Swipe
from applications.states import Status
from jobs.models import Company, Job, JobSnapshot
from jobs.services import snapshot_content

SWIPES = """
INSERT INTO applications_swipe (user_id, job_id, direction, key, created_at)
SELECT person.id, job.id, 'right', gen_random_uuid(), now()
FROM (SELECT id FROM accounts_user ORDER BY id LIMIT %s) AS person
CROSS JOIN (SELECT id FROM jobs_job ORDER BY id LIMIT %s) AS job
"""
# What differs from one application to the next; everything else is copied from the first.
DIFFERS = {
    "user_id": "swipe.user_id",
    "job_id": "swipe.job_id",
    "swipe_id": "swipe.id",
    "snapshot_id": "snapshot.id",
    "priority": "(random() < 0.9)::int",
    "available_at": "now() - random() * interval '1 day'",
}


def prepare(people: int, jobs: int) -> None:
    """Make so many people and jobs."""
    users = User.objects.bulk_create(User(email=f"person{n}@example.com") for n in range(people))
    Candidate.objects.bulk_create(Candidate(user=one, first_name="Ada", phone="+15125550142") for one in users)
    company = Company.objects.create(name="Acme", slug="acme")
    made = Job.objects.bulk_create(
        Job(company=company, title=f"Job {n}", description="<p>Work.</p>" * 50, apply_url="http://127.0.0.1:9/")
        for n in range(jobs)
    )
    JobSnapshot.objects.bulk_create(JobSnapshot(job=job, digest="-", content=snapshot_content(job)) for job in made)


def fill(people: int, jobs: int) -> None:
    """Make an application to each of the jobs for each of the people, all of them waiting, and none else."""
    with connection.cursor() as cursor:
        cursor.execute(
            "TRUNCATE applications_application, applications_swipe, applications_event, applications_eventcounter,"
            " automation_attempt CASCADE"
        )
        cursor.execute("SET session_replication_role = replica")  # no look at each row's foreign keys: they are right
        cursor.execute(SWIPES, [people, jobs])
        first = Swipe.objects.order_by("id")[0]
        snapshot = JobSnapshot.objects.get(job=first.job_id)
        Application.objects.create(
            user_id=first.user_id, job_id=first.job_id, swipe=first, snapshot=snapshot, lane=Lane.SERVER,
            status=Status.QUEUED, available_at=Now(),
        )  # fmt: skip
        columns = [
            str(field.column)
            for field in Application._meta.concrete_fields
            if not field.primary_key and not isinstance(field, GeneratedField)
        ]
        cursor.execute(
            f"INSERT INTO applications_application ({', '.join(columns)})"
            f" SELECT {', '.join(DIFFERS.get(column, f'first.{column}') for column in columns)}"
            " FROM applications_application AS first, applications_swipe AS swipe"
            " JOIN jobs_jobsnapshot AS snapshot ON snapshot.job_id = swipe.job_id"
            " WHERE swipe.id <> first.swipe_id"
        )
        cursor.execute("SET session_replication_role = origin")
        for table in ("applications_application", "applications_swipe", "automation_attempt", "applications_event"):
            cursor.execute(f"VACUUM ANALYZE {table}")
        cursor.execute("CHECKPOINT")
