"""The practice site, complete applications to both of its employers, and a person at a browser who visits it."""

from collections.abc import Callable
from typing import Any

import pytest
from selenium import webdriver
from starlette.testclient import TestClient

from automation.sandbox.app import create_app
from tests.processes import Employers, Person

RESUME = ("ada.pdf", b"%PDF-")
FORM = {
    "first_name": "Ada", "last_name": "Moreno", "email": "ada@example.com", "phone": "1", "country": "Canada",
    "years": "8", "authorized": "yes", "sponsorship": "No", "why": "Because.", "privacy": "yes",
}  # fmt: skip
FIELDS = {
    "first_name": "Ada", "last_name": "Moreno", "email": "ada@example.com", "phone": "1",
    "question_7001": "Yes", "question_7002": "No", "question_7003": "8",
}  # fmt: skip

Response = Any  # of whichever client Starlette tests with
Send = Callable[..., Response]


class Site(TestClient):
    """The practice site; it follows no redirect, and reads its own inbox."""

    def __init__(self) -> None:
        super().__init__(create_app(), follow_redirects=False)

    def inbox(self, **wanted: str) -> dict[str, Any]:
        held: dict[str, Any] = self.get("/inbox.json", params=wanted).json()
        return held

    def received(self, **wanted: str) -> list[dict[str, Any]]:
        applications: list[dict[str, Any]] = self.inbox(**wanted)["applications"]
        return applications

    def upload(self, file: tuple[str, bytes] = RESUME, field: str = "resume") -> Response:
        return self.post("/harborlight/uploads", data={"field": field}, files={"file": file})


@pytest.fixture
def site() -> Site:
    return Site()


def apply_at_meridian(site: Site, query: str = "", job: str = "x", **changes: Any) -> Response:
    """Post the plain form, complete but for the changes; an empty text leaves a field out."""
    form = {name: value for name, value in (FORM | changes).items() if value}
    return site.post(f"/meridian/jobs/{job}/apply{query}", data=form, files={"resume": RESUME})


def apply_at_harborlight(site: Site, query: str = "", job: str = "1", **changes: Any) -> Response:
    """Upload a resume and send what the page's script would send."""
    sent = {"fields": FIELDS | changes, "uploads": {"resume": site.upload().json()["key"]}}
    return site.post(f"/harborlight/jobs/{job}{query}", json=sent)


@pytest.fixture(params=[apply_at_meridian, apply_at_harborlight], ids=["meridian", "harborlight"])
def send(request: pytest.FixtureRequest) -> Send:
    """Apply at either employer: `send(site, query, job=…, field=…)`."""
    way: Send = request.param
    return way


@pytest.fixture
def visitor(_driver: webdriver.Chrome, employers: Employers) -> Person:
    """Somebody at a browser, on the practice site."""
    return Person(_driver, employers.url)
