"""Events and log entries in parts: all that was there is there, and all that the product does goes on."""

from collections.abc import Callable
from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection, transaction
from django.db.utils import IntegrityError, ProgrammingError

from accounts.models import User
from applications import feed
from applications.models import Application, Event
from automation import partitions
from automation.models import Attempt, LogEntry
from automation.privacy.services import delete_account
from automation.reports import Step, report_steps
from notifications.models import Delivery
from tests.automation.test_privacy import apply, done
from tests.conftest import make_job


def rows(statement: str) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement)
        return cursor.fetchall() if cursor.description else []


def cut_all(headroom: int) -> list[str]:
    rows("SET CONSTRAINTS ALL IMMEDIATE")  # what a commit would have done before
    return [partitions.cut(table, headroom=headroom) for table in partitions.TABLES]


def sent(user: User, swipe_right: Callable[..., Application]) -> Attempt:
    """Let an application of the person's go its whole way, with a line in its log."""
    attempt = apply(user, swipe_right)
    report_steps(attempt_id=attempt.pk, lease=attempt.lease, steps=[Step(1, "submit", "Sent.", 90)])
    return done(attempt)


def grow(table: str, ids: int) -> None:
    """Let the next id be that much further."""
    sequence = f"pg_get_serial_sequence('{table}', 'id')"
    rows(f"SELECT setval({sequence}, nextval({sequence}) + {ids})")


def test_the_product_goes_on_over_two_cuts(alice: User, bob: User, swipe_right: Callable[..., Application]) -> None:
    rows("GRANT SELECT ON applications_event TO pg_monitor")
    first = sent(alice, swipe_right)
    Delivery.objects.create(user=alice, event=Event.objects.filter(user=alice).latest("seq"), kind="applied")
    told = feed.events_after(alice.pk, 0)
    assert cut_all(1000) == ["applications_event_2", "automation_logentry_2"]
    assert feed.events_after(alice.pk, 0) == told

    for table in partitions.TABLES:
        grow(table.name, 2000)
    second = sent(bob, swipe_right)
    swipe_right(alice, make_job())
    assert cut_all(1000) == ["applications_event_3", "automation_logentry_3"]
    grow("applications_event", 2000)
    swipe_right(alice, make_job())

    assert [line["seq"] for line in feed.events_after(alice.pk, 0)] == list(range(1, len(told) + 5))
    sizes = [rows(f"SELECT count(*) > 0 FROM {name}")[0][0] for name in partitions.parts_of(partitions.TABLES[0])]
    assert sizes == [True, True, True]
    assert LogEntry.objects.filter(attempt=first).count() == LogEntry.objects.filter(attempt=second).count() > 0
    assert rows("SELECT has_table_privilege('pg_monitor', 'applications_event', 'SELECT')") == [(True,)]

    gone = alice.pk
    delete_account(alice)
    assert not Event.objects.filter(user=gone).exists()
    assert Event.objects.filter(user=bob).exists()


@pytest.mark.parametrize("table", partitions.TABLES, ids=lambda table: table.name)
def test_the_rules_hold_in_parts(alice: User, swipe_right: Callable[..., Application], table: partitions.Table) -> None:
    sent(alice, swipe_right)
    cut_all(1)
    sent(alice, swipe_right)
    for statement in (f"UPDATE {table.name} SET seq = seq + 1000", f"DELETE FROM {table.name}"):
        with pytest.raises(ProgrammingError, match="Cannot update or delete"), transaction.atomic():
            rows(statement)
    columns = (
        "user_id, seq, type, application_id, data"
        if "event" in table.name
        else "attempt_id, seq, step, message, percent"
    )
    with pytest.raises(IntegrityError), transaction.atomic():
        rows(f"INSERT INTO {table.name} ({columns}) SELECT {columns} FROM {partitions.parts_of(table)[-1]}")
    rows("SET CONSTRAINTS ALL IMMEDIATE")
    with pytest.raises(IntegrityError), transaction.atomic():
        Delivery.objects.create(user=alice, event_id=Event.objects.latest("id").pk + 50_000, kind="applied")


def test_the_role_with_fewer_rights_changes_no_part(alice: User, swipe_right: Callable[..., Application]) -> None:
    rows("CREATE ROLE of_the_test")
    sent(alice, swipe_right)
    cut_all(1)
    call_command("grant_role", "of_the_test", stdout=StringIO())
    for table in partitions.TABLES:
        for name in (table.name, *partitions.parts_of(table)):
            assert rows(f"SELECT has_table_privilege('of_the_test', '{name}', 'UPDATE, DELETE')") == [(False,)], name
        assert rows(f"SELECT has_table_privilege('of_the_test', '{table.name}', 'INSERT')") == [(True,)]
