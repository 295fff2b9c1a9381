"""What was kept long enough goes by itself: how applications were sent, and accounts that nobody uses."""

from datetime import timedelta
from smtplib import SMTPException
from typing import Any

import pytest
from django.contrib.sessions.models import Session
from django.core import mail
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from accounts.models import ApiToken, User
from accounts.services import issue_token
from applications.models import Application
from applications.states import Status
from automation.models import Attempt, Device
from automation.privacy import retention
from tests.automation.test_privacy import apply, done, files_of

DAYS, WARNING = 100, 10


@pytest.fixture(autouse=True)
def kept(settings: Settings) -> None:
    settings.KEEP_STORIES_DAYS = settings.KEEP_UNUSED_DAYS = DAYS
    settings.WARN_UNUSED_DAYS = WARNING


def ago(days: float) -> Any:
    return timezone.now() - timedelta(days=days)


def last_here(user: User, days: float) -> None:
    User.objects.filter(pk=user.pk).update(date_joined=ago(days + 5), last_login=ago(days))


def warned(user: User, days: float) -> None:
    User.objects.filter(pk=user.pk).update(unused_warned_at=ago(days))


def test_how_an_application_was_sent_is_forgotten_after_a_time(
    alice: User, bob: User, swipe_right: Any, django_capture_on_commit_callbacks: Any
) -> None:
    old, new, open_still = done(apply(alice, swipe_right)), done(apply(bob, swipe_right)), apply(alice, swipe_right)
    [evidence, *_], kept_files = files_of(alice), files_of(bob)
    Application.objects.exclude(pk=new.application_id).update(updated_at=ago(DAYS + 1))
    with django_capture_on_commit_callbacks(execute=True):
        assert retention.forget_stories() == 1
    assert set(Attempt.objects.all()) == {new, open_still}
    assert not evidence.exists()
    assert all(file.exists() for file in kept_files)
    sent = Application.objects.get(pk=old.application_id)
    assert (sent.status, sent.confirmation, sent.events.exists()) == (Status.COMPLETED, "response", True)
    assert retention.forget_stories() == 0


def test_an_unused_account_is_warned_of_and_deleted_later(alice: User, bob: User) -> None:
    last_here(alice, DAYS)
    retention.forget()
    retention.forget()
    [letter] = mail.outbox
    assert letter.to == [alice.email]
    assert f"In {WARNING} days" in letter.body
    assert User.objects.filter(pk=alice.pk).exists()
    warned(alice, WARNING + 1)
    retention.forget()
    assert not User.objects.filter(pk=alice.pk).exists()
    assert User.objects.filter(pk=bob.pk).exists()
    assert len(mail.outbox) == 1


def test_whoever_comes_back_keeps_the_account_and_is_warned_anew(alice: User) -> None:
    last_here(alice, DAYS + 1)
    warned(alice, WARNING + 1)
    token, _ = issue_token(user=alice, name="desk", scope=ApiToken.Scope.DEVICE)
    ApiToken.objects.filter(pk=token.pk).update(last_used_at=ago(1))
    retention.forget()
    assert mail.outbox == []
    ApiToken.objects.filter(pk=token.pk).update(last_used_at=ago(WARNING / 2))
    last_here(alice, DAYS + 1)
    ApiToken.objects.filter(pk=token.pk).update(last_used_at=ago(DAYS))
    warned(alice, DAYS + 3)
    retention.forget()
    assert len(mail.outbox) == 1


def test_whose_computer_is_heard_from_keeps_the_account(alice: User) -> None:
    last_here(alice, DAYS + 1)
    warned(alice, WARNING + 1)
    Device.objects.create(user=alice, name="Laptop", last_seen_at=ago(1))
    retention.forget()
    assert mail.outbox == []
    assert User.objects.filter(pk=alice.pk).exists()


def test_nobody_is_deleted_unwarned(alice: User, charlie: User, monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(*_: Any) -> None:
        raise SMTPException("no")

    last_here(alice, DAYS + 50)
    last_here(charlie, DAYS + 50)  # staff
    monkeypatch.setattr(retention, "send_mail", fails)
    retention.forget()
    assert User.objects.filter(unused_warned_at=None).count() == 2


def test_what_is_being_sent_is_waited_for(alice: User, swipe_right: Any) -> None:
    apply(alice, swipe_right)
    last_here(alice, DAYS + 1)
    warned(alice, WARNING + 1)
    assert retention.delete_unused_accounts() == 0
    assert User.objects.filter(pk=alice.pk).exists()


def test_zero_keeps_everything(alice: User, swipe_right: Any, settings: Settings) -> None:
    settings.KEEP_STORIES_DAYS = settings.KEEP_UNUSED_DAYS = 0
    done(apply(alice, swipe_right))
    Application.objects.update(updated_at=ago(10_000))
    last_here(alice, 10_000)
    retention.forget()
    assert mail.outbox == []
    assert Attempt.objects.count() == 1


def test_sessions_that_have_run_out_are_deleted_and_others_go_on(
    alice: User, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(retention, "BATCH", 2)
    client.force_login(alice)
    for number in range(5):
        Session.objects.create(session_key=f"old-{number}", session_data="", expire_date=ago(1))
    retention.forget()
    assert [one.session_key for one in Session.objects.all()] == [client.session.session_key]
    assert client.get("/jobs").status_code == 200
