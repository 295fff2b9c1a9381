"""What a deck chooses from: a few short walks along indexes, newest first, and what ranking needs of what they find.

A deck is asked for all the time, so its statements are written out here (`jobswipe.rows`); Django would take longer to
make their texts than PostgreSQL takes to answer them.
"""

import json
from collections.abc import Collection, Iterable, Iterator
from functools import lru_cache, partial
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet

from accounts.models import User
from jobs.filters import Filters, finds_by_text
from jobs.models import Job
from jobs.taste import Row, Taste
from jobs.walks import EVERYTHING, Down, Reach, matching, newest, newest_id
from jobswipe import replicas, rows

NEAR, REMOTE, KIND, OTHERS, FILTERED = 60, 50, 40, 40, 150  # of each walk

_WALK = """
SELECT id FROM jobs_job job
WHERE status = 'open' AND id <= %b AND id > %b AND {narrower} AND NOT EXISTS (
    SELECT FROM applications_swipe WHERE user_id = %b AND job_id = job.id AND retracted_at IS NULL
)
ORDER BY id DESC LIMIT %b
"""
# Each has an index of its own that gives the ids in this order.
IN_COUNTRY = _WALK.format(narrower="family = %b AND country = %b")
AT_HOME = _WALK.format(narrower="family = %b AND work_mode = 'remote'")
OF_KIND = _WALK.format(narrower="family = %b")
ALL = _WALK.format(narrower="true")

ROWS = """
SELECT id, title, company_id, family, seniority, country, places::text, work_mode, keywords, pay_year, pay_currency,
    extract(epoch FROM now() - posted_at)::float8 / 86400, "group"
FROM jobs_job WHERE id = ANY(%b)
"""
DECIDED = "SELECT job_id FROM applications_swipe WHERE user_id = %b AND job_id = ANY(%b) AND retracted_at IS NULL"
DECIDED_GROUPS = """
SELECT "group" FROM jobs_job job WHERE "group" = ANY(%b) AND (id = ANY(%b) OR EXISTS (
    SELECT FROM applications_swipe WHERE user_id = %b AND job_id = job.id AND retracted_at IS NULL
))
"""


def candidates(user: User, taste: Taste, filters: Filters, held: Collection[int]) -> list[Row]:
    """Return open postings on which the person has not decided, without those that their page holds."""
    reach = Reach(user.pk, newest_id())
    walks = _filtered(user, filters, reach, len(held)) if filters.is_set else _unfiltered(user, taste, reach, len(held))
    found = {pk for walk in walks for pk in walk}
    if taste.put_back:  # above where a walk begins by now
        jobs = filters.apply(_undecided(user)).filter(pk__in=taste.put_back)
        found.update(jobs.values_list("id", flat=True))
    return _rows(found.difference(held))


def decided_groups(user: User, groups: Iterable[int], held: Collection[int]) -> set[int]:
    """Return those of the groups of which the person decided on a member, or has one on the page."""
    values = [[group for group in groups if group], list(held), user.pk]
    return {group for (group,) in rows.run(DECIDED_GROUPS, values, using=replicas.alias())}


def _unfiltered(user: User, taste: Taste, reach: Reach, more: int) -> Iterator[list[int]]:
    def walk(name: str, statement: str, limit: int, *narrower: str) -> list[int]:
        return reach.walk(name, partial(_down, statement, narrower, user), limit + more)

    yield walk(EVERYTHING, ALL, OTHERS)  # first: the others begin where this one found the first undecided
    for family in taste.families:
        if taste.country:
            yield walk(f"{family} in {taste.country}", IN_COUNTRY, NEAR, family, taste.country)
        if taste.mode in {"", "remote"}:
            yield walk(f"{family} remote", AT_HOME, REMOTE, family)
        if taste.relocates or not taste.country:
            yield walk(family, OF_KIND, KIND, family)


def _down(statement: str, narrower: tuple[str, ...], user: User, top: int, bottom: int, limit: int) -> list[int]:
    values = [top, bottom, *narrower, user.pk, limit]
    return [pk for (pk,) in rows.run(statement, values, using=replicas.alias())]


def _filtered(user: User, filters: Filters, reach: Reach, more: int) -> Iterator[list[int]]:
    reach.walk(EVERYTHING, partial(_down, ALL, (), user), 1)  # to know how far down there is nothing left
    name, limit = f"filters {filters.as_query()}", FILTERED + more
    if not filters.queries():
        jobs = filters.apply(_undecided(user))
        yield reach.walk(name, lambda top, bottom, most: newest(_above(jobs, bottom), most, top=top), limit)
        return

    def by_words(*, in_text: bool) -> Down:
        jobs = filters.apply(Job.objects.filter(status=Job.Status.OPEN), in_text=in_text)
        column = "text__words" if in_text else "search"
        return lambda top, bottom, most: matching(
            _above(jobs, bottom), most, top=top, column=column, decided=partial(_decided, user)
        )

    first = reach.walk(name, by_words(in_text=False), limit, is_certain=False)
    yield first
    if len(first) < FILTERED and finds_by_text(filters.q):
        yield reach.walk(f"text {name}", by_words(in_text=True), limit, is_certain=False)


def _above(jobs: "QuerySet[Job]", bottom: int) -> "QuerySet[Job]":
    return jobs.filter(pk__gt=bottom) if bottom else jobs


def _undecided(user: User) -> "QuerySet[Job]":
    decisions = user.swipes.filter(job=OuterRef("pk"), retracted_at__isnull=True)
    return Job.objects.filter(~Exists(decisions), status=Job.Status.OPEN)


def _decided(user: User, ids: list[int]) -> set[int]:
    return {pk for (pk,) in rows.run(DECIDED, [user.pk, ids], using=replicas.alias())}


def _rows(ids: Collection[int]) -> list[Row]:
    found = rows.run(ROWS, [list(ids)], using=replicas.alias())
    return [Row._make([*row[:6], _places(row[6]), *row[7:]]) for row in found]


@lru_cache(maxsize=16_384)  # the same ones come again and again
def _places(text: str) -> Any:
    return json.loads(text)
