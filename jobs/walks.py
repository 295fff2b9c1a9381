"""Short walks to the newest jobs that fit, however many fit.

PostgreSQL guesses how many rows match some words before it chooses between walking down the ids and collecting all
matches, and among a million postings a wrong guess costs seconds. So every posting also has the blocks of ids that it
lies in as lexemes in the index of its words ("#13:122" holds ids from 122 * 2^13 on). We ask the index for the newest
two blocks of a thousand, then for two larger ones, and so on; what is still rare then is cheap to collect to the end.
"""

import hashlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from django.core.cache import caches
from django.db import connections, transaction
from django.db.models import QuerySet

from jobs.models import BLOCKS, Job, Lexemes
from jobswipe import replicas, rows

AGAIN = 3  # blocks of one size follow each other while about so many more will do; larger ones would hold far too many
KEPT = 600  # seconds that a person's reach is remembered
EVERYTHING = "all"  # the name of the walk along all open jobs
# Another process for what takes some milliseconds: starting it takes as long, much longer while others work.
_SETTINGS = {"enable_indexscan": "off", "enable_indexonlyscan": "off", "enable_seqscan": "off", "jit": "off",
             "max_parallel_workers_per_gather": "0"}  # fmt: skip
Decided = Callable[[list[int]], set[int]]
Down = Callable[[int, int, int], list[int]]  # the newest ids from the first one down to above the second, that many


def newest_id() -> int:
    """Return the largest id of all jobs."""
    [[newest]] = rows.run("SELECT coalesce(max(id), 0) FROM jobs_job", [], using=replicas.alias())
    return int(newest)


def newest(jobs: "QuerySet[Job]", limit: int, *, top: int) -> list[int]:
    """Return the ids of the newest of the jobs, down from `top`, along an index that gives them in this order."""
    return list(jobs.order_by("-id").filter(pk__lte=top).values_list("id", flat=True)[:limit])


def matching(
    jobs: "QuerySet[Job]", limit: int, *, top: int, column: str = "search", decided: Decided | None = None
) -> list[int]:
    """Return the ids of the newest of the jobs that words in `column` find, down from `top`.

    `decided` tells which of some ids are to be left out.
    """
    ids = jobs.order_by("-id").values_list("id", flat=True)
    found: list[int] = []

    def take(some: Any) -> None:
        more = list(some[: limit - len(found)] if decided is None else some)
        without = decided(more) if decided and more else set()
        found.extend([pk for pk in more if pk not in without][: limit - len(found)])

    with _only_collecting():
        for bits in BLOCKS:
            is_dense = True
            while is_dense:
                before, first = len(found), max((top >> bits) - 1, 0)
                block = Lexemes(f"'#{bits}:{first}' | '#{bits}:{top >> bits}'")
                take(ids.filter(pk__lte=top, **{column: block}))
                top = (first << bits) - 1
                if len(found) >= limit or top <= 0:
                    return found
                is_dense = AGAIN * (len(found) - before) >= limit - len(found)
        take(ids.filter(pk__lte=top))
    return found


def some(
    jobs: "QuerySet[Job]", columns: tuple[Any, ...], most: int, *, top: int, column: str = "search"
) -> list[tuple[Any, ...]]:
    """Return the columns of jobs that words in `column` find, `most` of them; which ones is all the same."""
    bits = BLOCKS[1]
    newest_block = Lexemes(f"'#{bits}:{max((top >> bits) - 1, 0)}' | '#{bits}:{top >> bits}'")
    found = jobs.order_by().values_list(*columns)
    with _only_collecting():
        near = list(found.filter(**{column: newest_block})[:most])
        return near if len(near) == most else list(found[:most])


@contextmanager
def _only_collecting() -> Iterator[None]:
    alias = replicas.alias()
    with transaction.atomic(using=alias), connections[alias].cursor() as cursor:
        cursor.execute("; ".join(f"SET LOCAL {name} = {value}" for name, value in _SETTINGS.items()))
        yield
        cursor.execute("; ".join(f"SET LOCAL {name} = DEFAULT" for name in _SETTINGS))


class Reach:
    """How far down a person has decided on everything, so that a walk need not pass it all again.

    Kept for ten minutes in this process. What is forgotten costs time, nothing else; and what is put back or opened
    again within a passed stretch comes back when it is forgotten.
    """

    def __init__(self, user_id: int, top: int) -> None:
        self._cache = caches["reach"]
        self._user_id = user_id
        self._top = top

    def walk(self, name: str, down: Down, limit: int, *, is_certain: bool = True) -> list[int]:
        """Return the newest ids that a walk gives. What is not certain may come later than its posting: words do."""
        ceiling, floor = self._known(name) or self._known(EVERYTHING) or (self._top, self._top)
        rest = down(floor, 0, limit)
        fresh = down(self._top, ceiling, limit) if self._top > ceiling else []
        if rest or is_certain:
            self._cache.set(self._key(name), (ceiling, rest[0] if rest else 0), KEPT)
        return (fresh + rest)[:limit]

    def _key(self, name: str) -> str:
        return f"{self._user_id}:{hashlib.sha256(name.encode()).hexdigest()}"

    def _known(self, name: str) -> tuple[int, int] | None:
        known: tuple[int, int] | None = self._cache.get(self._key(name))
        return known
