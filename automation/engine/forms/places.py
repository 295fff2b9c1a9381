"""Countries, their regions and languages by all their names (ISO 3166 and 639, by pycountry)."""

import gettext
import re
from functools import lru_cache

import pycountry

ALIASES = {
    "US": (
        "usa",
        "u.s.",
        "u.s.a.",
        "united states",
        "united states of america",
        "america",
        "the united states",
    ),
    "GB": ("uk", "u.k.", "great britain", "united kingdom", "england"),
    "KR": ("south korea",),
    "CZ": ("czech republic",),
    "TR": ("turkey",),
    "RU": ("russia",),
    "VN": ("vietnam",),
    "AE": ("uae",),
}

LANGUAGES = (
    "de",
    "fr",
    "es",
    "it",
    "nl",
    "pt",
    "sv",
    "da",
    "nb",
    "pl",
)  # in which forms name countries, besides English
SHORT = {"US": "US", "U.S": "US", "USA": "US", "UK": "GB", "U.K": "GB", "UAE": "AE"}


@lru_cache(maxsize=512)
def country_names(code: str) -> tuple[str, ...]:
    """Return the names of the country with this alpha-2 code in lower case, the code among them."""
    country = pycountry.countries.get(alpha_2=code.upper()) if code else None
    if country is None:
        return (code.casefold(),) if code else ()
    names = [country.name, getattr(country, "common_name", ""), getattr(country, "official_name", "")]
    names += [translated for name in names if name for translated in _translated(name)]
    names += [country.alpha_2, country.alpha_3, *ALIASES.get(country.alpha_2, ())]
    return tuple(dict.fromkeys(name.casefold() for name in names if name))


@lru_cache(maxsize=512)
def country_of(name: str) -> str:
    """Return the code (alpha-2) of the country with this code or name; empty if it is none's, or several have it."""
    said = name.strip().casefold()
    found = {one.alpha_2 for one in pycountry.countries if said in country_names(one.alpha_2)}
    return found.pop() if len(found) == 1 else ""


def _translated(name: str, of: str = "iso3166-1") -> list[str]:
    return [translation.gettext(name) for translation in _translations(of)]


@lru_cache(maxsize=2)
def _translations(of: str) -> list[gettext.NullTranslations]:
    return [
        gettext.translation(of, pycountry.LOCALES_DIR, languages=[language], fallback=True) for language in LANGUAGES
    ]


@lru_cache(maxsize=512)
def language_names(name: str) -> tuple[str, ...]:
    """Return the names of a language that has this one: "English" and "Anglais" are one."""
    known = pycountry.languages.get(name=name.strip())
    names = [name, *_translated(known.name, "iso639-3")] if known else [name]
    return tuple(dict.fromkeys(one.casefold() for one in names))


def country_title(code: str) -> str:
    """Return the country's usual name."""
    country = pycountry.countries.get(alpha_2=code.upper()) if code else None
    return getattr(country, "common_name", country.name) if country else code


@lru_cache(maxsize=512)
def region_names(country: str, region: str) -> tuple[str, ...]:
    """Return the names of a region: "TX" and "Texas" are one."""
    given = region.casefold()
    if not country:
        return (given,) if given else ()
    for one in pycountry.subdivisions.get(country_code=country.upper()) or ():  # type: ignore[no-untyped-call]
        names = (one.name.casefold(), one.code.partition("-")[2].casefold())
        if given in names:
            return (*names, one.code.casefold())
    return (given,) if given else ()


@lru_cache(maxsize=64)
def _regions_of(country: str) -> frozenset[str]:
    found = pycountry.subdivisions.get(country_code=country.upper()) or ()  # type: ignore[no-untyped-call]
    return frozenset(name.casefold() for one in found for name in (one.name, one.code.partition("-")[2]))


def is_elsewhere(place: str, country: str, region: str) -> bool:
    """Whether a place that is written with commas ("Austin, Minnesota") names another region of the country."""
    parts = {part.strip().casefold() for part in place.split(",")[1:]}
    own = set(region_names(country, region))
    return bool(own) and not parts & own and bool(parts & _regions_of(country))


def countries_named_in(question: str) -> set[str]:
    """Return the codes of the countries that a question names. "US" counts in capitals only: think of "join us"."""
    spaced = f" {re.sub(r'[^a-z]+', ' ', question.casefold())} "
    short = {code for sign, code in SHORT.items() if re.search(rf"\b{re.escape(sign)}(?![A-Za-z])", question)}
    return short | {code for name, code in _long_names().items() if f" {name} " in spaced}


def without_countries(question: str) -> str:
    """Return the question without the names of countries."""
    for sign in SHORT:
        question = re.sub(rf"\b{re.escape(sign)}(?![A-Za-z])\.?", " ", question)
    return _all_names().sub(" ", question)


@lru_cache(maxsize=1)
def _all_names() -> re.Pattern[str]:
    """Match any country's name, the longest first, with the letters beyond a to z at its ends: "Österreich"."""
    names = sorted(_long_names(), key=len, reverse=True)
    any_name = "|".join(name.replace(" ", r"[^a-z]+") for name in names)
    return re.compile(rf"(?<!\w)[^\W\d_a-z]*({any_name})[^\W\d_a-z]*(?!\w)", re.IGNORECASE)


@lru_cache(maxsize=1)
def _long_names() -> dict[str, str]:
    names = {
        re.sub(r"[^a-z]+", " ", name).strip(): country.alpha_2
        for country in pycountry.countries
        for name in country_names(country.alpha_2)
    }
    return {name: code for name, code in names.items() if len(name) > 3 and name != "america"}
