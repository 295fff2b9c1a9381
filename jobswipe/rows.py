"""Statements over many rows at once, with the values of each column as one array."""

from collections.abc import Sequence
from typing import Any

import psycopg
from django.db import connection

from jobswipe.measures import counted


def run(statement: str, values: Sequence[Any]) -> list[tuple[Any, ...]]:
    """Run `statement` with `values` sent beside it, and return the rows it gives, if any.

    Django writes values into the text of a statement, which for arrays of JSON takes longer than all the rest of it.
    `%b` sends one in binary; psycopg prepares what comes often.
    """
    connection.ensure_connection()
    with counted(), connection.wrap_database_errors, psycopg.Cursor(connection.connection) as cursor:
        cursor.execute(statement, values)
        return cursor.fetchall() if cursor.description else []
