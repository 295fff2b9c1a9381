"""Who carries an application out: the server as far as the allowance goes, else the person's computer."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from rest_framework.test import APIClient

from accounts.models import Candidate, LaneWish, User
from applications import services
from applications.models import Application, Lane
from applications.states import Status
from automation import leases
from jobs.models import Job
from tests.conftest import make_job
from tests.devices.conftest import Agent, Swipe


@pytest.fixture
def page(alice: User) -> Client:
    client = Client()
    client.force_login(alice)
    return client


def send_on_server(user: User, swipe_right: Swipe, number: int) -> None:
    """Let the server have sent that many."""
    for _ in range(number):
        swipe_right(user, make_job())
    Application.objects.filter(user=user).update(submitted_at=timezone.now())


def text_of(page: Client, path: str) -> str:
    return " ".join(page.get(path).content.decode().split())


def test_the_site_offers_the_program_from_the_tenth_on_and_queues_for_it_from_the_fifteenth(
    page: Client, alice: User, swipe_right: Swipe
) -> None:
    send_on_server(alice, swipe_right, 9)
    assert "Get it for your computer" not in text_of(page, "/jobs")
    send_on_server(alice, swipe_right, 1)
    for path in ("/jobs", "/applications", "/applications?view=list"):
        assert "5 left on our server" in text_of(page, path)
        assert 'href="/download"' in text_of(page, path)
    send_on_server(alice, swipe_right, 5)
    assert "The next ones go out from your computer" in text_of(page, "/jobs")
    assert [swipe_right(alice, make_job()).lane for _ in range(3)] == [Lane.DEVICE] * 3
    for path in ("/jobs", "/applications"):
        assert "3 applications wait for your computer" in text_of(page, path)
    Agent(alice)
    assert "3 applications wait for your computer" in text_of(page, "/jobs")
    assert "Get it for your computer" not in text_of(page, "/jobs")


def test_some_people_have_another_allowance(page: Client, alice: User, swipe_right: Swipe) -> None:
    User.objects.filter(pk=alice.pk).update(server_limit=100)
    send_on_server(alice, swipe_right, 20)
    assert swipe_right(alice, make_job()).lane == Lane.SERVER
    assert "Get it for your computer" not in text_of(page, "/jobs")


@pytest.mark.parametrize(
    ("wish", "paired", "lane"),
    [(LaneWish.AUTO, False, "server"), (LaneWish.AUTO, True, "device"), (LaneWish.DEVICE, False, "device"),
     (LaneWish.SERVER, True, "server")],
)  # fmt: skip
def test_a_wish_decides(alice: User, job: Job, swipe_right: Swipe, wish: str, paired: bool, lane: str) -> None:
    Candidate.objects.filter(user=alice).update(lane=wish)
    if paired:
        Agent(alice)
    assert swipe_right(alice, job).lane == lane


def test_a_wish_for_the_server_ends_with_the_allowance(alice: User, job: Job, swipe_right: Swipe) -> None:
    Candidate.objects.filter(user=alice).update(lane=LaneWish.SERVER)
    User.objects.filter(pk=alice.pk).update(server_limit=0)
    assert swipe_right(alice, job).lane == Lane.DEVICE


def test_the_wish_is_a_choice_on_the_profile(page: Client, alice: User) -> None:
    shown = page.get("/profile").content.decode()
    assert 'name="lane"' in shown


def test_an_application_changes_hands_while_nobody_holds_it(
    page: Client, alice: User, application: Application, laptop: Agent
) -> None:
    address = f"/applications/{application.pk}/lane"
    assert "Send it from your server instead" in text_of(page, f"/applications/{application.pk}")
    page.post(address, {"lane": "server"})
    assert laptop.claim() == []
    page.post(address, {"lane": "device"})
    page.post(address, {"lane": "device"})
    assert leases.claim(lane=Lane.SERVER, runner="test") == []
    assert [event.data["message"] for event in application.events.filter(type="step")] == [
        "Our server will send it now.",
        "Your own computer will send it now.",
    ]
    laptop.claim()
    assert "it cannot change hands" in page.post(address, {"lane": "server"}, follow=True).content.decode()
    application.refresh_from_db()
    assert (application.lane, application.status) == (Lane.DEVICE, Status.CLAIMED)


def test_the_server_takes_nothing_beyond_the_allowance(
    client_of: Callable[[User], APIClient], alice: User, application: Application
) -> None:
    User.objects.filter(pk=alice.pk).update(server_limit=0)
    answer = client_of(alice).post(f"/api/v1/applications/{application.pk}/lane/", {"lane": "server"}, format="json")
    assert (answer.status_code, answer.json()["code"]) == (409, "no_allowance")


def test_a_stranger_changes_no_lane(
    client_of: Callable[[User], APIClient], bob: User, application: Application
) -> None:
    answer = client_of(bob).post(f"/api/v1/applications/{application.pk}/lane/", {"lane": "server"}, format="json")
    assert answer.status_code == 404
    stranger = Client()
    stranger.force_login(bob)
    assert stranger.post(f"/applications/{application.pk}/lane", {"lane": "server"}).status_code == 404
    application.refresh_from_db()
    assert application.lane == Lane.DEVICE


def test_what_is_over_stays_where_it_was(
    client_of: Callable[[User], APIClient], alice: User, application: Application
) -> None:
    services.withdraw(actor=alice, application_id=application.pk)
    answer = client_of(alice).post(f"/api/v1/applications/{application.pk}/lane/", {"lane": "server"}, format="json")
    assert (answer.status_code, answer.json()["code"]) == (409, "not_waiting")
    wrong: Any = client_of(alice).post(f"/api/v1/applications/{application.pk}/lane/", {"lane": "moon"}, format="json")
    assert wrong.status_code == 400
