"""A person may take everything with them, and have all of it deleted."""

import io
import json
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import requests
from django.apps import apps
from django.test import Client
from rest_framework.test import APIClient

from accounts.models import User
from applications.models import Application, Event, Lane
from automation import leases
from automation.models import Attempt, Evidence
from automation.outcomes import finish
from automation.privacy.services import delete_account, everything_of
from automation.reports import add_evidence
from jobs.models import Job, JobSnapshot
from notifications import delivery
from notifications.models import Subscription, Wishes
from tests.conftest import PDF, make_job


def apply(user: User, swipe_right: Callable[[User, Job], Application]) -> Attempt:
    swipe_right(user, make_job())
    [attempt] = leases.claim(lane=Lane.SERVER, runner="test")
    leases.start(attempt_id=attempt.pk, lease=attempt.lease)
    add_evidence(attempt=attempt, name="before-submit.png", kind="before-submit", content=b"\x89PNG")
    leases.begin_submit(attempt_id=attempt.pk, lease=attempt.lease)
    return attempt


def done(attempt: Attempt) -> Attempt:
    result = {"outcome": "submitted", "confirmation": "response", "fields": [], "message": "Thanks."}
    finish(attempt_id=attempt.pk, lease=attempt.lease, result=result)
    return attempt


def files_of(user: User) -> list[Path]:
    evidence = Evidence.objects.filter(attempt__application__user=user)
    return [Path(file.path) for file in (*(one.file for one in evidence), *(one.file for one in user.resumes.all()))]


def rows_about(user_pk: int) -> list[str]:
    """Return the tables in which a row still names the person."""
    return [
        model._meta.label
        for model in apps.get_models()
        for field in model._meta.concrete_fields
        if field.related_model is User and model._default_manager.filter(**{field.name: user_pk}).exists()
    ]


def test_the_copy_has_all_of_it(alice: User, bob: User, swipe_right: Any) -> None:
    application = done(apply(alice, swipe_right)).application
    done(apply(bob, swipe_right))
    with everything_of(alice) as copy, zipfile.ZipFile(copy) as archive:
        names = archive.namelist()
        assert json.loads(archive.read("profile.json"))["first_name"] == "Alice"
        assert json.loads(archive.read("resume.json"))["basics"]["name"] == "Alice Moreno"
        assert json.loads(archive.read("notifications.json"))["wishes"]["needs_you"] is True
        assert json.loads(archive.read("read-and-not-confirmed.json")) == []
        assert archive.read(f"applications/{application.pk}/attempts/1/evidence/before-submit.png") == b"\x89PNG"
        assert {one["name"] for one in json.loads(archive.read("manifest.json"))["files"]} == {*names} - {
            "manifest.json"
        }
        assert len(json.loads(archive.read("swipes.json"))) == 1
        assert archive.read(next(name for name in names if name.startswith("resumes/"))) == PDF
        assert not any("Bob" in archive.read(name).decode(errors="ignore") for name in names)


def test_the_copy_comes_as_a_stream_to_its_person_alone(
    site: str, transactional_db: None, alice: User, client_of: Callable[[User], APIClient]
) -> None:
    address = f"{site}/privacy/everything"
    assert requests.get(address, timeout=30, allow_redirects=False).status_code == 302
    cookies = {"sessionid": client_of(alice).cookies["sessionid"].value}
    answer = requests.get(address, cookies=cookies, timeout=30)
    assert zipfile.ZipFile(io.BytesIO(answer.content)).testzip() is None
    assert answer.headers["Cache-Control"] == "private, no-store"


def test_an_account_is_deleted_with_all_its_rows_and_files(
    alice: User, bob: User, swipe_right: Any, django_capture_on_commit_callbacks: Any
) -> None:
    done(apply(bob, swipe_right))
    done(apply(alice, swipe_right))
    swipe_right(alice, make_job())
    Wishes.objects.create(user=alice, queued=True)
    Subscription.objects.create(user=alice, endpoint="https://web.push.apple.com/x", p256dh="x", auth="x")
    delivery.plan()
    assert alice.deliveries.exists()
    alices, bobs, pk = files_of(alice), files_of(bob), alice.pk
    assert rows_about(pk)
    with django_capture_on_commit_callbacks(execute=True):
        delete_account(alice)
    assert rows_about(pk) == []
    assert not any(file.exists() for file in alices)
    assert all(file.exists() for file in bobs)
    assert Event.objects.filter(user=bob).exists()
    assert JobSnapshot.objects.count() == 3  # the employers' words name nobody


def test_nothing_is_deleted_while_it_is_being_sent(alice: User, swipe_right: Any, client_of: Any) -> None:
    apply(alice, swipe_right)
    page = client_of(alice).post("/privacy/delete", {"email": alice.email}, follow=True).content.decode()
    assert "being sent right now" in page
    assert User.objects.filter(pk=alice.pk).exists()


def test_the_address_must_be_typed(alice: User, client_of: Any) -> None:
    client = client_of(alice)
    assert "Type your e-mail address" in client.post("/privacy/delete", {"email": "x"}, follow=True).content.decode()
    assert User.objects.filter(pk=alice.pk).exists()
    page = client.post("/privacy/delete", {"email": f" {alice.email.upper()} "}, follow=True).content.decode()
    assert "Your account is deleted" in page
    assert not User.objects.filter(pk=alice.pk).exists()
    assert client.get("/profile").status_code == 302


def test_a_stranger_reaches_none_of_it(db: None) -> None:
    client = Client()
    assert client.get("/privacy").status_code == 302
    assert client.post("/privacy/delete", {"email": "x"}).status_code == 302
