"""What a person looks for: the filters of the deck and of the search, as rows and as words."""

from collections.abc import Iterable
from dataclasses import dataclass, field, fields, replace
from datetime import timedelta
from functools import lru_cache
from typing import Any

from django.contrib.postgres.search import SearchQuery
from django.core.cache import caches
from django.db import connection
from django.db.models import QuerySet
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrOrPromise

from accounts.models import WorkMode
from jobs.models import BLOCKS, Job, Lexemes
from jobs.normalize.pay import currency_of
from jobs.normalize.places import where
from jobs.normalize.problems import BadRow
from jobs.normalize.titles import FAMILY_NAMES
from jobs.walks import newest_id
from jobswipe import replicas, rows

POSTED = {1: _("Last day"), 3: _("Last 3 days"), 7: _("Last week"), 30: _("Last month")}  # days
CHOICES: dict[str, dict[str, StrOrPromise]] = {
    "mode": dict(WorkMode.choices),
    "type": dict(Job.EmploymentType.choices),
    "rank": dict(Job.Seniority.choices),
    "work": {key: _(name) for key, name in FAMILY_NAMES.items()},
}
LONGEST = 200  # characters of a text
FEW_DAYS, MOST_BLOCKS = 7, 40
A_WHILE = 60  # seconds
SINCE = f"""
SELECT DISTINCT id >> {BLOCKS[1]} FROM jobs_job WHERE status = 'open' AND posted_at >= now() - %b * interval '1 day'
"""  # noqa: S608 a number of our own


@dataclass(frozen=True)
class Filters:
    """What the postings must have. Nothing set: all of them."""

    q: str = ""
    place: str = ""
    mode: tuple[str, ...] = ()
    type: tuple[str, ...] = ()
    rank: tuple[str, ...] = ()
    work: tuple[str, ...] = ()
    pay: int | None = None  # a year, at least; in `currency`
    currency: str = ""
    posted: int | None = None  # days
    without: tuple[int, ...] = field(default=())  # employers left out, by id

    @classmethod
    def read(cls, query: QueryDict) -> "Filters":
        """Read the filters of an address; what makes no sense is left out, as a typed address is nobody's mistake."""
        return cls(
            q=query.get("q", "").replace("\x00", "").strip()[:LONGEST],
            place=query.get("place", "").replace("\x00", "").strip()[:LONGEST],
            pay=_number(query.get("pay")),
            currency=_currency(query.get("currency", "")),
            posted=days if (days := _number(query.get("posted"))) in POSTED else None,
            without=tuple(number for one in query.getlist("without")[:50] if (number := _number(one)) is not None),
            **{name: tuple(one for one in query.getlist(name) if one in known) for name, known in CHOICES.items()},
        )

    @property
    def is_set(self) -> bool:
        return self != Filters()

    @property
    def count(self) -> int:
        """Return how many kinds of filter are set, for the button that opens them."""
        return sum(bool(getattr(self, one.name)) for one in fields(self) if one.name != "currency")

    def with_only(self, name: str, value: str) -> "Filters":
        """Return the filters with one choice in place of those of its kind."""
        changed: Any = int(value) if name == "posted" else (value,)
        return replace(self, **{name: changed})

    def as_query(self) -> str:
        """Return the filters as the query of an address, without the question mark."""
        query = QueryDict(mutable=True)
        for one in fields(self):
            value = getattr(self, one.name)
            if isinstance(value, tuple):
                query.setlist(one.name, [str(item) for item in value])
            elif value:
                query[one.name] = str(value)
        return query.urlencode()

    def apply(self, jobs: "QuerySet[Job]", *, in_text: bool = False) -> "QuerySet[Job]":
        """Return those of the jobs that fit. `in_text`: that have the words, but some only in the description."""
        if in_text:
            jobs = jobs.filter(text__words=text_query(self.q)).exclude(search=text_query(self.q))
            jobs = replace(self, q="").apply(jobs)
            for lexemes in [*self._choices(), *self._since()]:
                jobs = jobs.filter(text__words=lexemes)  # by the same index
            return jobs
        for query in self.queries():
            jobs = jobs.filter(search=query)
        if self.pay:
            jobs = jobs.filter(pay_year__gte=self.pay)
        if self.posted:
            jobs = jobs.filter(posted_at__gte=timezone.now() - timedelta(days=self.posted))
            for lexemes in self._since() if self.queries() else []:
                jobs = jobs.filter(search=lexemes)
        if self.without:
            jobs = jobs.exclude(company__in=self.without)
        return jobs

    def queries(self) -> list[Any]:
        """Return what the search column must match; all of them come from one index."""
        found: list[Any] = []
        if self.q:
            found.append(text_query(self.q))
        if self.place:
            found.append(_place_query(self.place))
        return found + self._choices()

    def _choices(self) -> list[Any]:
        found: list[Any] = []
        for name in CHOICES:
            if chosen := getattr(self, name):
                found.append(_any_of(f"{name}={one}" for one in chosen))
        if self.pay and self.currency:
            found.append(_any_of([f"pay={self.currency}"]))
        return found

    def _since(self) -> list[Any]:
        """Return which blocks of ids hold what was posted so lately, since the index of words knows no dates.

        What is that new came in lately, too, so it lies in a few of the last blocks; what a month brought, in many.
        """
        if not self.posted or self.posted > FEW_DAYS:
            return []
        blocks = _blocks_since(self.posted)
        for bits in BLOCKS[1:]:
            larger = sorted({block >> (bits - BLOCKS[1]) for block in blocks})
            if 0 < len(larger) <= MOST_BLOCKS:
                return [_any_of(f"#{bits}:{block}" for block in larger)]
        return []


def _blocks_since(days: int) -> list[int]:
    """Return the blocks of ids that hold what was posted in the last days; a minute old where no job came in since."""
    key = f"blocks:{days}:{newest_id()}"
    blocks: list[int] | None = caches["reach"].get(key)
    if blocks is None:
        blocks = [block for (block,) in rows.run(SINCE, [days], using=replicas.alias())]
        caches["reach"].set(key, blocks, A_WHILE)
    return blocks


def text_query(text: str) -> SearchQuery:
    """Return the query for words as people type them: quotes, “or” and a minus mean what they do elsewhere."""
    return SearchQuery(text, config="english", search_type="websearch")


@lru_cache(maxsize=1024)
def finds_by_text(text: str) -> bool:
    """Tell whether the index of all words can find something by it: a minus alone, or “the”, would take all of it."""
    if not text:
        return False
    with connection.cursor() as cursor:
        cursor.execute("SELECT querytree(websearch_to_tsquery('english', %s))", [text])
        return cursor.fetchone()[0] not in {"", "T"}


def _place_query(text: str) -> Any:
    """Return a country's lexeme for a country, else the words of the place as they stand in locations."""
    places = where(text).places
    if places and all(place.country and not (place.city or place.region) for place in places):
        return _any_of(f"in={place.country}" for place in places)
    label = places[0].city or places[0].region or places[0].area if places else text
    return SearchQuery(label, config="english", search_type="plain")


def _any_of(lexemes: Iterable[str]) -> Lexemes:
    return Lexemes(" | ".join(f"'{one}'" for one in lexemes))


def _number(text: str | None) -> int | None:
    return int(text) if text and text.isdecimal() and len(text) <= 12 else None


def _currency(text: str) -> str:
    try:
        return currency_of(text)
    except BadRow:
        return ""
