"""A person chooses what they hear of and where; nobody else's news comes to a browser, and it is asked for in time."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from pytest_django import Settings

from accounts.models import User
from applications.models import Application
from jobs.models import Job
from notifications import vapid
from notifications.models import Subscription, Wishes
from tests.conftest import PASSWORD
from tests.notifications.push_service import PushService

OFFER = "data-push-offer"


@pytest.fixture
def client(alice: User) -> Client:
    client = Client(headers={"User-Agent": "Mozilla/5.0 (Linux; Android 14) Chrome/140.0 Mobile Safari/537.36"})
    client.post("/accounts/login/", {"login": alice.email, "password": PASSWORD})
    return client


def test_kinds_are_chosen_one_by_one(client: Client, alice: User) -> None:
    page = client.get("/notifications").content.decode()
    assert vapid.public_key() in page
    assert client.post("/notifications", {"queued": "on", "failed": "on"}).status_code == 302
    wishes = Wishes.objects.get(user=alice)
    assert (wishes.queued, wishes.needs_you, wishes.applied, wishes.failed, wishes.email_needs_you) == (
        True, False, False, True, False,
    )  # fmt: skip
    client.post("/notifications", {})
    assert not Wishes.objects.get(user=alice).queued


def test_a_browser_is_taken_shown_and_removed(client: Client, alice: User, push: PushService) -> None:
    for _ in range(2):
        assert client.post("/notifications/subscribe", push.subscription()).status_code == 201
    assert "Chrome on Android" in client.get("/notifications").content.decode()
    browser = alice.push_subscriptions.get()
    client.post(f"/notifications/browsers/{browser.pk}/remove")
    assert not alice.push_subscriptions.exists()


@pytest.mark.parametrize(
    "wrong", [{"endpoint": "https://10.0.0.1/x"}, {"endpoint": ""}, {"p256dh": "short"}, {"auth": "<script>"}]
)
def test_what_is_no_subscription_is_refused(client: Client, push: PushService, wrong: dict[str, str]) -> None:
    assert client.post("/notifications/subscribe", push.subscription() | wrong).status_code == 400
    assert not Subscription.objects.exists()


def test_a_browser_hears_of_whoever_turned_it_on_last(
    client: Client, alice: User, bob: User, push: PushService, client_of: Callable[[User], Any]
) -> None:
    client.post("/notifications/subscribe", push.subscription())
    client_of(bob).post("/notifications/subscribe", push.subscription())
    assert Subscription.objects.get().user == bob


def test_signing_out_ends_the_messages_to_this_browser(client: Client, alice: User, push: PushService) -> None:
    client.post("/notifications/subscribe", push.subscription())
    client.post("/accounts/logout/")
    assert not alice.push_subscriptions.exists()


def test_the_offer_comes_after_the_first_queued_application_and_goes_with_an_answer(
    client: Client, alice: User, job: Job, swipe_right: Callable[[User, Job], Application], push: PushService
) -> None:
    assert OFFER not in client.get("/jobs").content.decode()
    swipe_right(alice, job)
    for path in ("/jobs", "/applications", "/applications?view=list"):
        assert OFFER in client.get(path).content.decode()
    deck = client.get("/jobs").content.decode()
    assert deck.index("<job-deck") < deck.index(OFFER), "it pushes the card and its buttons off the screen"
    assert OFFER not in client.get("/profile").content.decode()
    client.post("/notifications/subscribe", push.subscription())
    assert OFFER not in client.get("/jobs").content.decode()
    alice.push_subscriptions.all().delete()
    client.post("/notifications/decline")
    assert OFFER not in client.get("/jobs").content.decode()


def test_without_a_key_the_page_says_that_mail_works(client: Client, settings: Settings) -> None:
    settings.VAPID_PRIVATE_KEY = ""
    page = client.get("/notifications").content.decode()
    assert "does not send messages to devices" in page
    assert "push-switch" not in page


def test_strangers_touch_no_browser_of_others(client: Client, bob: User, push: PushService) -> None:
    theirs = Subscription.objects.create(user=bob, **push.subscription("bob"))
    assert client.post(f"/notifications/browsers/{theirs.pk}/remove").status_code == 404
    client.post("/notifications/unsubscribe", {"endpoint": theirs.endpoint})
    assert Subscription.objects.filter(pk=theirs.pk).exists()
    assert "bob" not in client.get("/notifications").content.decode()


@pytest.mark.parametrize("path", ["subscribe", "unsubscribe", "decline", "browsers/1/remove"])
def test_nothing_is_changed_by_a_get_or_by_nobody(client: Client, path: str) -> None:
    assert client.get(f"/notifications/{path}").status_code == 405
    assert Client().post(f"/notifications/{path}")["Location"].startswith("/accounts/login/")
