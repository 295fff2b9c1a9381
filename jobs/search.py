"""Search: words and filters over the open jobs, by windows that a key names, so that no page counts from the start.

Windows of the newest 200 matches are ranked by how well the words fit (ts_rank_cd: in the title, the employer, skills
and place); so a search among a million postings looks at hundreds, and what is new stays ahead of what is old.
"""

import base64
import json
import time
from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from typing import Any

from django.contrib.postgres.search import SearchRank, TrigramSimilarity
from django.db import connections, transaction
from django.db.models import F, FloatField, Func
from django.db.models.functions import Round

from jobs import walks
from jobs.filters import CHOICES, POSTED, Filters, finds_by_text, text_query
from jobs.models import Job, SearchWord
from jobs.normalize.titles import words
from jobswipe import replicas

WINDOW = 200
MOST_COUNTED = 200  # a filter's count beyond this is told as "200+"
LOOKED = 1_000  # jobs among which all choices of a kind are counted at once
ALONE = 0.06  # seconds for counting choices one by one; those left then are shown without a count
AGE = Func(  # in days; dates of thousands of rows are long to read
    F("posted_at"), template="extract(epoch FROM now() - %(expressions)s)::float8 / 86400", output_field=FloatField()
)
COUNTED: dict[str, tuple[Any, Collection[str]]] = {  # the choices that counts are shown of, and what says them of a job
    "mode": ("work_mode", CHOICES["mode"]),
    "type": ("employment_type", CHOICES["type"]),
    "rank": ("seniority", CHOICES["rank"]),
    "posted": (AGE, [str(days) for days in POSTED]),
}
WEIGHTS = [0.05, 0.2, 0.4, 1.0]  # D, C, B, A: the rest, skills and place, employer, title
ALIKE = 0.15  # trigram similarity from which a known word is looked at: two letters that changed places cost much of it
CANDIDATES = 40
MEANT = 0.7  # of 1: from here on letters agree so far that the word was meant


@dataclass(frozen=True)
class Position:
    """Where a page ends: in which window, and after which rank and id in it."""

    top: int | None = None  # the window's largest id; None: the newest
    rank: float | None = None
    id: int | None = None
    in_text: bool = False  # past those that have the words elsewhere than in the description

    def key(self) -> str:
        place = [self.top, self.rank, self.id, self.in_text]
        return base64.urlsafe_b64encode(json.dumps(place).encode()).decode().rstrip("=")

    @classmethod
    def of(cls, key: str) -> "Position":
        """Return the position that a key names; the start for one that names none."""
        try:
            top, rank, pk, in_text = json.loads(base64.urlsafe_b64decode(key + "=" * (-len(key) % 4)))
            return cls(int(top), None if rank is None else float(rank), None if pk is None else int(pk), bool(in_text))
        except (ValueError, TypeError):
            return cls()


@dataclass(frozen=True)
class Page:
    """One page of results. `corrected` is the text that was searched instead, if the given one found nothing."""

    jobs: list[Job]
    next: str = ""
    corrected: str = ""


def search(filters: Filters, *, key: str = "", limit: int = 50) -> Page:
    """Return a page of the open jobs that fit, best first, and the key of the next page."""
    page = _page(filters, Position.of(key), limit)
    if page.jobs or key or not filters.q:
        return page
    corrected = corrected_text(filters.q)
    if corrected == filters.q:
        return page
    return replace(_page(replace(filters, q=corrected), Position(), limit), corrected=corrected)


def _page(filters: Filters, position: Position, limit: int) -> Page:
    found: list[int] = []
    newest = walks.newest_id()
    top = newest if position.top is None else position.top
    while len(found) < limit and not position.in_text:
        window = _window(filters, top)
        rest = [row for row in window if position.rank is None or (row[1], row[0]) < (position.rank, position.id)]
        taken = rest[: limit - len(found)]
        found += [pk for pk, _ in taken]
        if len(taken) < len(rest):
            position = Position(top, taken[-1][1], taken[-1][0])
            return Page(_full(found), position.key())
        if len(window) < WINDOW:
            position, top = Position(in_text=True), newest
            break
        top = min(pk for pk, _ in window) - 1
        position = Position(top)
    if position.in_text:
        more = _newest_by_text(filters, limit - len(found) + 1, top)
        last = more[: limit - len(found)]
        found += last
        if len(more) == len(last):
            return Page(_full(found))
        position = Position(last[-1] - 1 if last else top, in_text=True)
    return Page(_full(found), position.key())


def _window(filters: Filters, top: int) -> list[tuple[int, float]]:
    """Return id and rank of a window's matches, best first."""
    ids = _newest(filters, WINDOW, top)
    if not filters.q:
        return [(pk, 0.0) for pk in ids]
    fit = SearchRank(F("search"), text_query(filters.q), weights=WEIGHTS, cover_density=True)
    rows = Job.objects.filter(pk__in=ids).values_list("pk", Round(fit, 5, output_field=FloatField()))
    return sorted(((pk, float(fit)) for pk, fit in rows), key=lambda row: (-row[1], -row[0]))


def _newest(filters: Filters, limit: int, top: int) -> list[int]:
    """Return the ids of the newest open jobs that fit, down from `top`."""
    jobs = filters.apply(Job.objects.filter(status=Job.Status.OPEN))
    if filters.queries():
        return walks.matching(jobs, limit, top=top)
    return walks.newest(jobs, limit, top=top)


def _newest_by_text(filters: Filters, limit: int, top: int) -> list[int]:
    """Return the ids of the newest that have some of the words in the description alone."""
    if not finds_by_text(filters.q):
        return []
    jobs = filters.apply(Job.objects.filter(status=Job.Status.OPEN), in_text=True)
    return walks.matching(jobs, limit, top=top, column="text__words")


def _full(ids: list[int]) -> list[Job]:
    found = Job.objects.select_related("company").in_bulk(ids)
    return [found[pk] for pk in ids if pk in found]


# ---------------------------------------------------------------- mistyped words


def corrected_text(text: str) -> str:
    """Return the text with each word that no posting knows replaced by the known one that is most like it."""
    given = words(text)
    known = set(SearchWord.objects.filter(word__in=given).values_list("word", flat=True))
    return " ".join(word if word in known or len(word) < 3 else _nearest(word) for word in given)


def _nearest(word: str) -> str:
    """Return the known word that is most like a mistyped one: trigrams find some, their letters' order decides."""
    alias = replicas.alias()
    with transaction.atomic(using=alias), connections[alias].cursor() as cursor:
        cursor.execute("SELECT set_config('pg_trgm.similarity_threshold', %s, true)", [str(ALIKE)])
        alike = SearchWord.objects.filter(word__trigram_similar=word).annotate(likeness=TrigramSimilarity("word", word))
        found = list(alike.order_by("-likeness", "word").values_list("word", flat=True)[:CANDIDATES])
    ratio, best = max(((SequenceMatcher(None, word, one).ratio(), one) for one in found), default=(0.0, word))
    return best if ratio >= MEANT else word


# ---------------------------------------------------------------- live counts


@dataclass
class Counts:
    """How many open jobs each choice would leave, counted up to 201; `all` is with the filters as they are."""

    of: dict[str, dict[str, int]]
    more: list[str]  # "mode=remote": the choices that leave at least so many, as not all jobs were looked at
    spent: float = 0  # seconds on counting choices by themselves


def counts(filters: Filters) -> Counts:
    these = _looked_at(filters)
    told = Counts({"all": {"": min(len(these), MOST_COUNTED + 1)}}, [])
    for name in COUNTED:
        _count(filters, name, these, told)
    return told


def _looked_at(filters: Filters) -> list[tuple[Any, ...]]:
    """Return of some jobs that fit what all choices need of them."""
    return _some(filters, tuple(column for column, _ in COUNTED.values()), max(LOOKED, MOST_COUNTED + 1))


def _count(filters: Filters, name: str, these: list[tuple[Any, ...]], told: Counts) -> None:
    """Count the choices of one kind among the jobs that they leave together; by itself, what many of these lack."""
    if chosen := getattr(filters, name):
        these = _looked_at(replace(filters, **{name: type(chosen)()}))
    together = _tally(name, [row[list(COUNTED).index(name)] for row in these])
    is_part = len(these) >= LOOKED
    told.of[name] = {}
    for value in COUNTED[name][1]:
        found = together[value]
        if not found and is_part:
            if told.spent > ALONE:
                continue
            start = time.perf_counter()
            found = len(_some(filters.with_only(name, value), ("pk",), MOST_COUNTED + 1))
            told.spent += time.perf_counter() - start
        elif found <= MOST_COUNTED and is_part:
            told.more.append(f"{name}={value}")
        told.of[name][value] = min(found, MOST_COUNTED + 1)


def _tally(name: str, values: list[Any]) -> Counter[str]:
    """Return how many of the values each choice has."""
    if name != "posted":
        return Counter(values)
    return Counter({str(days): sum(age is not None and age <= days for age in values) for days in POSTED})


def _some(filters: Filters, columns: tuple[Any, ...], most: int) -> list[tuple[Any, ...]]:
    """Return the columns of open jobs that fit, `most` of them; which ones is all the same."""
    top, jobs = walks.newest_id(), Job.objects.filter(status=Job.Status.OPEN)
    if not filters.queries():
        return list(filters.apply(jobs).order_by("-id").values_list(*columns)[:most])
    found = walks.some(filters.apply(jobs), columns, most, top=top)
    if len(found) < most and finds_by_text(filters.q):
        in_text = filters.apply(jobs, in_text=True)
        found += walks.some(in_text, columns, most - len(found), top=top, column="text__words")
    return found
