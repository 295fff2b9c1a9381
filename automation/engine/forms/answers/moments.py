"""A day, a time or both as a person writes them, for the browser's own controls, which take one form alone.

What could be read in two ways ("03/04/2026", "3:30") or says more than the control holds ("3 pm CET") is not told.
"""

import re
from contextlib import suppress
from datetime import date, datetime, time

from automation.engine.forms.answers import dates

DAYS = ("%Y-%m-%d", "%Y/%m/%d", "%d %B %Y", "%d %b %Y", "%B %d %Y", "%b %d %Y")
NUMBERED = tuple(order.replace("-", sign) for order in ("%d-%m-%Y", "%m-%d-%Y") for sign in "-/.")
WHOLE_DAY = ("%H:%M", "%H:%M:%S", "%H.%M", "%Hh%M")
HALF_DAY = ("%I:%M %p", "%I.%M %p", "%I:%M:%S %p", "%I %p")
ISO_DAY = re.compile(r"\d{4}-\d\d-\d\d")
CUT_SHORT = re.compile(r"[:.h]\d(?!\d)")  # "3:3 pm" is half written
HELD = frozenset({"date", "time", "datetime-local"})


def told(input_type: str, text: str) -> str:
    """Return the text as the control of that type holds it (HTML, "Dates and times"); empty if it cannot be told."""
    words = _plain(text)
    match input_type:
        case "date":
            return _only({day.isoformat() for day in _days(words)})
        case "time":
            return _only({_held(moment) for moment in _times(words)})
        case _:
            parts = [(words[:at], words[at:]) for at in range(1, len(words))]
            pairs = parts + [(last, first) for first, last in parts]
            found = {
                f"{day}T{_held(moment)}"
                for one, two in pairs
                for day in _days(one)
                for moment in _times(two, of_whole_day=bool(ISO_DAY.fullmatch(" ".join(one))))
            }
            return _only(found)


def day_as_wanted(text: str, complaint: str) -> str:
    """Return the day that the text tells, written as a complaint of it shows that it is wanted; else nothing."""
    day = told("date", text)
    return dates.written(date.fromisoformat(day), complaint) if day and dates.asks_for_a_day(complaint) else ""


def _plain(text: str) -> list[str]:
    """Return the words without what says nothing: "Dec 14th, 2026 at 3:30p.m." is "dec 14 2026 3:30 pm"."""
    text = re.sub(r"(?<=\d)\s*([ap])\.?\s?m\b\.?", r" \1m", text.casefold())
    text = re.sub(r"(?<=\d)t(?=\d)", " ", text)
    return re.sub(r"(?<=\d)(st|nd|rd|th)\b|,|\b(at|on)\b", " ", text).split()


def _days(words: list[str]) -> set[date]:
    return {moment.date() for moment in _read(words, *DAYS, *NUMBERED)}


def _times(words: list[str], *, of_whole_day: bool = False) -> set[time]:
    """Return the times of day: an hour of one digit with no half of the day beside it could be of either half.

    Not where it stands beside a day as ISO 8601 writes it, which knows no halves.
    """
    if any(CUT_SHORT.search(word) for word in words):
        return set()
    is_whole = of_whole_day or (bool(words) and words[0][:2].isdecimal())
    return {moment.time() for moment in _read(words, *HALF_DAY, *(WHOLE_DAY if is_whole else ()))}


def _read(words: list[str], *forms: str) -> list[datetime]:
    found = []
    for form in forms:
        with suppress(ValueError):
            found.append(datetime.strptime(" ".join(words), form))
    return found


def _held(moment: time) -> str:
    return moment.isoformat("seconds" if moment.second else "minutes")


def _only(found: set[str]) -> str:
    return found.pop() if len(found) == 1 else ""
