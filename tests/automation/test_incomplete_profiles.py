"""Without what every form asks for nothing is opened: the person is told what is missing, in their words."""

import threading
from collections.abc import Callable

from accounts.models import Candidate, User
from applications.models import Application, Lane
from applications.states import Status
from automation import leases
from automation.worker.carry_out import carry_out
from automation.worker.slot import Slot
from jobs.models import Job


def test_what_is_missing_is_named_in_words(
    alice: User, job: Job, swipe_right: Callable[[User, Job], Application]
) -> None:
    Candidate.objects.filter(user=alice).update(first_name="")
    application = swipe_right(alice, job)
    [attempt] = leases.claim(lane=Lane.SERVER, runner="test")
    carry_out(attempt, Slot(), threading.Event())
    application.refresh_from_db()
    assert application.status == Status.REVIEW
    assert application.message == "Your profile is not complete yet: first name is missing"
