"""Who carries an application out: the server as far as the allowance goes, else the person's computer."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import Settings
from rest_framework.test import APIClient

from accounts.models import Candidate, LaneWish, User
from applications import services
from applications.models import Application, Lane
from applications.states import Status
from automation import leases, outcomes
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
        assert "It has taken on 10 of 15" in text_of(page, path)
        assert 'href="/download"' in text_of(page, path)
    send_on_server(alice, swipe_right, 5)
    assert "The next ones go out from your computer" in text_of(page, "/jobs")
    assert [swipe_right(alice, make_job()).lane for _ in range(3)] == [Lane.DEVICE] * 3
    for path in ("/jobs", "/applications"):
        assert "3 applications wait for your computer" in text_of(page, path)
    Agent(alice)
    assert "3 applications wait for your computer" in text_of(page, "/jobs")
    assert "Get it for your computer" not in text_of(page, "/jobs")


@pytest.mark.parametrize("plan", [{"server_limit": 3}, {"is_premium": True}, {"is_staff": True}])
def test_some_people_have_another_allowance(
    alice: User, swipe_right: Swipe, settings: Settings, plan: dict[str, Any]
) -> None:
    settings.SERVER_APPLICATION_LIMIT, settings.PREMIUM_APPLICATION_LIMIT, settings.STAFF_APPLICATION_LIMIT = 1, 3, 3
    User.objects.filter(pk=alice.pk).update(**plan)
    lanes = [swipe_right(alice, make_job()).lane for _ in range(4)]
    assert lanes == [Lane.SERVER] * 3 + [Lane.DEVICE]


def test_a_burst_of_swipes_gives_the_server_no_more_than_the_allowance(alice: User, swipe_right: Swipe) -> None:
    lanes = [swipe_right(alice, make_job()).lane for _ in range(17)]
    assert lanes == [Lane.SERVER] * 15 + [Lane.DEVICE] * 2


def test_a_failed_one_that_is_tried_again_waits_for_the_computer_when_its_place_is_taken(
    alice: User, swipe_right: Swipe
) -> None:
    User.objects.filter(pk=alice.pk).update(server_limit=1)
    failed = swipe_right(alice, make_job())
    [attempt] = leases.claim(lane=Lane.SERVER, runner="test")
    closed = {"outcome": "posting_closed", "message": "It is closed."}
    outcomes.finish(attempt_id=attempt.pk, lease=attempt.lease, result=closed)
    swipe_right(alice, make_job())
    services.retry(actor=alice, application_id=failed.pk)
    failed.refresh_from_db()
    assert (failed.lane, failed.status) == (Lane.DEVICE, Status.QUEUED)


def test_when_the_last_computer_is_signed_out_its_person_is_told_how_what_waits_goes_on(
    page: Client, alice: User, laptop: Agent, swipe_right: Swipe
) -> None:
    User.objects.filter(pk=alice.pk).update(server_limit=2)
    waiting = [swipe_right(alice, make_job()) for _ in range(3)]
    page.post(f"/devices/{laptop.device.pk}/revoke")
    assert "3 applications wait for a computer, and none is paired now" in text_of(page, "/devices")
    for path in ("/jobs", "/applications", "/applications?view=list", "/devices"):
        assert "3 applications wait for your computer" in text_of(page, path)
        assert "Let our server send 2 of them" in text_of(page, path)
    assert "None is paired" in text_of(page, f"/applications/{waiting[0].pk}")

    stranger = Client()
    stranger.force_login(User.objects.create_user("mallory@example.com", "x"))
    stranger.post("/applications/let-server-send")
    assert not Application.objects.filter(lane=Lane.SERVER).exists()
    assert page.get("/applications/let-server-send").status_code == 405
    assert "Our server sends 2" in page.post("/applications/let-server-send", follow=True).content.decode()
    lanes = Application.objects.filter(user=alice).order_by("id").values_list("lane", flat=True)
    assert list(lanes) == [Lane.SERVER, Lane.SERVER, Lane.DEVICE]
    assert "used up" in page.post("/applications/let-server-send", follow=True).content.decode()
    assert "Let our server send" not in text_of(page, "/devices")
    Agent(alice)
    assert "It is sent as soon as it is on" in text_of(page, "/jobs")


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
    assert "Send it from our server instead" in text_of(page, f"/applications/{application.pk}")
    page.post(address, {"lane": "server"})
    assert laptop.claim() == []
    page.post(address, {"lane": "device"})
    page.post(address, {"lane": "device"})
    assert leases.claim(lane=Lane.SERVER, runner="test") == []
    assert [event.data["message"] for event in application.events.filter(type="step")] == [
        "It is for our server now.",
        "It is for your own computer now.",
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
