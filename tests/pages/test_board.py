"""The board shows where everything stands; what has been sent is moved on by its person, alone."""

import csv
from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from django.db.models.functions import Now
from django.test import Client

from accounts.models import User
from applications import services
from applications.models import Application, Event, Lane, Swipe
from applications.states import Status
from jobs.models import Company, Job
from tests.conftest import PASSWORD, make_job
from tests.processes import Person, until

SwipeRight = Callable[[User, Job], Application]


@pytest.fixture
def client(alice: User, client_of: Any) -> Client:
    signed_in: Client = client_of(alice)
    return signed_in


def sent(application: Application) -> Application:
    """Have it stand as sent."""
    for status in (Status.CLAIMED, Status.PROCESSING, Status.COMPLETED):
        Application.objects.filter(pk=application.pk).update(status=status, submitted_at=Now())
    application.refresh_from_db()
    return application


@pytest.fixture
def applied(alice: User, job: Job, swipe_right: SwipeRight) -> Application:
    return sent(swipe_right(alice, job))


def columns(page: str) -> dict[str, str]:
    """Return what stands in each column of the board."""
    parts = page.split('<section class="column" data-column="')[1:]
    return {part.partition('"')[0]: part for part in parts}


def test_what_was_sent_is_moved_on_by_its_person(client: Client, alice: User, applied: Application) -> None:
    client.post(f"/applications/{applied.pk}/move", {"stage": "interview"})
    shown = columns(client.get("/applications").content.decode())
    assert applied.job.title in shown["interview"]
    assert applied.job.title not in shown["applied"]
    newest = Event.objects.filter(user=alice).latest("seq")
    assert (newest.type, newest.data["to"]) == ("stage", "interview")


def test_a_list_of_nothing_says_so_and_offers_nothing_to_do_with_it(client: Client, job: Job) -> None:
    for address, said in (("?view=list", "Nothing has been applied to yet"), ("?view=list&q=x", "No application is")):
        page = client.get(f"/applications{address}").content.decode()
        assert said in page
        assert "Withdraw the chosen" not in page


def test_moving_it_where_it_stands_says_nothing(client: Client, applied: Application) -> None:
    before = Event.objects.count()
    client.post(f"/applications/{applied.pk}/move", {"stage": ""})
    assert Event.objects.count() == before


@pytest.mark.parametrize("stage", ["interview", "CLAIMED", "nowhere"])
def test_what_was_not_sent_moves_by_itself_alone(
    client: Client, alice: User, job: Job, swipe_right: SwipeRight, stage: str
) -> None:
    application = swipe_right(alice, job)
    client.post(f"/applications/{application.pk}/move", {"stage": stage})
    application.refresh_from_db()
    assert (application.status, application.stage) == (Status.QUEUED, "")


@pytest.mark.parametrize("address", ["/applications", "/applications?view=list", "/applications.csv"])
def test_what_was_taken_back_is_not_there_and_what_was_withdrawn_is(
    client: Client, alice: User, swipe_right: SwipeRight, address: str
) -> None:
    undone, withdrawn = swipe_right(alice, make_job(title="Undone")), swipe_right(alice, make_job(title="Withdrawn"))
    services.undo(actor=alice, key=undone.swipe.key)
    services.withdraw(actor=alice, application_id=withdrawn.pk)
    page = client.get(address).content.decode()
    assert ("Undone" in page, "Withdrawn" in page) == (False, True)
    assert client.get(f"/applications/{undone.pk}/card").status_code == 404


def test_saved_jobs_stand_on_the_board(client: Client, alice: User, job: Job) -> None:
    services.swipe(actor=alice, job_id=job.pk, direction=Swipe.Direction.SAVE, key=uuid4())
    assert f"{job.title}</a>" in client.get("/applications").content.decode()


@pytest.mark.parametrize("view", ["board", "list"])
def test_the_board_is_searched(client: Client, alice: User, swipe_right: SwipeRight, view: str) -> None:
    plumber = swipe_right(alice, make_job(title="Plumber"))
    swipe_right(alice, make_job(title="Baker"))
    page = client.get("/applications", {"q": "plum meridian", "view": view}).content.decode()
    assert "Plumber</a>" in page
    assert "Baker</a>" not in page
    device = client.get("/applications", {"lane": Lane.DEVICE, "view": view}).content.decode()
    assert f"/applications/{plumber.pk}" not in device


def test_many_are_withdrawn_and_a_refusal_stops_no_other(
    client: Client, alice: User, applied: Application, swipe_right: SwipeRight
) -> None:
    waiting = [swipe_right(alice, make_job()) for _ in range(2)]
    chosen = [waiting[0].pk, applied.pk, waiting[1].pk]
    page = client.post("/applications/many", {"action": "withdraw", "application": chosen}, follow=True)
    assert "Done for 2 of 3" in page.content.decode()
    assert Application.objects.filter(status=Status.CANCELLED).count() == 2


def test_nobody_elses_are_touched(applied: Application, bob: User, client_of: Any, swipe_right: SwipeRight) -> None:
    alices = swipe_right(applied.user, make_job())
    client_of(bob).post("/applications/many", {"action": "withdraw", "application": [alices.pk]})
    alices.refresh_from_db()
    assert alices.status == Status.QUEUED
    assert client_of(bob).post(f"/applications/{applied.pk}/move", {"stage": "offer"}).status_code == 404
    assert client_of(bob).post(f"/applications/{applied.pk}/notes", {"notes": "x"}).status_code == 404
    assert applied.job.title not in client_of(bob).get("/applications.csv").content.decode()


def test_the_file_has_a_line_for_each(client: Client, applied: Application) -> None:
    Company.objects.update(name="=HYPERLINK(1)")
    client.post(f"/applications/{applied.pk}/notes", {"notes": "Ask for Kim"})
    [row] = csv.DictReader(client.get("/applications.csv").content.decode("utf-8-sig").splitlines())
    assert (row["title"], row["stands at"], row["notes"]) == (applied.job.title, "Applied", "Ask for Kim")
    assert row["company"] == "'=HYPERLINK(1)"  # a spreadsheet runs no posting's text


def test_what_has_gone_quiet_is_marked(client: Client, applied: Application) -> None:
    assert "No word for" not in client.get("/applications").content.decode()
    month_ago = Event.objects.latest("seq").at.replace(year=2020)
    Application.objects.update(updated_at=month_ago)
    assert "No word for" in client.get("/applications").content.decode()


def test_a_ticket_is_dragged_to_another_column(person: Person, alice: User, applied: Application) -> None:
    person.driver.set_window_size(1440, 900)
    try:
        person.sign_in(alice.email, PASSWORD)
        person.go("/applications")
        person.script(
            """const [ticket, target] = [document.querySelector('.ticket[draggable=true]'),
                 document.querySelector('[data-stage=offer]')], dataTransfer = new DataTransfer();
               const drag = (on, type) => on.dispatchEvent(
                 new DragEvent(type, { bubbles: true, cancelable: true, dataTransfer }));
               drag(ticket, 'dragstart'); drag(target, 'dragover'); drag(target, 'drop'); drag(ticket, 'dragend');"""
        )
        until(lambda: Application.objects.filter(stage="offer").exists(), "it is kept")
        person.sees(applied.job.title, "[data-stage=offer]")
    finally:
        person.driver.set_window_size(420, 900)


def test_a_phone_shows_what_there_is_and_no_empty_columns_before_it(
    person: Person, alice: User, applied: Application
) -> None:
    def columns() -> list[str]:
        return [one.get_attribute("data-column") or "saved" for one in person.all(".column") if one.is_displayed()]

    person.sign_in(alice.email, PASSWORD)
    person.go("/applications")
    assert columns() == ["applied"]
    person.go("/applications?q=nothing-like-it")
    assert len(columns()) > 3
