"""The profile keeps what the person says, as forms will be told it, and nothing that they did not say."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from pytest_django import Settings
from rest_framework.test import APIClient

from accounts.models import Answer, ApiToken, Candidate, User
from accounts.services import candidate_json, issue_token, normalized_question
from automation.engine.candidate import Candidate as EngineCandidate

ROWS = {
    "work-TOTAL_FORMS": 2, "work-INITIAL_FORMS": 0, "education-TOTAL_FORMS": 1, "education-INITIAL_FORMS": 0,
    "work-0-country": "us", "work-0-authorized": "true", "work-0-needs_sponsorship": "false", "work-1-country": "",
    "education-0-school": "UT Austin", "education-0-degree": "Bachelor's", "education-0-end_year": 2016,
}  # fmt: skip
SAID = {
    "first_name": "Alice", "last_name": "Moreno", "phone": "+15125550142", "country": "us", "experience_years": 8,
    "skills": "Python 8\nC++\nPostgreSQL, 5 years", "languages": "English, Spanish", "over_18": "true",
    "salary_amount": 150000, "salary_currency": "usd", "salary_period": "year", "earliest_start": "2027-01-11",
    "gender": "decline", "race": "decline", "veteran": "decline", "disability": "decline",
    "privacy": "on", "undo_window": 10,
    **ROWS,
}  # fmt: skip


@pytest.fixture
def client(alice: User, client_of: Callable[[User], APIClient]) -> Client:
    return client_of(alice)


def test_what_is_said_reaches_the_engine(client: Client, alice: User) -> None:
    assert client.post("/profile", SAID).status_code == 302
    alice.refresh_from_db()
    candidate = EngineCandidate.from_json(candidate_json(alice))
    assert [(one.name, one.years) for one in candidate.skills] == [("Python", 8), ("C++", None), ("PostgreSQL", 5)]
    assert [(one.country, one.authorized, one.needs_sponsorship) for one in candidate.work_authorization] == [
        ("US", True, False)
    ]
    assert candidate.education[0].end_year == 2016
    assert (candidate.over_18, candidate.willing_to_relocate) == (True, None)
    assert (candidate.consents.privacy, candidate.consents.truthful) == (True, False)
    assert candidate.salary_expectation
    assert candidate.salary_expectation.currency == "USD"
    assert candidate.demographics.gender == "decline"


def test_the_page_shows_again_what_was_said(client: Client) -> None:
    client.post("/profile", SAID)
    page = client.get("/profile").content.decode()
    for shown in ("Python 8", "PostgreSQL 5", "English, Spanish", "UT Austin", "2027-01-11"):
        assert shown in page


def test_a_list_says_what_it_means_to_choose_nothing(client: Client) -> None:
    for path in ("/profile", "/start/questions"):
        page = client.get(path).content.decode()
        assert ("-----" in page, page.count(">Not said<") >= 5) == (False, True), path


@pytest.mark.parametrize(
    ("said", "kept"),
    [("de", "DE"), ("Germany", "DE"), ("UK", "GB"), ("Deutschland", "DE"), ("Ge", "GE"), ("", "")],
)
def test_a_country_is_taken_by_its_letters_or_its_name_and_never_cut(
    client: Client, alice: User, said: str, kept: str
) -> None:
    assert 'name="country" maxlength' not in client.get("/profile").content.decode()
    assert client.post("/profile", SAID | {"country": said, "work-0-country": said or "us"}).status_code == 302
    candidate = Candidate.objects.get(user=alice)
    assert (candidate.country, candidate.work_authorization[0]["country"]) == (kept, kept or "US")


@pytest.mark.parametrize(
    ("name", "value"),
    [("country", "Atlantis"), ("country", "XX"), ("work-0-country", ""), ("salary_currency", "Dol")],
)
def test_what_is_no_country_or_currency_is_told_and_not_kept(client: Client, name: str, value: str) -> None:
    answer = client.post("/profile", SAID | {name: value})
    assert (answer.status_code, "errorlist" in answer.content.decode()) == (422, True)


@pytest.mark.parametrize(
    "number",
    [
        "+1 512 555 0142",
        "+44 (0)20 7946 0958",
        "+1 512 555 0142 ext. 5",
        "512-555-0142",
        "030 901820",
        "0049 30 901820",
    ],
)
def test_a_phone_number_is_kept_as_it_is_written(client: Client, alice: User, number: str) -> None:
    assert client.post("/profile", SAID | {"phone": number}).status_code == 302
    assert Candidate.objects.get(user=alice).phone == number


@pytest.mark.parametrize("number", ["12", "call me", "+1 512 555", "+999 12345678", "+15125550142999", "1" * 16])
def test_what_no_telephone_can_call_is_told_and_not_kept(client: Client, alice: User, number: str) -> None:
    answer = client.post("/profile", SAID | {"phone": number})
    assert (answer.status_code, "No telephone has this number." in answer.content.decode()) == (422, True)
    assert Candidate.objects.get(user=alice).phone == "+15125550142"


@pytest.mark.parametrize(
    ("name", "value"), [("linkedin", "nonsense"), ("experience_years", "-3"), ("earliest_start", "soon")]
)
def test_a_wrong_value_is_shown_beside_its_field_and_nothing_is_kept(
    client: Client, alice: User, name: str, value: str
) -> None:
    before = Candidate.objects.get(user=alice)
    answer = client.post("/profile", SAID | {name: value, "first_name": "Somebody"})
    assert answer.status_code == 422
    assert "errorlist" in answer.content.decode()
    assert Candidate.objects.get(user=alice).first_name == before.first_name


def test_an_empty_profile_says_nothing_at_all(db: None) -> None:
    user = User.objects.create_user("new@example.com")
    assert candidate_json(user) == {"email": "new@example.com"}


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Why us?", "  why   US ", True),
        ("Years of C++", "Years of C#", False),
        ("Years of C", "Years of C++", False),
        ("Salary *", "salary", True),
    ],
)
def test_questions_are_one_only_when_they_ask_one_thing(one: str, other: str, same: bool) -> None:
    assert (normalized_question(one) == normalized_question(other)) is same


def test_the_same_question_again_replaces_the_answer(client: Client, alice: User) -> None:
    for text in ("Because.", "Because of the weather."):
        client.post("/profile/answers", {"question": "Why us?", "answer": text})
    assert alice.answers.get().answer == "Because of the weather."


def test_a_stranger_touches_neither_answers_nor_tokens(alice: User, bob: User, client_of: Any) -> None:
    answer = Answer.objects.create(user=alice, question="Why?", normalized="why", answer="Because.")
    token, _ = issue_token(user=alice, name="script")
    assert client_of(bob).post(f"/profile/answers/{answer.pk}/delete").status_code == 404
    assert client_of(bob).post(f"/profile/tokens/{token.pk}/revoke").status_code == 404
    assert Answer.objects.filter(pk=answer.pk).exists()
    assert ApiToken.objects.get(pk=token.pk).revoked_at is None


def test_a_revoked_token_is_refused(client: Client, alice: User) -> None:
    token, secret = issue_token(user=alice, name="script")
    rest = APIClient(headers={"Authorization": f"Bearer {secret}"})
    assert rest.get("/api/v1/deck/").status_code == 200
    client.post(f"/profile/tokens/{token.pk}/revoke")
    assert rest.get("/api/v1/deck/").status_code == 401


def test_a_token_is_shown_once_and_kept_as_a_hash(client: Client, alice: User) -> None:
    page = client.post("/profile/tokens", {"name": "script"}, follow=True).content.decode()
    secret = page.partition("js_")[2][:43]
    assert secret not in client.get("/profile").content.decode()
    assert secret not in alice.api_tokens.get().digest


def test_a_device_token_does_not_act_for_the_person(alice: User) -> None:
    _, secret = issue_token(user=alice, name="laptop", scope=ApiToken.Scope.DEVICE)
    assert APIClient(headers={"Authorization": f"Bearer {secret}"}).get("/api/v1/deck/").status_code == 403


def test_the_demo_sign_in_exists_in_development_alone(alice: User, settings: Settings) -> None:
    User.objects.create_user(settings.DEMO_EMAIL)
    settings.DEBUG = False
    assert Client().post("/demo-sign-in").status_code == 404
    settings.DEBUG = True
    assert Client().post("/demo-sign-in").status_code == 302
    assert Client().get("/demo-sign-in").status_code == 405


@pytest.mark.parametrize("path", ["/profile", "/jobs", "/jobs/passed", "/jobs/saved", "/applications"])
def test_personal_pages_ask_to_sign_in(db: None, path: str) -> None:
    answer = Client().get(path)
    assert answer.status_code == 302
    assert answer["Location"].startswith("/accounts/login/")


def test_the_work_history_is_edited_and_a_form_without_it_leaves_it_alone(client: Client, alice: User) -> None:
    rows = {
        "history-TOTAL_FORMS": 2,
        "history-INITIAL_FORMS": 0,
        "history-0-company": "Acme",
        "history-0-start": "2019",
    }
    client.post("/profile", SAID | rows)
    client.post("/profile", SAID)
    assert Candidate.objects.get(user=alice).work_history == [{"company": "Acme", "start": "2019"}]
    assert client.post("/profile", SAID | rows | {"history-0-start": "soon"}).status_code == 422
    client.post("/profile", SAID | rows | {"history-0-company": ""})
    assert Candidate.objects.get(user=alice).work_history == []
