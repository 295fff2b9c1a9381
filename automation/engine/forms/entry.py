"""One job or school of the candidate, and what a field asks about it."""

from dataclasses import dataclass
from enum import StrEnum


class History(StrEnum):
    """What the rows of a repeated section are of."""

    WORK = "work"
    SCHOOL = "school"


@dataclass(frozen=True)
class Entry:
    """One job or school. Dates are ISO 8601: a month, or a year where no month was said."""

    name: str  # of the company or the school
    title: str = ""  # of the job; the degree
    field: str = ""  # of study
    start: str = ""
    end: str = ""
    is_current: bool = False


@dataclass(frozen=True)
class Past:
    """What a field asks: a part (name, title, field, start, end, current) of an entry, that of its row.

    Without an entry the row is about something that the candidate did not list.
    """

    history: History
    row: int
    part: str
    entry: Entry | None
