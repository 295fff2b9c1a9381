"""News reaches the devices that a person chose, and their mailbox where there is none: all of it, whatever breaks."""

import base64
import json
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature
from cryptography.hazmat.primitives.hashes import SHA256
from django.core import mail
from django.db import connection
from django.db.models.functions import Now
from pytest_django import Settings

from accounts.models import User
from applications import machine
from applications.models import Application, Event, EventCounter, Lane
from applications.states import ReviewKind, Status
from automation import leases
from automation.reports import Step, report_steps
from jobs.models import Job
from notifications import delivery, services, vapid
from notifications.models import Delivery, Subscription, Wishes
from tests.conftest import make_job
from tests.notifications.push_service import PushService

SwipeRight = Callable[[User, Job], Application]


@pytest.fixture
def phone(alice: User, push: PushService) -> Subscription:
    return services.subscribe(user=alice, name="phone", **push.subscription("phone"))


@pytest.fixture
def application(alice: User, swipe_right: SwipeRight) -> Application:
    return swipe_right(alice, make_job(title="Engineer"))


def move(application: Application, *path: Status, **changes: Any) -> None:
    """Move the application along as runners do, without one; the last step carries `changes`."""
    for status in path:
        machine.transition(application, status, **(changes if status == path[-1] else {}))


def ask(application: Application, message: str = "The form asks what only you know.") -> None:
    move(
        application, Status.CLAIMED, Status.PROCESSING, Status.REVIEW, message=message, review_kind=ReviewKind.QUESTION
    )


def test_a_message_arrives_encrypted_for_the_browser_and_signed_by_the_site(
    phone: Subscription, push: PushService, application: Application
) -> None:
    ask(application)
    assert delivery.deliver() == 1
    assert push.messages == [
        {
            "title": "Needs you: Engineer, Meridian Labs",
            "body": "The form asks what only you know.",
            "url": f"/applications/{application.pk}",
            "tag": f"application-{application.pk}",
            "seq": Event.objects.latest("seq").seq,
        }
    ]
    [sent] = push.requests
    assert b"Engineer" not in sent["body"]
    assert (sent["headers"]["urgency"], sent["headers"]["content-encoding"]) == ("high", "aes128gcm")
    assert signed_by_us(sent["headers"]["authorization"], audience=phone.endpoint.rpartition("/push")[0])


def signed_by_us(header: str, audience: str) -> bool:
    """Check an Authorization header as RFC 8292 says: `vapid t=JWT, k=KEY`."""
    parts = dict(part.strip().split("=", 1) for part in header.removeprefix("vapid ").split(","))
    assert parts["k"] == vapid.public_key()
    point = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), unpadded(parts["k"]))
    signed, _, signature = parts["t"].rpartition(".")
    raw = unpadded(signature)
    point.verify(
        encode_dss_signature(int.from_bytes(raw[:32]), int.from_bytes(raw[32:])), signed.encode(), ec.ECDSA(SHA256())
    )
    claims = json.loads(unpadded(signed.split(".")[1]))
    return bool(claims["aud"] == audience and claims["sub"].startswith("mailto:"))


def unpadded(text: str) -> bytes:
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


def test_each_kind_is_told_only_if_it_is_wished_for(
    alice: User, phone: Subscription, push: PushService, swipe_right: SwipeRight
) -> None:
    Wishes.objects.update_or_create(user=alice, defaults={"queued": True, "applied": False})
    applied, failed = swipe_right(alice, make_job(title="A")), swipe_right(alice, make_job(title="B"))
    move(applied, Status.CLAIMED, Status.PROCESSING, Status.COMPLETED)
    move(failed, Status.CLAIMED, Status.PROCESSING, Status.QUEUED)  # a retry is no news
    move(failed, Status.CLAIMED, Status.PROCESSING, Status.FAILED, message="They closed it.")
    delivery.deliver()
    assert [one["title"].partition(",")[0] for one in push.messages] == ["Queued: A", "Queued: B", "Not sent: B"]


def test_nothing_is_told_twice_and_a_later_look_finds_what_no_hint_told_of(
    phone: Subscription, push: PushService, application: Application
) -> None:
    assert delivery.deliver() == 0, "queued is not wished for at first"
    ask(application)  # its hint goes nowhere: nobody listens in this test
    assert [delivery.deliver() for _ in range(3)] == [1, 0, 0]
    Wishes.objects.update(seen_seq=0)
    Delivery.objects.all().delete()
    move(application, Status.QUEUED)
    assert delivery.deliver() == 0, "what does not need the person any more is not told"
    assert len(push.messages) == 1


def test_who_has_no_news_is_not_looked_at(phone: Subscription, push: PushService, application: Application) -> None:
    with_news = EventCounter.objects.filter(has_news=True)
    assert with_news.exists()
    delivery.deliver()
    assert not with_news.exists()
    ask(application)
    assert with_news.exists()


def test_news_that_a_process_of_an_older_version_wrote_is_found(
    phone: Subscription, push: PushService, application: Application
) -> None:
    delivery.deliver()
    ask(application)
    EventCounter.objects.update(has_news=False)
    assert delivery.deliver() == 0
    delivery.find_unmarked()
    assert delivery.deliver() == 1


def test_what_comes_while_others_are_told_is_told_once(
    alice: User,
    phone: Subscription,
    push: PushService,
    application: Application,
    swipe_right: SwipeRight,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    ask(application)
    assert delivery.deliver() == 1
    second, third = (swipe_right(alice, make_job(title=title)) for title in ("Cook", "Pilot"))
    ask(second)
    browsers = delivery._browsers

    def with_news_in_between(people: list[int]) -> dict[int, list[Subscription]]:
        ask(third)  # after it was read how far feeds have grown
        return browsers(people)

    monkeypatch.setattr(delivery, "_browsers", with_news_in_between)
    assert delivery.deliver() == 1
    monkeypatch.undo()
    assert [delivery.deliver() for _ in range(2)] == [1, 0]
    assert [one["title"] for one in push.messages] == [
        f"Needs you: {title}, Meridian Labs" for title in ("Engineer", "Cook", "Pilot")
    ]


@pytest.mark.django_db(transaction=True)
def test_people_whom_another_process_is_at_are_left_to_it(
    phone: Subscription, push: PushService, application: Application
) -> None:
    ask(application)
    services.wishes_of(application.user)
    other = connection.copy()
    try:
        other.set_autocommit(False)
        other.cursor().execute("SELECT FROM notifications_wishes FOR UPDATE")
        with connection.cursor() as cursor:
            cursor.execute("SET lock_timeout = '1s'")
        assert delivery.deliver() == 0
        other.rollback()
        assert delivery.deliver() == 1
    finally:
        other.close()
        connection.close()


def test_a_crash_between_planning_and_sending_loses_nothing(
    phone: Subscription, push: PushService, application: Application
) -> None:
    ask(application)
    delivery.plan()
    delivery._claim(10)  # and here the sender dies
    assert delivery.deliver() == 0
    Delivery.objects.update(due_at=Now())  # a minute later
    assert delivery.deliver() == 1
    assert len(push.messages) == 1


def test_no_transaction_is_open_while_anything_is_sent(
    transactional_db: None, phone: Subscription, application: Application, monkeypatch: pytest.MonkeyPatch
) -> None:
    ask(application)
    seen: list[bool] = []
    monkeypatch.setattr(delivery, "_post", lambda *_: seen.append(connection.in_atomic_block))
    assert delivery.deliver() == 1
    assert seen == [False]


@pytest.mark.parametrize("status", [404, 410])
def test_a_browser_that_is_gone_is_forgotten_and_the_others_hear(
    alice: User, phone: Subscription, push: PushService, application: Application, status: int
) -> None:
    services.subscribe(user=alice, name="laptop", **push.subscription("laptop"))
    push.answers = [status]
    ask(application)
    assert delivery.deliver() == 1
    assert alice.push_subscriptions.count() == 1
    assert not Delivery.objects.exists()


@pytest.mark.parametrize("status", [429, 500])
def test_a_service_in_trouble_is_asked_again_later_and_not_for_ever(
    phone: Subscription, push: PushService, application: Application, status: int
) -> None:
    push.answers = [status] * (len(delivery.WAITS) + 1)
    ask(application)
    for tries in range(1, len(delivery.WAITS) + 1):
        assert delivery.deliver() == 0
        assert Delivery.objects.get().tries == tries
        assert not Delivery.objects.filter(due_at__lte=Now()).exists()
        Delivery.objects.update(due_at=Now())
    delivery.deliver()
    assert not Delivery.objects.exists()
    assert Subscription.objects.filter(pk=phone.pk).exists()


def test_a_service_that_cannot_be_reached_is_asked_again(
    alice: User, push: PushService, application: Application, phone: Subscription
) -> None:
    Subscription.objects.update(endpoint="http://127.0.0.1:9/push")
    ask(application)
    assert delivery.deliver() == 0
    assert Delivery.objects.get().tries == 1


def test_without_a_device_what_needs_the_person_comes_by_one_mail(
    alice: User, swipe_right: SwipeRight, settings: Settings
) -> None:
    first, second, sent = (swipe_right(alice, make_job(title=title)) for title in ("A", "B", "C"))
    ask(first)
    ask(second)
    move(sent, Status.CLAIMED, Status.PROCESSING, Status.COMPLETED)
    assert delivery.deliver() == 2
    [letter] = mail.outbox
    assert (letter.to, letter.subject) == ([alice.email], "2 applications need you")
    for shown in ("Needs you: A", "Needs you: B", f"{settings.SITE_URL}/applications/{first.pk}", "/notifications"):
        assert shown in letter.body
    assert delivery.deliver() == 0


def test_a_device_that_hears_spares_the_mail_and_so_does_the_wish(
    alice: User, bob: User, phone: Subscription, push: PushService, swipe_right: SwipeRight
) -> None:
    Wishes.objects.create(user=bob, email_needs_you=False)
    for person in (alice, bob):
        ask(swipe_right(person, make_job()))
    delivery.deliver()
    assert (len(push.messages), mail.outbox) == (1, [])


def test_a_computer_that_waits_for_its_person_calls_them_unless_they_have_come(
    phone: Subscription, push: PushService, application: Application
) -> None:
    [attempt] = leases.claim(lane=Lane.SERVER, runner="test")
    leases.start(attempt_id=attempt.pk, lease=attempt.lease)

    def report(seq: int, name: str, message: str) -> None:
        report_steps(attempt_id=attempt.pk, lease=attempt.lease, steps=[Step(seq, name, message, 50)])

    report(1, "filling", "Filling the form")
    report(2, Event.YOUR_TURN, "Your turn, at your computer.")
    assert delivery.deliver() == 1
    assert (push.messages[0]["title"], push.messages[0]["body"]) == (
        "Needs you: Engineer, Meridian Labs",
        "Your turn, at your computer.",
    )
    report(3, Event.YOUR_TURN, "Your turn once more.")
    delivery.plan()
    report(4, "filling", "Going on")
    assert delivery.send_due() == 0
    assert not Delivery.objects.exists()


def test_old_news_is_none(alice: User, phone: Subscription, push: PushService, application: Application) -> None:
    ask(application)
    delivery.STALE, kept = timedelta(0), delivery.STALE
    try:
        assert delivery.deliver() == 0
    finally:
        delivery.STALE = kept
    assert Wishes.objects.get(user=alice).seen_seq == Event.objects.latest("seq").seq
    assert push.requests == []
    assert mail.outbox == []


@pytest.mark.parametrize(
    ("endpoint", "known"),
    [
        ("https://fcm.googleapis.com/fcm/send/x", True),
        ("https://updates.push.services.mozilla.com/wpush/v2/x", True),
        ("https://web.push.apple.com/x", True),
        ("http://fcm.googleapis.com/x", False),
        ("https://fcm.googleapis.com:8443/x", False),
        ("https://fcm.googleapis.com.example.com/x", False),
        ("https://evilpush.apple.com/x", False),
        ("https://user@fcm.googleapis.com/x", False),
        ("https://169.254.169.254/latest/meta-data", False),
        ("http://127.0.0.1/admin", False),
        ("nonsense", False),
    ],
)
def test_only_known_push_services_are_written_to(endpoint: str, known: bool) -> None:
    assert services.is_push_service(endpoint) is known
