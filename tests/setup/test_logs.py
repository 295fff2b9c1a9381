"""A line in the log says whose request or attempt it was, and nothing that is theirs alone."""

import json
import logging
import logging.config
import time
from collections.abc import Callable, Iterator
from io import StringIO

import pytest
import structlog
from django.core.mail import EmailMessage
from django.test import Client
from pytest_django import Settings
from rest_framework.test import APIClient

from accounts.models import User
from accounts.services import issue_token
from applications.models import Application
from automation.engine.redaction import removed
from jobs.models import Job
from jobswipe.letters import HOUR, MOST, Mail
from jobswipe.logs import for_sentry, settings_of
from tests.devices.conftest import Agent


@pytest.fixture
def lines() -> Iterator[Callable[[], list[dict[str, object]]]]:
    """Give what has been logged meanwhile, as production writes it."""
    written = StringIO()
    given = settings_of("INFO", as_json=True)["formatters"]["json"]
    handler = logging.StreamHandler(written)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=given["foreign_pre_chain"], processors=given["processors"]
        )
    )
    logging.getLogger().addHandler(handler)
    yield lambda: [json.loads(line) for line in written.getvalue().splitlines()]
    logging.getLogger().removeHandler(handler)
    structlog.contextvars.clear_contextvars()


Lines = Callable[[], list[dict[str, object]]]
Letters = Callable[..., list[EmailMessage]]


def test_a_line_names_the_request_and_its_person(
    alice: User, lines: Lines, client_of: Callable[[User], Client]
) -> None:
    answer = client_of(alice).get("/api/v1/applications/999999/", HTTP_X_REQUEST_ID="from-the-proxy")
    assert answer["X-Request-ID"] == "from-the-proxy"
    [line] = [one for one in lines() if one["logger"] == "django.request"]
    assert (line["request"], line["person"], line["level"]) == ("from-the-proxy", alice.pk, "warning")


def test_a_token_is_known_by_its_person_and_a_wild_id_is_replaced(alice: User, lines: Lines) -> None:
    _, secret = issue_token(user=alice, name="test")
    answer = APIClient().get(
        "/api/v1/applications/999999/", HTTP_AUTHORIZATION=f"Bearer {secret}", HTTP_X_REQUEST_ID='"} forged'
    )
    [line] = [one for one in lines() if one["logger"] == "django.request"]
    assert line["person"] == alice.pk
    assert line["request"] == answer["X-Request-ID"] != '"} forged'


def test_a_request_of_a_computer_names_it_and_its_attempt(
    alice: User,
    job: Job,
    lines: Lines,
    swipe_right: Callable[[User, Job], Application],
    caplog: pytest.LogCaptureFixture,
) -> None:
    laptop = Agent(alice)
    swipe_right(alice, job)
    [attempt] = laptop.claim()
    caplog.set_level(logging.INFO, "jobswipe.requests")
    laptop.post(f"attempts/{attempt['id']}/heartbeat/", {"token": attempt["token"], "step": "fill", "percent": 5})
    [line] = [one for one in lines() if one.get("view") == "api:attempt-heartbeat"]
    told = (line["person"], line["device"], line["attempt"], line["status"])
    assert told == (alice.pk, laptop.device.pk, attempt["id"], 200)


def test_an_error_of_an_attempt_is_one_line_with_its_ids_and_without_what_is_the_persons(lines: Lines) -> None:
    with structlog.contextvars.bound_contextvars(attempt=7, application=5):
        try:
            raise ValueError("no field for ada@example.com")
        except ValueError:
            logging.getLogger("automation").exception("Attempt %s broke for %s", 7, "+1 512 555 0142")
    [line] = lines()
    assert (line["attempt"], line["application"], line["event"]) == (7, 5, "Attempt 7 broke for [phone]")
    assert "no field for [e-mail]" in str(line["exception"])
    assert "ada@" not in json.dumps(line)


@pytest.mark.parametrize(
    ("text", "instead"),
    [
        ("socks5://user:pass@exit.example:1080", "socks5://[removed]@exit.example:1080"),
        ("Authorization: Bearer abc.def-1", "Authorization: Bearer [removed]"),
        ("GET /x?token=abc&page=2", "GET /x?token=[removed]&page=2"),
        ("Not Found: /accounts/password/reset/key/3-s/", "Not Found: /accounts/password/reset/key/[removed]/"),
        ("Not Found: /accounts/confirm-email/Mz:s:c/", "Not Found: /accounts/confirm-email/[removed]/"),
        ("attempt 12345678901 at 2026-11-25 10:00", "attempt 12345678901 at 2026-11-25 10:00"),
    ],
)
def test_secrets_are_removed_and_plain_numbers_stay(text: str, instead: str) -> None:
    assert removed(text) == instead


def test_sentry_sees_neither_bodies_nor_people() -> None:
    event = {
        "message": "for ada@example.com",
        "transaction": "/jobs",
        "user": {"email": "ada@example.com"},
        "request": {
            "method": "POST",
            "url": "https://site/x/key",
            "query_string": "q=Ada",
            "data": {"phone": "1"},
            "cookies": {"sessionid": "s"},
            "headers": {},
        },
        "extra": {"password": "p", "deep": [{"api_key": "k"}]},
    }
    with structlog.contextvars.bound_contextvars(attempt=7):
        seen = for_sentry(event)
    assert seen == {
        "message": "for [e-mail]",
        "request": {"method": "POST"},
        "transaction": "/jobs",
        "extra": {"password": "[removed]", "deep": [{"api_key": "[removed]"}]},
        "tags": {"attempt": 7},
    }


def test_the_letter_about_an_error_tells_where_and_not_who(
    alice: User, client_of: Callable[[User], APIClient], settings: Settings, mailoutbox: list[EmailMessage],
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    def break_down(*_: object, **__: object) -> None:
        raise LookupError("nothing for ada@example.com")

    settings.ADMINS = [("ops@example.com", "ops@example.com")]
    monkeypatch.setattr("jobs.views.get_object_or_404", break_down)
    client = client_of(alice)
    client.raise_request_exception = False
    answer = client.get("/jobs/1?q=Zyxwvutina", HTTP_X_REQUEST_ID="of-this-request")
    assert answer.status_code == 500
    [letter] = mailoutbox
    assert "LookupError" in letter.subject
    assert "break_down" in letter.body
    assert '"request": "of-this-request"' in letter.body
    for own in ("Zyxwvutina", "ada@example.com", client.cookies["sessionid"].value, alice.email):
        assert own not in f"{letter.subject} {letter.body}"


@pytest.fixture
def letters(settings: Settings, mailoutbox: list[EmailMessage]) -> Iterator[Letters]:
    """Give what lets an error happen so many times, and returns the letters that it brought."""
    settings.ADMINS = [("ops@example.com", "ops@example.com")]
    handler = Mail()
    logger = logging.getLogger("tests.letters")
    logger.addHandler(handler)

    def fail(times: int, error: type[Exception] = LookupError) -> list[EmailMessage]:
        mailoutbox.clear()
        for number in range(times):
            try:
                raise error(number)
            except error:
                logger.exception("Request %s broke", number)
        return list(mailoutbox)

    yield fail
    logger.removeHandler(handler)


def test_of_one_cause_a_few_letters_go_in_an_hour_and_the_next_says_how_many_did_not(
    letters: Letters, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert len(letters(50)) == MOST
    assert len(letters(1, KeyError)) == 1, "another cause has letters of its own"
    now = time.monotonic()
    monkeypatch.setattr("jobswipe.letters.time.monotonic", lambda: now + HOUR - 60)
    assert letters(1) == []
    monkeypatch.setattr("jobswipe.letters.time.monotonic", lambda: now + HOUR)
    [first, second] = letters(2)
    assert first.body.startswith(f"{51 - MOST} more of this cause were held back.")
    assert "held back" not in second.body
