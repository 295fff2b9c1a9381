"""A real worker and employers of two minds: one turns applications away for a while, and loses none of them."""

from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest
from django.db.models.functions import Now
from django.test import Client
from rest_framework.test import APIClient

from accounts.models import User
from applications.models import Application
from applications.states import Status
from jobs.models import Job
from proxies.models import ProxyLease, Site, Verdict
from proxies.waiting import SENTENCES, Reason
from tests.conftest import make_job
from tests.engine.site import Reply
from tests.engine.site import Site as Employer
from tests.processes import Employers, StartWorker, until

SwipeRight = Callable[[User, Job], Application]
FORM = "<label>E-mail <input name=email></label><label>CV <input type=file name=cv></label>"


@pytest.fixture
def moody() -> Iterator[Employer]:
    employer = Employer()
    yield employer
    employer.close()


def test_a_wave_of_refusals_parks_one_employers_applications_and_all_arrive_once_it_has_passed(
    alice: User,
    bob: User,
    charlie: User,
    moody: Employer,
    employers: Employers,
    swipe_right: SwipeRight,
    start_worker: StartWorker,
    client_of: Callable[[User], APIClient],
) -> None:
    moody.form(FORM)
    form = moody.pages["/job"]
    moody.pages["/job"] = Reply("<h1>Forbidden</h1>", status=403)
    alice.answers.create(question="Why do you want to work at Meridian?", normalized="x", answer="Weather matters.")
    here = [
        swipe_right(person, make_job(apply_url=f"{moody.url}/job?{person.email}-{number}"))
        for number in range(2)
        for person in (alice, bob)
    ]
    elsewhere = swipe_right(alice, make_job(apply_url=f"{employers.url}/meridian/jobs/calm/apply"))
    start_worker(ALLOW_DIRECT="1", BREAKER_REFUSALS="2", BREAKER_PAUSE="3600", RETRY_WAITS="1")

    host = moody.url.removeprefix("http://")
    until(lambda: Site.objects.filter(name=host, closed_reason=Reason.BREAKER).exists(), "the breaker opens")
    until(lambda: Application.objects.get(pk=elsewhere.pk).status == Status.COMPLETED, "the other one goes on")
    held_back = Application.objects.filter(
        status=Status.QUEUED, message=SENTENCES[Reason.BREAKER], available_at__gt=Now() + timedelta(minutes=30)
    )
    until(lambda: held_back.count() == len(here), "all of them are held back, those that were refused too")
    parked = held_back.latest("id")
    page = client_of(parked.user).get(f"/applications/{parked.pk}").content.decode()
    assert "turning applications away" in page
    assert f'<time datetime="{parked.available_at:%Y-%m-%dT%H:%M}' in page
    staff: Client = client_of(charlie)
    assert host in staff.get("/admin/proxies/site/?closed_reason=breaker").content.decode()
    assert "turning applications away" in staff.get("/admin/applications/application/").content.decode()

    moody.pages["/job"] = form
    mine = Application.objects.filter(pk__in=[one.pk for one in here])
    Site.objects.filter(name=host).update(closed_until=Now())  # an hour later
    mine.update(available_at=Now())
    until(lambda: mine.filter(status=Status.COMPLETED).count() == len(here), "all arrive")
    assert sorted(sent["email"] for sent in moody.sent) == sorted(one.user.email for one in here)
    assert Site.objects.get(name=host).closed_until is None
    assert not ProxyLease.objects.filter(released_at=None).exists()
    assert ProxyLease.objects.filter(host=host, verdict=Verdict.REFUSED).count() == 2  # nobody asks while it is open
