"""Getting started: nothing that was read is used before the person says so; the way can be left and taken up again."""

import json
import re
from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from rest_framework.test import APIClient

from accounts.getting_started import steps_of
from accounts.models import Candidate, User
from accounts.resume import json_resume
from accounts.services import candidate_json
from automation.engine.candidate import Candidate as EngineCandidate
from tests.accounts.files import pdf_of
from tests.accounts.resumes import CLASSIC, COMPANY_ABOVE
from tests.conftest import PASSWORD


@pytest.fixture
def dora(db: None) -> User:
    """Somebody who has just signed up."""
    return User.objects.create_user("dora@example.com", PASSWORD)


@pytest.fixture
def client(dora: User, client_of: Callable[[User], APIClient]) -> Client:
    return client_of(dora)


def upload(client: Client, content: bytes, name: str = "cv.pdf") -> Any:
    return client.post("/start/resume", {"file": SimpleUploadedFile(name, content)}, follow=True)


def as_shown(page: str) -> dict[str, str]:
    """Return what a browser would send of the page's main form, with nothing changed."""
    main = page[page.index("<main") : page.index("</main>")]
    sent = {}
    for tag in re.findall(r"<input [^>]*>", main):
        said = dict(re.findall(r'([\w-]+)="([^"]*)"', tag))
        if said.get("type") != "checkbox" or " checked" in tag:
            sent[said["name"]] = said.get("value", "on" if said.get("type") == "checkbox" else "")
    for name, value in re.findall(r'<textarea name="([^"]+)"[^>]*>\s*(.*?)</textarea>', main, re.S):
        sent[name] = value
    return {name: value.replace("&#x27;", "'").replace("&amp;", "&") for name, value in sent.items()}


def test_signing_up_leads_to_the_first_step(db: None) -> None:
    answer = Client().post("/accounts/signup/", {"email": "eve@example.com", "password1": PASSWORD}, follow=True)
    assert answer.redirect_chain[-1][0] in {"/start", "/accounts/confirm-email/"}


def test_nothing_that_was_read_is_used_before_it_is_confirmed(client: Client, dora: User) -> None:
    page = upload(client, pdf_of(CLASSIC.text)).content.decode()
    for shown in ("Is this right?", "Meridian Labs", "<q>Ada Moreno</q>", "please look twice", dora.email):
        assert shown in page
    assert candidate_json(User.objects.get(pk=dora.pk)) == {"email": dora.email}
    assert dora.resumes.get().is_default


def test_what_is_ticked_is_kept_and_the_rest_is_not(client: Client, dora: User) -> None:
    sent = as_shown(upload(client, pdf_of(CLASSIC.text)).content.decode())
    assert "keep_experience_years" not in sent, "an inference is not ticked by itself"
    sent["first_name"] = "Adela"
    del sent["keep_city"], sent["education-0-keep"]
    client.post("/start/confirm", sent)
    candidate = Candidate.objects.get(user=dora)
    assert (candidate.first_name, candidate.phone, candidate.city) == ("Adela", "+15125550142", "")
    assert (candidate.experience_years, candidate.education) == (None, [])
    assert candidate.work_history[1] == {
        "company": "Halcyon Systems, Inc.", "title": "Software Engineer", "start": "2016-06", "end": "2018-12",
    }  # fmt: skip
    assert candidate.skills[0] == {"name": "Python", "years": 8}
    EngineCandidate.from_json(candidate_json(User.objects.get(pk=dora.pk)))


@pytest.mark.parametrize(("name", "value"), [("linkedin", "nonsense"), ("phone", "12")])
def test_a_wrong_value_counts_only_where_it_is_ticked(client: Client, dora: User, name: str, value: str) -> None:
    sent = as_shown(upload(client, pdf_of(CLASSIC.text)).content.decode()) | {name: value}
    answer = client.post("/start/confirm", sent)
    assert (answer.status_code, "errorlist" in answer.content.decode()) == (422, True)
    assert Candidate.objects.get(user=dora).first_name == ""
    del sent[f"keep_{name}"]
    assert client.post("/start/confirm", sent).status_code == 302
    assert getattr(Candidate.objects.get(user=dora), name) == ""


def test_the_same_resume_again_adds_nothing_twice_and_shows_what_differs(client: Client, dora: User) -> None:
    for _ in range(2):
        client.post("/start/confirm", as_shown(upload(client, pdf_of(CLASSIC.text)).content.decode()))
    candidate = Candidate.objects.get(user=dora)
    assert (len(candidate.work_history), len(candidate.education), len(candidate.skills)) == (2, 1, 7)
    assert "Your profile says: Ada" in upload(client, pdf_of(COMPANY_ABOVE.text)).content.decode()


def test_it_can_be_left_and_taken_up_again(client: Client, dora: User) -> None:
    upload(client, pdf_of(CLASSIC.text))
    assert "Waiting for you" in client.get("/start").content.decode()
    assert [step.is_done for step in steps_of(dora)] == [True, False, False]
    client.post("/start/confirm", as_shown(client.get("/start/confirm").content.decode()))
    assert [step.is_done for step in steps_of(dora)] == [True, True, False]
    client.post("/start/questions", {"over_18": "true"})
    assert [step.is_done for step in steps_of(dora)] == [True, True, True]
    page = client.get("/start").content.decode()
    assert ("You are ready" in page, "You can begin" in page, "9 open" in page) == (False, True, True)


def test_only_who_has_answered_all_ten_is_called_ready(client: Client, dora: User) -> None:
    client.post("/start/confirm", as_shown(upload(client, pdf_of(CLASSIC.text)).content.decode()))
    given = {
        "work_country": "US", "authorized": "true", "needs_sponsorship": "false", "over_18": "true",
        "salary_amount": 150000, "salary_currency": "USD", "salary_period": "year", "earliest_start": "2027-01-11",
        "notice_period_days": 0, "work_mode": "remote", "willing_to_relocate": "false", "heard_from": "A friend",
        "privacy": "on", "truthful": "on",
    }  # fmt: skip
    client.post("/start/questions", given)
    page = client.get("/start").content.decode()
    assert ("You are ready" in page, "You can begin" in page, " open</span>" in page) == (True, False, False)


def test_nothing_of_it_may_be_kept(client: Client, dora: User) -> None:
    upload(client, pdf_of(CLASSIC.text))
    client.post("/start/confirm", {"forget": "1", "first_name": "Ada", "keep_first_name": "on"})
    assert Candidate.objects.get(user=dora).first_name == ""
    assert client.get("/start/confirm").status_code == 302


def test_a_resume_that_cannot_be_read_is_kept_and_said(client: Client, dora: User) -> None:
    page = upload(client, pdf_of("")).content.decode()
    assert "no text in this file" in page
    assert dora.resumes.count() == 1


def test_the_ten_questions_reach_the_engine(client: Client, dora: User) -> None:
    said = {
        "work_country": "us", "authorized": "true", "needs_sponsorship": "false", "over_18": "true",
        "salary_amount": "90000", "salary_currency": "usd", "salary_period": "year", "notice_period_days": "14",
        "work_mode": "remote", "willing_to_relocate": "false", "heard_from": "A friend", "privacy": "on",
    }  # fmt: skip
    page = client.get("/start/questions").content.decode()
    assert page.count("<legend>") == 10
    assert client.post("/start/questions", said).status_code == 302
    told = candidate_json(User.objects.get(pk=dora.pk))
    assert told["work_authorization"] == [{"country": "US", "authorized": True, "needs_sponsorship": False}]
    assert told["salary_expectation"] == {"amount": 90000, "currency": "USD", "period": "year"}
    assert (told["willing_to_relocate"], told["consents"]) == (False, {"privacy": True, "truthful": False})
    assert "8 of 10 answered" in client.get("/start/questions").content.decode()


def test_sponsorship_alone_is_asked_about(client: Client, dora: User) -> None:
    assert client.post("/start/questions", {"needs_sponsorship": "true"}).status_code == 422
    assert Candidate.objects.get(user=dora).work_authorization == []


def test_a_json_resume_comes_back_as_it_went(client: Client, dora: User, alice: User, client_of: Any) -> None:
    sent = as_shown(upload(client, pdf_of(CLASSIC.text)).content.decode())
    client.post("/start/confirm", sent)
    document = client.get("/profile/resume.json")
    assert "attachment" in document["Content-Disposition"]
    assert document.json()["basics"]["location"]["countryCode"] == "US"
    other = client_of(User.objects.create_user("other@example.com", PASSWORD))
    page = upload(other, document.content, "resume.json").content.decode()
    other.post("/start/confirm", as_shown(page))
    mine, theirs = (Candidate.objects.get(user__email=email) for email in (dora.email, "other@example.com"))
    for name in ("first_name", "phone", "city", "linkedin", "work_history", "education", "skills", "current_title"):
        assert getattr(mine, name) == getattr(theirs, name), name
    assert not User.objects.get(email="other@example.com").resumes.exists(), "it is no file that an employer wants"


def test_a_json_resume_of_another_tool_is_read() -> None:
    document = {
        "basics": {"name": "Ada Moreno", "profiles": [{"network": "LinkedIn", "url": "https://linkedin.com/in/a"}]},
        "work": [{"name": "Acme", "position": "Engineer", "startDate": "2019-01-15"}],
        "skills": [{"name": "Web", "keywords": ["HTML", "CSS"]}],
        "education": [{"institution": "UT", "studyType": "BSc", "endDate": "2016-05-01"}],
    }
    found = {one.field: one.value for one in json_resume.read_json_resume(json.dumps(document).encode())}
    assert found["work_history"] == {"company": "Acme", "title": "Engineer", "start": "2019-01"}
    assert (found["skills"], found["education"]["end_year"]) == ([{"name": "HTML"}, {"name": "CSS"}], 2016)
    assert (found["current_company"], found["linkedin"]) == ("Acme", "https://linkedin.com/in/a")


@pytest.mark.parametrize("content", [b"{", b'{"basics": 3}', b"{}", b'{"work": 7}', b'{"a":' * 50_000])
def test_what_is_no_json_resume_is_said_to_be_none(client: Client, content: bytes) -> None:
    assert "JSON Resume" in upload(client, content, "resume.json").content.decode()


def test_strangers_read_no_resume_of_others(alice: User, client: Client) -> None:
    assert client.post(f"/profile/resumes/{alice.resumes.get().pk}/read").status_code == 404


@pytest.mark.parametrize("path", ["/start", "/start/confirm", "/start/questions", "/profile/resume.json"])
def test_each_page_is_for_people_who_signed_in(db: None, path: str) -> None:
    assert Client().get(path)["Location"].startswith("/accounts/login/")


@pytest.mark.parametrize("path", ["/start/resume", "/profile/resumes/1/read"])
def test_nothing_is_read_by_a_get(client: Client, path: str) -> None:
    assert client.get(path).status_code == 405
