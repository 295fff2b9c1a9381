"""One queue of all that waits for the person: each question once, each doubt with its evidence."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from accounts.models import Candidate, User
from accounts.services import candidate_of
from applications.models import Application, Lane
from applications.states import Status
from automation import leases
from automation.models import Attempt, Evidence
from automation.outcomes import finish
from automation.reports import add_evidence
from tests.conftest import make_job

QUESTION: dict[str, Any] = {
    "label": "Favourite constellation?", "kind": "text", "options": [], "required": True, "why": "unknown",
}  # fmt: skip


@pytest.fixture
def client(alice: User, client_of: Any) -> Client:
    signed_in: Client = client_of(alice)
    return signed_in


@pytest.fixture
def end(alice: User, swipe_right: Callable[..., Application]) -> Callable[..., Application]:
    """Apply to a new job and have the attempt end with an outcome."""

    def end(outcome: str, *, location: str = "", **result: Any) -> Application:
        application = swipe_right(alice, make_job(location=location))
        [attempt] = leases.claim(lane=Lane.SERVER, runner="test")
        leases.start(attempt_id=attempt.pk, lease=attempt.lease)
        add_evidence(attempt=attempt, name="page.png", kind="page", content=b"\x89PNG")
        if outcome == "unconfirmed":
            leases.begin_submit(attempt_id=attempt.pk, lease=attempt.lease)
        finish(attempt_id=attempt.pk, lease=attempt.lease, result={"outcome": outcome, **result})
        return application

    return end


def test_nothing_waits_at_first(client: Client) -> None:
    page = client.get("/needs-you").content.decode()
    assert "Nothing waits for you." in page
    assert 'class="count"' not in page


def test_a_question_of_many_forms_is_asked_once_and_answered_for_all(
    client: Client, end: Callable[..., Application]
) -> None:
    end("needs_answers", questions=[QUESTION])
    end("needs_answers", questions=[{**QUESTION, "label": "favourite constellation"}])
    page = client.get("/needs-you").content.decode()
    assert page.count("constellation</label>") + page.count("constellation?</label>") == 1
    assert "Answer for all 2" in page
    for application in Application.objects.all():
        assert f"Meridian Labs ({application.job.title})" in page
    assert 'class="count">2<' in page
    first = Application.objects.earliest("id")
    client.post(f"/applications/{first.pk}/answer", {"question": QUESTION["label"], "answer": "Orion"})
    assert set(Application.objects.values_list("status", flat=True)) == {Status.QUEUED}


def test_a_doubt_and_a_challenge_come_with_their_pictures(client: Client, end: Callable[..., Application]) -> None:
    end("unconfirmed")
    end("challenge", message="A CAPTCHA is in the way.")
    page = client.get("/needs-you").content.decode()
    for shown in ("It went through", "I did it myself", "A CAPTCHA is in the way."):
        assert shown in page
    for evidence in Evidence.objects.all():
        assert f"/evidence/{evidence.pk}" in page


def test_what_was_sent_and_not_confirmed_is_called_so(client: Client, end: Callable[..., Application]) -> None:
    doubtful, challenged = end("unconfirmed"), end("challenge")
    for application, said in ((doubtful, True), (challenged, False)):
        page = client.get(f"/applications/{application.pk}").content.decode()
        assert ("Sent, not confirmed" in page) is said
    assert client.get("/applications").content.decode().count("Sent, not confirmed") == 1


def test_what_was_perhaps_sent_is_not_offered_to_be_sent_from_elsewhere(
    client: Client, end: Callable[..., Application]
) -> None:
    doubtful, challenged = end("unconfirmed"), end("challenge")
    for application, offered in ((doubtful, False), (challenged, True)):
        page = client.get(f"/applications/{application.pk}").content.decode()
        assert ("Send it from my computer instead" in page) is offered


def test_a_question_is_asked_with_what_its_field_takes_and_why_again(
    client: Client, end: Callable[..., Application]
) -> None:
    number = {**QUESTION, "label": "Years of experience", "kind": "number", "why": "ambiguous"}
    choice = {**QUESTION, "label": "Office", "options": ["Lyon", "Bern"], "why": "ambiguous"}
    application = end("needs_answers", questions=[number, choice, QUESTION])
    for address in ("/needs-you", f"/applications/{application.pk}"):
        page = client.get(address).content.decode()
        assert 'type="number" step="any" name="answer"' in page
        assert "does not fit into this field" in page
        assert "is not plainly one of these" in page
        assert page.count('<textarea id="answer-') == 1


def test_a_box_to_tick_is_asked_for_by_the_one_word_that_ticks_it(
    client: Client, end: Callable[..., Application]
) -> None:
    box = {**QUESTION, "label": "I certify that this is true", "kind": "consent", "why": "legal"}
    application = end("needs_answers", questions=[box])
    for address in ("/needs-you", f"/applications/{application.pk}"):
        page = client.get(address).content.decode()
        assert '<option value="Yes">Yes, tick this box</option>' in page
        assert '<textarea id="answer-' not in page


RELOCATE = {**QUESTION, "label": "Are you willing to relocate?", "kind": "single_choice", "options": ["Yes", "No"]}


def test_what_the_profile_answers_by_now_is_not_to_be_answered_form_by_form(
    alice: User, client: Client, end: Callable[..., Application]
) -> None:
    end("needs_answers", questions=[RELOCATE])
    end("needs_answers", questions=[RELOCATE, QUESTION])
    page = client.get("/needs-you").content.decode()
    assert "/start/questions" in page
    assert "Go on with that" not in page
    candidate_of(alice)
    Candidate.objects.filter(user=alice).update(willing_to_relocate=False)
    assert "What you have said since answers 1 question." in client.get("/needs-you").content.decode()
    page = client.post("/needs-you/go-on", follow=True).content.decode()
    assert "1 application goes on." in page
    assert "relocate" not in page
    assert [(one.status, len(one.questions)) for one in Application.objects.order_by("id")] == [
        (Status.QUEUED, 0), (Status.REVIEW, 1)
    ]  # fmt: skip


def test_what_was_asked_though_the_profile_answers_it_is_left_to_the_person(
    alice: User, client: Client, end: Callable[..., Application], bob: User, client_of: Any
) -> None:
    candidate_of(alice)
    Candidate.objects.filter(user=alice).update(willing_to_relocate=False)
    application = end("needs_answers", questions=[RELOCATE])
    assert "Go on with that" not in client.get("/needs-you").content.decode()
    client.post("/needs-you/go-on")
    client_of(bob).post("/needs-you/go-on")
    application.refresh_from_db()
    assert application.status == Status.REVIEW


def test_a_word_about_the_law_elsewhere_answers_no_question_of_a_job(
    client: Client, end: Callable[..., Application]
) -> None:
    asked = {**QUESTION, "label": "Will you require sponsorship?", "kind": "single_choice", "options": ["Yes", "No"]}
    end("needs_answers", location="Berlin, Germany", questions=[asked])
    assert "Go on with that" not in client.get("/needs-you").content.decode()


def test_a_stranger_sees_none_of_it(end: Callable[..., Application], bob: User, client_of: Any) -> None:
    end("challenge", message="A CAPTCHA is in the way.")
    page = client_of(bob).get("/needs-you").content.decode()
    assert "A CAPTCHA" not in page
    assert Attempt.objects.exists()
    assert Client().get("/needs-you").status_code == 302
