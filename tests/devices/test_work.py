"""A device carries its person's applications out by REST, under the same leases as a server worker."""

import hashlib
import json
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db.models.functions import Now
from rest_framework.test import APIClient

from accounts.models import User
from accounts.services import issue_token
from applications import services
from applications.models import Application, Lane
from applications.states import ReviewKind, Status
from automation import leases
from automation.devices import services as devices
from automation.models import Attempt, Evidence, LogEntry
from automation.outcomes import return_stuck
from jobs.models import Job
from tests.conftest import make_job
from tests.devices.conftest import SUBMITTED, Agent, Swipe

PNG = b"\x89PNG\r\n\x1a\n" + bytes(40)
ENTRY = {"seq": 1, "step": "opening", "message": "Opening the posting", "percent": 5}
WRITES: dict[str, dict[str, Any]] = {
    "heartbeat": {"step": "filling", "percent": 40},
    "log": {"entries": [ENTRY]},
    "begin-submit": {},
    "give-back": {},
    "finish": SUBMITTED,
}


def write(agent: Agent, attempt: dict[str, Any], name: str, **more: Any) -> Any:
    usual = {} if name == "finish" and more else WRITES[name]
    return agent.post(f"attempts/{attempt['id']}/{name}/", {"token": attempt["token"], **usual, **more})


def send_file(agent: Agent, attempt: dict[str, Any], name: str, content: bytes, **more: Any) -> Any:
    body = {"token": attempt["token"], "name": name, "kind": "page", "file": SimpleUploadedFile("x", content), **more}
    return agent.post(f"attempts/{attempt['id']}/evidence/", body, format="multipart")


def status() -> str:
    return Application.objects.get().status


def test_an_application_goes_from_the_claim_to_the_proof(
    laptop: Agent, alice: User, attempt: dict[str, Any], application: Application
) -> None:
    assert (attempt["application"], status()) == (application.pk, Status.CLAIMED)
    packet = attempt["packet"]
    assert packet["candidate"]["email"] == alice.email
    assert attempt["packet_sha256"] == hashlib.sha256(json.dumps(packet, sort_keys=True).encode()).hexdigest()
    resume = laptop.get(f"resumes/{packet['resume']['sha256']}/")
    assert hashlib.sha256(resume.content).hexdigest() == packet["resume"]["sha256"]

    assert write(laptop, attempt, "heartbeat", step="").status_code == 200
    assert status() == Status.CLAIMED  # it only renewed
    assert write(laptop, attempt, "heartbeat").json()["lease_expires_at"] > attempt["lease_expires_at"]
    assert status() == Status.PROCESSING
    assert write(laptop, attempt, "log").json() == {"last_seq": 1}
    assert send_file(laptop, attempt, "before-submit.png", PNG).status_code == 201
    assert [write(laptop, attempt, "begin-submit").json()["granted"] for _ in range(2)] == [True, True]
    for _ in range(2):
        done = write(laptop, attempt, "finish")
        assert (done.status_code, done.json()) == (200, {"application": application.pk, "status": "COMPLETED"})
    application.refresh_from_db()
    assert (application.confirmation, application.lane) == ("response", Lane.DEVICE)
    story = [(event.data.get("to"), event.data.get("step")) for event in application.events.all()]
    assert story == [
        ("PENDING", None), ("QUEUED", None), ("CLAIMED", None), ("PROCESSING", None), (None, "opening"),
        ("COMPLETED", None),
    ]  # fmt: skip


def test_it_may_go_straight_to_the_barrier(laptop: Agent, attempt: dict[str, Any]) -> None:
    assert write(laptop, attempt, "begin-submit").status_code == 200
    assert write(laptop, attempt, "finish").json()["status"] == "COMPLETED"


def test_a_device_gets_only_what_its_own_person_swiped(
    laptop: Agent, bobs: Agent, bob: User, application: Application, swipe_right: Swipe
) -> None:
    of_bob = swipe_right(bob, make_job())
    assert [one["application"] for one in bobs.claim(10)] == [of_bob.pk]
    assert [one["application"] for one in laptop.claim(10)] == [application.pk]
    assert laptop.claim() == []


@pytest.mark.parametrize("name", [*WRITES, "evidence"])
def test_a_stranger_finds_no_attempt(bobs: Agent, attempt: dict[str, Any], alice: User, name: str) -> None:
    another = Agent(alice, "Her tower")
    for stranger in (bobs, another):
        answer = send_file(stranger, attempt, "x.png", PNG) if name == "evidence" else write(stranger, attempt, name)
        assert (answer.status_code, answer.json()["code"]) == (404, "not_found")
    assert status() == Status.CLAIMED
    assert not Evidence.objects.exists()
    assert not LogEntry.objects.exists()


def test_a_stranger_gets_no_resume(laptop: Agent, bobs: Agent, attempt: dict[str, Any]) -> None:
    path = f"resumes/{attempt['packet']['resume']['sha256']}/"
    assert bobs.get(path).status_code == 404
    write(laptop, attempt, "give-back")
    assert laptop.get(path).status_code == 404  # it holds nothing that names it any more


@pytest.mark.parametrize(
    ("path", "verb"),
    [("claims/", "post"), ("attempts/", "get"), ("devices/work/", "get"), ("devices/me/", "get"),
     ("attempts/1/finish/", "post"), ("attempts/1/evidence/", "post")],
)  # fmt: skip
def test_only_a_device_may_do_what_devices_do(
    alice: User, client_of: Callable[[User], APIClient], path: str, verb: str
) -> None:
    _, secret = issue_token(user=alice, name="hers")
    of_a_person = APIClient(HTTP_AUTHORIZATION=f"Bearer {secret}")
    nobody, session = APIClient(), client_of(alice)
    url = f"/api/v1/{path}"
    assert [getattr(client, verb)(url).status_code for client in (of_a_person, nobody, session)] == [403, 401, 401]


def test_a_device_may_do_nothing_else(laptop: Agent, application: Application) -> None:
    for path in ("deck/", "applications/", f"applications/{application.pk}/", "events/"):
        assert laptop.get(path).status_code == 403
    assert laptop.post(f"applications/{application.pk}/withdraw/").status_code == 403


@pytest.mark.parametrize("name", WRITES)
def test_a_wrong_token_is_told_so(laptop: Agent, attempt: dict[str, Any], name: str) -> None:
    answer = write(laptop, {**attempt, "token": attempt["token"] + 1}, name)
    assert (answer.status_code, answer.json()["code"], answer.json()["reason"]) == (409, "lease_lost", "token")
    assert status() == Status.CLAIMED


@pytest.mark.parametrize("name", WRITES)
def test_a_withdrawal_is_told_at_the_next_word(laptop: Agent, alice: User, attempt: dict[str, Any], name: str) -> None:
    services.withdraw(actor=alice, application_id=attempt["application"])
    answer = write(laptop, attempt, name)
    assert (answer.status_code, answer.json()["code"], answer.json()["reason"]) == (409, "lease_lost", "withdrawn")
    assert status() == Status.CANCELLED
    stop = laptop.get(f"devices/work/?holding={attempt['id']}").json()["stop"]
    assert stop == [{"attempt": attempt["id"], "reason": "withdrawn"}]


@pytest.mark.parametrize("name", WRITES)
def test_a_finish_for_a_lease_long_gone_changes_nothing(laptop: Agent, attempt: dict[str, Any], name: str) -> None:
    Attempt.objects.update(lease_expires_at=Now() - timedelta(seconds=1))
    return_stuck()
    Application.objects.update(available_at=Now())
    [newer] = laptop.claim()
    answer = write(laptop, attempt, name)
    assert (answer.status_code, answer.json()["reason"]) == (409, "lost")
    assert status() == Status.CLAIMED
    assert laptop.get("devices/work/").json()["held"] == [newer["id"]]


def test_proof_that_comes_after_the_lease_was_lost_settles_it(laptop: Agent, attempt: dict[str, Any]) -> None:
    write(laptop, attempt, "begin-submit")
    Attempt.objects.update(lease_expires_at=Now() - timedelta(seconds=1))
    return_stuck()
    assert Application.objects.get().review_kind == ReviewKind.UNCONFIRMED
    for outcome in ("unconfirmed", "failed"):
        assert write(laptop, attempt, "finish", outcome=outcome).status_code == 409
    assert send_file(laptop, attempt, "after-submit.png", PNG).status_code == 201
    for _ in range(2):
        assert write(laptop, attempt, "finish").json()["status"] == "COMPLETED"
    assert Attempt.objects.get().outcome == "submitted"


def test_nothing_counts_as_submitted_without_grant_or_proof(laptop: Agent, attempt: dict[str, Any]) -> None:
    answer = write(laptop, attempt, "finish")
    assert (answer.status_code, answer.json()["reason"]) == (409, "not_granted")
    write(laptop, attempt, "begin-submit")
    assert write(laptop, attempt, "finish", outcome="submitted").json()["status"] == "REVIEW"
    assert Application.objects.get().review_kind == ReviewKind.UNCONFIRMED


def test_what_is_given_back_waits_untried(laptop: Agent, attempt: dict[str, Any]) -> None:
    assert write(laptop, attempt, "give-back", message="Going to sleep.").json()["status"] == "QUEUED"
    assert laptop.claim()[0]["application"] == attempt["application"]
    assert Application.objects.get().tries == 1


def test_a_claim_whose_answer_was_lost_is_found_again(laptop: Agent, attempt: dict[str, Any]) -> None:
    assert laptop.get("attempts/").json()["attempts"] == [attempt]


def test_a_version_that_is_too_old_claims_nothing(
    laptop: Agent, alice: User, application: Application, settings: Any
) -> None:
    settings.AGENT_MIN_VERSION = "1.2.0"
    for version, code in (("1.1.9", 403), ("no-version", 403), ("1.10.0", 200)):
        answer = laptop.post("claims/", HTTP_USER_AGENT=f"jobswipe-agent/{version} (Linux)")
        assert answer.status_code == code
        if code == 403:
            assert (answer.json()["code"], answer.json()["min_version"]) == ("agent_too_old", "1.2.0")
    laptop.device.refresh_from_db()
    assert (laptop.device.version, laptop.device.platform) == ("1.10.0", "Linux")
    assert not devices.shown_devices(alice)[0].is_too_old
    settings.AGENT_MIN_VERSION = "2.0"
    assert devices.shown_devices(alice)[0].is_too_old


def test_lines_of_a_log_count_once_and_hostile_ones_do_no_harm(
    laptop: Agent, alice: User, attempt: dict[str, Any], client: Any
) -> None:
    hostile = "<script>alert(1)</script>{{ 7|add:7 }} \u202e'; DROP TABLE x; --"
    entries = [ENTRY, {**ENTRY, "seq": 2, "message": hostile}]
    for sent in (entries[:1], entries, entries):
        assert write(laptop, attempt, "log", entries=sent).status_code == 200
    assert list(LogEntry.objects.values_list("seq", flat=True)) == [1, 2]
    client.force_login(alice)
    page = client.get(f"/applications/{attempt['application']}").content.decode()
    assert "&lt;script&gt;alert(1)" in page
    assert "<script>alert" not in page


def test_a_device_asks_its_person_to_come_until_its_next_step(
    laptop: Agent, alice: User, attempt: dict[str, Any], client: Any
) -> None:
    client.force_login(alice)
    pages = (f"/applications/{attempt['application']}", "/applications")
    asks = "Your turn, at your computer"
    write(laptop, attempt, "log", entries=[ENTRY, {**ENTRY, "seq": 2, "step": "your_turn", "message": asks}])
    for page in pages:
        assert 'role="alert"' in client.get(page).content.decode()
        assert asks in client.get(page).content.decode()
    write(laptop, attempt, "log", entries=[{**ENTRY, "seq": 3}])
    for page in pages:
        assert 'role="alert"' not in client.get(page).content.decode()


@pytest.mark.parametrize(
    "entry",
    [{"message": "a\x00b"}, {"message": "x" * 2001}, {"seq": 0}, {"seq": 2**40}, {"percent": 101},
     {"step": "x" * 21}, {"message": "\ud800"}],
)  # fmt: skip
def test_a_line_that_is_none_is_refused_with_those_beside_it(
    laptop: Agent, attempt: dict[str, Any], entry: dict[str, Any]
) -> None:
    answer = write(laptop, attempt, "log", entries=[ENTRY, {**ENTRY, "seq": 2, **entry}])
    assert (answer.status_code, answer.json()["code"]) == (400, "invalid")
    assert not LogEntry.objects.exists()


@pytest.mark.parametrize(
    "result",
    [{"outcome": "dry_run"}, {"outcome": "won"}, {"failure_kind": "bad luck"}, {"message": "a\x00b"},
     {"fields": [{"label": "a\x00", "kind": "text", "required": True, "value": "", "source": "profile"}]},
     {"questions": [{"label": "?"}]}],
)  # fmt: skip
def test_a_result_that_is_none_is_refused(laptop: Agent, attempt: dict[str, Any], result: dict[str, Any]) -> None:
    answer = write(laptop, attempt, "finish", **{"outcome": "failed", **result})
    assert (answer.status_code, answer.json()["code"]) == (400, "invalid")
    assert Attempt.objects.get().finished_at is None


def test_what_the_form_asked_reaches_the_person(laptop: Agent, attempt: dict[str, Any]) -> None:
    question = {"label": "Favourite constellation?", "kind": "text", "options": [], "required": True, "why": "unknown"}
    done = write(laptop, attempt, "finish", outcome="needs_answers", questions=[question])
    assert done.json()["status"] == "REVIEW"
    assert Application.objects.get().questions == [question]


def test_what_a_page_wrote_at_length_is_cut_and_its_outcome_taken(laptop: Agent, attempt: dict[str, Any]) -> None:
    schools = [f"School {number}" for number in range(1500)]
    asked = {"label": "Your school?" * 1000, "kind": "single_choice", "required": True}
    done = write(
        laptop, attempt, "finish", outcome="needs_answers", message="Why? " * 1000,
        questions=[{**asked, "options": [*schools, ""], "why": "unknown"}],
        fields=[{**asked, "value": "x" * 30_000, "source": "skipped"}],
    )  # fmt: skip
    assert done.json()["status"] == "REVIEW", done.json()
    [question] = Application.objects.get().questions
    assert (len(question["label"]), question["options"]) == (5_000, [*schools, ""])


# ---------------------------------------------------------------- evidence


@pytest.mark.parametrize(
    ("content", "media_type"),
    [(PNG, "image/png"), (b"\xff\xd8\xff\xe0" + bytes(9), "image/jpeg"), (b'{"a": 1}', "application/json"),
     (b"<script>alert(1)</script>", "text/plain")],
)  # fmt: skip
def test_evidence_is_what_its_content_shows(
    laptop: Agent, attempt: dict[str, Any], content: bytes, media_type: str
) -> None:
    taken = send_file(laptop, attempt, "page.html", content)
    assert (taken.status_code, taken.json()["content_type"]) == (201, media_type)
    assert taken.json()["sha256"] == hashlib.sha256(content).hexdigest()


def test_the_first_evidence_of_a_name_stays(laptop: Agent, attempt: dict[str, Any]) -> None:
    first = send_file(laptop, attempt, "a.png", PNG).json()
    again = send_file(laptop, attempt, "a.png", PNG + b"other")
    assert (again.status_code, again.json()) == (200, first)


@pytest.mark.parametrize(
    ("fields", "content", "code"),
    [({}, b"MZ\x90\x00\xff", "wrong_kind"), ({}, b"%PDF-1.4\x00\xff", "wrong_kind"), ({}, b"", "invalid"),
     ({"name": "../../etc/passwd"}, PNG, "invalid"), ({"name": "a\nb.png"}, PNG, "invalid"),
     ({"kind": "<b>"}, PNG, "invalid")],
)  # fmt: skip
def test_evidence_of_the_wrong_kind_is_refused(
    laptop: Agent, attempt: dict[str, Any], fields: dict[str, str], content: bytes, code: str
) -> None:
    answer = send_file(laptop, attempt, **{"name": "a.png", **fields}, content=content)
    assert (answer.status_code, answer.json()["code"]) == ({"wrong_kind": 415, "invalid": 400}[code], code)
    assert not Evidence.objects.exists()


def test_evidence_that_is_too_large_or_too_much_is_refused(
    laptop: Agent, attempt: dict[str, Any], settings: Any
) -> None:
    settings.EVIDENCE_MAX_BYTES = 100
    answer = send_file(laptop, attempt, "a.png", PNG + bytes(100))
    assert (answer.status_code, answer.json()["code"]) == (413, "too_large")
    codes = [send_file(laptop, attempt, f"{number}.png", PNG).status_code for number in range(41)]
    assert codes == [201] * 40 + [413]


def test_a_lost_lease_takes_no_evidence_from_a_wrong_token(laptop: Agent, attempt: dict[str, Any]) -> None:
    assert send_file(laptop, {**attempt, "token": 9}, "a.png", PNG).status_code == 409


def test_leases_of_devices_last_as_long_as_theirs(attempt: dict[str, Any]) -> None:
    kept = Attempt.objects.get()
    length = kept.lease_expires_at - kept.claimed_at
    assert abs(length - leases.lease_length(Lane.DEVICE)) < timedelta(seconds=5)


def test_two_devices_of_one_person_never_hold_the_same(
    laptop: Agent, alice: User, swipe_right: Swipe, job: Job
) -> None:
    tower = Agent(alice, "Tower")
    for _ in range(6):
        swipe_right(alice, make_job())
    taken = [one["application"] for _ in range(3) for agent in (laptop, tower) for one in agent.claim()]
    assert len(set(taken)) == len(taken) == 6
