"""Staff add companies and jobs, look at what happened, and put back what failed."""

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib import admin
from django.test import Client
from rest_framework.test import APIClient

from accounts.models import User
from applications.models import Application, Lane
from applications.states import Status
from automation import leases
from automation.models import Attempt
from automation.outcomes import finish
from jobs.models import Company, Job


@pytest.fixture
def staff(charlie: User, client_of: Callable[[User], APIClient]) -> Client:
    return client_of(charlie)


@pytest.fixture
def failed(alice: User, job: Job, swipe_right: Callable[[User, Job], Application]) -> Application:
    application = swipe_right(alice, job)
    [attempt] = leases.claim(lane=Lane.SERVER, runner="test")
    leases.start(attempt_id=attempt.pk, lease=attempt.lease)
    finish(attempt_id=attempt.pk, lease=attempt.lease, result={"outcome": "failed", "failure_kind": "form_unsupported"})
    application.refresh_from_db()
    return application


def put_back(client: Client, application: Application) -> str:
    given = {"action": "put_back", "_selected_action": [application.pk]}
    return client.post("/admin/applications/application/", given, follow=True).content.decode()


@pytest.mark.parametrize("model", sorted(one._meta.label_lower for one in admin.site._registry))
def test_every_list_opens(staff: Client, failed: Application, model: str) -> None:
    assert staff.get(f"/admin/{model.replace('.', '/')}/").status_code == 200


def test_a_company_and_a_job_are_added_by_hand(staff: Client) -> None:
    staff.post("/admin/jobs/company/add/", {"name": "Acme", "slug": "acme"})
    company = Company.objects.get(slug="acme")
    given = {
        "company": company.pk, "title": "Fitter", "apply_url": "https://example.com/fitter",
        "description": "<p>Fit.</p>", "benefits": "[]", "other_urls": "[]", "questions": "[]",
        "pay_min": 50, "pay_max": 40,
    }  # fmt: skip
    assert "The lowest pay is above the highest" in staff.post("/admin/jobs/job/add/", given).content.decode()
    staff.post("/admin/jobs/job/add/", given | {"pay_max": 60})
    assert Job.objects.get(company=company).status == Job.Status.OPEN


def test_jobs_are_closed_and_opened_together(staff: Client, job: Job) -> None:
    for action, status in (("close", Job.Status.CLOSED), ("reopen", Job.Status.OPEN)):
        staff.post("/admin/jobs/job/", {"action": action, "_selected_action": [job.pk]})
        job.refresh_from_db()
        assert job.status == status


def test_an_attempt_shows_its_log(staff: Client, failed: Application) -> None:
    attempt = Attempt.objects.get()
    page = staff.get(f"/admin/automation/attempt/{attempt.pk}/change/")
    assert (page.status_code, f"/applications/{failed.pk}/archive" in page.content.decode()) == (200, True)


def test_an_application_shows_its_attempts(staff: Client, failed: Application) -> None:
    page = staff.get(f"/admin/applications/application/{failed.pk}/change/").content.decode()
    assert f"/admin/automation/attempt/{failed.attempts.get().pk}/change/" in page
    assert "form_unsupported" in page


def test_a_failed_application_is_put_back(staff: Client, failed: Application) -> None:
    assert "1 put back" in put_back(staff, failed)
    failed.refresh_from_db()
    assert (failed.status, failed.tries) == (Status.QUEUED, 0)


def test_what_has_not_failed_stays(staff: Client, alice: User, failed: Application) -> None:
    put_back(staff, failed)
    assert "0 put back" in put_back(staff, failed)


def test_candidates_stay_outside(failed: Application, alice: User, client_of: Any) -> None:
    assert client_of(alice).get("/admin/applications/application/").status_code == 302
    put_back(client_of(alice), failed)
    failed.refresh_from_db()
    assert failed.status == Status.FAILED


def test_staff_cannot_edit_what_happened(staff: Client, failed: Application) -> None:
    assert staff.get("/admin/applications/application/add/").status_code == 403
    assert staff.post(f"/admin/applications/application/{failed.pk}/delete/").status_code == 403
