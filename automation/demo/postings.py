"""Some three hundred postings of made-up employers, whose forms are those of the practice employers."""

import hashlib
import random
import tomllib
from collections.abc import Iterator
from datetime import datetime, timedelta
from functools import cache
from html import escape
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.files.base import ContentFile
from django.utils import timezone
from django.utils.text import slugify

from automation.sandbox import questions as practice
from automation.sandbox.catalogue import NAMES, opening
from jobs.importing.posting import Draft, Posting, posting_of
from jobs.importing.upsert import Counts, Incoming, save
from jobs.models import Board, Company
from jobs.normalize.pay import NOT_SAID, Pay, pay_of
from jobs.normalize.places import where

BOARD = "demo"
EACH = 10  # postings of an employer
SAYS_PAY = 0.37  # these shares are those of 9,396 real postings
TYPES = [("Full time", 945), ("Contract", 30), ("Internship", 12), ("Part time", 13)]
INKS = ["#2f5d8a", "#8a3b5c", "#3f7d4e", "#9a6417", "#5b4b9a", "#20727a", "#a2442e", "#4a5568"]
SHAPES = [
    '<circle cx="24" cy="24" r="18" fill="{ink}"/><circle cx="30" cy="20" r="11" fill="{second}"/>',
    '<path d="M24 5 43 24 24 43 5 24Z" fill="{ink}"/><path d="M24 16 32 24 24 32 16 24Z" fill="{second}"/>',
    '<path d="M6 30c6-8 12-8 18 0s12 8 18 0v10H6Z" fill="{ink}"/><circle cx="24" cy="15" r="8" fill="{second}"/>',
    '<rect x="7" y="22" width="9" height="19" rx="2" fill="{ink}"/><rect x="33" y="6" width="9" height="35" rx="2" '
    'fill="{ink}"/><rect x="20" y="12" width="9" height="29" rx="2" fill="{second}"/>',
    '<path d="M24 6a18 18 0 0 1 18 18H24Zm0 36A18 18 0 0 1 6 24h18Z" fill="{second}"/>'
    '<path d="M24 6v18H6A18 18 0 0 1 24 6Zm0 36V24h18a18 18 0 0 1-18 18Z" fill="{ink}"/>',
    '<g transform="rotate({turn} 24 24)"><rect x="9" y="9" width="30" height="30" rx="7" fill="{ink}"/>'
    '<rect x="18" y="18" width="12" height="12" rx="3" fill="{second}"/></g>',
]
FORMS = {"meridian": "MERIDIAN", "harborlight": "HARBORLIGHT"}  # what these ask is published with the posting


@cache
def source() -> dict[str, Any]:
    return tomllib.loads(Path(__file__).with_name("postings.toml").read_text(encoding="utf-8"))


def seed_postings() -> None:
    """Put the postings in; those that are there and unchanged are left alone."""
    board, _ = Board.objects.get_or_create(kind=Board.Kind.FILE, token=BOARD, defaults={"is_active": False})
    now = timezone.now().replace(minute=0, second=0, microsecond=0)
    save(board, map(Incoming.ready, postings(now)), Counts())
    _dress({one["name"]: one["about"] for one in source()["companies"]})


def postings(now: datetime) -> Iterator[Posting]:
    """Give the postings: the same each time, but for their age."""
    for number, company in enumerate(source()["companies"]):
        chance = random.Random(number)  # noqa: S311 the same demo each time
        for posting, family in enumerate(_families(company, chance)):
            yield _posting(company, family, number * EACH + posting, chance, now)


def _families(company: dict[str, Any], chance: random.Random) -> list[str]:
    families: list[str] = company["families"]
    return [*(families * EACH)[: EACH - chance.randrange(3)], families[0]]


def _posting(company: dict[str, Any], family: str, number: int, chance: random.Random, now: datetime) -> Posting:
    team = chance.choice(source()["texts"]["teams"])
    title = chance.choice(source()["families"][family]["titles"]).format(team=team)
    place = chance.choice(company["places"])
    employer = list(NAMES)[number % len(NAMES)]
    posting = posting_of(
        Draft(
            external_id=f"demo-{number}",
            title=title,
            apply_url="https://example.com/",  # replaced below: a practice employer is no public address
            description=_description(company, family, team, chance),
            locations=[place, *(chance.sample(company["places"], 1) if chance.random() < 0.15 else [])],
            mode="remote" if place.startswith("Remote") else chance.choice(["onsite", "hybrid", "hybrid", ""]),
            employment=["internship" if "Intern" in title else _type(chance)],
            department=team,
            pay=_pay(family, place, chance),
            posted_at=(now - timedelta(hours=int(chance.expovariate(1 / 300)) % 1400)).isoformat(),
            benefits=chance.sample(source()["texts"]["benefits"], 3),
            questions=_questions(employer),
            company=company["name"],
        )
    )
    posting.apply_url = settings.SANDBOX_URL + opening(employer, f"{slugify(title)}-{number}").path
    said = f"{posting.digest} {posting.apply_url}"  # that the employers have moved is a change, too
    posting.digest = hashlib.blake2b(said.encode(), digest_size=16).hexdigest()
    return posting


def _type(chance: random.Random) -> str:
    return chance.choices([name for name, _ in TYPES], [share for _, share in TYPES])[0]


def _pay(family: str, place: str, chance: random.Random) -> Pay:
    country = next((one.country for one in where(place).places), "US")
    if chance.random() > SAYS_PAY or country not in {"US", "GB", "CA"}:
        return NOT_SAID
    low, high = source()["families"][family]["pay"]
    start = chance.randrange(low, (low + high) // 2)
    currency = {"US": "USD", "GB": "GBP", "CA": "CAD"}[country]
    return pay_of(start * 1000, (start + chance.randrange(12, 45)) * 1000, currency, "year")


def _description(company: dict[str, Any], family: str, team: str, chance: random.Random) -> str:
    texts, lines = source()["texts"], source()["families"][family]
    size = chance.choice(["four", "seven", "eleven", "sixteen", "twenty-two", "forty"])
    intro = chance.choice(texts["intros"]).format(about=company["about"], team=team, size=size)

    def bullets(points: list[str], most: int) -> str:
        chosen = chance.sample(points, min(most, len(points)))
        return f"<ul>{''.join(f'<li>{escape(point, quote=False)}</li>' for point in chosen)}</ul>"

    return (
        f"<p>{escape(intro, quote=False)}</p><h3>What you will do</h3>{bullets(lines['duties'], 4)}"
        f"<h3>What helps</h3>{bullets(lines['helps'], 3)}<p>{chance.choice(texts['ends'])}</p>"
    )


def _questions(employer: str) -> list[dict[str, Any]]:
    asked = getattr(practice, FORMS[employer]) if employer in FORMS else ()
    return [
        {
            "label": one.label,
            "kind": ("multi_choice" if one.many else "single_choice") if one.options else "text",
            "options": list(one.options),
            "required": one.required,
            "key": one.name,
        }
        for one in asked
        if one.after is None
    ]


# ---------------------------------------------------------------- what employers look like


def _dress(abouts: dict[str, str]) -> None:
    """Give the employers their line about themselves and a drawn logo, where they have none."""
    for company in Company.objects.filter(name__in=abouts, logo=""):
        company.about = company.about or abouts[company.name]
        company.logo.save(f"{company.slug}.svg", ContentFile(logo(company.name).encode()), save=False)
        company.save()


def logo(name: str) -> str:
    """Draw a logo: a shape that belongs to the name, in two inks."""
    chance = random.Random(name)  # noqa: S311 the same drawing each time
    ink, second = chance.sample(INKS, 2)
    turn = chance.randrange(0, 90, 15)
    shapes = [shape.format(ink=ink, second=second, turn=turn) for shape in SHAPES]
    return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 48 48">{chance.choice(shapes)}</svg>\n'
