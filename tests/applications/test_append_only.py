"""What was seen and told stays as it was: the database refuses to change or delete it."""

from collections.abc import Callable

import pytest
from django.db import DatabaseError, models, transaction

from accounts.models import User
from applications.models import Application, Event, Lane
from automation.leases import claim
from automation.models import Attempt, Evidence, LogEntry
from automation.reports import Step, add_evidence, report_steps
from jobs.models import Job, JobSnapshot


@pytest.fixture
def attempt(alice: User, job: Job, swipe_right: Callable[[User, Job], Application]) -> Attempt:
    swipe_right(alice, job)
    [attempt] = claim(lane=Lane.SERVER, runner="test")
    report_steps(attempt_id=attempt.pk, lease=attempt.lease, steps=[Step(1, "opening", "Opening the form", 5)])
    add_evidence(attempt=attempt, name="form.json", kind="form", content=b"{}")
    return attempt


@pytest.mark.parametrize(
    ("model", "change"),
    [
        (JobSnapshot, {"content": {}}),
        (Event, {"data": {}}),
        (LogEntry, {"message": "something else"}),
        (Evidence, {"sha256": "0" * 64}),
    ],
)
def test_neither_update_nor_delete(attempt: Attempt, model: type[models.Model], change: dict[str, object]) -> None:
    rows = model._default_manager.all()
    assert rows.exists()
    with pytest.raises(DatabaseError, match="Cannot update or delete"), transaction.atomic():
        rows.update(**change)
    with pytest.raises(DatabaseError, match="Cannot update or delete"), transaction.atomic():
        rows._raw_delete(rows.db)
