"""The deck: which postings a person sees next, and why.

Candidates (`jobs.candidates`) are judged (`jobs.taste`), one for each opening is kept, and employers are mixed.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from accounts.models import User
from jobs.candidates import candidates, decided_groups
from jobs.filters import Filters
from jobs.models import Company, Job
from jobs.normalize.places import Place
from jobs.taste import Reason, Row, judge, taste_of
from jobswipe import replicas, rows

REASONS = 3
APART = 2  # cards between two of one employer, where others are left

# Written out, as the candidates' statements are (`jobs.candidates`).
JOB = rows.Part(Job, "job", tuple(one.attname for one in Job._meta.concrete_fields if one.attname != "search"))
COMPANY = rows.Part(Company, "company")
SIBLING = rows.Part(Job, "job", ("id", "group", "location", "title"))
SHOWN = f"""
SELECT {JOB}, {COMPANY} FROM jobs_job job JOIN jobs_company company ON company.id = company_id WHERE job.id = ANY(%b)
"""  # noqa: S608 names of columns
SIBLINGS = f"""
SELECT {SIBLING} FROM jobs_job job WHERE "group" = ANY(%b) AND status = 'open' ORDER BY id LIMIT 200
"""  # noqa: S608 names of columns


@dataclass
class Card:
    """A posting in the deck with what is said about it."""

    job: Job
    score: float = 0
    reasons: list[str] = field(default_factory=list)
    elsewhere: list[Job] = field(default_factory=list)  # the same opening in other places or on other boards


def deck(user: User, filters: Filters | None = None, *, limit: int = 6, held: Iterable[int] = ()) -> list[Card]:
    """Return the next cards for a person, best first. `held` are jobs that their page has already.

    What they decided on does not come again, nor does the same opening on another board or in another city.
    """
    taste, held = taste_of(user), set(held)
    found = candidates(user, taste, filters or Filters(), held)
    decided = decided_groups(user, {row.group for row in found}, held)
    judged = [(row, judge(taste, row)) for row in found if row.group not in decided]
    best = _mixed(_one_for_each_opening(judged), limit)
    return _cards(best)


Judged = tuple[Row, list[Reason]]


def _one_for_each_opening(judged: Sequence[Judged]) -> list[Judged]:
    """Keep the best of each group, best first; those that score alike, newest first."""
    best: dict[Any, Judged] = {}
    for row, reasons in sorted(judged, key=lambda one: (-_score(one), -one[0].id)):
        best.setdefault(row.group or f"job {row.id}", (row, reasons))
    return list(best.values())


def _score(one: Judged) -> float:
    return round(sum(reason.points for reason in one[1]), 1)


def _mixed(judged: list[Judged], limit: int) -> list[Judged]:
    """Return the first `limit`, with one employer's cards apart from each other where others are left."""
    left, mixed = list(judged), list[Judged]()
    while left and len(mixed) < limit:
        recent = {row.company_id for row, _ in mixed[-APART:]}
        place = next((number for number, one in enumerate(left) if one[0].company_id not in recent), 0)
        mixed.append(left.pop(place))
    return mixed


def _cards(best: list[Judged]) -> list[Card]:
    jobs = {job.pk: job for job in _shown([row.id for row, _ in best])}
    siblings = _siblings({row.group for row, _ in best})
    return [
        Card(
            jobs[row.id],
            _score((row, reasons)),
            _said(reasons),
            [one for one in siblings[row.group] if one.pk != row.id],
        )
        for row, reasons in best
        if row.id in jobs
    ]


def _said(reasons: list[Reason]) -> list[str]:
    """Return what speaks most for a posting, in words."""
    telling = sorted((one for one in reasons if one.points > 0), key=lambda one: -one.points)
    return [words for one in telling if (words := one.say())][:REASONS]


def _shown(ids: list[int]) -> Iterable[Job]:
    for values in map(iter, rows.run(SHOWN, [ids], using=replicas.alias())):
        job, job.company = JOB.take(values), COMPANY.take(values)
        yield job


def _siblings(groups: set[int]) -> dict[int, list[Job]]:
    found: dict[int, list[Job]] = defaultdict(list)
    for values in rows.run(SIBLINGS, [list(groups - {0})], using=replicas.alias()):
        job = SIBLING.take(iter(values))
        found[job.group].append(job)
    return found


def place_labels(job: Job) -> list[str]:
    """Return the places of a posting in words."""
    return [Place(**place).label for place in job.places]
