"""One posting on two boards is one decision: the second swipe says so and asks, and a person's word goes on."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from html.parser import HTMLParser
from threading import Barrier
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client

from accounts.models import User
from applications import services
from applications.models import Application, Swipe
from jobs.models import Company, Job
from tests.conftest import make_job

SWIPES = "/api/v1/swipes/"
SwipeRight = Callable[[User, Job], Application]


@pytest.fixture
def twins(db: None) -> list[Job]:
    """One posting as two boards tell of it."""
    elsewhere = Company.objects.create(name="MERIDIAN LABS", slug="meridian-on-another-board")
    return [
        make_job(title="Senior Python Engineer", location="Austin, TX"),
        make_job(title="Sr. Python Engineer", location="Austin", company=elsewhere),
    ]


def body(job: Job, **more: Any) -> dict[str, Any]:
    return {"job": job.pk, "direction": "right", "key": str(uuid4()), **more}


class Hidden(HTMLParser):
    """The fields that a page's forms send without being filled in."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.fields: dict[str, str] = {}
        self._name = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        given = dict(attributes)
        self._name = (given.get("name") or "") if tag == "textarea" else ""
        if tag == "input" and given.get("type") == "hidden":
            self.fields[given.get("name") or ""] = given.get("value") or ""

    def handle_data(self, data: str) -> None:
        if self._name:
            self.fields[self._name] = data

    def handle_endtag(self, tag: str) -> None:
        self._name = ""


def test_a_program_is_told_with_which_application_and_goes_on_by_its_persons_word(
    alice: User, twins: list[Job], client_of: Any, swipe_right: SwipeRight
) -> None:
    first = swipe_right(alice, twins[0])
    asked = client_of(alice).post(SWIPES, body(twins[1]), format="json")
    assert (asked.status_code, asked.json()["code"]) == (409, "same_posting")
    assert asked.json()["application"] == first.pk
    assert "Apply here as well?" in asked.json()["detail"]
    assert (Swipe.objects.count(), Application.objects.count()) == (1, 1)
    assert client_of(alice).post(SWIPES, body(twins[1], again=True), format="json").status_code == 201
    assert Application.objects.count() == 2


@pytest.mark.parametrize(("word", "applications"), [("right", 2), ("left", 1)])
def test_the_page_asks_and_takes_either_word_with_all_that_the_card_said(
    alice: User, twins: list[Job], client_of: Any, swipe_right: SwipeRight, word: str, applications: int
) -> None:
    first = swipe_right(alice, twins[0])
    client: Client = client_of(alice)
    card = {**body(twins[1]), "cover_letter": "I grew up <here>.", "review": "1", "resume": alice.resumes.get().pk}
    asked = client.post("/jobs/swipe", card)
    page = asked.content.decode()
    assert asked.status_code == 409
    assert "Apply here as well?" in page
    assert f"/applications/{first.pk}" in page
    assert client.post("/jobs/swipe", {**Hidden(page).fields, "direction": word}).status_code == 302
    assert Application.objects.count() == applications
    if word == "right":
        second = Application.objects.get(job=twins[1])
        assert (second.cover_letter, second.status, second.available_at) == ("I grew up <here>.", "PENDING", None)
        assert second.resume == alice.resumes.get()


@pytest.mark.parametrize(
    "differs", [{"title": "Staff Python Engineer"}, {"location": "Berlin"}, {"company__name": "Another"}]
)
def test_another_title_place_or_employer_is_another_posting(
    alice: User, twins: list[Job], swipe_right: SwipeRight, differs: dict[str, str]
) -> None:
    for name, value in differs.items():
        if name == "company__name":
            Company.objects.filter(pk=twins[1].company_id).update(name=value)
        else:
            Job.objects.filter(pk=twins[1].pk).update(**{name: value})
    swipe_right(alice, twins[0])
    swipe_right(alice, Job.objects.get(pk=twins[1].pk))
    assert Application.objects.count() == 2


def test_what_was_withdrawn_or_is_another_persons_does_not_count(
    alice: User, bob: User, twins: list[Job], swipe_right: SwipeRight
) -> None:
    swipe_right(bob, twins[0])
    first = swipe_right(alice, twins[0])
    services.withdraw(actor=alice, application_id=first.pk)
    swipe_right(alice, twins[1])
    assert alice.applications.count() == 2


@pytest.mark.django_db(transaction=True)
def test_of_two_swipes_on_twins_at_once_one_is_asked_about(alice: User, twins: list[Job]) -> None:
    together = Barrier(2)

    def swipe(job: Job) -> str:
        together.wait()
        try:
            services.swipe(actor=alice, job_id=job.pk, direction=Swipe.Direction.RIGHT, key=uuid4())
        except services.SamePosting as problem:
            return problem.code
        else:
            return "taken"
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        assert sorted(pool.map(swipe, twins)) == ["same_posting", "taken"]
    assert Application.objects.count() == 1
