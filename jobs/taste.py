"""How well a posting fits a person, in points that each have a reason in words.

What the person says of themselves counts most; what they swiped adds a little, by counting: of the last 200 decisions,
how often a kind of work, an employer, a mode, a rank was chosen, against how often it was passed.
"""

import math
import re
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, NamedTuple

from django.utils.text import get_text_list
from django.utils.translation import gettext

from accounts.models import Candidate, User
from jobs.normalize.pay import HOURS_A_YEAR
from jobs.normalize.places import place_of
from jobs.normalize.skills import skill_name
from jobs.normalize.titles import FAMILY_NAMES, family, title_words
from jobswipe import replicas, rows

LOOKED_AT = 200  # decisions
ENOUGH = 3  # decisions on a thing before it says anything
_RANKS = ["intern", "entry", "", "senior", "staff", "manager", "director", "executive"]
_PLAIN_WORDS = {
    "and",
    "of",
    "the",
    "for",
    "in",
    "at",
    "to",
    "a",
    "remote",
    "hybrid",
    "senior",
    "junior",
    "staff",
    "lead",
    "principal",
}


class Row(NamedTuple):
    """What ranking needs of a posting."""

    id: int
    title: str
    company_id: int
    family: str
    seniority: str
    country: str
    places: list[dict[str, str]]
    work_mode: str
    keywords: list[str]
    pay_year: int | None
    pay_currency: str
    age: float | None  # days since it was posted
    group: int


class Reason(NamedTuple):
    """Points for one thing, and how to say it, which is done for the few that are shown; nothing said is not shown."""

    points: float
    say: Callable[[], str] = str


@dataclass
class Taste:
    """A person as ranking sees them."""

    title_words: frozenset[str] = frozenset()
    family: str = ""
    skills: dict[str, str] = field(default_factory=dict)  # folded: as the person wrote it
    city: str = ""
    region: str = ""
    country: str = ""
    mode: str = ""
    relocates: bool = False
    pay_year: int | None = None
    currency: str = ""
    rank: int | None = None  # index into _RANKS
    learned: dict[tuple[str, Any], float] = field(default_factory=dict)  # -1 … 1
    put_back: list[int] = field(default_factory=list)  # jobs on which they took a decision back lately

    @property
    def families(self) -> list[str]:
        """Return the kinds of work to look among, the person's own first, then what they chose most."""
        chosen = sorted(
            ((points, key[1]) for key, points in self.learned.items() if key[0] == "family" and points > 0),
            reverse=True,
        )
        return list(dict.fromkeys([one for one in [self.family, *(name for _, name in chosen)] if one]))[:2]


def taste_of(user: User) -> Taste:
    """Read what a person says of themselves and what their last decisions say, in two queries."""
    candidate = Candidate.objects.filter(user=user).first() or Candidate(user=user)
    decisions = _decisions(user)
    place = place_of(candidate.city, candidate.region, candidate.country)
    title = candidate.current_title
    pay = (
        candidate.salary_amount
        and candidate.salary_period
        and candidate.salary_amount * HOURS_A_YEAR[candidate.salary_period]
    )
    return Taste(
        title_words=frozenset(title_words(title)) - _PLAIN_WORDS,
        family=family(title),
        skills={
            _folded(skill_name(name)): skill_name(name)
            for one in candidate.skills
            if (name := str(one.get("name", "")))
        },
        city=place.city,
        region=place.region,
        country=place.country,
        mode=candidate.work_mode,
        relocates=bool(candidate.willing_to_relocate),
        pay_year=pay or None,
        currency=candidate.salary_currency,
        rank=_rank(candidate.experience_years),
        learned=learned(tuple(rest) for _, is_put_back, *rest in decisions if not is_put_back),
        put_back=[job for job, is_put_back, *_ in decisions if is_put_back],
    )


DECISIONS = """
SELECT job.id, swipe.retracted_at IS NOT NULL, direction <> 'left', family, company_id, work_mode, seniority
FROM applications_swipe swipe JOIN jobs_job job ON job.id = swipe.job_id
WHERE user_id = %b ORDER BY swipe.id DESC LIMIT %b
"""


def _decisions(user: User) -> list[tuple[Any, ...]]:
    """Return the last decisions: job, was it taken back, was it wanted, kind of work, employer, mode, rank."""
    return rows.run(DECISIONS, [user.pk, LOOKED_AT], using=replicas.alias())


def learned(decisions: Iterable[tuple[bool, str, int, str, str]]) -> dict[tuple[str, Any], float]:
    """Return for each thing how much more often than everything else it was wanted, from -1 to 1.

    The share of "wanted" with the thing is set against the share overall, both softened by two imagined decisions.
    """
    wanted, seen = Counter[tuple[str, Any]](), Counter[tuple[str, Any]]()
    total = liked = 0
    for is_wanted, *things in decisions:
        total, liked = total + 1, liked + is_wanted
        for key in zip(("family", "company", "mode", "seniority"), things, strict=True):
            if key[1]:
                seen[key] += 1
                wanted[key] += is_wanted
    overall = _logit(liked, total)
    return {
        key: max(-1.0, min(1.0, (_logit(wanted[key], seen[key]) - overall) / 2)) for key in seen if seen[key] >= ENOUGH
    }


def _logit(wanted: int, total: int) -> float:
    return math.log((wanted + 1) / (total - wanted + 1))


def _rank(years: int | None) -> int | None:
    """Return the rank that years of experience usually stand for: below 2 entry, below 5 none, from 5 senior."""
    return None if years is None else 1 if years < 2 else 2 if years < 5 else 3


@lru_cache(maxsize=16_384)
def _folded(text: str) -> str:
    return re.sub(r"[\s.]+", "", text.casefold())


# ---------------------------------------------------------------- points


def judge(taste: Taste, job: Row) -> list[Reason]:
    """Return what speaks for and against a posting."""
    return [*_title(taste, job), *_skills(taste, job), *_place(taste, job), *_mode(taste, job), *_pay(taste, job),
            *_rank_reason(taste, job), *_freshness(job), *_learned(taste, job)]  # fmt: skip


@lru_cache(maxsize=16_384)  # a person's next cards are found among much the same postings
def _words_of(title: str) -> frozenset[str]:
    return frozenset(title_words(title))


def _title(taste: Taste, job: Row) -> Iterable[Reason]:
    mine = taste.title_words
    shared = mine & _words_of(job.title)
    if shared:
        share = len(shared) / len(mine)
        yield Reason(25 * share, lambda: gettext("Close to your title") if share > 0.5 else "")
    if taste.family and job.family == taste.family:
        yield Reason(15, lambda: gettext(FAMILY_NAMES[job.family]) if not shared else "")


def _skills(taste: Taste, job: Row) -> Iterable[Reason]:
    both = [taste.skills[one] for name in job.keywords if (one := _folded(name)) in taste.skills]
    if both:
        yield Reason(min(8 * len(both), 25), lambda: gettext("Asks for %s") % get_text_list(both[:3], gettext("and")))


def _place(taste: Taste, job: Row) -> Iterable[Reason]:
    if not taste.country or not job.places:
        return
    here = [place for place in job.places if place.get("country") == taste.country]
    if taste.city and any(place.get("city") == taste.city for place in here):
        yield Reason(18, lambda: gettext("In %s") % taste.city if job.work_mode != "remote" else "")
    elif here and job.work_mode == "remote":
        yield Reason(12, lambda: gettext("Remote where you live"))
    elif here:
        near = taste.region and any(place.get("region") == taste.region for place in here)
        yield Reason(8 if near else 3 if taste.relocates else 0, lambda: gettext("In your region") if near else "")
    elif job.country:
        yield Reason(-10 if taste.relocates else -30)


def _mode(taste: Taste, job: Row) -> Iterable[Reason]:
    if taste.mode and job.work_mode:
        if taste.mode == job.work_mode:
            yield Reason(
                10,
                lambda: {"remote": gettext("Remote, as you like"), "hybrid": gettext("Hybrid, as you like")}.get(
                    job.work_mode, gettext("On site, as you like")
                ),
            )
        else:
            yield Reason(-12 if taste.mode == "remote" else -4)


def _pay(taste: Taste, job: Row) -> Iterable[Reason]:
    if taste.pay_year and job.pay_year and job.pay_currency == taste.currency:
        yield Reason(10, lambda: gettext("Pays what you ask")) if job.pay_year >= taste.pay_year else Reason(-12)


def _rank_reason(taste: Taste, job: Row) -> Iterable[Reason]:
    if taste.rank is not None and job.seniority:
        steps = abs(_RANKS.index(job.seniority) - taste.rank)
        yield Reason(
            (6, 2, -4, -10, -14, -16, -18)[min(steps, 6)], lambda: gettext("Fits your experience") if steps == 0 else ""
        )


def _freshness(job: Row) -> Iterable[Reason]:
    if job.age is not None:
        is_new = job.age < 2
        yield Reason(10 * math.exp(-max(job.age, 0) / 14), lambda: gettext("New") if is_new else "")


def _learned(taste: Taste, job: Row) -> Iterable[Reason]:
    def often() -> str:
        return gettext("You often choose %s") % gettext(FAMILY_NAMES[job.family]).lower()

    if points := 8 * taste.learned.get(("family", job.family), 0):
        yield Reason(points, often if points > 2 else str)
    others = ("company", job.company_id, 6), ("mode", job.work_mode, 4), ("seniority", job.seniority, 4)
    for name, value, most in others:
        if points := most * taste.learned.get((name, value), 0):
            yield Reason(points)
