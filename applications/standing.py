"""What decides how a person's next application is carried out, read in one statement."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from django.conf import settings

from accounts.models import LaneWish, User
from applications.models import Lane
from applications.states import Status
from jobs.models import Company, Job
from jobs.services import SNAPSHOT_FIELDS
from jobswipe import rows


@dataclass(frozen=True)
class Standing:
    """What decides how a person's next application is carried out."""

    user_id: int
    is_premium: bool
    undo_window: int | None  # seconds; None: wait for the person's review
    default_resume_id: int | None
    lane_wish: str  # of LaneWish
    has_device: bool
    server_taken: int  # applications that the server has sent, or still has to send
    server_limit: int

    @property
    def server_left(self) -> int:
        return max(self.server_limit - self.server_taken, 0)

    @property
    def lane(self) -> Lane:
        """As they wish, their own computer by default once there is one; without allowance that alone is left."""
        if not self.server_left or self.lane_wish == LaneWish.DEVICE:
            return Lane.DEVICE
        return Lane.DEVICE if self.has_device and self.lane_wish == LaneWish.AUTO else Lane.SERVER

    @property
    def suggests_device(self) -> bool:
        """Whether to offer the desktop program: two thirds of the allowance are used, and nothing is paired."""
        return not self.has_device and 3 * self.server_left <= self.server_limit


class Circumstances(NamedTuple):
    """In which a person decides on a job. `others` are their live applications to its employer, as JSON."""

    job: Job  # with its company; what a decision does not need of them is deferred
    standing: Standing
    now: datetime  # the database's
    is_decided: bool
    newest_snapshot: tuple[int, str] | None  # id, digest
    others: list[dict[str, Any]]  # id, title, location; the oldest first


# What ended before the click gives its place back: withdrawn, undone, failed.
STANDING = f"""
person.id, person.is_premium, person.is_staff, person.server_limit, candidate.undo_window, candidate.lane,
(SELECT id FROM accounts_resume WHERE user_id = person.id AND is_default),
EXISTS (SELECT FROM automation_device WHERE user_id = person.id AND revoked_at IS NULL),
(SELECT count(*) FROM applications_application
 WHERE user_id = person.id AND lane = '{Lane.SERVER}'
     AND (submitted_at IS NOT NULL OR status NOT IN ('{Status.FAILED}', '{Status.CANCELLED}')))
"""  # noqa: S608 names of statuses
TURN = "SELECT FROM accounts_user WHERE id = %b FOR NO KEY UPDATE"
JOB = rows.Part(Job, "job", ("id", "company_id", "status", "posted_at", *SNAPSHOT_FIELDS))
COMPANY = rows.Part(Company, "company", ("id", "name", "domain", "about"))
PERSON = "accounts_user person LEFT JOIN accounts_candidate candidate ON candidate.user_id = person.id"
CIRCUMSTANCES = f"""
SELECT {JOB}, {COMPANY}, {STANDING},
    statement_timestamp(),
    EXISTS (SELECT FROM applications_swipe
            WHERE user_id = person.id AND job_id = job.id AND retracted_at IS NULL),
    (SELECT array[id::text, digest] FROM jobs_jobsnapshot WHERE job_id = job.id ORDER BY id DESC LIMIT 1),
    (SELECT coalesce(json_agg(json_build_object('id', live.id, 'title', other.title, 'location', other.location)
                              ORDER BY live.id), '[]')
     FROM applications_application live
     JOIN jobs_job other ON other.id = live.job_id
     JOIN jobs_company employer ON employer.id = other.company_id
     WHERE live.user_id = person.id AND other.id <> job.id
         AND live.status NOT IN ('{Status.FAILED}', '{Status.CANCELLED}')
         AND (employer.id = company.id OR upper(employer.name) = upper(company.name)))
FROM {PERSON}, jobs_job job JOIN jobs_company company ON company.id = job.company_id
WHERE person.id = %b AND job.id = %b
"""  # noqa: S608 names of statuses


def take_turn(user_id: int) -> None:
    """Let what counts the person's applications come one after another, until the commit: swipes, changes of lane.

    An application that is locked as well is locked first.
    """
    rows.run(TURN, [user_id])


def standing_of(user: User) -> Standing:
    """Read the person's standing.

    What is decided by the places that are left holds only in a transaction that has the person's turn (`take_turn`).
    """
    [row] = rows.run(f"SELECT {STANDING} FROM {PERSON} WHERE person.id = %b", [user.pk])  # noqa: S608 constants
    return _standing(row)


def circumstances_of(user: User, job_id: int, *, in_turn: bool) -> Circumstances | None:
    """Read all that a decision on a job depends on; None if there is no such job.

    With `in_turn` the person's turn is taken first, in the same transaction; the same holds as for their standing.
    """
    ask = (CIRCUMSTANCES, [user.pk, job_id])
    for values in rows.run_both((TURN, [user.pk]), ask) if in_turn else rows.run(*ask):
        row = iter(values)
        job = JOB.take(row)
        job.company = COMPANY.take(row)
        *person, now, is_decided, newest, others = row
        newest = newest and (int(newest[0]), newest[1])
        return Circumstances(job, _standing(person), now, is_decided, newest, others)
    return None


def _standing(row: Any) -> Standing:
    user_id, is_premium, is_staff, server_limit, undo_window, lane_wish, resume_id, has_device, taken = row
    return Standing(
        user_id=user_id,
        is_premium=is_premium,
        undo_window=undo_window,
        default_resume_id=resume_id,
        lane_wish=lane_wish or LaneWish.AUTO,
        has_device=has_device,
        server_taken=taken,
        server_limit=_server_limit(server_limit, is_premium=is_premium, is_staff=is_staff),
    )


def _server_limit(own: int | None, *, is_premium: bool, is_staff: bool) -> int:
    """Return the person's own limit, else the largest of those that hold for them."""
    if own is not None:
        return own
    limits: list[int | None] = [settings.SERVER_APPLICATION_LIMIT]
    limits += [settings.PREMIUM_APPLICATION_LIMIT] if is_premium else []
    limits += [settings.STAFF_APPLICATION_LIMIT] if is_staff else []
    return max(limit for limit in limits if limit is not None)
