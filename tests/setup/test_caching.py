"""What is the same for all may be kept by a CDN; what is a person's, by nobody (docs/operate/growth.md)."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.contrib.staticfiles.storage import staticfiles_storage
from django.core.files.base import ContentFile
from django.core.management import call_command
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory
from pytest_django import Settings

from accounts.models import User
from applications.models import Application
from jobs.models import Company, Job
from jobswipe.caching import by_class, same_for_all
from tests.conftest import PASSWORD

PNG = b"\x89PNG\r\n\x1a\n" + b"\0" * 64
PERSONAL = "private, no-store"


@pytest.fixture
def signed_in(client: Client, alice: User) -> Client:
    client.force_login(alice)
    return client


@pytest.fixture
def meridian(job: Job, settings: Settings, tmp_path: Path) -> Company:
    settings.MEDIA_ROOT = tmp_path
    job.company.logo.save("logo.png", ContentFile(PNG))
    return job.company


# ---------------------------------------------------------------- public


def test_a_logo_is_kept_by_a_cdn_and_asked_for_anew_by_its_tag(signed_in: Client, meridian: Company) -> None:
    address = f"/companies/{meridian.slug}/logo"
    answer = signed_in.get(address)
    assert _directives(answer) == {"public", "max-age=86400", "stale-while-revalidate=604800"}
    assert not answer.cookies
    assert "Vary" not in answer, "there is one for all people and languages"
    again = Client().get(address, headers={"If-None-Match": answer["ETag"], "Accept-Language": "de"})
    assert (again.status_code, again.content, again["Cache-Control"]) == (304, b"", answer["Cache-Control"])
    assert Client().get(address, headers={"If-None-Match": '"of another"'}).content == PNG


def test_a_static_file_is_kept_for_ever_under_its_hashed_name(db: None, settings: Settings, tmp_path: Path) -> None:
    storage = "whitenoise.storage.CompressedManifestStaticFilesStorage"
    settings.STATIC_ROOT = tmp_path
    settings.WHITENOISE_USE_FINDERS = settings.WHITENOISE_AUTOREFRESH = False
    settings.STORAGES = settings.STORAGES | {"staticfiles": {"BACKEND": storage}}
    settings.STATICFILES_FINDERS = ["django.contrib.staticfiles.finders.FileSystemFinder"]  # ours alone: quicker
    call_command("collectstatic", interactive=False, verbosity=0)
    answer = Client().get(staticfiles_storage.url("css/site.css"))
    answer.close()
    assert {"public", "immutable"} <= _directives(answer)
    assert answer.get("Vary", "Accept-Encoding") == "Accept-Encoding"


def test_a_public_answer_that_sets_a_cookie_is_kept_by_nobody() -> None:
    @by_class
    @same_for_all(60)
    def careless(request: HttpRequest) -> HttpResponse:
        answer = HttpResponse("x")
        answer.set_cookie("sessionid", "somebody's")
        return answer

    assert careless(RequestFactory().get("/"))["Cache-Control"] == PERSONAL


# ---------------------------------------------------------------- personal


@pytest.mark.parametrize(
    "address",
    [
        "/jobs",
        "/jobs/cards",
        "/jobs/{job}",  # says what the person decided
        "/jobs/counts",
        "/jobs/passed",
        "/applications",
        "/applications/{application}",
        "/applications.csv",
        "/devices",
        "/answers",
        "/api/v1/jobs/",
        "/api/v1/jobs/{job}/",
        "/api/v1/applications/{application}/",
        "/api/v1/events/?after=0",
        "/nowhere",
    ],
)
def test_what_a_person_sees_is_kept_by_nobody(
    signed_in: Client, alice: User, job: Job, swipe_right: Callable[[User, Job], Application], address: str
) -> None:
    application = swipe_right(alice, job)
    answer = signed_in.get(address.format(job=job.pk, application=application.pk))
    assert answer.status_code == (404 if address == "/nowhere" else 200)
    assert answer["Cache-Control"] == PERSONAL


def test_neither_are_the_sign_in_its_answer_nor_a_refusal(client: Client, alice: User) -> None:
    answers: list[Any] = [
        client.get("/accounts/login/"),
        client.get("/jobs"),  # sent to sign in
        client.get("/api/v1/applications/"),  # 401
        client.post("/accounts/login/", {"login": alice.email, "password": PASSWORD}),
    ]
    for answer in answers:
        assert {"private", "no-store"} <= _directives(answer)


def _directives(answer: Any) -> set[str]:
    return set(answer["Cache-Control"].split(", "))
