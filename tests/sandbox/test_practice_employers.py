"""The practice employers behave as asked, and their inbox hides nothing."""

from typing import Any

import pytest
from starlette.testclient import TestClient

from automation.sandbox.app import create_app

FORM = {
    "first_name": "Ada", "last_name": "Moreno", "email": "ada@example.com", "phone": "1", "country": "Canada",
    "years": "8", "authorized": "yes", "sponsorship": "No", "why": "Because.", "privacy": "yes",
}  # fmt: skip
FIELDS = {
    "first_name": "Ada", "last_name": "Moreno", "email": "ada@example.com", "phone": "1",
    "question_7001": "Yes", "question_7002": "No", "question_7003": "8",
}  # fmt: skip


@pytest.fixture
def site() -> TestClient:
    return TestClient(create_app(), follow_redirects=False)


def meridian(site: TestClient, query: str = "", **changes: str) -> Any:
    form = {name: value for name, value in (FORM | changes).items() if value}
    files = {"resume": ("ada.pdf", b"%PDF-")}
    return site.post(f"/meridian/jobs/x/apply{query}", data=form, files=files)


def harborlight(site: TestClient, query: str = "", **changes: str) -> Any:
    upload = site.post("/harborlight/uploads", data={"field": "resume"}, files={"file": ("ada.pdf", b"%PDF-")}).json()
    sent = {"fields": FIELDS | changes, "uploads": {"resume": upload["key"]}}
    return site.post(f"/harborlight/jobs/1{query}", json=sent)


def inbox(site: TestClient, **query: str) -> dict[str, Any]:
    held: dict[str, Any] = site.get("/inbox.json", params=query).json()
    return held


@pytest.mark.parametrize(("send", "job"), [(meridian, "x"), (harborlight, "1")])
def test_what_is_complete_is_received_with_its_file(site: TestClient, send: Any, job: str) -> None:
    assert send(site).status_code in {200, 303}
    [received] = inbox(site, job=job)["applications"]
    assert received["fields"]["email"] == "ada@example.com"
    [file] = received["files"]
    assert (file["field"], file["name"], file["size"]) == ("resume", "ada.pdf", 5)


@pytest.mark.parametrize("send", [meridian, harborlight])
def test_what_comes_twice_is_listed_twice(site: TestClient, send: Any) -> None:
    send(site)
    send(site)
    assert len(inbox(site)["applications"]) == 2


@pytest.mark.parametrize("send", [meridian, harborlight])
def test_what_is_not_complete_is_turned_away_with_the_reason(site: TestClient, send: Any) -> None:
    answer = send(site, first_name="")
    assert answer.status_code == 422
    assert "required" in answer.text
    assert inbox(site) == {"applications": [], "rejected": 1}


@pytest.mark.parametrize("send", [meridian, harborlight])
def test_a_first_submit_can_fail(site: TestClient, send: Any) -> None:
    assert send(site, "?error_once=1").status_code == 500
    assert inbox(site)["applications"] == []
    assert send(site, "?error_once=1").status_code in {200, 303}
    assert len(inbox(site)["applications"]) == 1


@pytest.mark.parametrize("send", [meridian, harborlight])
def test_a_submit_can_go_unanswered_and_is_received(site: TestClient, send: Any) -> None:
    assert "confirmation" not in send(site, "?silent=1").text
    assert len(inbox(site)["applications"]) == 1


@pytest.mark.parametrize("send", [meridian, harborlight])
def test_a_challenge_bars_the_submit(site: TestClient, send: Any) -> None:
    assert send(site, "?captcha=1").status_code in {422, 428}
    assert inbox(site)["applications"] == []


@pytest.mark.parametrize("send", [meridian, harborlight])
def test_an_application_can_be_there_already(site: TestClient, send: Any) -> None:
    assert "already applied" in send(site, "?applied=1").text
    assert inbox(site)["applications"] == []


def test_an_honest_person_leaves_the_trap_empty(site: TestClient) -> None:
    assert meridian(site, website_url="http://example.com").status_code == 422


def test_a_closed_posting_is_gone(site: TestClient) -> None:
    assert site.get("/meridian/jobs/x?closed=1").status_code == 404
    answer = site.get("/harborlight/jobs/1?closed=1")
    assert (answer.status_code, answer.headers["location"]) == (302, "/harborlight?error=true")


@pytest.mark.parametrize("path", ["/meridian/jobs/x", "/meridian/jobs/x/apply", "/harborlight/jobs/1"])
@pytest.mark.parametrize("status", [403, 429, 503])
def test_a_page_can_answer_anything(site: TestClient, path: str, status: int) -> None:
    assert site.get(f"{path}?status={status}").status_code == status


@pytest.mark.parametrize(
    "path", ["/", "/inbox", "/meridian/jobs/data-engineer", "/harborlight/", "/harborlight/jobs/4100101"]
)
def test_every_page_opens(site: TestClient, path: str) -> None:
    assert site.get(path).status_code == 200


def test_switches_stay_in_the_address_of_the_submit(site: TestClient) -> None:
    assert "/apply?silent=1" in site.get("/meridian/jobs/x?silent=1").text
    assert "/harborlight/jobs/1?silent=1" in site.get("/harborlight/jobs/1?silent=1").text
