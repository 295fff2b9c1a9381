"""The deck: which postings a person sees next, and why.

Candidates come from a few short walks along indexes, newest first: the person's kind of work in their country,
remote, anywhere, and a few of everything. They are judged (`jobs.taste`), one for each opening is kept,
and employers are mixed.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from accounts.models import User
from jobs.filters import Filters, finds_by_text
from jobs.models import Job
from jobs.normalize.places import Place
from jobs.taste import COLUMNS, Reason, Row, Taste, judge, taste_of
from jobs.walks import EVERYTHING, Decided, Reach, newest_id

NEAR, REMOTE, KIND, OTHERS, FILTERED = 60, 50, 40, 40, 150  # candidates of each walk
REASONS = 3
APART = 2  # cards between two of one employer, where others are left


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
    taste = taste_of(user)
    held = set(held)
    rows = [row for row in _candidates(user, taste, filters or Filters(), len(held)) if row.id not in held]
    decided = _decided_groups(user, {row.group for row in rows}, held)
    now = timezone.now()
    judged = [(row, judge(taste, row, now)) for row in rows if row.group not in decided]
    best = _mixed(_one_for_each_opening(judged), limit)
    return _cards(best)


def _candidates(user: User, taste: Taste, filters: Filters, more: int) -> list[Row]:
    jobs, reach = _undecided(user), Reach(user.pk, newest_id())
    found: dict[int, Row] = {}

    def walk(
        name: str, along: "QuerySet[Job]", limit: int, decided: Decided | None = None, column: str = "search"
    ) -> None:
        rows = reach.walk(name, along, COLUMNS, limit + more, decided=decided, column=column)
        found.update((row[0], Row(*row)) for row in rows)

    if filters.is_set:
        reach.walk(EVERYTHING, jobs, ("id",), 1)  # to know how far down there is nothing left
        jobs = filters.apply(jobs)
        name = f"filters {filters.as_query()}"
        if filters.queries():
            every = filters.apply(Job.objects.filter(status=Job.Status.OPEN))
            walk(name, every, FILTERED, lambda ids: _decided(user, ids))
            if len(found) < FILTERED and finds_by_text(filters.q):
                every = filters.apply(Job.objects.filter(status=Job.Status.OPEN), in_text=True)
                walk(f"text {name}", every, FILTERED, lambda ids: _decided(user, ids), "text__words")
        else:
            walk(name, jobs, FILTERED)
    for one in [] if filters.is_set else taste.families:
        if taste.country:
            walk(f"{one} in {taste.country}", jobs.filter(family=one, country=taste.country), NEAR)
        if taste.mode in {"", "remote"}:
            walk(f"{one} remote", jobs.filter(family=one, work_mode="remote"), REMOTE)
        if taste.relocates or not taste.country:
            walk(one, jobs.filter(family=one), KIND)
    if not filters.is_set:
        walk(EVERYTHING, jobs, OTHERS)
    found.update((row[0], Row(*row)) for row in jobs.filter(pk__in=taste.put_back).values_list(*COLUMNS))
    return list(found.values())


def _undecided(user: User) -> "QuerySet[Job]":
    decisions = user.swipes.filter(job=OuterRef("pk"), retracted_at__isnull=True)
    return Job.objects.filter(~Exists(decisions), status=Job.Status.OPEN)


def _decided(user: User, ids: list[int]) -> set[int]:
    return set(user.swipes.filter(job__in=ids, retracted_at__isnull=True).values_list("job_id", flat=True))


def _decided_groups(user: User, groups: set[int], held: set[int]) -> set[int]:
    """Return those of the groups of which the person decided on a member, or has one on the page."""
    mine = user.swipes.filter(job=OuterRef("pk"), retracted_at__isnull=True)
    decided = Job.objects.filter(Q(pk__in=held) | Exists(mine), group__in=groups - {0})
    return set(decided.values_list("group", flat=True))


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
    jobs = Job.objects.select_related("company").in_bulk([row.id for row, _ in best])
    siblings = _siblings({row.group for row, _ in best})
    return [
        Card(
            jobs[row.id],
            _score((row, reasons)),
            [words for one in reasons if one.points > 0 and (words := one.say())][:REASONS],
            [one for one in siblings[row.group] if one.pk != row.id],
        )
        for row, reasons in best
        if row.id in jobs
    ]


def _siblings(groups: set[int]) -> dict[int, list[Job]]:
    found: dict[int, list[Job]] = defaultdict(list)
    members = Job.objects.filter(group__in=groups - {0}, status=Job.Status.OPEN).only(
        "id", "group", "location", "title"
    )
    for job in members.order_by("id")[:200]:
        found[job.group].append(job)
    return found


def place_labels(job: Job) -> list[str]:
    """Return the places of a posting in words."""
    return [Place(**place).label for place in job.places]
