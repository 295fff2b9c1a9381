"""Dates as a form wants them written: by the pattern that its label or its placeholder shows."""

import re
from contextlib import suppress
from datetime import date

# Day, month and year by their letters in English, German, French and Spanish.
PARTS = {"d": "d", "t": "d", "m": "m", "y": "y", "j": "y", "a": "y"}
PATTERN = re.compile(
    r"(?<![A-Za-z])(?:(?P<one>d{1,2}|t{2}|j{2}|m{1,4}|y{2,4})(?P<sep>\s?[/.\-]\s?|,? )"
    r"(?P<two>d{1,2}|t{2}|m{1,4}|y{2,4}|j{2,4}|a{2,4})"
    r"(?:(?:\s?[/.\-]\s?|,? )(?P<three>d{1,2}|m{1,2}|y{2,4}|j{2,4}|a{2,4}))?)"
    r"(?![A-Za-z])",
    re.IGNORECASE,
)
# How the browser's own controls hold a day (HTML, "Dates and times"). Those for a time hold more than a day says.
NATIVE = {"date": "%Y-%m-%d", "month": "%Y-%m", "week": "%G-W%V"}
SPELLED_OUT = re.compile(r"\b(month|day|year)(?=[/.-])|(?<=[/.-])(month|day|year)\b", re.IGNORECASE)
LETTERS = {"month": "mm", "day": "dd", "year": "yyyy"}
# From January to December, in the languages of `questions.abroad`.
MONTHS = (
    "january february march april may june july august september october november december",
    "januar februar märz april mai juni juli august september oktober november dezember",
    "janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
    "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre",
    "januari februari maart april mei juni juli augustus september oktober november december",
    "gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre",
    "janeiro fevereiro março abril maio junho julho agosto setembro outubro novembro dezembro",
    "januari februari mars april maj juni juli augusti september oktober november december",
    "januar februar marts april maj juni juli august september oktober november december",
    "styczeń luty marzec kwiecień maj czerwiec lipiec sierpień wrzesień październik listopad grudzień",
)
EXAMPLE = re.compile(r"(?<!\d)(\d{1,4})([/.-])(\d{1,2})\2(\d{1,4})(?!\d)")


def written(day: date, *hints: str) -> str:
    """Return the day as the first of `hints` with a pattern ("MM/DD/YYYY") or an example shows; else ISO 8601."""
    for hint in map(_in_letters, hints):
        if (found := _by_pattern(day, hint)) or (found := _by_example(day, hint)):
            return found
    return day.isoformat()


def months_of(day: date) -> list[str]:
    """Return how lists of months write the one of a day: "March 2027", "Mar 2027", "marzo de 2027", "03/2027"."""
    names = dict.fromkeys(row.split()[day.month - 1] for row in MONTHS)
    named = [f"{name}{of} {day.year}" for full in names for name in (full, full[:3]) for of in ("", " de")]
    return [*named, f"{day:%m/%Y}", f"{day:%m.%Y}", f"{day:%Y-%m}", f"{day.month}/{day.year}"]


def day_of(text: str, *hints: str) -> date | None:
    """Return the day that `written` would write so for the hints; None if the text is no such day."""
    numbers = [int(number) for number in re.findall(r"\d+", text)]
    for year, month, day in ((0, 1, 2), (2, 0, 1), (2, 1, 0)) if len(numbers) == 3 else ():
        with suppress(ValueError):
            found = date(numbers[year], numbers[month], numbers[day])
            if written(found, *hints) == text:
                return found
    return None


def asks_for_a_day(*hints: str) -> bool:
    """Whether the pattern or example that the hints show has a day in it."""
    return len({written(date(2001, 1, day), *hints) for day in (2, 3)}) > 1 and any(map(_shows, hints))


def _in_letters(hint: str) -> str:
    """Return "month/day/year" as "mm/dd/yyyy"."""
    return SPELLED_OUT.sub(lambda found: LETTERS[found[0].casefold()], hint)


def _shows(hint: str) -> bool:
    return bool(PATTERN.search(_in_letters(hint)) or EXAMPLE.search(hint))


def _by_pattern(day: date, hint: str) -> str:
    for found in PATTERN.finditer(hint):
        parts = [part for part in found.group("one", "two", "three") if part]
        names = [_name(part, parts, number) for number, part in enumerate(parts)]
        if len(set(names)) == len(names) and "y" in names and "m" in names:
            return _filled(day, found.group(), parts, names)
    return ""


def _name(part: str, parts: list[str], number: int) -> str:
    """Return d, m or y. "JJ" is a day where it stands first in French, and a year where it stands last in German."""
    first = part[0].casefold()
    return "d" if first == "j" and number == 0 and len(parts) == 3 else PARTS[first]


def _filled(day: date, pattern: str, parts: list[str], names: list[str]) -> str:
    for part, name in zip(parts, names, strict=True):
        pattern = pattern.replace(part, f"\0{name}{len(part)}\0", 1)
    return re.sub(r"\0(\w)(\d)\0", lambda found: _part(day, found[1], int(found[2])), pattern)


def _part(day: date, name: str, length: int) -> str:
    if name == "m" and length > 2:
        return day.strftime("%b" if length == 3 else "%B")
    if name == "y":
        return f"{day:%Y}" if length > 2 else f"{day:%y}"
    return f"{day.day if name == 'd' else day.month:0{1 if name == 'd' and length == 1 else 2}}"


def _by_example(day: date, hint: str) -> str:
    """Read "31.12.2025" or "2025-12-31"; an example whose first two numbers could be either is none."""
    if not (found := EXAMPLE.search(hint)):
        return ""
    one, sign, two, three = found[1], found[2], found[3], found[4]
    if len(one) == 4:
        return day.strftime(f"%Y{sign}%m{sign}%d")
    if len(three) != 4 or (int(one) > 12) == (int(two) > 12):
        return ""
    return day.strftime(f"%d{sign}%m{sign}%Y" if int(one) > 12 else f"%m{sign}%d{sign}%Y")
