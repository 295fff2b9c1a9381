"""What the candidate says in a row about a former job or school: what they listed, and no more than that."""

import calendar
import re
from collections.abc import Sequence
from datetime import date

from automation.engine.forms.answers import choices, dates
from automation.engine.forms.answers.fact import Fact
from automation.engine.forms.entry import Entry, History
from automation.engine.forms.field import FormField, Kind, Widget
from automation.engine.forms.questions.meanings import normalized


def past_fact(field: FormField) -> Fact | None:
    """Return what is said to a field of a row; None where the candidate has not said it."""
    past = field.past
    if past is None or (entry := past.entry) is None:
        return None
    if past.part in {"start", "end"}:
        return _date(entry.start if past.part == "start" else entry.end, field)
    if past.part == "current":
        return _current(entry)
    text = {"name": entry.name, "title": entry.title, "field": entry.field}[past.part]
    if not text:
        return None
    if past.history is History.SCHOOL and past.part == "title":
        return Fact(text, lambda options: choices.choose_degree(text, options))
    return Fact(text, lambda options: choices.choose([text], options))


def asked_as(field: FormField) -> str:
    """Return the question as a person is asked it, and answers it for good: in a row, of which job or school."""
    if field.past is None:
        return field.label
    entry = field.past.entry
    of = (
        (entry.name or entry.title)
        if entry
        else {History.WORK: "Work experience", History.SCHOOL: "Education"}[field.past.history]
    )
    return f"{of}: {field.label}"


def is_over(field: FormField) -> bool:
    """Whether a field asks when something ended that has not: it is left empty, required or not."""
    return bool(field.past and field.past.part == "end" and field.past.entry and field.past.entry.is_current)


def _current(entry: Entry) -> Fact | None:
    """Yes or no where the dates tell; without a date it is not known that a job is over."""
    if not (entry.is_current or entry.end):
        return None
    said = entry.is_current
    return Fact("Yes" if said else "No", lambda options: choices.choose_yes_no(said, options))


def _date(when: str, field: FormField) -> Fact | None:
    """Return a month or a year as this field takes it; None where it wants more than is known."""
    if not when:
        return None
    year, _, month = when.partition("-")
    text = _text(int(year), int(month) if month else 0, field)
    numbers = [number for number in (month, year) if number]
    return Fact(text, lambda options: _choose(numbers, options)) if text or field.options else None


def _text(year: int, month: int, field: FormField) -> str:
    asked = normalized(f"{field.label} {field.placeholder}")
    if field.widget is Widget.DATE_PARTS:
        return f"{year:04}-{month:02}" if month else f"{year:04}"
    if field.kind is Kind.DATE or field.input_type in {"date", "month"}:
        return f"{year:04}-{month:02}" if month and field.input_type == "month" else ""
    if re.search(r"\bmonth\b", asked) and not re.search(r"\byear\b", asked):
        return f"{month:02}" if month else ""
    if field.kind is Kind.NUMBER or re.search(r"\byear\b", asked) or not month:
        return f"{year:04}"
    written = dates.written(date(year, month, 1), field.placeholder, field.label)
    return "" if dates.asks_for_a_day(field.placeholder, field.label) else written.removesuffix("-01")


def _choose(numbers: Sequence[str], options: Sequence[str]) -> str | None:
    """Choose a month or a year from a list of months or of years."""
    for number in numbers:
        names = [number] if len(number) == 4 else _months(int(number))
        if found := choices.choose(names, options) or choices.choose_starting(names[:1], options):
            return found
    return None


def _months(month: int) -> list[str]:
    full, short = calendar.month_name[month], calendar.month_abbr[month]
    return [full, short, f"{month:02}", str(month), f"{month:02} {full}", f"{month} {full}", f"{full} {month:02}"]
