"""Statements of our own: over many rows at once, with the values of each column as one array; or on the hot way.

Django makes the text of a statement anew each time, and PostgreSQL its plan. What runs for every swipe is written out
here and there, so that both are done once for each connection.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Generic, TypeVar

import psycopg
from django.db import DEFAULT_DB_ALIAS, connection, connections
from django.db.models import Field, Model

from jobswipe.measures import counted

M = TypeVar("M", bound=Model)


def run(statement: str, values: Sequence[Any], *, using: str = DEFAULT_DB_ALIAS) -> list[tuple[Any, ...]]:
    """Run `statement` with `values` sent beside it, and return the rows it gives, if any.

    Django writes values into the text of a statement, which for arrays of JSON takes longer than all the rest of it.
    `%b` sends one in binary; psycopg prepares what comes often.
    """
    database = connections[using]
    database.ensure_connection()
    with counted(database), database.wrap_database_errors, psycopg.Cursor(database.connection) as cursor:
        cursor.execute(statement, values)
        return cursor.fetchall() if cursor.description else []


@dataclass(frozen=True)
class Part(Generic[M]):
    """The part of a statement's columns that makes an instance of a model; its name in the statement is `alias`."""

    model: type[M]
    alias: str
    names: tuple[str, ...] = ()  # of columns; none: all of them. Others are read when they are first used

    @cached_property
    def fields(self) -> "list[Field[Any, Any]]":
        """The fields that have these columns, in the model's order: `from_db` takes them so."""
        return [field for field in self.model._meta.concrete_fields if not self.names or field.attname in self.names]

    def __str__(self) -> str:
        """Return the columns as SELECT takes them."""
        return ", ".join(f'{self.alias}."{field.column}"' for field in self.fields)

    def take(self, row: Iterator[Any]) -> M:
        """Make the instance of the next values of `row`, as many as the part has columns."""
        values = []
        for field in self.fields:
            value = next(row)
            for convert in field.get_db_converters(connection):
                value = convert(value, field.cached_col, connection)
            values.append(value)
        return self.model.from_db(DEFAULT_DB_ALIAS, [field.attname for field in self.fields], values)
