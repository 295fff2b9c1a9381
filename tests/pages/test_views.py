"""Each page does its job for its person, by plain forms too, and shows a stranger nothing."""

import re
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any
from urllib.parse import quote
from uuid import uuid4

import pytest
from django.db.models.functions import Now
from django.test import Client
from rest_framework.test import APIClient

from accounts.models import Resume, User
from applications.models import Application, Lane, Swipe
from applications.states import Status
from automation import leases
from automation.models import Evidence
from automation.outcomes import finish
from automation.reports import add_evidence
from jobs.models import Company, Job
from jobs.services import close_jobs
from tests.conftest import make_job

SwipeRight = Callable[[User, Job], Application]
QUESTION: dict[str, Any] = {
    "label": "Favourite constellation?", "kind": "text", "options": [], "required": True, "why": "unknown",
}  # fmt: skip
HOSTILE = "\"'><img src=x onerror=y()><script>alert(1)</script>"
ALIVE = ("<img src=x", "<script>alert(1)", "\"'>")  # what of it would be read as more than text
REPORT = [{"label": "First name", "kind": "text", "required": True, "value": "Alice", "source": "profile"}]


@pytest.fixture
def client(alice: User, client_of: Callable[[User], APIClient]) -> Client:
    return client_of(alice)


@pytest.fixture
def application(alice: User, job: Job, swipe_right: SwipeRight) -> Application:
    return swipe_right(alice, job)


def run_to(outcome: str, *, granted: bool = False, **result: Any) -> Evidence:
    [attempt] = leases.claim(lane=Lane.SERVER, runner="test")
    leases.start(attempt_id=attempt.pk, lease=attempt.lease)
    evidence = add_evidence(attempt=attempt, name="page.png", kind="page", content=b"\x89PNG")
    if granted:
        leases.begin_submit(attempt_id=attempt.pk, lease=attempt.lease)
    finish(attempt_id=attempt.pk, lease=attempt.lease, result={"outcome": outcome, "fields": REPORT, **result})
    return evidence


def form(job: Job, direction: str) -> dict[str, Any]:
    return {"job": job.pk, "direction": direction, "key": str(uuid4())}


def test_buttons_of_rows_say_which_row_is_theirs(client: Client, alice: User) -> None:
    for name in ("long.pdf", "short.pdf"):
        Resume.objects.create(user=alice, name=name, file=name, size=1)
    buttons = re.findall(r'<button class="button button--small.*?</button>', client.get("/profile").content.decode())
    assert len(buttons) > 4
    assert len(set(buttons)) == len(buttons)


# ---------------------------------------------------------------- the deck


def test_the_deck_shows_what_is_undecided(client: Client, job: Job) -> None:
    assert job.title in client.get("/jobs").content.decode()
    client.post("/jobs/swipe", form(job, "left"))
    page = client.get("/jobs").content.decode()
    assert "No open job is left to decide on" in page
    page = client.get("/jobs?q=nothing-reads-so").content.decode()
    assert "You have decided" not in page  # nobody decided on what there is not
    assert "No open job that fits what you look for" in page


def test_a_card_is_a_form(client: Client, alice: User, job: Job) -> None:
    page = client.post("/jobs/swipe", form(job, "right"), follow=True).content.decode()
    assert f"Queued: {job.title} at {job.company.name}." in page
    assert alice.applications.get().job == job


def test_one_application_can_be_looked_at_before_it_is_sent(client: Client, alice: User, job: Job) -> None:
    page = client.get(f"/jobs/{job.pk}").content.decode()
    assert "Show me before it is sent" in page
    choice = {"resume": alice.resumes.get().pk, "cover_letter": "I like rain.", "review": "true"}
    client.post("/jobs/swipe", form(job, "right") | choice)
    application = alice.applications.get()
    assert (application.status, application.available_at) == (Status.PENDING, None)
    page = client.get(f"/applications/{application.pk}").content.decode()
    for shown in ("resume.pdf", "I like rain.", "Send it now"):
        assert shown in page
    assert "See where it stands" in client.get(f"/jobs/{job.pk}").content.decode()


@pytest.mark.parametrize("wrong", [{"direction": "up"}, {"key": "x"}, {"job": "x"}, {"job": "9" * 30}])
def test_a_form_that_is_no_decision_writes_nothing(client: Client, job: Job, wrong: dict[str, str]) -> None:
    answer = client.post("/jobs/swipe", form(job, "right") | wrong, follow=True)
    assert "That was no decision on a job" in answer.content.decode()
    assert not Swipe.objects.exists()


def test_a_closed_job_is_said_to_be_closed(client: Client, job: Job) -> None:
    close_jobs([job.pk], reason="Filled")
    assert (
        "This job takes no more applications"
        in client.post("/jobs/swipe", form(job, "right"), follow=True).content.decode()
    )


def test_undo_brings_the_card_back(client: Client, job: Job) -> None:
    given = form(job, "right")
    client.post("/jobs/swipe", given)
    client.post("/jobs/undo", {"key": given["key"]})
    assert job.title in client.get("/jobs").content.decode()


def test_passed_and_saved_jobs_can_be_decided_anew(client: Client, alice: User) -> None:
    passed, saved = make_job(), make_job()
    client.post("/jobs/swipe", form(passed, "left"))
    client.post("/jobs/swipe", form(saved, "save"))
    assert passed.title in client.get("/jobs/passed").content.decode()
    assert saved.title in client.get("/jobs/saved").content.decode()
    client.post("/jobs/swipe", form(passed, "right"), follow=True)
    assert passed.title not in client.get("/jobs/passed").content.decode()
    assert alice.applications.get().job == passed


def test_more_cards_come_in_order_and_none_twice(client: Client) -> None:
    titles = [make_job().title for _ in range(9)][::-1]
    first = client.get("/jobs/cards").content.decode()
    assert [title for title in titles if f"{title}</h2>" in first] == titles[:6]
    held = list(Job.objects.filter(title__in=titles[:6]).values_list("pk", flat=True))
    more = client.get("/jobs/cards", {"held": held}).content.decode()
    assert [title for title in titles if f"{title}</h2>" in more] == titles[6:]


def test_a_description_from_outside_cannot_do_harm(client: Client) -> None:
    hostile = make_job(
        description='<p onclick="x()">Hi</p><script>alert(1)</script><img src=x onerror=y()>'
        '<a href="javascript:z()">z</a>'
    )
    for path in ("/jobs", f"/jobs/{hostile.pk}"):
        page = client.get(path).content.decode()
        assert "<p>Hi</p>" in page
        for sign in ("alert(1)", "onclick", "onerror", "javascript:"):
            assert sign not in page


@pytest.mark.parametrize("who", ["alice", "charlie"])
@pytest.mark.parametrize(
    "path", ["/jobs", "/applications", "/devices", "/accounts/login/", "/nowhere", "/admin/", "/admin/jobs/job/"]
)
def test_what_an_address_says_comes_back_as_text_alone(
    path: str, who: str, request: pytest.FixtureRequest, client_of: Callable[[User], APIClient]
) -> None:
    somebody = client_of(request.getfixturevalue(who))
    said = dict.fromkeys(("q", "lane", "code", "next", "view", "o", "page", "status__exact", "e"), HOSTILE)
    page = somebody.get(f"{path}{quote(HOSTILE)}" if path == "/nowhere" else path, said, follow=True).content.decode()
    assert not [sign for sign in ALIVE if sign in page]


def test_a_posting_that_calls_itself_a_script_is_read_as_text(
    client: Client, charlie: User, client_of: Callable[[User], APIClient], alice: User, swipe_right: SwipeRight
) -> None:
    job = make_job(title=HOSTILE, location=HOSTILE, department=HOSTILE)
    Company.objects.filter(pk=job.company_id).update(name=HOSTILE, about=HOSTILE)
    deck = [client.get(path).content.decode() for path in ("/jobs", f"/jobs/{job.pk}")]
    application = swipe_right(alice, job)
    board = [client.get(path).content.decode() for path in ("/applications", f"/applications/{application.pk}")]
    lists = ("/admin/jobs/job/", f"/admin/jobs/job/{job.pk}/change/", "/admin/applications/application/")
    staff = [client_of(charlie).get(path).content.decode() for path in lists]
    for page in deck + board + staff:
        assert "&lt;script&gt;alert(1)" in page
        assert not [sign for sign in ALIVE if sign in page]


def test_pages_allow_no_inline_script(client: Client, job: Job) -> None:
    policy = client.get("/jobs")["Content-Security-Policy"]
    assert "default-src 'self'" in policy
    assert "unsafe-inline" not in policy


# ---------------------------------------------------------------- board and application


def test_the_board_shows_each_where_it_stands(client: Client, application: Application) -> None:
    page = client.get("/applications").content.decode()
    assert f'id="application-{application.pk}" data-status="QUEUED"' in page


def test_the_page_tells_the_story_with_what_was_sent(client: Client, application: Application) -> None:
    evidence = run_to("submitted", granted=True, confirmation="response", message="Thank you for applying.")
    page = client.get(f"/applications/{application.pk}").content.decode()
    for shown in (
        "Thank you for applying.",
        "What was sent",
        "Alice",
        f"/evidence/{evidence.pk}",
        "The posting as it was",
    ):
        assert shown in page


@pytest.mark.parametrize(("kind", "caption"), [("after-submit", "After sending"), ("page", "Page")])
def test_a_picture_says_when_it_was_taken(client: Client, application: Application, kind: str, caption: str) -> None:
    [attempt] = leases.claim(lane=Lane.SERVER, runner="test")
    add_evidence(attempt=attempt, name="x.png", kind=kind, content=b"\x89PNG")
    page = client.get(f"/applications/{application.pk}").content.decode()
    assert f"<figcaption>{caption}</figcaption>" in page


def test_questions_are_answered_on_the_page(client: Client, application: Application) -> None:
    run_to("needs_answers", questions=[QUESTION], message="It asks.")
    assert QUESTION["label"] in client.get(f"/applications/{application.pk}").content.decode()
    client.post(f"/applications/{application.pk}/answer", {"question": QUESTION["label"], "answer": "Orion"})
    application.refresh_from_db()
    assert application.status == Status.QUEUED


@pytest.mark.parametrize(("word", "status"), [("yes", Status.COMPLETED), ("no", Status.QUEUED)])
def test_the_persons_word_settles_it(client: Client, application: Application, word: str, status: Status) -> None:
    run_to("unconfirmed", granted=True)
    client.post(f"/applications/{application.pk}/confirm", {"went_through": word})
    application.refresh_from_db()
    assert application.status == status


def test_the_last_picture_stands_beside_did_it_go_through(client: Client, application: Application) -> None:
    evidence = run_to("unconfirmed", granted=True)
    page = client.get(f"/applications/{application.pk}").content.decode()
    assert page.index(f"/evidence/{evidence.pk}") < page.index("It went through") < page.index("It did not, try again")


def test_a_challenge_may_be_passed_by_hand(client: Client, application: Application) -> None:
    run_to("challenge", message="A CAPTCHA is in the way.")
    page = client.get(f"/applications/{application.pk}").content.decode()
    assert "A CAPTCHA is in the way." in page
    assert application.snapshot.content["apply_url"] in page
    assert "I did it myself" in page
    client.post(f"/applications/{application.pk}/confirm", {"went_through": "yes"})
    application.refresh_from_db()
    assert (application.status, application.confirmation, application.lane) == (Status.COMPLETED, "person", Lane.DEVICE)


def test_a_closed_posting_stays_readable(client: Client, application: Application) -> None:
    run_to("posting_closed", message="They take no more applications.")
    Job.objects.update(description="<p>Gone.</p>")
    page = client.get(f"/applications/{application.pk}").content.decode()
    assert '<details class="box" open>' in page
    assert "Build things." in page
    assert "Gone." not in page


def test_every_attempt_is_told_with_its_failure(client: Client, application: Application) -> None:
    run_to("failed", failure_kind="network", message="The line broke.")
    Application.objects.update(available_at=Now())
    run_to("submitted", granted=True, confirmation="page", message="They thanked you.")
    page = client.get(f"/applications/{application.pk}").content.decode()
    for shown in ('id="attempt-1"', 'id="attempt-2"', "The line broke.", "They thanked you."):
        assert shown in page


@pytest.mark.parametrize(("zone", "shown"), [("Asia/Tokyo", "12:30 JST"), ("", "03:30 UTC"), ("../x", "03:30 UTC")])
def test_times_are_those_of_the_persons_clock(client: Client, application: Application, zone: str, shown: str) -> None:
    run_to("failed", failure_kind="network", message="The line broke.")
    Application.objects.update(available_at=datetime(2030, 1, 1, 3, 30, tzinfo=UTC))
    client.cookies["zone"] = zone
    assert f"We try again on Tue 1 Jan at {shown}." in client.get(f"/applications/{application.pk}").content.decode()


def test_what_was_withdrawn_leads_back_to_its_job_while_that_is_open(
    client: Client, application: Application, job: Job
) -> None:
    page = client.post(f"/applications/{application.pk}/withdraw", follow=True).content.decode()
    assert re.search(rf'href="/jobs/{job.pk}">Apply after all<', page)
    assert 'value="right">Apply<' in client.get(f"/jobs/{job.pk}").content.decode()
    close_jobs([job.pk], reason="Filled")
    assert "Apply after all" not in client.get(f"/applications/{application.pk}").content.decode()


def test_what_cannot_be_done_is_said(client: Client, application: Application) -> None:
    answer = client.post(f"/applications/{application.pk}/retry", follow=True)
    assert "nothing to try again" in answer.content.decode()


def test_evidence_is_private_and_powerless(
    client: Client, application: Application, bob: User, charlie: User, client_of: Any
) -> None:
    evidence = run_to("submitted", granted=True, confirmation="page")
    answer = client.get(f"/evidence/{evidence.pk}")
    assert (answer.content, answer["Content-Type"]) == (b"\x89PNG", "image/png")
    assert answer["Cache-Control"] == "private, no-store"
    assert "sandbox" in answer["Content-Security-Policy"]
    assert client_of(bob).get(f"/evidence/{evidence.pk}").status_code == 404
    assert client_of(charlie).get(f"/evidence/{evidence.pk}").status_code == 200
    assert Client().get(f"/evidence/{evidence.pk}").status_code == 302


READS = ["", "/card", "/live", "/archive"]
WRITES = ["/withdraw", "/retry", "/release", "/confirm", "/answer"]


@pytest.mark.parametrize("path", READS)
def test_a_stranger_sees_nothing(application: Application, bob: User, client_of: Any, path: str) -> None:
    assert client_of(bob).get(f"/applications/{application.pk}{path}").status_code == 404
    assert client_of(bob).get(f"/applications/{10**12}{path}").status_code == 404


@pytest.mark.parametrize("path", WRITES)
def test_a_stranger_changes_nothing(application: Application, bob: User, client_of: Any, path: str) -> None:
    answer = client_of(bob).post(f"/applications/{application.pk}{path}", {"question": "x", "answer": "y"})
    assert answer.status_code == 404
    application.refresh_from_db()
    assert application.status == Status.QUEUED


@pytest.mark.parametrize("path", [*(f"/applications/1{path}" for path in WRITES), "/jobs/swipe", "/jobs/undo"])
def test_nothing_is_changed_by_a_get(client: Client, path: str) -> None:
    assert client.get(path).status_code == 405


@pytest.mark.parametrize("path", ["/jobs", "/jobs/1", "/applications", "/applications/1"])
def test_a_page_takes_no_post(alice: User, client_of: Any, path: str) -> None:
    assert client_of(alice).post(path).status_code == 405


def test_an_unknown_page_is_a_page(client: Client) -> None:
    answer = client.get("/nowhere")
    assert (answer.status_code, "There is nothing here" in answer.content.decode()) == (404, True)


def test_a_form_without_its_token_is_refused(alice: User, job: Job) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(alice)
    answer = client.post("/jobs/swipe", form(job, "right"))
    assert (answer.status_code, "reload the page" in answer.content.decode()) == (403, True)
    assert not Swipe.objects.exists()
