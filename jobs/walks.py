"""Short walks along indexes: the newest jobs that fit, however many fit.

PostgreSQL guesses how many rows match some words before it chooses between walking down the ids and collecting all
matches, and among a million postings a wrong guess costs seconds. So we look at the newest few thousand first; if they
do not hold enough, what is looked for is rare, and collecting all of it is cheap.
"""

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.core.cache import caches
from django.db import connection, transaction
from django.db.models import QuerySet

from jobs.models import Job

RECENT = 15_000  # ids that are looked at one by one
FREQUENT = 150  # matches among these that make words frequent
STRETCHES = 20  # of these in a row, for frequent words of which somebody decided on the newest
KEPT = 600  # seconds that a person's reach is remembered


def newest_id() -> int:
    """Return the largest id of all jobs."""
    return Job.objects.order_by("-id").values_list("id", flat=True).first() or 0


def newest(
    jobs: "QuerySet[Job]",
    columns: tuple[str, ...],
    limit: int,
    *,
    top: int,
    by_words: bool,
    every: "QuerySet[Job] | None" = None,
) -> list[Any]:
    """Return the columns of the newest of the jobs, down from `top`.

    `by_words`: the search column finds them. `every`: the same jobs, also those on which a person has decided.
    """
    rows = jobs.order_by("-id").values_list(*columns)
    if not by_words:
        return list(rows.filter(pk__lte=top)[:limit])
    found: list[Any] = []
    for _ in range(STRETCHES if every is not None and _are_frequent(every, top) else 1):
        found += rows.filter(pk__lte=top, pk__gt=top - RECENT)[: limit - len(found)]
        top -= RECENT
        if len(found) == limit or top <= 0:
            return found
    with _only_collecting():
        return found + list(rows.filter(pk__lte=top)[: limit - len(found)])


def _are_frequent(every: "QuerySet[Job]", top: int) -> bool:
    """Tell whether so many jobs fit that going on down the ids is cheaper than collecting them all."""
    near = every.order_by("-id").filter(pk__lte=top, pk__gt=top - RECENT).values_list("id")
    return len(near[:FREQUENT]) == FREQUENT


@contextmanager
def _only_collecting() -> Iterator[None]:
    with transaction.atomic(), connection.cursor() as cursor:
        for name in ("enable_indexscan", "enable_indexonlyscan", "enable_seqscan", "jit"):
            cursor.execute(f"SET LOCAL {name} = off")
        yield
        for name in ("enable_indexscan", "enable_indexonlyscan", "enable_seqscan", "jit"):
            cursor.execute(f"SET LOCAL {name} = DEFAULT")


class Reach:
    """How far down a person has decided on everything, so that a walk need not pass it all again.

    Kept for ten minutes in this process. What is forgotten costs time,
    nothing else; and what is put back or opened again
    within a passed stretch comes back when it is forgotten.
    """

    def __init__(self, user_id: int, top: int) -> None:
        self._cache = caches["reach"]
        self._user_id = user_id
        self._top = top

    def walk(
        self,
        name: str,
        jobs: "QuerySet[Job]",
        columns: tuple[str, ...],
        limit: int,
        *,
        by_words: bool = False,
        every: "QuerySet[Job] | None" = None,
    ) -> list[Any]:
        """Return the newest undecided jobs of a walk; `columns` begin with the id."""
        key = f"{self._user_id}:{hashlib.sha256(name.encode()).hexdigest()}"
        ceiling, floor = self._cache.get(key) or (self._top, self._top)
        fresh = (
            newest(jobs.filter(pk__gt=ceiling), columns, limit, top=self._top, by_words=False)
            if self._top > ceiling
            else []
        )
        rest = (
            newest(jobs, columns, limit - len(fresh), top=floor, by_words=by_words, every=every)
            if len(fresh) < limit
            else []
        )
        if len(fresh) < limit:
            self._cache.set(key, (ceiling, rest[0][0] if rest else 0), KEPT)
        return fresh + rest
