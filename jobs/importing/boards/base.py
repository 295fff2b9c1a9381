"""What the boards share. A board is a module with `read` (requests) and `parse` (one row); it holds no state."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, Protocol

from jobs.importing.posting import Draft
from jobs.importing.upsert import SourceFailed
from jobs.normalize.problems import BadRow

Row = dict[str, Any]


class BoardGone(Exception):
    """The system says in so many words that it has no such board."""


class BadAnswer(SourceFailed):
    """The board answered something that is no list of postings."""


class Client(Protocol):
    """What a board needs of the network (jobs.importing.fetch)."""

    def json(self, url: str, *, body: Any = None, conditional: bool = False) -> Any:
        """Return the answer's JSON; None for 404 and 410. Raises jobs.importing.fetch.FetchError."""

    def page(self, url: str, *, conditional: bool = False) -> str | None:
        """Return the answer's text; None for 404 and 410."""


@dataclass
class Reading:
    """One reading of a board as it goes on: its rows, and whether they are all of them."""

    rows: Iterator[Row]
    expected: int | None = None
    is_complete: bool = True  # set to False by a reader that had to stop early
    gone_ids: set[str] = field(default_factory=set)  # postings that the board itself says are closed (404)


class Module(Protocol):
    """The shape of a board's module."""

    HOST: str

    def read(self, token: str, client: Client) -> Reading: ...

    def parse(self, row: Row, token: str) -> Draft: ...


def a_dict(value: Any, name: str = "row") -> Row:
    """Return `value` if it is an object, an empty one for null. Raises BadRow for anything else."""
    if value is None:
        return {}
    if not isinstance(value, dict):
        raise BadRow(f"The {name} is no object.")
    return value


def a_list(value: Any, name: str) -> list[Any]:
    """Return `value` if it is a list, an empty one for null. Raises BadRow for anything else."""
    if value is None:
        return []
    if not isinstance(value, list):
        raise BadRow(f"What is given as {name} is no list.")
    return value


def rows_of(answer: Any, name: str | None = None) -> list[Row]:
    """Return the rows of an answer, those under `name` or the whole of it. Raises BadAnswer."""
    rows = answer.get(name) if name and isinstance(answer, dict) else answer if name is None else None
    if not isinstance(rows, list):
        raise BadAnswer("The answer has no list of postings.")
    return rows
