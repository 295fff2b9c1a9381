"""Stretches of time as resumes write them: "Jan 2019 – Present", "03/2016 - 06/2018", "2012–2016"."""

import re
from dataclasses import dataclass

MONTHS = (
    "jan|janv|ene", "feb|fév|févr", "mar|mär|mrz|märz", "apr|avr|abr", "may|mai|mayo", "jun|juin",
    "jul|juil", "aug|août|ago", "sep|sept", "oct|okt", "nov", "dec|dez|déc|dic",
)  # fmt: skip
NUMBERS = {name: number for number, names in enumerate(MONTHS, 1) for name in names.split("|")}
_LONGEST_FIRST = sorted(NUMBERS, key=len, reverse=True)
_NAME = rf"(?:{'|'.join(_LONGEST_FIRST)})[a-zûéä]*\.?"
_YEAR = r"(?:19[5-9]\d|20[0-4]\d)"
_POINT = rf"{_YEAR}-(?:0[1-9]|1[0-2])(?!\d)|(?:{_NAME},?\s+)?{_YEAR}|\d{{1,2}}\s?[/.]\s?{_YEAR}|{_NAME}\s+['’]\d{{2}}"
_NOW = r"present|now|current|currently|today|to date|date|ongoing|heute|jetzt|aujourd'hui|présent|actualidad|presente"
RANGE = re.compile(
    rf"\(?\b(?P<start>{_POINT})\s*(?:[-–—−~]|\bto\b|\buntil\b|\bbis\b|\bà\b|\ba\b)+\s*(?P<end>{_POINT}|{_NOW})\b\)?"
    rf"(?:\s*[(·][^()]*(?:year|yr|month|mo)[^()]*\)?)?",
    re.IGNORECASE,
)
SINCE = re.compile(rf"\(?\b(?:since|seit|depuis|desde)\s+(?P<start>{_POINT})\b\)?", re.IGNORECASE)
YEAR = re.compile(rf"\b{_YEAR}\b")


@dataclass(frozen=True)
class Period:
    """From a month to a month, as ISO 8601: "2019-01", or "2019" where no month is said. An empty end is today."""

    start: str
    end: str

    def months(self, today: str) -> range:
        """Return the months of this period, counted from year 0; a year without a month counts from its middle."""
        return range(_count(self.start), _count(self.end or today) + 1)


def find_period(line: str) -> tuple[Period, str] | None:
    """Return the period that a line names and the line without it."""
    if found := RANGE.search(line):
        end = "" if re.fullmatch(_NOW, found["end"], re.IGNORECASE) else _iso(found["end"])
        period = Period(_iso(found["start"]), end)
    elif found := SINCE.search(line):
        period = Period(_iso(found["start"]), "")
    else:
        return None
    rest = f"{line[: found.start()]}  {line[found.end() :]}"
    return period, rest.strip(" ,;:|–—-()•·")


def _iso(point: str) -> str:
    year = YEAR.search(point)
    text = f"20{point[-2:]}" if year is None else year[0]
    return f"{text}-{month:02}" if (month := _month(point)) else text


def _month(point: str) -> int | None:
    lowered = point.casefold()
    for name in _LONGEST_FIRST:
        if lowered.startswith(name):
            return NUMBERS[name]
    number = re.match(r"(\d{1,2})\s?[/.]|\d{4}-(\d{2})", lowered)
    month = int(number[1] or number[2]) if number else 0
    return month if 1 <= month <= 12 else None


def _count(point: str) -> int:
    year, _, month = point.partition("-")
    return int(year) * 12 + int(month or 6)
