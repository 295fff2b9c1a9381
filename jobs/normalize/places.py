"""Places: "Remote - US", "*HQ - San Francisco, CA", "München" become city, region, country.

What is not recognized is kept as the employer wrote it; a country is never guessed from a city that is not known.
"""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

import pycountry


def _subdivisions(country: str, *kinds: str) -> dict[str, str]:
    found: Any = pycountry.subdivisions.get(country_code=country)  # type: ignore[no-untyped-call]  # not typed there
    return {one.code[3:]: one.name for one in found if not kinds or one.type in kinds}


US_STATES = _subdivisions("US", "State", "District")
CA_PROVINCES = _subdivisions("CA")
AU_STATES = _subdivisions("AU")
REGIONS = {"US": US_STATES, "CA": CA_PROVINCES, "AU": AU_STATES}

COUNTRY_WORDS = {
    "usa": "US", "us": "US", "u.s.": "US", "u.s": "US", "u.s.a": "US", "u.s.a.": "US", "united states": "US",
    "america": "US",
    "united states of america": "US", "the united states": "US", "uk": "GB", "u.k.": "GB", "u.k": "GB",
    "great britain": "GB", "england": "GB", "scotland": "GB", "wales": "GB", "northern ireland": "GB", "uae": "AE",
    "korea": "KR", "south korea": "KR", "republic of korea": "KR", "russia": "RU", "vietnam": "VN", "taiwan": "TW",
    "czech republic": "CZ", "the netherlands": "NL", "holland": "NL", "turkey": "TR", "hong kong": "HK",
    "bosnia": "BA", "macedonia": "MK",
    "deutschland": "DE", "españa": "ES", "brasil": "BR", "italia": "IT", "méxico": "MX", "schweiz": "CH",
    "österreich": "AT", "isreal": "IL",
}  # fmt: skip
AREAS = {
    "europe": "Europe", "european union": "Europe", "eu": "Europe", "emea": "EMEA", "apac": "APAC", "asia": "Asia",
    "asia pacific": "APAC", "asia-pacific": "APAC", "latam": "Latin America", "latin america": "Latin America",
    "south america": "South America", "north america": "North America", "namer": "North America",
    "amer": "Americas", "americas": "Americas", "the americas": "Americas", "africa": "Africa",
    "middle east": "Middle East", "dach": "DACH", "nordics": "Nordics", "benelux": "Benelux", "anz": "ANZ",
    "north to south america": "Americas", "tri-state": "Tri-State Area",
    "cet": "Central European time", "est": "US Eastern time", "pst": "US Pacific time",
    "eastern": "Eastern time", "eastern time": "Eastern time", "eastern standard time": "US Eastern time",
    "us eastern": "US Eastern time", "us eastern time": "US Eastern time",
    "pacific time": "Pacific time", "us pacific": "US Pacific time", "us pacific time": "US Pacific time",
}  # fmt: skip
NATIONS = {"england": "England", "scotland": "Scotland", "wales": "Wales", "northern ireland": "Northern Ireland"}
COASTS = {"us east coast": "US East Coast", "us west coast": "US West Coast"}
CITY_WORDS = {
    "nyc": ("New York", "NY", "US"), "new york city": ("New York", "NY", "US"), "new york": ("New York", "NY", "US"),
    "manhattan": ("New York", "NY", "US"), "brooklyn": ("New York", "NY", "US"), "sf": ("San Francisco", "CA", "US"),
    "san francisco bay area": ("San Francisco Bay Area", "CA", "US"), "bay area": ("San Francisco Bay Area", "CA",
    "US"),
    "sf bay area": ("San Francisco Bay Area", "CA", "US"), "silicon valley": ("San Francisco Bay Area", "CA", "US"),
    "east bay": ("San Francisco Bay Area", "CA", "US"), "la": ("Los Angeles", "CA", "US"),
    "washington": ("Washington", "DC", "US"), "washington dc": ("Washington", "DC", "US"),
    "dc": ("Washington", "DC", "US"),
    "greater boston": ("Boston", "MA", "US"),
    "bangalore": ("Bengaluru", "", "IN"), "bengaluru": ("Bengaluru", "", "IN"), "bombay": ("Mumbai", "", "IN"),
    "delhi": ("Delhi", "", "IN"), "new delhi": ("New Delhi", "", "IN"), "gurgaon": ("Gurugram", "", "IN"),
    "gurugram": ("Gurugram", "", "IN"), "ncr": ("Delhi", "", "IN"), "cologne": ("Cologne", "", "DE"),
    "munchen": ("Munich", "", "DE"), "barcelona": ("Barcelona", "", "ES"), "hague": ("The Hague", "", "NL"),
    "koln": ("Cologne", "", "DE"), "zurich": ("Zürich", "", "CH"), "geneva": ("Geneva", "", "CH"), "wien": ("Vienna",
    "", "AT"),
    "geneve": ("Geneva", "", "CH"), "genf": ("Geneva", "", "CH"), "nurnberg": ("Nuremberg", "", "DE"),
    "warszawa": ("Warsaw", "", "PL"), "praha": ("Prague", "", "CZ"), "lisboa": ("Lisbon", "", "PT"),
    "roma": ("Rome", "", "IT"), "milano": ("Milan", "", "IT"), "torino": ("Turin", "", "IT"),
    "firenze": ("Florence", "", "IT"), "napoli": ("Naples", "", "IT"), "sevilla": ("Seville", "", "ES"),
    "bruxelles": ("Brussels", "", "BE"), "brussel": ("Brussels", "", "BE"), "antwerpen": ("Antwerp", "", "BE"),
    "den haag": ("The Hague", "", "NL"), "københavn": ("Copenhagen", "", "DK"), "goteborg": ("Gothenburg", "", "SE"),
    "bucuresti": ("Bucharest", "", "RO"),
    "kiev": ("Kyiv", "", "UA"), "tel aviv": ("Tel Aviv", "", "IL"),
    "tel aviv-yafo": ("Tel Aviv", "", "IL"), "cdmx": ("Mexico City", "", "MX"),
    "montreal": ("Montréal", "QC", "CA"), "quebec": ("Québec", "QC", "CA"), "gta": ("Toronto", "ON", "CA"),
    "the hague": ("The Hague", "", "NL"), "greater london": ("London", "", "GB"), "central london": ("London", "",
    "GB"),
    "singapore": ("Singapore", "", "SG"), "hong kong": ("Hong Kong", "", "HK"), "luxembourg": ("Luxembourg", "", "LU"),
    "foster city": ("Foster City", "CA", "US"), "cambridge ma": ("Cambridge", "MA", "US"), "reading": ("Reading", "",
    "GB"),
}  # fmt: skip

NO_PLACES = {"international", "offshore", "other countries"}
_EVERYWHERE = re.compile(r"\b(worldwide|global(ly)?|international)\b", re.IGNORECASE)

AROUND = " .,-–—/|"
CLEARLY = 3  # times as many people as in the next country's city of that name

_REMOTE = re.compile(
    r"\b(fully[ -])?remote(ly)?\b|\banywhere\b|\bworldwide\b|\bglobal(ly)?\b|\bdistributed\b|\bvirtual\b|"
    r"\bwork from home\b|\bwfh\b"
    r"|\bhome[ -]?(based|office)\b|\btelecommut\w*|\btelework\w*",
    re.IGNORECASE,
)
_HYBRID = re.compile(r"\bhybrid\b", re.IGNORECASE)
_NOISE = re.compile(
    r"\b(hq|h\.q\.|headquarters?|(head|main) office|offices?|fully|first|friendly|only|based|on-?site|in[- ]person|"
    r"in[- ]office|(?-i:[Ii]n|[Oo]r)|(?<!, )(IN|OR)|the|world|work from|must( be| reside)?|nationwide|tb[ad]|none|"
    r"n/a|(utc|gmt)( to(?= utc| gmt|$))?|"
    r"location|locations|multiple|various|any|flexible|option(al)?|time ?zones?|area only|"
    r"metro(politan)?( area)?|(?<!bay )area|campus|"
    r"co-?working|relocation to|for|candidates|applicants|available|eligible|preferred|required|full[- ]time|within|"
    r"across|territory|field|greater|open to|"
    r"[+-]/?-? ?\d+h?|± ?\d+)\b|[*]",
    re.IGNORECASE,
)
_COAST = re.compile(
    r"(?:\b(?:USA?|United States)[\s,]+)?\b(East|West) Coast\b(?:[\s,]+(?:USA?|United States)\b)?", re.IGNORECASE
)
_STUCK_HQ = re.compile(r"(?<=[a-z])HQ\b")  # "SeattleHQ"
_DRAWN_LINE = re.compile(r" [lI] (?=remote\b|hybrid\b)", re.IGNORECASE)  # "Lisbon l Remote"
_DOTTED = re.compile(r"\b(?:[A-Z]\.){1,3}[A-Z]\b\.?")  # D.C., U.S.A.
_BETWEEN_PLACES = re.compile(r"\s*(?:[;|•·\n]|/(?!\w\b)|\sor\s|\sand\s|\s&\s)\s*", re.IGNORECASE)
_BETWEEN_PARTS = re.compile(
    r"\s*[,()\[\]:]\s*|\s+(?=(?:[A-Z]{2}|NSW|QLD|VIC|TAS|ACT)\s*$)|\s+[-–—]+\s*|\s*[-–—]+\s+|(?<=\bUS)-|(?<=\bUK)-|(?<=\bUSA)-|(?<=\b[A-Z]{2})-(?=[A-Z][a-z])|-(?=US\b|UK\b|EU\b)|(?<=[Rr]emote)-"
)


@dataclass(frozen=True)
class Place:
    """Where somebody works, or for remote work: from where they may. `area` is larger than a country."""

    city: str = ""
    region: str = ""
    country: str = ""  # ISO 3166, two letters
    area: str = ""  # with a country: a part of it that is no state

    @property
    def label(self) -> str:
        """Return the place in words: "Austin, TX", "Berlin, Germany", "United States", "Europe"."""
        if self.city:
            beyond = self.region if self.country in REGIONS and self.region else country_name(self.country)
            return ", ".join(filter(None, dict.fromkeys([self.city, beyond])))
        if self.region:
            return ", ".join(
                filter(None, [REGIONS.get(self.country, {}).get(self.region, self.region), country_name(self.country)])
            )
        return self.area or country_name(self.country)

    def as_json(self) -> dict[str, str]:
        return {name: value for name, value in vars(self).items() if value}


NOWHERE = Place()


@dataclass(frozen=True)
class Where:
    """What a location text says: its places, and how the work is done, if it says so."""

    places: tuple[Place, ...] = ()
    mode: str = ""  # remote, hybrid or empty


@lru_cache(maxsize=512)
def country_name(code: str) -> str:
    """Return the usual English name of a country; empty for no code."""
    known = pycountry.countries.get(alpha_2=code) if code else None
    if known is None:
        return ""
    name = getattr(known, "common_name", known.name)
    return {"GB": "United Kingdom", "KR": "South Korea", "RU": "Russia", "CZ": "Czechia", "TW": "Taiwan"}.get(
        code, str(name)
    )


@lru_cache(maxsize=4096)
def country_code(text: str) -> str:
    """Return the two letters of a country given by name or code; empty when it is none."""
    word = _folded(text)
    if word in COUNTRY_WORDS:
        return COUNTRY_WORDS[word]
    return _countries().get(word, "")


@lru_cache(maxsize=65_536)
def where(text: str) -> Where:
    """Read a location as employers write it."""
    text = _plain(text)
    mode = "hybrid" if _HYBRID.search(text) else "remote" if _REMOTE.search(text) else ""
    places: list[Place] = []
    for part in _BETWEEN_PLACES.split(text):
        places += _places_of(part)
    if any(place.city for place in places):  # "SF / NY"
        places = [_city_named_as(place) or place for place in places]
    return Where(tuple(dict.fromkeys(places)), mode)


def where_together(texts: Sequence[str]) -> list[Where]:
    """Read the locations of one posting. Among states alone "Washington" is one, too, and no city."""
    read = [where(text) for text in texts]
    states = [_state_named(text) for text in texts]
    has_cities = [any(place.city for place in one.places) for one in read]
    if all(state or not has_city for state, has_city in zip(states, has_cities, strict=True)) and any(
        place.region and not place.city for one in read for place in one.places
    ):
        return [replace(one, places=(state,)) if state else one for one, state in zip(read, states, strict=True)]
    return read


def _state_named(text: str) -> Place | None:
    """Return the state that a location may mean, alone or with its country: "Remote-Georgia", "Canada - Quebec"."""
    parts = [one for part in _BETWEEN_PARTS.split(_bare(_plain(text))) if (one := part.strip(AROUND))]
    named = [one for one in parts if not country_code(one)] or parts
    return _region_anywhere(named[0]) if len(named) == 1 else None


def is_everywhere(text: str) -> bool:
    """Tell whether a location says that it does not matter: "Worldwide - Remote"."""
    return _EVERYWHERE.search(text) is not None and not where(text).places


def names_a_place(text: str) -> bool:
    """Tell whether a location says more than "Anywhere", "Hybrid" or "Headquarters"."""
    return bool(re.search(r"[^\W\d_]", _bare(_plain(text))))


def _plain(text: str) -> str:
    text = re.sub(r"\s+", " ", text.replace("\u00a0", " ")).strip()
    text = _DRAWN_LINE.sub(" | ", _STUCK_HQ.sub(" HQ", text))
    text = _COAST.sub(lambda found: f"US {found[1].title()} Coast", text)
    return _DOTTED.sub(lambda found: found[0].replace(".", ""), text)


def _bare(text: str) -> str:
    return _NOISE.sub(" ", _REMOTE.sub(" ", _HYBRID.sub(" ", text)))


@lru_cache(maxsize=16_384)
def place_of(city: str, region: str, country: str) -> Place:
    """Return the place of a structured address; each part may be a name, a code, or empty."""
    city, region = (_plain(one) if _folded(one) not in AREAS and names_a_place(one) else "" for one in (city, region))
    if _folded(city) in COASTS:
        return Place(country="US", area=COASTS[_folded(city)])
    code = country_code(country)
    if code and country_code(region) == code and region.upper() not in REGIONS.get(code, {}):
        region = ""  # "Brazil, Brazil"
    if city.upper() in REGIONS.get(code, {}):  # a state's letters where the city belongs
        city, region = "", region or city
    area = AREAS.get(_folded(country), "") if not code else ""
    state = _region(region, code)
    known = _city(_folded(city), country=code, region=state) if city else None
    is_elsewhere = known is not None and state in REGIONS.get(code, {}) and known.region != state
    if known and not is_elsewhere and (not code or known.country == code):
        return Place(known.city, known.region or _region(region, known.country), known.country)
    if "," in city and code in REGIONS and (first := next(iter(where(city).places), NOWHERE)).country == code:
        return first  # "New York, New York"
    town = "" if _REMOTE.search(city) or country_code(city) else _NOISE.sub("", city).strip(" ,-") if city else ""
    return Place(town, _region(region, code), code, area)


def merge(found: Iterable[Place], address: Place) -> tuple[Place, ...]:
    """Return the places with what the first lacks filled in from its structured address."""
    places = list(found)
    if not any(vars(address).values()):
        return tuple(places)
    if not places or (len(places) == 1 and not places[0].city and address.city):
        return (address,)
    first = places[0]
    if first.city and first.city == address.city and address.country:  # there are several Arlingtons
        places[0] = address
    elif not first.country and first.city and address.country:
        is_known = _city(_folded(first.city)) is not None
        if address.city and not is_known and _city(_folded(address.city)):  # a building, or an office's own name
            places[0] = address
        else:
            places[0] = replace(first, country=address.country, region=first.region or address.region)
    return tuple(dict.fromkeys(places))


def beside(places: Iterable[Place], country: str) -> list[Place]:
    """Return the places, those of a name that several countries have in the one where all the others are."""
    found = list(places)
    if {place.country for place in found if place.country} | {country} != {country} or not country:
        return found
    return [(not place.country and _city_in(_folded(place.city), country, "")) or place for place in found]


def _places_of(text: str) -> list[Place]:
    """Read one place, or several in a row ("Seattle, San Francisco, New York City")."""
    parts = [part.strip(AROUND) for part in _BETWEEN_PARTS.split(_bare(text))]
    places: list[Place] = []
    for number, piece in enumerate(one for part in parts if part for one in _taken_apart(part)):
        places = _with(places, piece, is_first=number == 0)
    is_known = [place.city == "" or place.country != "" or _city(_folded(place.city)) is not None for place in places]
    if places and not is_known[0] and any(place.city and place.country for place in places):
        return places[1:]  # "Old Mill, 3rd floor, Tel Aviv": what stands before is in the city
    return places


def _taken_apart(part: str) -> list[str]:
    """Return what stands side by side, where the whole is no name: "US Canada", "India-Bangalore", "Raleigh-Durham"."""
    pieces = re.split(r"[\s-]+", part)
    if len(pieces) < 2 or _city(_folded(part)) or country_code(part):
        return [part]
    if len(cities := part.split("-")) == 2 and (first := _city(_folded(cities[0]))) and first.region in US_STATES:
        return cities if _city_in(_folded(cities[1]), first.country, first.region) else [part]
    are_countries = [len(one) > 1 and country_code(one) != "" for one in pieces]
    is_apart = all(are_countries) or (len(pieces) == 2 and "-" in part and any(are_countries))
    return pieces if is_apart else [part]


def _with(places: list[Place], part: str, *, is_first: bool) -> list[Place]:
    last = places[-1] if places else None
    word = _folded(part)
    if last and (better := _completed(last, part, word)):
        return [*places[:-1], better]
    if word in NO_PLACES:
        return places
    if word in COASTS:
        return [*places, Place(country="US", area=COASTS[word])]
    if area := AREAS.get(word):
        return [*places, Place(area=area)]
    if state := _state_of(last, part):
        return [*places[:-1], state]
    if with_city := _with_city(places, word):
        return with_city
    if word in NATIONS:
        return [*places, Place(region=NATIONS[word], country="GB")]
    if code := country_code(part) if len(word) > 2 or word in COUNTRY_WORDS else "":
        return [*places, Place(country=code)]
    if state := _region_anywhere(part):
        return [*places, state]
    is_name = is_first and re.fullmatch(r"[^\W\d][\w .'’-]{2,40}", part) is not None
    return [*places, Place(city=part)] if is_name else places


def _with_city(places: list[Place], word: str) -> list[Place] | None:
    """Return the places with the city of this name, which takes the place of a state or country that it lies in."""
    last = places[-1] if places else NOWHERE
    if last.region and not last.city and (inside := _city_in(word, last.country, last.region)):
        return [*places[:-1], inside]  # "US - Texas - Austin"
    city = _city(word)
    if city is None or (word in _countries() and word not in CITY_WORDS):
        return None
    is_letters = city.country != "" and last == Place(region=city.country, country=last.country)  # "DE - Berlin"
    return [*(places[:-1] if is_letters or last == Place(country=city.country) else places), city]


def _state_of(last: Place | None, part: str) -> Place | None:
    """Return the state or province after its country: "Canada - Ontario"; a city of that name there goes first."""
    if last is None or last != Place(country=last.country) or _city_in(_folded(part), last.country, ""):
        return None
    region = _region(part, last.country)
    return Place(region=region, country=last.country) if region in REGIONS.get(last.country, {}) else None


def _completed(last: Place, part: str, word: str) -> Place | None:
    """Return the place before with its region or country, if that is what `part` is; None if it starts another."""
    if last.city and (better := _in_region(last, part, word)):
        return better
    code = country_code(part)
    if code and last.city:
        if last.country == code:
            return last
        if city := _city_in(_folded(last.city), code, ""):
            return city
        if state := _state_of(Place(country=code), last.city):  # "Ontario, Canada"
            return state
        return replace(last, country=code, region="") if not last.country else None
    if code and last.region and not last.country:
        return replace(last, country=code)
    return (
        last
        if word and word in {_folded(last.city), _folded(last.region), _folded(country_name(last.country))}
        else None
    )


def _in_region(last: Place, part: str, word: str) -> Place | None:
    """Return the city with the state or province that `part` names, if it can be one of them."""
    for country, regions in REGIONS.items():
        region = _region(part, country)
        if region not in regions or (last.country and country_code(part) == last.country != country):
            continue
        if last.region == region and last.country == country:
            return last
        if other := _city_in(_folded(last.city), country, region):
            return other
        if not _city(word) if len(part) > 2 else last.country in {"", country}:
            return replace(last, region=region, country=country)
    return None


def _region(text: str, country: str) -> str:
    """Return the code of a state or province where the country uses them, else the text."""
    known = REGIONS.get(country)
    if not known or not text:
        return text.strip()
    if text.strip().upper() in known:
        return text.strip().upper()
    word = _folded(text).removesuffix(" state")
    return next((code for code, name in known.items() if _folded(name) == word), text.strip())


def _city_named_as(state: Place) -> Place | None:
    name = REGIONS.get(state.country, {}).get(state.region, "") if not state.city else ""
    return _city_in(_folded(name), state.country, state.region) if name else None


def _region_anywhere(text: str) -> Place | None:
    for country, regions in REGIONS.items():
        region = _region(text, country)
        if region in regions and (len(text) > 2 or text.isupper()):
            return Place(region=region, country=country)
    return None


def _city(word: str, country: str = "", region: str = "") -> Place | None:
    """Return the city of a name, the one of a country and region if they are given and have it."""
    if country and (there := _city_in(word, country, region) or _city_in(word, country, "")):
        return there
    found = CITY_WORDS.get(word)
    if found:
        return Place(*found)
    known = _cities().get(word, [])
    if not known:
        return _city(word.replace("-", " "), country, region) if "-" in word else None  # "Tel-Aviv"
    largest, people = known[0]
    rival = next((n for place, n in known if place.country != largest.country), 0)
    # Santa Clara, Cambridge: where several countries have a large one, the name alone does not say which.
    return largest if people >= CLEARLY * rival else Place(largest.city)


def _city_in(word: str, country: str, region: str) -> Place | None:
    known = [Place(*CITY_WORDS[word])] if word in CITY_WORDS else []
    known += [place for place, _ in _cities().get(word, [])]
    fits = (one for one in known if one.country == country and (not region or one.region == region))
    return next(fits, None)


@cache
def _cities() -> dict[str, list[tuple[Place, int]]]:
    """Return the known cities by their folded name with thousands of people, the largest of a name first."""
    cities: dict[str, list[tuple[Place, int]]] = {}
    for line in Path(__file__).with_name("cities.tsv").read_text(encoding="utf-8").splitlines()[1:]:
        name, region, country, people = line.split("\t")
        cities.setdefault(_folded(name), []).append((Place(name, region, country), int(people)))
    return cities


@cache
def _countries() -> dict[str, str]:
    names: dict[str, str] = {}
    for one in pycountry.countries:
        for name in (
            one.name,
            getattr(one, "common_name", ""),
            getattr(one, "official_name", ""),
            one.alpha_2,
            one.alpha_3,
        ):
            names.setdefault(_folded(name), one.alpha_2)
    return {name: code for name, code in names.items() if name}


@lru_cache(maxsize=65_536)
def _folded(text: str) -> str:
    """Return the text without case, accents and doubled spaces."""
    plain = unicodedata.normalize("NFKD", text)
    return re.sub(r"\s+", " ", "".join(one for one in plain if not unicodedata.combining(one))).strip().casefold()
