"""What is complete is received, what is not is turned away with the reason, and the inbox hides nothing."""

import hashlib
from typing import Any

import pytest

from tests.sandbox.conftest import FIELDS, FORM, RESUME, Send, Site, apply_at_harborlight, apply_at_meridian


def test_what_is_complete_is_received_with_its_file(site: Site, send: Send) -> None:
    assert send(site, job="7").status_code in {200, 303}

    [received] = site.received()
    assert (received["id"], received["job"], received["email"]) == (1, "7", "ada@example.com")
    assert received["fields"]["email"] == "ada@example.com"
    assert received["peer"].startswith("testclient:")
    assert received["user_agent"] == "testclient"
    assert received["files"] == [
        {"field": "resume", "name": "ada.pdf", "size": 5, "sha256": hashlib.sha256(RESUME[1]).hexdigest()}
    ]


def test_success_leads_to_the_page_that_says_thank_you(site: Site) -> None:
    meridian = apply_at_meridian(site).headers["location"]
    harborlight = apply_at_harborlight(site).json()["confirmation"]

    assert (meridian, harborlight) == ("/meridian/jobs/x/thanks", "/harborlight/jobs/1/confirmation")
    assert "Thank you for applying" in site.get(meridian).text
    assert "Thank you for applying." in site.get(harborlight).text


def test_what_comes_twice_is_listed_twice(site: Site, send: Send) -> None:
    send(site)
    send(site)

    assert len(site.received()) == 2
    assert site.get("/inbox").text.count("ada.pdf") == 2


def test_several_choices_of_one_question_are_all_kept(site: Site) -> None:
    files = {"resume": RESUME}
    known: dict[str, Any] = {"question_7004[]": ["Python", "COBOL"]}
    site.post("/meridian/jobs/x/apply", data={**FORM, "modes": ["Remote", "Hybrid"]}, files=files)
    apply_at_harborlight(site, **known)

    kept = [one["fields"] for one in site.received()]
    assert (kept[0]["modes"], kept[1]["question_7004[]"]) == (["Remote", "Hybrid"], ["Python", "COBOL"])


# ---------------------------------------------------------------- turned away


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"first_name": ""}, "This field is required"),
        ({"last_name": " "}, "This field is required"),
        ({"email": "ada at example"}, "Enter a valid email address"),
        ({"country": "Atlantis"}, "Select one of the options"),
    ],
)
def test_what_is_not_right_is_turned_away_with_the_reason(
    site: Site, send: Send, change: dict[str, str], why: str
) -> None:
    answer = send(site, **change)

    assert answer.status_code == 422
    assert why in answer.text
    assert site.inbox() == {"applications": [], "rejected": 1}


def test_the_plain_form_comes_back_with_what_was_written_and_what_is_wrong(site: Site) -> None:
    answer = apply_at_meridian(site, first_name="", why="Maps & <soil>", modes="Hybrid")

    assert 'id="first_name-error"' in answer.text
    assert 'aria-invalid="true" aria-describedby="first_name-error"' in answer.text
    assert answer.text.count('aria-invalid="true"') == 1
    for kept in ('value="Moreno"', "Maps &amp; &lt;soil&gt;", "<option selected>Canada", 'value="Hybrid" checked'):
        assert kept in answer.text


def test_a_resume_is_required(site: Site) -> None:
    plain = site.post("/meridian/jobs/x/apply", data=FORM, files={"resume": ("", b"")})
    hosted = site.post("/harborlight/jobs/1", json={"fields": FIELDS, "uploads": {"resume": "made-up"}})

    assert "Resume/CV is required" in plain.text
    assert hosted.json() == {"errors": {"resume": "Resume/CV is required"}}


def test_a_resume_can_be_written_by_hand_at_the_hosted_form(site: Site) -> None:
    sent = {"fields": FIELDS | {"resume_text": "Ten years of maps."}, "uploads": {}}

    assert "confirmation" in site.post("/harborlight/jobs/1", json=sent).json()


def test_only_documents_are_taken(site: Site) -> None:
    plain = site.post("/meridian/jobs/x/apply", data=FORM, files={"resume": ("ada.exe", b"MZ")})
    hosted = site.upload(("ada.exe", b"MZ"))

    assert (plain.status_code, hosted.status_code) == (422, 415)
    assert "Only pdf" in plain.text
    assert "Only pdf" in hosted.text


def test_an_honest_person_leaves_the_trap_empty(site: Site) -> None:
    assert apply_at_meridian(site, website_url="http://example.com").status_code == 422


@pytest.mark.parametrize("body", [b"", b"{", b"[]", b"{}", b'{"fields": 1, "uploads": {}}'])
def test_what_no_page_would_send_is_refused(site: Site, body: bytes) -> None:
    assert site.post("/harborlight/jobs/1", content=body).status_code == 400
    assert site.post("/harborlight/uploads", data={"field": "resume"}).status_code == 400
    assert site.received() == []


# ---------------------------------------------------------------- the inbox


def jobs(applications: list[dict[str, Any]]) -> list[tuple[str, str]]:
    return [(one["employer"], one["job"]) for one in applications]


def test_the_inbox_can_be_narrowed(site: Site) -> None:
    apply_at_meridian(site, job="a")
    apply_at_meridian(site, job="b", email="bob@example.com")
    apply_at_harborlight(site, job="a")
    apply_at_harborlight(site, job="a", first_name="")

    assert jobs(site.received(job="a")) == [("meridian", "a"), ("harborlight", "a")]
    assert jobs(site.received(employer="meridian", email="bob@example.com")) == [("meridian", "b")]
    assert site.inbox(employer="meridian")["rejected"] == 0
    assert site.inbox(employer="harborlight", job="a")["rejected"] == 1


def test_the_inbox_shows_questions_as_people_read_them_the_newest_first(site: Site) -> None:
    apply_at_meridian(site, job="data-engineer")
    apply_at_harborlight(site, job="4100104", last_name="<b>Moreno</b>")

    page = site.get("/inbox").text
    assert page.index("Data Analyst") < page.index("Data Engineer")
    assert "Are you legally authorized to work in the United States?" in page
    assert "How many years of Python experience do you have?" in page
    assert "&lt;b&gt;Moreno" in page
    assert hashlib.sha256(RESUME[1]).hexdigest() in page


def test_the_inbox_can_be_emptied(site: Site, send: Send) -> None:
    send(site)
    send(site, first_name="")

    answer = site.post("/inbox/clear")

    assert (answer.status_code, answer.headers["location"]) == (303, "/inbox")
    assert site.inbox() == {"applications": [], "rejected": 0}
