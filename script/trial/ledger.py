"""The ledger: what was swiped, what became of it, and whether the employers' own inboxes agree."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from script.trial.product import Product

APPLICATIONS = """
SELECT swipe.key, person.email, application.status, snapshot.content->>'apply_url',
       application.failure_kind, application.review_kind
FROM applications_swipe AS swipe
JOIN applications_application AS application ON application.swipe_id = swipe.id
JOIN jobs_jobsnapshot AS snapshot ON snapshot.id = application.snapshot_id
JOIN accounts_user AS person ON person.id = application.user_id
"""
GAPS = """
SELECT count(*) FROM applications_eventcounter AS counter
WHERE last_seq <> (SELECT count(*) FROM applications_event AS event
                   WHERE event.user_id = counter.user_id AND event.seq BETWEEN 1 AND last_seq)
"""


@dataclass(frozen=True)
class Ledger:
    """Counts of applications, but for the last two."""

    swiped: int
    completed: int
    failed: Counter[str]  # by kind
    in_review: Counter[str]  # by kind
    unfinished: int  # not at rest when the time was over
    lost: int  # answered, and nowhere
    sent_twice: int
    claimed: int  # called completed, and never received
    denied: int  # called failed, and received
    gaps: int  # people whose events are not numbered 1, 2, 3, …
    faults: Counter[str]

    @property
    def is_clean(self) -> bool:
        return not (self.unfinished or self.lost or self.sent_twice or self.claimed or self.denied or self.gaps)


def read(product: Product, acknowledged: Sequence[UUID], faults: Sequence[str]) -> Ledger:
    received = Counter((one["email"], one["employer"], one["job"]) for one in product.inbox())
    rows = {row[0]: row[1:] for row in product.rows(APPLICATIONS)}
    arrived = {key: received[(email, *_posting(url))] for key, (email, _, url, *_) in rows.items()}
    of = {
        status: [key for key, row in rows.items() if row[1] == status] for status in ("COMPLETED", "FAILED", "REVIEW")
    }
    [(gaps,)] = product.rows(GAPS)
    return Ledger(
        swiped=len(acknowledged),
        completed=len(of["COMPLETED"]),
        failed=Counter(rows[key][3] for key in of["FAILED"]),
        in_review=Counter(rows[key][4] for key in of["REVIEW"]),
        unfinished=len(rows) - sum(map(len, of.values())),
        lost=sum(key not in rows for key in acknowledged),
        sent_twice=sum(times > 1 for times in received.values()),
        claimed=sum(not arrived[key] for key in of["COMPLETED"]),
        denied=sum(bool(arrived[key]) for key in of["FAILED"]),
        gaps=gaps,
        faults=Counter(faults),
    )


def _posting(url: str) -> tuple[str, str]:
    """Return employer and job as the inbox names them: http://host/employer/jobs/JOB/…"""
    employer, _, job = url.partition("//")[2].partition("?")[0].split("/")[1:4]
    return employer, job


def table(ledger: Ledger, seconds: float) -> str:
    """Return the ledger as lines of text; what must be 0 is marked."""
    lines = [
        f"{'swiped':34} {ledger.swiped:5}",
        f"{'completed':34} {ledger.completed:5}",
        f"{'failed':34} {ledger.failed.total():5}  {_kinds(ledger.failed)}",
        f"{'in review':34} {ledger.in_review.total():5}  {_kinds(ledger.in_review)}",
        *(
            f"{name:34} {number:5}  {'must be 0' if number else 'ok'}"
            for name, number in (
                ("unfinished", ledger.unfinished),
                ("lost", ledger.lost),
                ("sent twice", ledger.sent_twice),
                ("called sent, never received", ledger.claimed),
                ("called failed, and received", ledger.denied),
                ("people with gaps in their events", ledger.gaps),
            )
        ),
        f"{'faults':34} {ledger.faults.total():5}",
        *(f"  {name:32} {times:5}" for name, times in sorted(ledger.faults.items())),
        f"{'seconds':34} {seconds:5.0f}",
    ]
    return "\n".join(lines)


def _kinds(counts: Counter[str]) -> str:
    return ", ".join(f"{kind} {number}" for kind, number in counts.most_common())
