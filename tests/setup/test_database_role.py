"""A role that runs the product can do all that the product does, and nothing that only its owner should."""

import os
import subprocess
import sys
from collections.abc import Iterator
from io import StringIO
from typing import Any
from uuid import uuid4

import psycopg
import pytest
from django.core.management import CommandError, call_command
from django.core.management.color import no_style
from django.db import connection, transaction
from django.db.utils import ProgrammingError
from django.utils import timezone

from accounts.models import User
from applications.models import Application
from automation.operations import canary
from automation.privacy import retention
from automation.privacy.services import delete_account
from jobs.models import Job
from tests.automation.test_privacy import apply, done
from tests.conftest import make_job
from tests.processes import ROOT


@pytest.fixture
def as_the_role(alice: User, bob: User) -> Iterator[None]:
    """Go on as the role; it is gone with the test's transaction."""
    role = f"jobswipe_{uuid4().hex}"
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE ROLE {role} LOGIN")
        call_command("grant_role", role, stdout=StringIO())
        cursor.execute(f"SET LOCAL ROLE {role}")
        yield
        cursor.execute("RESET ROLE")


def test_it_can_do_all_that_the_product_does(as_the_role: None, alice: User, swipe_right: Any) -> None:
    for statement in connection.ops.sequence_reset_sql(no_style(), [Job]):  # as after each import of a file
        connection.cursor().execute(statement)
    done(apply(alice, swipe_right))
    retention.forget()
    delete_account(alice)
    assert not User.objects.filter(email="alice@example.com").exists()
    bird = canary._canary()
    swipe_right(bird, make_job())
    Application.objects.filter(user=bird).update(created_at=timezone.now() - 2 * canary.KEPT)
    canary._forget_old(bird)
    assert not Application.objects.filter(user=bird).exists()


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE applications_event SET data = '{}'",
        "DELETE FROM automation_logentry",
        "DELETE FROM automation_evidence",
        "UPDATE jobs_jobsnapshot SET content = '{}'",
        "SET pgtrigger.ignore = '{pgtrigger_events_never_change_c5acb}'; DELETE FROM applications_event",
        "TRUNCATE applications_event CASCADE",
        "ALTER TABLE applications_event DISABLE TRIGGER ALL",
        "DROP TRIGGER pgtrigger_events_never_change_c5acb ON applications_event",
        "DROP TABLE proxies_proxy",
        "CREATE TABLE public.mine (id int)",
        "CREATE OR REPLACE FUNCTION jobswipe_erase(bigint[], boolean) RETURNS void LANGUAGE sql AS ''",
        "DELETE FROM django_migrations",
    ],
)
def test_it_cannot_do_what_only_the_owner_should(as_the_role: None, statement: str) -> None:
    with pytest.raises(ProgrammingError, match=r"permission denied|must be owner"), transaction.atomic():
        connection.cursor().execute(statement)


def test_a_role_that_does_not_exist_is_named(db: None) -> None:
    with pytest.raises(CommandError, match="CREATE ROLE nobody"):
        call_command("grant_role", "nobody")


def test_a_new_site_makes_it_first_and_gives_it_its_rights_with_the_tables(db: None) -> None:
    """As docs/operate has it: before the unit or the Job that migrates, which grants and would end without the role."""
    user, password, host, port, name = (
        connection.settings_dict[key] for key in ("USER", "PASSWORD", "HOST", "PORT", "NAME")
    )
    server, new, role = f"postgresql://{user}:{password}@{host}:{port}", f"{name}_new", f"jobswipe_{uuid4().hex}"
    given = {**os.environ, "DATABASE_URL": f"{server}/{new}", "REDIS_URL": "redis://127.0.0.1:9", "SECRET_KEY": "x"}

    def manage(*arguments: str, **options: Any) -> str:
        command = [sys.executable, "manage.py", *arguments]
        done = subprocess.run(command, cwd=ROOT, env=given, check=True, capture_output=True, text=True, **options)
        return str(done.stdout)

    with psycopg.connect(f"{server}/postgres", autocommit=True) as owner:
        owner.execute(f'CREATE DATABASE "{new}"'.encode())
        try:
            assert "is made" in manage("grant_role", role, "--make", input="secret")
            manage("migrate", "--no-input", "--verbosity", "0")
            assert "may read and write rows" in manage("grant_role", role)
            with psycopg.connect(f"postgresql://{role}:secret@{host}:{port}/{new}") as signed_in:
                assert signed_in.execute("SELECT count(*) FROM accounts_user").fetchone() == (0,)
        finally:
            owner.execute(f'DROP DATABASE "{new}" WITH (FORCE)'.encode())
            owner.execute(f"DROP ROLE IF EXISTS {role}".encode())
