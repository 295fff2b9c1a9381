"""`manage.py grant_role NAME`: let a role run the product that does not own its tables (docs/operate)."""

import sys
from typing import Any

import pgtrigger
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connection, transaction
from psycopg import sql

from automation import partitions

RIGHTS = """
REVOKE ALL ON ALL TABLES IN SCHEMA public FROM {role};
GRANT USAGE ON SCHEMA public TO {role};
GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {role};
GRANT SELECT, USAGE, UPDATE ON ALL SEQUENCES IN SCHEMA public TO {role};
GRANT EXECUTE ON FUNCTION jobswipe_erase(bigint[], boolean), jobswipe_erase_snapshots(bigint[]) TO {role};
REVOKE UPDATE, DELETE ON {never_change} FROM {role};
REVOKE INSERT, UPDATE, DELETE ON django_migrations FROM {role};
"""
# Until PostgreSQL 14 everybody could make tables there.
NO_NEW_TABLES = "REVOKE CREATE ON SCHEMA public FROM PUBLIC, {role}"


class Command(BaseCommand):
    help = "Give a role the rights that web, worker and beat need. Run it as the tables' owner after each migrate."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("role", help="an existing role: CREATE ROLE name LOGIN PASSWORD '…'")
        parser.add_argument(
            "--make", action="store_true", help="make the role, or give it a new password: the one on standard input"
        )

    def handle(self, *args: Any, role: str, make: bool, **options: Any) -> None:
        with transaction.atomic(), connection.cursor() as cursor:
            if make:
                _make(cursor, role, sys.stdin.read().strip())
            elif not _exists(cursor, role):
                raise CommandError(f"There is no role {role}. Make it first: CREATE ROLE {role} LOGIN PASSWORD '…'")
            if make and not connection.introspection.table_names(cursor):
                self.stdout.write(f"{role} is made. Its rights come with the tables: migrate, then grant_role {role}.")
                return
            names = {"role": sql.Identifier(role), "never_change": sql.SQL(", ").join(map(sql.Identifier, _tables()))}
            for statement in (*RIGHTS.strip().split(";\n"), NO_NEW_TABLES):
                cursor.execute(sql.SQL(statement).format(**names))
        self.stdout.write(f"{role} may read and write rows, and change neither the schema nor what never changes.")


def _exists(cursor: Any, role: str) -> bool:
    cursor.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [role])
    return cursor.fetchone() is not None


def _make(cursor: Any, role: str, password: str) -> None:
    if not password:
        raise CommandError("There is no password on standard input.")
    verb = "ALTER" if _exists(cursor, role) else "CREATE"
    statement = sql.SQL("{verb} ROLE {role} LOGIN PASSWORD {password}")
    cursor.execute(statement.format(verb=sql.SQL(verb), role=sql.Identifier(role), password=sql.Literal(password)))


def _tables() -> list[str]:
    """Return the tables whose rows never change: those with a trigger that says so, and the parts that they are in."""
    protected = {model._meta.db_table for model, one in pgtrigger.registered() if isinstance(one, pgtrigger.Protect)}
    parts = [part for table in partitions.TABLES for part in partitions.parts_of(table)]
    return sorted(protected) + parts
