"""What filters, grouping and ranking need of a posting, read from what it says."""

import hashlib
import re
from collections.abc import Iterable
from typing import Any, Protocol

from jobs.normalize.places import Place, where
from jobs.normalize.skills import skills_in
from jobs.normalize.text import plain_of
from jobs.normalize.titles import family, group_words, seniority

_LEGAL_FORM = re.compile(
    r"[\s,]+(inc|incorporated|llc|l\.l\.c|ltd|limited|corp|corporation|co|company|gmbh|ag|se|sa|s\.a|sas|bv|b\.v|plc|pty|oy|ab|srl|s\.r\.l|kg)\.?$",
    re.IGNORECASE,
)


class Posting(Protocol):
    """The columns of a Job that this module reads and writes."""

    company_id: int
    title: str
    location: str
    work_mode: str
    description: str
    seniority: str
    places: Any
    country: str
    family: str
    keywords: Any
    group: int


def derive(job: Posting) -> None:
    """Fill in what follows from the title, the location and the description."""
    if job.location != location_of(Place(**place) for place in job.places):
        job.places = [place.as_json() for place in where(job.location).places]
    job.country = next((place["country"] for place in job.places if place.get("country")), "")
    job.family = family(job.title)
    job.seniority = job.seniority or seniority(job.title)
    job.keywords = skills_in(job.title, plain_of(job.description))
    job.group = group_of(job.company_id, job.title, [Place(**place).label for place in job.places])


def location_of(places: Iterable[Place]) -> str:
    """Return the places in words, as many as a card has room for."""
    labels = list(dict.fromkeys(label for place in places if (label := place.label)))
    text = " · ".join(labels[:4])
    more = f" + {len(labels) - 4} more" if len(labels) > 4 else ""
    return text[: 200 - len(more)] + more


def group_of(company_id: int, title: str, place_labels: Iterable[str]) -> int:
    """Return the number that an opening has on every board and in every city of one employer."""
    text = f"{company_id}|{' '.join(group_words(title, place_labels))}"
    return int.from_bytes(hashlib.blake2b(text.encode(), digest_size=8).digest(), signed=True)


def company_key(name: str) -> str:
    """Return a company's name as names are compared: without case, punctuation and legal form."""
    bare = name.strip()
    for _ in range(2):
        bare = _LEGAL_FORM.sub("", bare)
    return re.sub(r"[^\w+]+", " ", (bare or name).casefold()).strip()[:200]
