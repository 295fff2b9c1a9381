"""People see their own applications, say what they have to say about them, and never touch another's."""

from collections.abc import Callable
from typing import Any

import pytest
from rest_framework.test import APIClient

from accounts.models import Answer, User
from accounts.services import issue_token
from applications.models import Application, Lane
from applications.states import Status
from automation import leases
from automation.outcomes import finish
from automation.reports import Step, add_evidence, report_steps
from jobs.models import Job

URL = "/api/v1/applications/"
QUESTION = {
    "label": "Favourite constellation?",
    "kind": "text",
    "options": [],
    "required": True,
    "why": "unknown",
}
ACTIONS: dict[str, dict[str, Any]] = {
    "withdraw": {},
    "retry": {},
    "answer": {"answers": [{"question": QUESTION["label"], "answer": "Orion"}]},
    "confirm": {"went_through": True},
}


@pytest.fixture
def application(alice: User, job: Job, swipe_right: Callable[[User, Job], Application]) -> Application:
    return swipe_right(alice, job)


@pytest.fixture
def client(alice: User, client_of: Callable[[User], APIClient]) -> APIClient:
    return client_of(alice)


def run_to(outcome: str, *, granted: bool = False, **result: Any) -> None:
    """Let a runner bring the waiting application to `outcome`."""
    [attempt] = leases.claim(lane=Lane.SERVER, runner="test")
    leases.start(attempt_id=attempt.pk, lease=attempt.lease)
    report_steps(attempt_id=attempt.pk, lease=attempt.lease, steps=[Step(1, "opening", "Opening the form", 5)])
    add_evidence(attempt=attempt, name="form.json", kind="form", content=b"{}")
    if granted:
        leases.begin_submit(attempt_id=attempt.pk, lease=attempt.lease)
    finish(attempt_id=attempt.pk, lease=attempt.lease, result={"outcome": outcome, **result})


def test_the_list_and_the_page_show_where_it_stands(client: APIClient, application: Application, job: Job) -> None:
    [row] = client.get(URL).json()["results"]
    assert (row["id"], row["title"], row["status"]) == (application.pk, job.title, "QUEUED")
    assert client.get(f"{URL}{application.pk}/").json() == row


def test_log_and_evidence_can_be_read(client: APIClient, application: Application) -> None:
    run_to("submitted", granted=True, confirmation="page")
    [entry] = client.get(f"{URL}{application.pk}/log/").json()["results"]
    assert (entry["step"], entry["message"]) == ("opening", "Opening the form")
    [evidence] = client.get(f"{URL}{application.pk}/evidence/").json()["results"]
    assert evidence["name"] == "form.json"


def test_evidence_is_fetched_with_the_token_that_found_it(application: Application, alice: User, bob: User) -> None:
    run_to("submitted", granted=True, confirmation="page")
    mine, other = (APIClient(HTTP_AUTHORIZATION=f"Bearer {issue_token(user=one, name='x')[1]}") for one in (alice, bob))
    [evidence] = mine.get(f"{URL}{application.pk}/evidence/").json()["results"]
    answer = mine.get(evidence["url"])
    assert (answer.status_code, answer.content, answer["Content-Type"]) == (200, b"{}", "application/json")
    assert other.get(evidence["url"]).status_code == 404
    assert APIClient().get(evidence["url"]).status_code == 401


@pytest.mark.parametrize("path", ["", "log/", "evidence/"])
def test_a_stranger_finds_nothing(application: Application, bob: User, client_of: Any, path: str) -> None:
    run_to("submitted", granted=True, confirmation="page")
    assert client_of(bob).get(f"{URL}{application.pk}/{path}").status_code == 404
    assert client_of(bob).get(URL).json()["results"] == []
    assert APIClient().get(f"{URL}{application.pk}/{path}").status_code == 401


@pytest.mark.parametrize("name", ACTIONS)
def test_a_stranger_changes_nothing(application: Application, bob: User, client_of: Any, name: str) -> None:
    answer = client_of(bob).post(f"{URL}{application.pk}/{name}/", ACTIONS[name], format="json")
    assert (answer.status_code, answer.json()["code"]) == (404, "not_found")
    assert Application.objects.get().status == Status.QUEUED


@pytest.mark.parametrize("name", ACTIONS)
def test_an_id_that_is_none_is_not_found(client: APIClient, name: str) -> None:
    for wrong in (0, 10**30, "x"):
        assert client.post(f"{URL}{wrong}/{name}/", ACTIONS[name], format="json").status_code == 404


@pytest.mark.parametrize("name", ACTIONS)
def test_the_wrong_verb_is_refused(client: APIClient, application: Application, name: str) -> None:
    assert client.get(f"{URL}{application.pk}/{name}/").status_code == 405


@pytest.mark.parametrize("name", ["retry", "answer", "confirm"])
def test_what_does_not_wait_for_the_person_stays(client: APIClient, application: Application, name: str) -> None:
    answer = client.post(f"{URL}{application.pk}/{name}/", ACTIONS[name], format="json")
    assert (answer.status_code, answer.json()["code"]) == (409, "not_waiting")
    assert Application.objects.get().status == Status.QUEUED


def test_withdrawing_cancels_and_again_changes_nothing(client: APIClient, application: Application) -> None:
    for _ in range(2):
        assert client.post(f"{URL}{application.pk}/withdraw/").json()["status"] == "CANCELLED"
    assert application.events.count() == 3


def test_what_was_sent_cannot_be_withdrawn(client: APIClient, application: Application) -> None:
    run_to("submitted", granted=True, confirmation="page")
    assert client.post(f"{URL}{application.pk}/withdraw/").status_code == 409


def test_answering_the_last_question_queues_it_and_fills_the_bank(
    client: APIClient, application: Application, alice: User
) -> None:
    other = {**QUESTION, "label": "Shoe size?"}
    run_to("needs_answers", questions=[QUESTION, other])
    url = f"{URL}{application.pk}/answer/"
    assert client.post(url, ACTIONS["answer"], format="json").json()["status"] == "REVIEW"
    last = {"answers": [{"question": "Shoe size?", "answer": "42"}]}
    assert client.post(url, last, format="json").json()["status"] == "QUEUED"
    assert dict(alice.answers.values_list("question", "answer")) == {
        QUESTION["label"]: "Orion",
        "Shoe size?": "42",
    }
    assert set(Answer.objects.values_list("source", flat=True)) == {Answer.Source.REVIEW}


def test_a_question_that_was_not_asked_is_refused(client: APIClient, application: Application) -> None:
    run_to("needs_answers", questions=[QUESTION])
    given = {"answers": [{"question": "Something else?", "answer": "Yes"}]}
    assert client.post(f"{URL}{application.pk}/answer/", given, format="json").status_code == 400
    assert not Answer.objects.exists()


def test_the_persons_word_settles_an_unconfirmed_one(client: APIClient, application: Application) -> None:
    run_to("unconfirmed", granted=True)
    settled = client.post(f"{URL}{application.pk}/confirm/", {"went_through": True}, format="json").json()
    assert (settled["status"], settled["confirmation"], settled["failure_kind"]) == ("COMPLETED", "person", "")


def test_only_the_persons_word_sends_an_unconfirmed_one_again(client: APIClient, application: Application) -> None:
    run_to("unconfirmed", granted=True)
    assert client.post(f"{URL}{application.pk}/retry/").status_code == 409
    again = client.post(f"{URL}{application.pk}/confirm/", {"went_through": False}, format="json").json()
    assert (again["status"], again["submitted_at"]) == ("QUEUED", None)


def test_a_failed_one_can_be_tried_again(client: APIClient, application: Application) -> None:
    run_to("failed", failure_kind="form_unsupported")
    assert client.post(f"{URL}{application.pk}/retry/").json()["status"] == "QUEUED"


def test_the_openapi_document_is_served(client: APIClient) -> None:
    assert client.get("/api/v1/schema/").status_code == 200
