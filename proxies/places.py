"""The time zone and the language that fit a person and where they come out."""

from functools import lru_cache
from importlib.resources import files

import phonenumbers
from phonenumbers.timezone import time_zones_for_number

ENGLISH = frozenset({"AU", "CA", "GB", "IE", "IN", "NZ", "SG", "US", "ZA"})


def time_zone_of(exit_country: str, country: str = "", phone: str = "") -> str | None:
    """Return the zone of the exit's country: the one of the person's number where that is at home there; else None."""
    where = exit_country or country
    zones = _zones().get(where, ())
    return next((zone for zone in _zones_of_number(phone) if zone in zones), next(iter(zones), None))


def _zones_of_number(phone: str) -> tuple[str, ...]:
    try:
        return tuple(time_zones_for_number(phonenumbers.parse(phone)))
    except phonenumbers.NumberParseException:
        return ()


@lru_cache(maxsize=1)
def _zones() -> dict[str, list[str]]:
    """Zones by country, the one with most people first (zone.tab of the time zone database)."""
    zones: dict[str, list[str]] = {}
    for line in (files("tzdata") / "zoneinfo" / "zone.tab").read_text().splitlines():
        if not line.startswith("#"):
            country, _, zone, *_ = line.split("\t")
            zones.setdefault(country, []).append(zone)
    return zones


def language_of(country: str) -> str:
    """Return the English of the person's country: forms are read in English, and many people abroad browse so."""
    return f"en-{country}" if country in ENGLISH else "en-US"
