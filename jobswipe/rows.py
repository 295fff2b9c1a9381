"""Statements of our own: over many rows at once, with the values of each column as one array; or on the hot way.

Django makes the text of a statement anew each time, and PostgreSQL its plan. What runs for every swipe is written out
here and there, so that both are done once for each connection.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from itertools import islice
from typing import Any, Generic, TypeVar

import psycopg
from django.db import DEFAULT_DB_ALIAS, connection, connections
from django.db.models import BooleanField, CharField, DateTimeField, Field, Model, TextField, UUIDField
from django.db.models.expressions import DatabaseDefault
from psycopg.pq import ExecStatus

from jobswipe.measures import counted

M = TypeVar("M", bound=Model)
AS_IS = (BooleanField, CharField, DateTimeField, TextField, UUIDField)  # psycopg takes their values


def run(statement: str, values: Sequence[Any], *, using: str = DEFAULT_DB_ALIAS) -> list[tuple[Any, ...]]:
    """Run `statement` with `values` sent beside it, and return the rows it gives, if any.

    Django writes values into the text of a statement, which for arrays of JSON takes longer than all the rest of it.
    `%b` sends one in binary; psycopg prepares what comes often.
    """
    database = connections[using]
    database.ensure_connection()
    with counted(database), database.wrap_database_errors, psycopg.Cursor(database.connection) as cursor:
        cursor.execute(statement, values)
        gives_rows = cursor.pgresult and cursor.pgresult.status == ExecStatus.TUPLES_OK
        return cursor.fetchall() if gives_rows else []


def create(instance: M) -> M:
    """Insert a row for `instance`, as its manager's `create` does, without signals.

    Its fields set nothing by themselves when they are saved (`auto_now`). What the database fills in is deferred: it
    is read when it is first used.
    """
    database = connections[DEFAULT_DB_ALIAS]
    names: list[str] = []
    values: list[Any] = []
    for name, prepare in _columns(type(instance)):
        value = instance.__dict__[name]
        if isinstance(value, DatabaseDefault):
            del instance.__dict__[name]
        elif not (value is None and name == instance._meta.pk.attname):
            names.append(name)
            values.append(prepare(value, database) if prepare else value)
    [[instance.pk]] = run(_insert(type(instance), tuple(names)), values)
    instance._state.adding, instance._state.db = False, DEFAULT_DB_ALIAS
    return instance


@cache
def _columns(model: type[Model]) -> "list[tuple[str, Callable[..., Any] | None]]":
    """Return what is written of a model, each with the change that Django makes to a value on its way, if any."""
    fields = [field for field in model._meta.concrete_fields if not field.generated]
    return [(field.attname, None if isinstance(field, AS_IS) else field.get_db_prep_save) for field in fields]


@cache
def _insert(model: type[Model], names: tuple[str, ...]) -> str:
    """Return the statement that writes these columns and gives the row's key."""
    columns = {field.attname: f'"{field.column}"' for field in model._meta.concrete_fields}
    given, places = ", ".join(columns[name] for name in names), ", ".join(["%b"] * len(names))
    key = columns[model._meta.pk.attname]
    return f'INSERT INTO "{model._meta.db_table}" ({given}) VALUES ({places}) RETURNING {key}'  # noqa: S608


def run_both(first: tuple[str, Sequence[Any]], second: tuple[str, Sequence[Any]]) -> list[tuple[Any, ...]]:
    """Send two statements at once, to be run one after the other; return the rows of the second.

    The second sees what the first waited for. Three ways to the server and back become one, with the transaction's
    BEGIN (psycopg.org/psycopg3/docs/advanced/pipeline.html).
    """
    connection.ensure_connection()
    with counted(connection), counted(connection), connection.wrap_database_errors:
        made: psycopg.Connection[Any] = connection.connection
        with made.pipeline(), psycopg.Cursor(made) as before, psycopg.Cursor(made) as cursor:
            before.execute(*first)
            cursor.execute(*second)
            return cursor.fetchall()


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

    @cached_property
    def attnames(self) -> list[str]:
        return [field.attname for field in self.fields]

    @cached_property
    def converters(self) -> "list[tuple[int, Callable[..., Any], Field[Any, Any]]]":
        """The changes that Django makes to a value on its way from the database, with their places in the row."""
        return [
            (place, convert, field)
            for place, field in enumerate(self.fields)
            for convert in field.get_db_converters(connection)
        ]

    def take(self, row: Iterator[Any]) -> M:
        """Make the instance of the next values of `row`, as many as the part has columns."""
        values = list(islice(row, len(self.fields)))
        for place, convert, field in self.converters:
            values[place] = convert(values[place], field.cached_col, connection)
        return self.model.from_db(DEFAULT_DB_ALIAS, self.attnames, values)
