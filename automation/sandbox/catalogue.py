"""The openings of the practice employers. Others exist too: any slug or number is answered."""

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

NAMES = {
    "meridian": "Meridian Labs",
    "harborlight": "Harborlight",
    "copperline": "Copperline",
    "saltmarsh": "Saltmarsh",
    "fernhall": "Fernhall",
    "birchmoor": "Birchmoor",
    "graniteco": "Graniteco",
}
PATHS = {  # where a posting is, by its key; the others are at /EMPLOYER/jobs/KEY
    "copperline": "/copperline/{}",
    "saltmarsh": "/saltmarsh/{}",
    "fernhall": "/fernhall/{}",
    "birchmoor": "/birchmoor/j/{}/",
    "graniteco": "/graniteco/en-US/careers/job/Austin-TX/{}",
}


@dataclass(frozen=True)
class Opening:
    """One posting; `path` is its address on the practice site."""

    employer: str
    key: str
    title: str
    team: str
    place: str
    intro: str = "You will join a small team that builds something people lean on, and make it better."
    duties: Sequence[str] = ("Own a piece of the product.", "Write it down, so that the next person can own it too.")
    helps: Sequence[str] = ("Things you have built that stayed up.", "Plain words.")

    @property
    def path(self) -> str:
        return PATHS.get(self.employer, f"/{self.employer}/jobs/{{}}").format(self.key)


def _catalogue() -> list[Opening]:
    source = Path(__file__).with_name("openings.toml")
    return [Opening(**one) for one in tomllib.loads(source.read_text(encoding="utf-8"))["openings"]]


OPENINGS = _catalogue()


def opening(employer: str, key: str) -> Opening:
    """Return the opening of that address; one that is in no catalogue is made up, with a title from its address."""
    known = (one for one in OPENINGS if (one.employer, one.key) == (employer, key))
    return next(known, None) or Opening(employer, key, _title(key), "Engineering", "Remote (US)")


def _title(key: str) -> str:
    return f"Engineer {key}" if key.isdigit() else key.replace("-", " ").title()


def by_team(employer: str, words: str = "") -> dict[str, list[Opening]]:
    """Return the employer's openings under their teams; only those that have all the words, if there are any."""
    found = [one for one in OPENINGS if one.employer == employer and _has(one, words.casefold().split())]
    teams = groupby(sorted(found, key=lambda one: one.team), key=lambda one: one.team)
    return {team: list(group) for team, group in teams}


def _has(one: Opening, words: list[str]) -> bool:
    text = f"{one.title} {one.team} {one.place}".casefold()
    return all(word in text for word in words)
