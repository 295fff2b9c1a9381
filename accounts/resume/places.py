"""Where a person lives: "Austin, TX 78701", "Berlin, Germany", "10115 Berlin", "London, UK"."""

import re
from functools import cache
from typing import Any

import pycountry

ALIASES = {
    "usa": "US", "u.s.a.": "US", "u.s.": "US", "us": "US", "uk": "GB", "u.k.": "GB", "england": "GB", "scotland": "GB",
    "wales": "GB", "deutschland": "DE", "österreich": "AT", "schweiz": "CH", "españa": "ES", "brasil": "BR",
    "méxico": "MX", "the netherlands": "NL", "russia": "RU", "south korea": "KR", "korea": "KR", "uae": "AE",
    "turkey": "TR", "italia": "IT", "polska": "PL", "suisse": "CH", "belgique": "BE", "czech republic": "CZ",
}  # fmt: skip
STATES_ALONE = ("US", "CA")  # their states are written without the country
POSTCODE = re.compile(r"\b(\d{5}(?:-\d{4})?|[A-Z]\d[A-Z] ?\d[A-Z]\d|[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}|\d{4,6})\b")
STREET = re.compile(
    r"^\d+[a-z]?\s+\D|^\D+\s\d+[a-z]?$|\b(street|st\.|avenue|ave|road|rd|straße|strasse|str\.|rue|calle)", re.I
)


def country_code(text: str) -> str:
    """Return the two letters of a country named in full or by a usual short name; empty for none."""
    plain = text.strip(" .,").casefold()
    return ALIASES.get(plain) or ALIASES.get(text.strip().casefold()) or _countries().get(plain, "")


@cache
def _countries() -> dict[str, str]:
    names = {}
    for one in pycountry.countries:
        for name in (one.name, getattr(one, "common_name", ""), getattr(one, "official_name", "")):
            names[name.casefold()] = one.alpha_2
    del names[""]
    return names


@cache
def _states() -> dict[str, tuple[str, str]]:
    """Each state or province that is written alone, by code and name: its code and its country."""
    found = {}
    for country in STATES_ALONE:
        rows: Any = pycountry.subdivisions.get(country_code=country)  # type: ignore[no-untyped-call]
        for one in rows or ():
            code = one.code.partition("-")[2]
            found[code] = found[one.name.casefold()] = (code, country)
    return found


def state_of(text: str) -> tuple[str, str] | None:
    """Return the code and the country of a state of the USA or a province of Canada; codes count in capitals only."""
    states = _states()
    return states.get(text) if len(text) == 2 else states.get(text.casefold())


def find_place(text: str, *, whole: bool = False) -> dict[str, str]:
    """Return the parts of an address as columns of Candidate; empty where the text is none.

    `whole`: every part of the text has to belong to the address.
    """
    parts = [part.strip(" .") for part in text.split(",") if part.strip(" .")]
    place: dict[str, str] = {}
    if len(parts) > 1 and (code := country_code(parts[-1])):
        place["country"] = code
        parts.pop()
    _take_postcode(parts, place)
    if len(parts) > 1 and (state := state_of(parts[-1])) and place.get("country", state[1]) == state[1]:
        place["region"], place["country"] = state
        parts.pop()
    elif len(parts) > 1 and "country" in place and not STREET.search(parts[-2]):
        place["region"] = parts.pop()
    if not place.get("country") and not ("postal_code" in place and len(parts) > 1 and STREET.search(parts[0])):
        return {}
    if parts and _is_city(parts[-1]):
        place["city"] = parts.pop()
    if parts and STREET.search(parts[0]):
        place["street"] = ", ".join(parts)
        parts = []
    return place if "city" in place and not (whole and parts) else {}


def _take_postcode(parts: list[str], place: dict[str, str]) -> None:
    """A postal code stands in the last part or, before a town, in the one that remains."""
    for i in reversed(range(len(parts))):
        if (found := POSTCODE.search(parts[i])) and not (i == 0 and len(parts) > 1 and STREET.search(parts[0])):
            place["postal_code"] = found[0]
            parts[i] = parts[i].replace(found[0], "").strip()
            if not parts[i]:
                parts.pop(i)
            return


def _is_city(text: str) -> bool:
    return bool(re.fullmatch(r"[^\W\d_][^\d@:/|]{1,40}", text)) and len(text.split()) <= 4


def is_place(text: str) -> bool:
    """Say whether this part of a line is where something was, not what: "Austin, TX", "Remote"."""
    plain = text.strip(" ()")
    if re.fullmatch(r"(fully )?remote.*|hybrid|on-?site|home ?office", plain, re.I) or country_code(plain):
        return True
    return bool(find_place(plain, whole=True))
