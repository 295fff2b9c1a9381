"""The answer bank says what was said, where it went and how it is used; only its person touches it."""

from typing import Any

import pytest
from django.test import Client

from accounts.models import Answer, User
from applications.models import Lane
from automation import leases
from automation.outcomes import finish
from jobs.models import Job


@pytest.fixture
def answer(alice: User) -> Answer:
    return Answer.objects.create(user=alice, question="Favourite star?", normalized="favourite star", answer="Vega")


@pytest.fixture
def client(alice: User, client_of: Any) -> Client:
    signed_in: Client = client_of(alice)
    return signed_in


def test_an_answer_is_shown_with_where_it_was_last_sent(
    client: Client, alice: User, answer: Answer, job: Job, swipe_right: Any
) -> None:
    assert "Last sent to" not in client.get("/answers").content.decode()
    swipe_right(alice, job)
    [attempt] = leases.claim(lane=Lane.SERVER, runner="test")
    leases.start(attempt_id=attempt.pk, lease=attempt.lease)
    leases.begin_submit(attempt_id=attempt.pk, lease=attempt.lease)
    field = {"label": "Favourite star *", "kind": "text", "required": True, "value": "Vega", "source": "answer"}
    result = {"outcome": "submitted", "confirmation": "page", "fields": [field]}
    finish(attempt_id=attempt.pk, lease=attempt.lease, result=result)
    page = client.get("/answers").content.decode()
    assert f'Last sent to <a href="/applications/{attempt.application_id}">Meridian Labs</a>' in page


@pytest.mark.parametrize(
    ("question", "rule"),
    [("Favourite star?", "also in other words"), ("Gender", "About you"), ("Do you require sponsorship?", "of law")],
)
def test_the_rule_by_which_it_is_used_is_said(client: Client, alice: User, question: str, rule: str) -> None:
    alice.answers.create(question=question, normalized=question, answer="x")
    assert rule in client.get("/answers").content.decode()


def test_an_answer_is_changed_and_forgotten(client: Client, answer: Answer) -> None:
    client.post(f"/profile/answers/{answer.pk}", {"answer": "Deneb"})
    answer.refresh_from_db()
    assert answer.answer == "Deneb"
    client.post(f"/profile/answers/{answer.pk}", {"answer": " "})
    answer.refresh_from_db()
    assert answer.answer == "Deneb"
    client.post(f"/profile/answers/{answer.pk}/delete")
    assert not Answer.objects.exists()


def test_a_stranger_neither_sees_nor_changes_it(answer: Answer, bob: User, client_of: Any) -> None:
    assert "Vega" not in client_of(bob).get("/answers").content.decode()
    assert client_of(bob).post(f"/profile/answers/{answer.pk}", {"answer": "Deneb"}).status_code == 404
    answer.refresh_from_db()
    assert answer.answer == "Vega"
