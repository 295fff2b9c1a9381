"""Each text that a person reads can be put into another language, and so can numbers and scripts' words.

A language of the tests stands in for a translation: it puts each text that is marked for translation into brackets, so
that a text outside of them is one that nobody could translate.
"""

import re
from collections.abc import Callable
from html.parser import HTMLParser
from typing import Any
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils.translation import override, trans_real
from pytest_django import Settings
from rest_framework.test import APIClient

from accounts.models import User
from applications import services
from applications.models import Application, Swipe
from jobs.models import Job
from jobs.templatetags.jobs import pay
from tests.conftest import make_job
from tests.pages.test_views import run_to

BRACKETED = re.compile(r"⟦[^⟦⟧]*⟧")
WORD = re.compile(r"[A-Za-z]{3,}")
SPOKEN = ("aria-label", "placeholder", "title", "alt")
SILENT = {"script", "style"}
# What people and employers wrote themselves, names, and the names of languages, formats and keys of the keyboard
GIVEN = {
    "JobSwipe", "GitHub", "LinkedIn", "Alice", "alice", "example", "com", "http", "Meridian", "Labs", "meridian",
    "jobs", "Engineer", "engineer", "Build", "things", "First", "name", "resume", "pdf", "login", "BCDF", "GHJK",
}  # fmt: skip


class Brackets(trans_real.DjangoTranslation):
    """A language in which each text reads as it is, in brackets."""

    def gettext(self, message: str) -> str:
        return f"⟦{message}⟧"

    def pgettext(self, context: str, message: str) -> str:
        return f"⟦{message}⟧"

    def ngettext(self, one: str, many: str, count: float) -> str:
        return f"⟦{one if count == 1 else many}⟧"

    def npgettext(self, context: str, one: str, many: str, count: float) -> str:
        return self.ngettext(one, many, count)


class Texts(HTMLParser):
    """All that a page says: its texts and what is read out in their place."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: list[str] = []
        self._inside: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._inside = [tag] if tag in SILENT else []
        self.found += [value for name, value in attrs if name in SPOKEN and value]

    def handle_endtag(self, tag: str) -> None:
        self._inside = []

    def handle_data(self, data: str) -> None:
        if not self._inside:
            self.found.append(data)


def unmarked(page: str) -> list[str]:
    """Return the words of a page that no translation could reach."""
    text = "\n".join(Texts(page).found)
    while (rest := BRACKETED.sub("", text)) != text:
        text = rest
    return [line.strip() for line in text.splitlines() if set(WORD.findall(line)) - GIVEN]


@pytest.fixture
def in_brackets(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> dict[str, str]:
    settings.LANGUAGES = [("en", "English"), ("eo", "Brackets")]
    monkeypatch.setitem(vars(trans_real)["_translations"], "eo", Brackets("eo", domain="django"))
    return {"accept-language": "eo"}


@pytest.fixture
def pages(alice: User, job: Job, swipe_right: Callable[[User, Job], Application]) -> list[str]:
    """Give her an application in many states; return the addresses of all pages that she may open."""
    found = []
    for outcome, granted in (
        ("submitted", True),
        ("unconfirmed", True),
        ("challenge", False),
        ("posting_closed", False),
    ):
        application = swipe_right(alice, make_job())
        run_to(outcome, granted=granted, confirmation="page")
        found.append(f"/applications/{application.pk}")
    services.swipe(actor=alice, job_id=make_job().pk, direction=Swipe.Direction.SAVE, key=uuid4())
    waiting = swipe_right(alice, make_job(pay_min=90000, pay_max=120000, pay_currency="EUR", pay_period="year"))
    return [
        *found, f"/applications/{waiting.pk}", f"/jobs/{waiting.job_id}", f"/jobs/{job.pk}", "/", "/jobs",
        "/jobs/passed", "/jobs/saved", "/applications", "/applications?view=list", "/needs-you", "/profile", "/answers",
        "/privacy", "/devices", "/download", "/start", "/start/questions", "/notifications", "/accounts/2fa/",
        "/accounts/email/", "/accounts/password/change/",
    ]  # fmt: skip


def test_no_page_says_what_cannot_be_translated(
    alice: User, client_of: Callable[[User], APIClient], pages: list[str], in_brackets: dict[str, str]
) -> None:
    client, stranger = client_of(alice), Client()
    answers: list[Any] = [client.get(path, headers=in_brackets) for path in pages]
    answers += [
        stranger.get(path, headers=in_brackets) for path in ("/", "/accounts/login/", "/accounts/signup/", "/offline")
    ]

    assert [answer.request["PATH_INFO"] for answer in answers if answer.status_code != 200] == []
    assert {line for answer in answers for line in unmarked(answer.content.decode())} == set()


@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("/start/resume", {}),
        ("/start/resume", {"file": SimpleUploadedFile("a.txt", b"no resume")}),
        ("/start/resume", {"file": SimpleUploadedFile("a.json", b"{}")}),
        ("/start/resume", {"file": SimpleUploadedFile("a.pdf", b"%PDF-1.4 broken")}),
        ("/start/questions", {"over_18": "true"}),
        ("/notifications", {}),
        ("/profile/answers", {}),
    ],
)
def test_what_is_said_to_a_form_can_be_translated(
    alice: User, client_of: Callable[[User], APIClient], in_brackets: dict[str, str], path: str, said: dict[str, Any]
) -> None:
    page = client_of(alice).post(path, said, headers=in_brackets, follow=True).content.decode()
    assert "note--" in page
    assert unmarked(page) == []


def test_a_page_speaks_english_to_all_whose_language_it_does_not_know(client: Client, db: None) -> None:
    page = client.get("/accounts/login/", headers={"accept-language": "de, fr;q=0.8"}).content.decode()

    assert 'lang="en"' in page
    assert "Sign in" in page


@pytest.mark.parametrize(
    ("language", "written"),
    [("en", "$90,000 – $120,000.50 a year"), ("de", "90.000\xa0$ – 120.000,50\xa0$ a year")],
)
def test_pay_is_written_as_the_language_writes_it(language: str, written: str) -> None:
    with override(language):
        assert pay({"pay_min": 90000, "pay_max": 120000.5, "pay_currency": "USD", "pay_period": "year"}) == written


def test_a_currency_without_a_sign_stands_apart_from_its_amount() -> None:
    assert (
        pay({"pay_min": 90000, "pay_max": 90000, "pay_currency": "CHF", "pay_period": "month"})
        == "CHF\xa090,000 a month"
    )


def test_a_single_bound_of_pay_is_not_shown_as_the_pay() -> None:
    said = {"pay_currency": "USD", "pay_period": "year"}
    assert pay({"pay_min": None, "pay_max": 750_000, **said}) == "up to $750,000 a year"
    assert pay({"pay_min": 90_000, "pay_max": None, **said}) == "from $90,000 a year"
