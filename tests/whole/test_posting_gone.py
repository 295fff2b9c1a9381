"""A posting that is gone is looked for at its other addresses; if all are closed, it stays readable as it was."""

import threading
from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from accounts.models import User
from applications.models import Application, Lane
from applications.states import Status
from automation.leases import claim
from automation.worker.carry_out import carry_out
from automation.worker.slot import Slot
from jobs.models import Job
from tests.conftest import make_job
from tests.processes import Employers

SwipeRight = Callable[[User, Job], Application]


@pytest.fixture
def apply(
    transactional_db: None, alice: User, swipe_right: SwipeRight, slot: Slot, settings: Settings
) -> Callable[[Job], Application]:
    """Let alice swipe, and a worker carry it out."""
    settings.ENGINE_PACE, settings.ALLOW_DIRECT = "fast", True
    alice.answers.create(question="Why do you want to work at Meridian?", normalized="x", answer="Weather matters.")

    def once(job: Job) -> Application:
        application = swipe_right(alice, job)
        [attempt] = claim(lane=Lane.SERVER, runner="test")
        carry_out(attempt, slot, threading.Event())
        application.refresh_from_db()
        return application

    return once


def test_a_closed_posting_is_applied_to_at_its_other_address_or_kept_as_it_was(
    alice: User, employers: Employers, apply: Callable[[Job], Application]
) -> None:
    closed, moved = f"{employers.url}/meridian/jobs/gone/apply?closed=1", f"{employers.url}/meridian/jobs/moved/apply"
    found = apply(make_job(apply_url=closed, other_urls=[moved]))
    assert found.status == Status.COMPLETED, found.message
    assert len(employers.inbox("moved")) == 1

    job = make_job(apply_url=closed, other_urls=[f"{closed}&again=1"], description="<p>Count the clouds.</p>")
    gone = apply(job)
    assert (gone.status, gone.failure_kind) == (Status.FAILED, "posting_closed")
    assert employers.inbox("gone") == []
    Job.objects.filter(pk=job.pk).update(description="<p>Something else.</p>")
    client = Client()
    client.force_login(alice)
    page = client.get(reverse("automation:application", args=[gone.pk])).content.decode()
    assert "Count the clouds." in page
    assert "Something else." not in page
