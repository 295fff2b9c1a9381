"""Emptying the database after tests with real transactions, without making anew what no test changes."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.core.management.commands import flush
from django.db.backends.base.base import BaseDatabaseWrapper

# Filled after migrations, by name of model: to empty and fill them took as long as all the rest together.
NEVER_CHANGE = {"auth_permission", "django_content_type"}


@pytest.fixture(scope="session", autouse=True)
def _what_never_changes_stays() -> Iterator[None]:
    """Let `flush`, by which such a test ends, pass over those tables."""

    def sql_flush(style: Any, connection: BaseDatabaseWrapper, **how: Any) -> list[str]:
        tables = connection.introspection.django_table_names(only_existing=True, include_views=False)
        statements: list[str] = connection.ops.sql_flush(style, sorted({*tables} - NEVER_CHANGE), **how)
        return statements

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(flush, "sql_flush", sql_flush)
        patch.setattr(flush, "emit_post_migrate_signal", lambda *arguments: None)
        yield
