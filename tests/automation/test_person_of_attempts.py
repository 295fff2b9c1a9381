"""Attempts, their log and their evidence name their person, whoever wrote them and however old they are."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from importlib import import_module
from typing import Any

import pgtrigger
import pytest
from django.apps import apps
from django.db import connection
from django.db.models import Model
from django.utils.timezone import now

from accounts.models import User
from applications.models import Application
from automation.models import Attempt, Evidence, LogEntry
from automation.reports import Step, report_steps
from tests.automation.test_privacy import apply

MODELS = (Attempt, LogEntry, Evidence)


@pytest.fixture
def attempt(alice: User, swipe_right: Callable[..., Application]) -> Attempt:
    """One that has a line in its log and a file, as the code by itself writes them."""
    with pgtrigger.ignore(*(f"automation.{model.__name__}:its_person" for model in MODELS)):
        attempt = apply(alice, swipe_right)
        report_steps(attempt_id=attempt.pk, lease=attempt.lease, steps=[Step(1, "fill", "Your name", 40)])
    return attempt


def persons() -> list[int | None]:
    return [model.objects.values_list("user_id", flat=True).latest("id") for model in MODELS]


@contextmanager
def changeable() -> Iterator[None]:
    with pgtrigger.ignore("automation.LogEntry:log_entries_never_change", "automation.Evidence:evidence_never_changes"):
        yield


@pytest.mark.django_db
def test_new_rows_name_it(attempt: Attempt, alice: User) -> None:
    assert persons() == [alice.pk] * 3


@pytest.mark.django_db
def test_rows_of_code_that_does_not_know_of_it_get_it(attempt: Attempt, alice: User) -> None:
    """While a new version is brought out the old one goes on."""
    line, file = LogEntry.objects.get(), Evidence.objects.get()
    others: list[tuple[Model, dict[str, Any]]] = [
        (attempt, {"lease": 7, "finished_at": now()}),
        (line, {"seq": 2}),
        (file, {"name": "another"}),
    ]
    for one, changes in others:
        for name, value in {"pk": None, "user_id": None, **changes}.items():
            setattr(one, name, value)
        one.save(force_insert=True)
    assert persons() == [alice.pk] * 3


@pytest.mark.django_db(transaction=True)
def test_old_rows_are_given_it(attempt: Attempt, alice: User) -> None:
    with changeable():
        for model in MODELS:
            model.objects.update(user=None)
    assert persons() == [None] * 3
    migration = import_module("automation.migrations.0009_name_the_person_of_old_attempts")
    with connection.schema_editor(atomic=False) as editor:
        migration.fill(apps, editor)
    assert persons() == [alice.pk] * 3
