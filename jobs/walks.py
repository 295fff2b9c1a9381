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

from jobs.models import BLOCKS, Job
from jobswipe import replicas, rows

IN_BLOCKS = " AND lexemes @@ %s::tsquery"
LARGER = 8  # times as many ids as in a block are in the next larger one
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
    statement, given = _of_blocks(jobs, ("id",), column)
    found: list[int] = []

    def take(cursor: Any, narrower: str = "", *values: str) -> None:
        limited = "" if decided else f" LIMIT {limit - len(found)}"
        cursor.execute(f"{statement}{narrower} AND c0 <= %s ORDER BY c0 DESC{limited}", [*given, *values, top])
        more = [pk for (pk,) in cursor.fetchall()]
        without = decided(more) if decided and more else set()
        found.extend([pk for pk in more if pk not in without][: limit - len(found)])

    with _only_collecting() as cursor:
        for bits in BLOCKS:
            is_dense = True
            while is_dense and top >> bits > 1:  # two of these blocks would be all that is left
                before, first = len(found), (top >> bits) - 1
                take(cursor, IN_BLOCKS, f"'#{bits}:{first}' | '#{bits}:{top >> bits}'")
                top = (first << bits) - 1
                if len(found) >= limit:
                    return found
                is_dense = AGAIN * (len(found) - before) >= limit - len(found)
        take(cursor)
    return found


def some(
    jobs: "QuerySet[Job]", columns: tuple[Any, ...], most: int, *, top: int, column: str = "search"
) -> list[tuple[Any, ...]]:
    """Return the columns of jobs that words in `column` find, `most` of them; which ones is all the same.

    A limit alone saves nothing: all that the words find is collected first.
    """
    statement, given = _of_blocks(jobs, columns, column)
    with _only_collecting() as cursor:
        for bits in BLOCKS[1:]:
            if top >> bits <= 1:
                break
            block = f"'#{bits}:{(top >> bits) - 1}' | '#{bits}:{top >> bits}'"
            cursor.execute(f"{statement}{IN_BLOCKS} LIMIT {most}", [*given, block])
            near: list[tuple[Any, ...]] = cursor.fetchall()
            if len(near) == most:
                return near
            if len(near) * LARGER < most:
                break
        cursor.execute(f"{statement} LIMIT {most}", given)
        everywhere: list[tuple[Any, ...]] = cursor.fetchall()
        return everywhere


def _of_blocks(jobs: "QuerySet[Job]", columns: tuple[Any, ...], lexemes: str) -> tuple[str, tuple[Any, ...]]:
    """Return a statement for columns of the jobs (c0, c1, …) and its values.

    Django makes its text once for all blocks.
    """
    inner, values = jobs.order_by().values_list(*columns, lexemes).query.sql_with_params()
    names = ", ".join(f"c{number}" for number in range(len(columns)))
    return f"SELECT {names} FROM ({inner}) job ({names}, lexemes) WHERE true", values  # noqa: S608 values stay beside it


@contextmanager
def _only_collecting() -> Iterator[Any]:
    alias = replicas.alias()
    with transaction.atomic(using=alias), connections[alias].cursor() as cursor:
        cursor.execute("; ".join(f"SET LOCAL {name} = {value}" for name, value in _SETTINGS.items()))
        yield cursor
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
