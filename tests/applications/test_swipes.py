"""A swipe is recorded once, whole or not at all, and can be taken back while nothing has been sent."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any
from uuid import UUID, uuid4

import pgtrigger
import psycopg
import pytest
from django.db import connection
from django.db.models.functions import Now
from django.utils import timezone
from rest_framework.test import APIClient

from accounts.models import Candidate, User
from accounts.services import issue_token
from applications import services
from applications.models import Application, Event, Lane, Swipe
from applications.states import Status
from automation import leases
from automation.models import Device
from jobs.models import Job, JobSnapshot
from jobs.services import close_jobs
from jobswipe import rows
from tests.conftest import make_job

ClientOf = Callable[[User], APIClient]
SWIPES = "/api/v1/swipes/"


def body(job: Job, direction: str = "right", **more: Any) -> dict[str, Any]:
    return {"job": job.pk, "direction": direction, "key": str(uuid4()), **more}


def nothing_was_written() -> bool:
    return not any(model._default_manager.exists() for model in (Swipe, Application, Event, JobSnapshot))


def test_a_right_swipe_makes_a_snapshot_and_an_application(alice: User, job: Job, client_of: ClientOf) -> None:
    answer = client_of(alice).post(SWIPES, body(job), format="json")
    assert answer.status_code == 201
    application = Application.objects.get(pk=answer.json()["application"])
    assert (application.user, application.status, application.lane) == (alice, Status.QUEUED, Lane.SERVER)
    assert application.snapshot.content["title"] == job.title
    assert application.resume == alice.resumes.get()
    assert [event.data["to"] for event in alice.events.all()] == ["PENDING", "QUEUED"]


def test_a_swipe_waits_for_its_undo_window(alice: User, job: Job, swipe_right: Callable[..., Application]) -> None:
    Candidate.objects.filter(user=alice).update(undo_window=5)
    assert swipe_right(alice, job).status == Status.PENDING


def test_a_swipe_can_wait_for_its_person(alice: User, job: Job, swipe_right: Callable[..., Application]) -> None:
    Candidate.objects.filter(user=alice).update(undo_window=None)
    application = swipe_right(alice, job)
    assert (application.status, application.available_at) == (Status.PENDING, None)
    services.release(actor=alice, application_id=application.pk)
    assert Application.objects.get().status == Status.QUEUED


def test_a_swipe_asks_the_database_eight_times_at_most(alice: User, job: Job, monkeypatch: pytest.MonkeyPatch) -> None:
    Candidate.objects.filter(user=alice).update(undo_window=5)
    client = APIClient(headers={"Authorization": f"Bearer {issue_token(user=alice, name='test')[1]}"})
    client.post(SWIPES, body(make_job()), format="json")  # once a minute the use of a token is written down
    asked: list[str] = []
    execute = psycopg.Cursor.execute

    def noted(cursor: Any, query: Any, *more: Any, **options: Any) -> Any:
        asked.append(str(query))
        return execute(cursor, query, *more, **options)

    monkeypatch.setattr(psycopg.Cursor, "execute", noted)
    assert client.post(SWIPES, body(job), format="json").status_code == 201
    asked = [query for query in asked if "SAVEPOINT" not in query]  # of the test's own transaction
    assert 0 < len(asked) <= 8, "\n".join(asked)


def test_what_every_swipe_reads_is_planned_once(alice: User, swipe_right: Callable[..., Application]) -> None:
    for _ in range(7):  # psycopg prepares what comes more than five times
        swipe_right(alice, make_job())
    prepared = str(rows.run("SELECT statement FROM pg_prepared_statements", []))
    assert "statement_timestamp" in prepared
    assert "FOR NO KEY UPDATE" in prepared


def test_a_part_of_a_statement_makes_the_instance_that_django_makes(job: Job) -> None:
    Job.objects.update(benefits=["Health insurance"], pay_max="120000.50", pay_currency="USD", posted_at=Now())
    part = rows.Part(Job, "job")
    [values] = rows.run(f"SELECT {part} FROM jobs_job job WHERE id = %b", [job.pk])
    made, read = part.take(iter(values)), Job.objects.get(pk=job.pk)
    names = [field.attname for field in Job._meta.concrete_fields]
    assert {name: getattr(made, name) for name in names} == {name: getattr(read, name) for name in names}


def test_a_row_that_is_created_by_a_prepared_statement_is_the_one_that_django_writes(alice: User) -> None:
    def unsaved() -> Application:
        job = make_job()
        swipe = Swipe.objects.create(user=alice, job=job, direction="right", key=uuid4())
        snapshot = JobSnapshot.objects.create(job=job, content={}, digest="1")
        questions = [{"label": "Why us?"}]
        return Application(user=alice, job=job, snapshot=snapshot, swipe=swipe, lane="server", questions=questions)

    made, by_django = rows.create(unsaved()), unsaved()
    by_django.save()
    read, other = Application.objects.get(pk=made.pk), Application.objects.get(pk=by_django.pk)
    names = [field.attname for field in Application._meta.concrete_fields]
    assert {name: getattr(made, name) for name in names} == {name: getattr(read, name) for name in names}
    own = {"id", "job_id", "swipe_id", "snapshot_id", "turn_at", "created_at", "updated_at"}
    assert {name for name in names if getattr(read, name) != getattr(other, name)} <= own


@pytest.mark.parametrize("direction", ["left", "save"])
def test_other_swipes_make_no_application(alice: User, job: Job, client_of: ClientOf, direction: str) -> None:
    answer = client_of(alice).post(SWIPES, body(job, direction), format="json")
    assert (answer.status_code, answer.json()["application"]) == (201, None)
    assert not Application.objects.exists()


def test_the_same_key_again_answers_the_same_and_changes_nothing(alice: User, job: Job, client_of: ClientOf) -> None:
    given = body(job)
    first = client_of(alice).post(SWIPES, given, format="json")
    again = client_of(alice).post(SWIPES, given, format="json")
    assert (first.status_code, again.status_code) == (201, 200)
    assert first.json() == again.json()
    assert Application.objects.count() == 1
    assert alice.events.count() == 2


@pytest.mark.django_db(transaction=True)
def test_the_same_key_twice_at_once_is_one_swipe(alice: User, job: Job) -> None:
    key, together = uuid4(), Barrier(2)

    def swipe() -> tuple[int, bool]:
        together.wait()
        try:
            made, is_new = services.swipe(actor=alice, job_id=job.pk, direction=Swipe.Direction.RIGHT, key=key)
            return made.pk, is_new
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        results = [future.result() for future in [pool.submit(swipe), pool.submit(swipe)]]
    assert len({pk for pk, _ in results}) == 1
    assert sorted(is_new for _, is_new in results) == [False, True]
    assert Application.objects.count() == 1


def test_the_same_key_is_answered_the_same_after_the_job_closed(alice: User, job: Job, client_of: ClientOf) -> None:
    given = body(job)
    client_of(alice).post(SWIPES, given, format="json")
    close_jobs([job.pk], reason="Filled")
    assert client_of(alice).post(SWIPES, given, format="json").status_code == 200


def test_a_key_of_another_swipe_is_refused(alice: User, job: Job, client_of: ClientOf) -> None:
    given = body(job)
    client_of(alice).post(SWIPES, given, format="json")
    answer = client_of(alice).post(SWIPES, {**given, "job": make_job().pk}, format="json")
    assert (answer.status_code, answer.json()["code"]) == (409, "key_reused")


def test_a_closed_job_is_refused_with_nothing_written(alice: User, job: Job, client_of: ClientOf) -> None:
    close_jobs([job.pk], reason="Filled")
    answer = client_of(alice).post(SWIPES, body(job), format="json")
    assert (answer.status_code, answer.json()["code"]) == (409, "job_closed")
    assert answer["Content-Type"] == "application/problem+json"
    assert nothing_was_written()


def test_a_second_decision_to_apply_is_refused(alice: User, job: Job, client_of: ClientOf) -> None:
    client_of(alice).post(SWIPES, body(job), format="json")
    answer = client_of(alice).post(SWIPES, body(job), format="json")
    assert (answer.status_code, answer.json()["code"]) == (409, "already_decided")
    assert Application.objects.count() == 1


@pytest.mark.parametrize(
    ("ended", "again"),
    [({"status": "CANCELLED"}, 201), ({"status": "FAILED"}, 201), ({"status": "REVIEW"}, 409),
     ({"status": "COMPLETED"}, 409), ({"status": "CANCELLED", "submitted_at": timezone.now()}, 409)],
)  # fmt: skip
def test_what_ended_with_nothing_sent_can_be_swiped_anew(
    alice: User, job: Job, client_of: ClientOf, ended: dict[str, Any], again: int
) -> None:
    client_of(alice).post(SWIPES, body(job), format="json")
    with pgtrigger.ignore("applications.Application:only_legal_moves"):
        Application.objects.update(**ended)
    assert client_of(alice).post(SWIPES, body(job), format="json").status_code == again
    page = client_of(alice).get(f"/jobs/{job.pk}").content.decode()
    assert ("This job is among your applications" in page, 'value="right"' in page) == (True, False)


@pytest.mark.parametrize("first", ["left", "save"])
def test_a_passed_or_saved_job_can_still_be_applied_to(alice: User, job: Job, client_of: ClientOf, first: str) -> None:
    client_of(alice).post(SWIPES, body(job, first), format="json")
    assert client_of(alice).post(SWIPES, body(job), format="json").status_code == 201
    assert Application.objects.count() == 1


@pytest.mark.parametrize(
    "wrong",
    [
        {"key": "not-a-key"},
        {"key": None},
        {"direction": "up"},
        {"job": "one"},
        {"job": -1},
        {"job": 10**30},
        {"resume": "mine"},
        {"cover_letter": "x" * 20_001},
    ],
)
def test_a_wrong_value_is_named_and_nothing_is_written(
    alice: User, job: Job, client_of: ClientOf, wrong: dict[str, Any]
) -> None:
    answer = client_of(alice).post(SWIPES, {**body(job), **wrong}, format="json")
    assert (answer.status_code, answer.json()["code"]) == (400, "invalid")
    assert list(answer.json()["errors"]) == list(wrong)
    assert nothing_was_written()


def test_an_unknown_job_is_not_found(alice: User, client_of: ClientOf) -> None:
    answer = client_of(alice).post(SWIPES, {"job": 1, "direction": "right", "key": str(uuid4())}, format="json")
    assert answer.status_code == 404
    assert nothing_was_written()


def test_another_persons_resume_is_not_found(alice: User, bob: User, job: Job, client_of: ClientOf) -> None:
    answer = client_of(alice).post(SWIPES, body(job, resume=bob.resumes.get().pk), format="json")
    assert answer.status_code == 404
    assert nothing_was_written()


def test_nobody_swipes_without_signing_in(job: Job) -> None:
    answer = APIClient().post(SWIPES, body(job), format="json")
    assert answer.status_code == 401
    assert answer["Content-Type"] == "application/problem+json"


def test_a_token_swipes_for_its_person(alice: User, job: Job) -> None:
    _, secret = issue_token(user=alice, name="script")
    client = APIClient(headers={"Authorization": f"Bearer {secret}"})
    assert client.post(SWIPES, body(job), format="json").status_code == 201
    assert (
        APIClient(headers={"Authorization": "Bearer js_wrong"}).post(SWIPES, body(job), format="json").status_code
        == 401
    )


def test_one_key_of_two_people_is_two_swipes(alice: User, bob: User, job: Job, client_of: ClientOf) -> None:
    given = body(job)
    assert client_of(alice).post(SWIPES, given, format="json").status_code == 201
    assert client_of(bob).post(SWIPES, given, format="json").status_code == 201


def undo(client: APIClient, key: str | UUID) -> int:
    return client.delete(f"{SWIPES}{key}/").status_code


def test_undo_returns_the_job_to_the_deck(alice: User, job: Job, client_of: ClientOf) -> None:
    given, client = body(job), client_of(alice)
    client.post(SWIPES, given, format="json")
    assert client.get("/api/v1/deck/").json()["results"] == []
    assert undo(client, given["key"]) == 204
    assert undo(client, given["key"]) == 204
    assert [row["id"] for row in client.get("/api/v1/deck/").json()["results"]] == [job.pk]
    assert Application.objects.get().status == Status.CANCELLED


def test_undo_is_too_late_once_a_runner_has_it(alice: User, job: Job, client_of: ClientOf) -> None:
    given, client = body(job), client_of(alice)
    client.post(SWIPES, given, format="json")
    leases.claim(lane=Lane.SERVER, runner="test")
    assert undo(client, given["key"]) == 409
    assert Swipe.objects.get().retracted_at is None


def test_a_stranger_cannot_undo(alice: User, bob: User, job: Job, client_of: ClientOf) -> None:
    given = body(job)
    client_of(alice).post(SWIPES, given, format="json")
    assert undo(client_of(bob), given["key"]) == 404
    assert undo(client_of(alice), uuid4()) == 404
    assert undo(client_of(alice), "not-a-key") == 404


def test_the_lane_is_the_persons_computer_once_there_is_one(
    alice: User, swipe_right: Callable[..., Application]
) -> None:
    Device.objects.create(user=alice, name="Laptop")
    assert swipe_right(alice, make_job()).lane == Lane.DEVICE


def test_the_lane_changes_when_the_allowance_is_used_up(alice: User, swipe_right: Callable[..., Application]) -> None:
    User.objects.filter(pk=alice.pk).update(server_limit=2)
    Application.objects.filter(pk=swipe_right(alice, make_job()).pk).update(submitted_at="2026-01-01T00:00Z")
    waiting, next_one = swipe_right(alice, make_job()), swipe_right(alice, make_job())
    assert (waiting.lane, next_one.lane) == (Lane.SERVER, Lane.DEVICE)
    services.withdraw(actor=alice, application_id=waiting.pk)  # nothing was sent: its place is free again
    assert swipe_right(alice, make_job()).lane == Lane.SERVER


def test_swipes_on_an_unchanged_job_share_a_snapshot_and_later_ones_do_not(
    alice: User, bob: User, charlie: User, job: Job, swipe_right: Callable[..., Application]
) -> None:
    first, second = swipe_right(alice, job), swipe_right(bob, job)
    Job.objects.filter(pk=job.pk).update(title="Another title")
    third = swipe_right(charlie, job)
    assert first.snapshot == second.snapshot != third.snapshot
    assert first.snapshot.content["title"] == job.title
