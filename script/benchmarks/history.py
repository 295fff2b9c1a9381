"""People with a past: applications that were sent long ago, and the feeds that tell of them; PostgreSQL makes them."""

from django.db import connection

from accounts.models import Candidate, User
from jobs.models import Company, Job, JobSnapshot
from jobs.services import snapshot_content

EMPLOYERS = 20


def fill(*, people: int, applications: int, events: int) -> None:
    """Give everybody, and `people` new ones, so many sent `applications`, each told of by so many `events`.

    They went out from the people's own computers, so that the server's allowance is still theirs. Each has an attempt
    with one line of its log. Call it in a transaction, or by a role that may skip triggers.
    """
    made = User.objects.bulk_create((User(email=f"past{n}@example.com") for n in range(people)), batch_size=1000)
    Candidate.objects.bulk_create((Candidate(user=one, first_name="Ada") for one in made), batch_size=1000)
    _make_jobs(applications)
    with connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")  # no look at each row's foreign keys: they are right
        for statement in STATEMENTS:
            cursor.execute(statement, {"events": events})
        cursor.execute("SET session_replication_role = origin")
        cursor.execute("ANALYZE")


def _make_jobs(number: int) -> None:
    companies = Company.objects.bulk_create(Company(name=f"Past {n}", slug=f"past-{n}") for n in range(EMPLOYERS))
    jobs = Job.objects.bulk_create(
        Job(company=companies[n % EMPLOYERS], title=f"Past job {n}", description="<p>Work.</p>" * 50,
            apply_url="http://127.0.0.1:9/", status=Job.Status.CLOSED)
        for n in range(number)
    )  # fmt: skip
    JobSnapshot.objects.bulk_create(JobSnapshot(job=job, digest="-", content=snapshot_content(job)) for job in jobs)


STATEMENTS = (
    "CREATE TEMP TABLE past AS SELECT id, row_number() OVER (ORDER BY id) AS place FROM jobs_job"
    " WHERE title LIKE 'Past job%%'",
    """
    INSERT INTO applications_swipe (user_id, job_id, direction, key, created_at)
    SELECT person.id, past.id, 'right', gen_random_uuid(), now() - interval '90 days'
    FROM accounts_user person, past ORDER BY person.id, past.id
    """,
    """
    INSERT INTO applications_application (user_id, job_id, snapshot_id, swipe_id, cover_letter, status, lane, priority,
        lease, tries, review_kind, failure_kind, confirmation, message, questions, stage, notes, submitted_at)
    SELECT swipe.user_id, swipe.job_id, snapshot.id, swipe.id, '', 'COMPLETED', 'device', 1,
        1, 1, '', '', 'response', 'Thank you for applying.', '[]', '', '', swipe.created_at
    FROM applications_swipe swipe JOIN past ON past.id = swipe.job_id
    JOIN jobs_jobsnapshot snapshot ON snapshot.job_id = past.id
    ORDER BY swipe.id
    """,
    """
    INSERT INTO applications_event (user_id, seq, at, type, application_id, data)
    SELECT application.user_id, coalesce(counter.last_seq, 0) + (past.place - 1) * %(events)s + number,
        application.submitted_at, 'step', application.id, '{"step": "fill", "message": "", "percent": 50}'
    FROM applications_application application JOIN past ON past.id = application.job_id
    LEFT JOIN applications_eventcounter counter ON counter.user_id = application.user_id
    CROSS JOIN generate_series(1, %(events)s) AS number
    """,
    """
    INSERT INTO applications_eventcounter AS counter (user_id, last_seq, has_news)
    SELECT id, %(events)s * (SELECT count(*) FROM past), false FROM accounts_user
    ON CONFLICT (user_id) DO UPDATE SET last_seq = counter.last_seq + excluded.last_seq
    """,
    """
    INSERT INTO automation_attempt (user_id, application_id, lease, lane, runner, packet, packet_sha256,
        lease_expires_at, finished_at, step, percent, outcome, failure_kind)
    SELECT application.user_id, application.id, 1, 'device', 'past', '{}', '-', submitted_at, submitted_at, 'submit',
        100, 'submitted', ''
    FROM applications_application application JOIN past ON past.id = application.job_id ORDER BY application.id
    """,
    """
    INSERT INTO automation_logentry (user_id, attempt_id, seq, step, message, percent)
    SELECT user_id, id, 1, 'submit', 'Sent.', 100 FROM automation_attempt WHERE runner = 'past'
    """,
)
