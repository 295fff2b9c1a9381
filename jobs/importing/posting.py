"""One posting on its way in: what a board said (Draft), and what it means to us (Posting)."""

import hashlib
import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from functools import cached_property, lru_cache
from typing import Any

from jobs.derived import location_of
from jobs.normalize import text, titles
from jobs.normalize.pay import NOT_SAID, Pay
from jobs.normalize.places import NOWHERE, Place, beside, is_everywhere, merge, names_a_place, where, where_together
from jobs.normalize.problems import BadRow
from jobs.normalize.skills import skills_in

MODES = {
    "remote": "remote", "fully remote": "remote", "telecommute": "remote", "telecommuting": "remote",
    "home office": "remote",
    "hybrid": "hybrid", "flexible": "hybrid", "on-site": "onsite", "onsite": "onsite", "on site": "onsite",
    "in-office": "onsite",
    "in office": "onsite", "in person": "onsite",
}  # fmt: skip
_HOSTS_OF_MANY = {
    "boards.greenhouse.io", "job-boards.greenhouse.io", "job-boards.eu.greenhouse.io", "jobs.lever.co",
    "jobs.eu.lever.co", "jobs.ashbyhq.com", "jobs.smartrecruiters.com", "apply.workable.com",
}  # fmt: skip
MOST_PLACES = 50
READING = 7  # raised when the same words come to mean something else, so that what is known is read again


def _told(value: Any) -> Any:
    return str(value) if isinstance(value, Decimal) else vars(value)


_as_json = json.JSONEncoder(default=_told).encode
_APART = {"posted_at", "description", "plain", "digest"}


@dataclass
class Draft:
    """What a board says of one posting, in its own words. Each importer fills in what its board has."""

    external_id: Any
    title: Any
    apply_url: Any
    description: Any = ""  # HTML
    plain: Any = ""  # used when there is no HTML
    locations: Sequence[Any] = ()
    address: Place = NOWHERE
    places: Sequence[Place] = ()  # structured ones; they come before `locations`
    remote: bool | None = None
    mode: Any = ""
    employment: Sequence[Any] = ()
    department: Any = ""
    seniority: Any = ""
    pay: Pay = NOT_SAID
    posted_at: Any = None
    other_urls: Sequence[Any] = ()
    questions: Sequence[dict[str, Any]] = ()
    benefits: Sequence[Any] = ()
    company: Any = ""
    domain: Any = ""
    company_about: Any = ""
    script: str = ""
    closed: bool = False

    @cached_property
    def digest(self) -> str:
        """Return the fingerprint of what the board said. Dates do not count: some boards only say how long ago."""
        said = [READING, *(value for name, value in vars(self).items() if name not in _APART)]
        digest = hashlib.blake2b(_as_json(said).encode(), digest_size=16)
        for long in (self.description, self.plain):  # as they are: JSON would escape them first
            digest.update((long if isinstance(long, str) else _as_json(long)).encode("utf-8", "surrogatepass"))
            digest.update(b"\0")
        return digest.hexdigest()


@dataclass(slots=True)
class Posting:
    """A posting as a Job keeps it, without its company and board."""

    external_id: str
    title: str
    location: str
    work_mode: str
    employment_type: str
    seniority: str
    department: str
    description: str
    benefits: list[str]
    pay_min: Decimal | None
    pay_max: Decimal | None
    pay_currency: str
    pay_period: str
    pay_source: str
    apply_url: str
    other_urls: list[str]
    company_script: str
    questions: list[dict[str, Any]]
    places: list[dict[str, str]]
    place_labels: tuple[str, ...]
    country: str
    family: str
    keywords: list[str]
    posted_at: datetime | None
    digest: str
    # About the employer, for boards that name one in each row.
    company: str = ""
    domain: str = ""
    note: str = ""


def posting_of(draft: Draft) -> Posting:
    """Return the draft as a posting. Raises BadRow, in words, for what cannot be used."""
    title = text.line(draft.title, "title", 200, cut=True)
    external_id = text.line(draft.external_id, "id", 200)
    if not title:
        raise BadRow("The title is missing.")
    if not external_id:
        raise BadRow("The id is missing.")
    description = _description(draft)
    mode, placed = _where(draft)
    clean_title = title.strip(" -–—*|")
    if clean_title.islower():
        clean_title = clean_title[:1].upper() + clean_title[1:]
    return Posting(
        external_id=external_id,
        title=clean_title or title,
        location=placed.location,
        work_mode=mode,
        employment_type=titles.employment_type(
            *(text.line(one, "employment type", 100, cut=True) for one in draft.employment if one), title
        ),
        seniority=titles.seniority(title) or rank_named(text.line(draft.seniority, "seniority", 100, cut=True)),
        department=text.department_name(text.line(draft.department, "department", 100, cut=True)),
        description=description,
        benefits=[text.line(one, "benefit", 200, cut=True) for one in draft.benefits if one][:30],
        pay_min=draft.pay.low,
        pay_max=draft.pay.high,
        pay_currency=draft.pay.currency,
        pay_period=draft.pay.period,
        pay_source=draft.pay.source,
        apply_url=text.web_address(draft.apply_url, "apply address"),
        other_urls=[text.web_address(one) for one in draft.other_urls if one],
        company_script=draft.script,
        questions=list(draft.questions),
        places=[place.as_json() for place in placed.places],
        place_labels=placed.labels,
        country=placed.country,
        family=titles.family(title) or titles.family(text.line(draft.department, "department", 100, cut=True)),
        keywords=skills_in(title, text.plain_of(description) if draft.description else str(draft.plain)),
        posted_at=text.moment(draft.posted_at, "date of the posting"),
        digest=draft.digest,
        company=text.line(draft.company, "company", 200, cut=True),
        domain=text.line(draft.domain, "domain", 200, cut=True),
        note="The description held a script; it was taken out." if _had_script(draft) else "",
    )


def _description(draft: Draft) -> str:
    if draft.description:
        return text.clean_html(draft.description)
    if not isinstance(draft.plain, str):
        raise BadRow("The description is no text.")
    if len(draft.plain) > text.LONGEST_DESCRIPTION:
        raise BadRow(f"The description is longer than {text.LONGEST_DESCRIPTION:,} characters.")
    return text.html_of(draft.plain, employer=str(draft.company or ""))


def _had_script(draft: Draft) -> bool:
    return isinstance(draft.description, str) and text.has_script(draft.description)


@dataclass(frozen=True, slots=True)
class Placed:
    """What the locations of a posting say together."""

    mode: str = ""  # if they name one
    places: tuple[Place, ...] = ()
    labels: tuple[str, ...] = ()
    country: str = ""  # of the first place that has one
    location: str = ""  # in words


def _where(draft: Draft) -> tuple[str, Placed]:
    """Return how the work is done, and where."""
    names = {_letters(str(one)) for one in (draft.company, _name_in_address(draft.apply_url)) if one}
    raw = [text.line(one, "location", 300, cut=True) for one in draft.locations[:MOST_PLACES] if one]
    told = tuple(_without_employer(one, names) for one in raw)
    placed = _placed(told, draft.address, tuple(draft.places), is_remote=bool(draft.remote))
    mode = work_mode(text.line(draft.mode, "work mode", 60, cut=True))
    if not mode:
        mode = placed.mode if placed.mode == "hybrid" else "remote" if draft.remote or placed.mode == "remote" else ""
    return mode or titles.mode_told(text.line(draft.title, "title", 200, cut=True)), placed


@lru_cache(maxsize=16_384)  # the same ones come again and again
def _placed(locations: tuple[str, ...], address: Place, structured: tuple[Place, ...], *, is_remote: bool) -> Placed:
    read = where_together(locations)
    first = read[0].places if read else ()
    if (is_remote or any(one.mode == "remote" for one in read)) and _is_wide(locations[0] if locations else "", first):
        found = list(structured) or list(first)  # the address is the office's, and says less
    else:
        found = list(structured) or list(merge(first, address))
    for one in read if structured else read[1:]:
        found += one.places
    found = beside(found, address.country)
    places = _without_vaguer([place for place in dict.fromkeys(found) if place.label][:MOST_PLACES])
    is_named = locations and names_a_place(locations[0]) and not is_everywhere(locations[0])
    as_written = locations[0][:200] if is_named else ""
    return Placed(
        mode=next((one.mode for one in read if one.mode), ""),
        places=tuple(places),
        labels=tuple(place.label for place in places),
        country=next((place.country for place in places if place.country), ""),
        location=location_of(places) or as_written,
    )


def _is_wide(location: str, places: Sequence[Place]) -> bool:
    """Tell whether a location names a country, a region or more: "US - Remote", "EMEA", "Worldwide"."""
    return all(not place.city for place in places) if places else is_everywhere(location)


def _name_in_address(address: Any) -> str:
    """Return what a board calls the employer: "nerdwallet" in "https://jobs.ashbyhq.com/nerdwallet/1"."""
    host, _, path = str(address).removeprefix("https://").partition("/")
    return path.partition("/")[0] if host in _HOSTS_OF_MANY else ""


def _without_employer(location: str, names: set[str]) -> str:
    """Return the location without the employer's name before it: "NerdWallet US", "Branch HQ"."""
    first = _letters(location.partition(" ")[0])
    if not any(name.startswith(first) for name in names):
        return location
    words = location.split(" ")
    for many in range(1, min(len(words), 4)):
        name = " ".join(words[:many])
        if _letters(name) in names and not any(place.country for place in where(name).places):
            return " ".join(words[many:])
    return location


@lru_cache(maxsize=4096)
def _letters(name: str) -> str:
    return re.sub(r"[\W_]", "", name).casefold()


def _without_vaguer(places: list[Place]) -> list[Place]:
    """Leave out a city without a country if the same city comes with one."""
    known = {place.city.casefold() for place in places if place.country}
    return [place for place in places if place.country or not place.city or place.city.casefold() not in known]


def work_mode(label: str) -> str:
    """Return how the work is done, in one of our words; empty for a label that says something else."""
    return MODES.get(label.casefold().replace("_", "-"), "")


def rank_named(label: str) -> str:
    """Return the rank that a label names ("Mid-Senior level"); empty where it names none."""
    words = label.casefold()
    table = (("intern", "intern"), ("entry", "entry"), ("associate", "entry"), ("junior", "entry"), ("mid-senior",
    "senior"),
             ("senior", "senior"), ("staff", "staff"), ("manager", "manager"), ("director", "director"),
             ("executive", "executive"))  # fmt: skip
    return next((rank for word, rank in table if word in words), "")
