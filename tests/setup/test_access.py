"""Who may reach which address: every one that there is is tried, so that a new one cannot be left out.

A new address fails here until it is said below whose it is, if it takes an id, or that it is public, if it answers
people who have not signed in.
"""

import re
from collections.abc import Iterator
from http import HTTPStatus
from typing import Any
from uuid import uuid4

import pytest
from allauth.mfa.models import Authenticator
from django.test import Client
from django.urls import URLResolver, get_resolver
from rest_framework.test import APIClient

from accounts.models import Answer, ApiToken, Resume, User
from accounts.services import issue_token, remember_answer
from applications.models import Application, Event, Lane, Stage, Swipe
from automation import leases
from automation.models import Attempt, Device, Evidence, LogEntry
from automation.reports import Step, add_evidence, report_steps
from notifications.models import Subscription
from tests.conftest import make_job

PUBLIC = {
    "accounts:welcome", "accounts:demo-sign-in", "automation:download", "automation:wheel", "jobs:logo",
    "api:device-code", "api:device-token", "api:schema",
    "manifest", "service-worker", "robots", "words", "offline", "alive", "ready", "metrics",
}  # fmt: skip
SIGN_IN = re.compile(
    r"account_(login|signup|logout|inactive|confirm_|email_verif|reset_password)|mfa_(authenticate|login_webauthn)"
)
SHARED = {"jobs:job", "api:job-detail", "automation:questions", "jobs:logo", "automation:wheel"}  # jobs are for all
AWAY = {HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN, HTTPStatus.NOT_FOUND, HTTPStatus.METHOD_NOT_ALLOWED}
VERBS = ("get", "post", "put", "patch", "delete")
PARAMETER = re.compile(r"<(?:\w+:)?\w+>|\(\?P<\w+>(?:\[[^\]]*\][+*]?(?:\{\d+\})?|\.\+)\)")

Address = tuple[str, str]


def addresses(part: Any = None, before: str = "", space: str = "") -> Iterator[Address]:
    """Give the name and the pattern of each address of the site but the admin's."""
    for one in (part or get_resolver()).url_patterns:
        pattern = before + str(one.pattern).removeprefix("^").removesuffix("$")
        if isinstance(one, URLResolver):
            if one.namespace != "admin":
                yield from addresses(one, pattern, f"{space}{one.namespace}:" if one.namespace else space)
        elif one.name:
            yield space + one.name, f"/{pattern}"


ADDRESSES = sorted(addresses())


@pytest.fixture
def hers(alice: User) -> dict[str, Any]:
    """Give what is alice's: by the name of an address, or of its beginning, what is put into it."""
    device = Device.objects.create(user=alice, name="Laptop", token=issue_token(user=alice, name="Laptop")[0])
    swipe = Swipe.objects.create(user=alice, job=make_job(), direction=Swipe.Direction.SAVE, key=uuid4())
    attempt = attempt_of(alice, device)
    evidence = add_evidence(attempt=attempt, name="form.json", kind="form", content=b"{}")
    resume = alice.resumes.get()
    answer = remember_answer(user=alice, question="Why us?", answer="The rain.", source=Answer.Source.PROFILE)
    subscription = Subscription.objects.create(
        user=alice, endpoint="https://fcm.googleapis.com/x", p256dh="x", auth="x"
    )
    key = Authenticator.objects.create(user=alice, type=Authenticator.Type.WEBAUTHN, data={"name": "Key"})
    return {
        "api:application-": attempt.application_id, "applications:": attempt.application_id,
        "automation:application": attempt.application_id, "automation:live": attempt.application_id,
        "automation:archive": attempt.application_id,
        "api:attempt-": attempt.pk, "api:evidence": evidence.pk, "automation:evidence": evidence.pk,
        "api:swipe-detail": swipe.key, "api:device-resume": resume.sha256,
        "accounts:read-resume": resume.pk, "accounts:resume": resume.pk, "accounts:default-resume": resume.pk,
        "accounts:retire-resume": resume.pk,
        "accounts:change-answer": answer.pk, "accounts:delete-answer": answer.pk,
        "accounts:revoke-token": device.token_id,
        "automation:rename-device": device.pk, "automation:revoke-device": device.pk,
        "notifications:remove": subscription.pk,
        "mfa_": key.pk,
    }  # fmt: skip


def attempt_of(alice: User, device: Device) -> Attempt:
    """Let her computer work on an application."""
    from applications import services

    made, _ = services.swipe(actor=alice, job_id=make_job().pk, direction=Swipe.Direction.RIGHT, key=uuid4())
    assert Application.objects.get(swipe=made).lane == Lane.DEVICE
    [attempt] = leases.claim(lane=Lane.DEVICE, runner="Laptop", user=alice, device=device)
    leases.start(attempt_id=attempt.pk, lease=attempt.lease)
    report_steps(attempt_id=attempt.pk, lease=attempt.lease, steps=[Step(1, "fill", "Fills in the form", 40)])
    return attempt


def rows_of(alice: User) -> list[Any]:
    models: list[Any] = [
        Application, Swipe, Event, Attempt, Evidence, LogEntry, Resume, Answer, ApiToken, Device, Subscription,
        Authenticator,
    ]  # fmt: skip
    return [list(model.objects.filter(user=alice).order_by("pk").values()) for model in models]


def of(name: str, hers: dict[str, Any]) -> Any:
    found = [value for begin, value in hers.items() if name == begin or (begin[-1] in ":-_" and name.startswith(begin))]
    assert found, f"{name} takes an id: say above whose it is"
    return found[0]


def filled(name: str, pattern: str, hers: dict[str, Any], job: int) -> str:
    """Return an address of hers, of a job, or of a letter that nobody has written."""
    if not PARAMETER.search(pattern):
        return pattern
    return PARAMETER.sub("x" if SIGN_IN.match(name) else str(job if name in SHARED else of(name, hers)), pattern)


FORM = {
    "question": "x", "answer": "y", "token": 1, "step": "fill", "name": "x", "stage": Stage.OFFER, "notes": "x",
    "lane": "server", "went_through": True, "outcome": "failed", "failure_kind": "network", "message": "x",
    "kind": "page",
}  # fmt: skip
BODY = {**FORM, "answers": [{"question": "x", "answer": "y"}], "entries": []}


def sent(path: str, verb: str) -> dict[str, Any]:
    if verb == "get":
        return {}
    return {"data": BODY, "format": "json"} if path.startswith("/api/") else {"data": FORM, "format": "multipart"}


def test_a_stranger_finds_nothing_of_hers_at_any_address(hers: dict[str, Any], alice: User, bob: User) -> None:
    computer, secret = issue_token(user=bob, name="tower", scope=ApiToken.Scope.DEVICE)
    Device.objects.create(user=bob, name="tower", token=computer)
    page, by_device = APIClient(raise_request_exception=False), APIClient(HTTP_AUTHORIZATION=f"Bearer {secret}")
    page.force_login(bob)
    by_token = APIClient(HTTP_AUTHORIZATION=f"Bearer {issue_token(user=bob, name='program')[1]}")
    before, found, tried = rows_of(alice), [], 0
    for name, pattern in ADDRESSES:
        if name in SHARED or SIGN_IN.match(name) or not PARAMETER.search(pattern):
            continue
        path = PARAMETER.sub(str(of(name, hers)), pattern)
        for client in (page, by_token, by_device):
            for verb in VERBS:
                answer = getattr(client, verb)(path, **sent(path, verb))
                tried += 1
                is_sent_away = answer.status_code == HTTPStatus.FOUND and "/accounts/" in answer["Location"]
                if answer.status_code not in AWAY and not is_sent_away:
                    found.append(f"{verb} {path} ({name}): {answer.status_code}")
    assert tried > 500
    assert found == []
    assert rows_of(alice) == before


def test_nobody_gets_anything_without_signing_in(hers: dict[str, Any], alice: User) -> None:
    before, found, client = rows_of(alice), [], Client(raise_request_exception=False)
    job = alice.applications.values_list("job", flat=True)[0]
    for name, pattern in ADDRESSES:
        if name in PUBLIC or SIGN_IN.match(name):
            continue
        path = filled(name, pattern, hers, job)
        for verb in VERBS:
            answer = getattr(client, verb)(path)
            is_sent_to_sign_in = answer.status_code == HTTPStatus.FOUND and answer["Location"].startswith(
                ("/accounts/login/", "/accounts/signup/")
            )
            if answer.status_code not in AWAY and not is_sent_to_sign_in:
                found.append(f"{verb} {path} ({name}): {answer.status_code}")
    assert found == []
    assert rows_of(alice) == before


def test_nothing_is_changed_by_a_form_of_another_site(hers: dict[str, Any], alice: User) -> None:
    """Her browser sends her cookie with it, and no token of ours."""
    client = Client(enforce_csrf_checks=True, raise_request_exception=False)
    client.force_login(alice)
    before, found = rows_of(alice), []
    job = alice.applications.values_list("job", flat=True)[0]
    for name, pattern in ADDRESSES:
        path = filled(name, pattern, hers, job)
        answer = client.post(path, FORM)
        if answer.status_code not in AWAY and name not in {"api:device-code", "api:device-token"}:
            found.append(f"{path} ({name}): {answer.status_code}")
    assert found == []
    assert rows_of(alice) == before


def test_a_candidate_reaches_no_address_of_the_admin(bob: User) -> None:
    client = Client(raise_request_exception=False)
    client.force_login(bob)
    [admin] = [one for one in get_resolver().url_patterns if getattr(one, "namespace", "") == "admin"]
    paths = [f"/admin/{re.sub(PARAMETER, '1', pattern[1:])}" for _, pattern in addresses(admin)]
    assert len(paths) > 100
    found = []
    for path in paths:
        for verb in ("get", "post"):
            answer = getattr(client, verb)(path)
            is_sent_to_sign_in = answer.status_code == HTTPStatus.FOUND and "/login/" in answer["Location"]
            if answer.status_code not in AWAY and not is_sent_to_sign_in:
                found.append(f"{verb} {path}: {answer.status_code}")
    assert [one for one in found if not re.match(r"\w+ /admin/(login/|logout/|jsi18n/)", one)] == []
