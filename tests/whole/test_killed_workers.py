"""A worker that dies with SIGKILL loses nothing and sends nothing twice, wherever it was."""

from collections.abc import Callable

from accounts.models import User
from applications.models import Application
from applications.states import ReviewKind, Status
from automation.models import Attempt
from jobs.models import Job
from tests.conftest import make_job
from tests.processes import Employers, StartWorker, until

SwipeRight = Callable[[User, Job], Application]


def now(application: Application) -> Application:
    application.refresh_from_db()
    return application


def test_killed_before_the_submit_it_is_tried_again_and_sent_once(
    alice: User, employers: Employers, start_worker: StartWorker, swipe_right: SwipeRight
) -> None:
    alice.answers.create(question="Why do you want to work at Meridian?", normalized="x", answer="Weather matters.")
    job = make_job(apply_url=f"{employers.url}/meridian/jobs/killed-before/apply?slow=2")
    first = start_worker(SERVER_LEASE="8")
    application = swipe_right(alice, job)
    until(lambda: Attempt.objects.filter(step="opening").exists(), "the robot is at work")
    first.kill()
    assert now(application).status == Status.PROCESSING

    start_worker()
    until(lambda: now(application).status == Status.COMPLETED, "sent by another worker")
    assert [attempt.outcome for attempt in application.attempts.order_by("lease")] == ["lost", "submitted"]
    assert len(employers.inbox("killed-before")) == 1


def test_killed_after_the_grant_it_goes_to_review_and_is_not_sent_again(
    alice: User, employers: Employers, start_worker: StartWorker, swipe_right: SwipeRight
) -> None:
    alice.answers.create(question="Why do you want to work at Meridian?", normalized="x", answer="Weather matters.")
    job = make_job(apply_url=f"{employers.url}/meridian/jobs/killed-after/apply?slow=2")
    first = start_worker(SERVER_LEASE="8")
    application = swipe_right(alice, job)
    until(lambda: Attempt.objects.filter(submit_started_at__isnull=False).exists(), "the click is granted")
    first.kill()

    start_worker()
    until(lambda: now(application).status == Status.REVIEW, "the person is asked")
    assert application.review_kind == ReviewKind.UNCONFIRMED
    assert application.attempts.count() == 1
    assert len(employers.inbox("killed-after")) <= 1


def test_a_worker_that_is_asked_to_stop_gives_back_what_it_has_not_sent(
    alice: User, employers: Employers, start_worker: StartWorker, swipe_right: SwipeRight
) -> None:
    alice.answers.create(question="Why do you want to work at Meridian?", normalized="x", answer="Weather matters.")
    job = make_job(apply_url=f"{employers.url}/meridian/jobs/asked-to-stop/apply?slow=2")
    first = start_worker()
    application = swipe_right(alice, job)
    until(lambda: Attempt.objects.filter(step="opening").exists(), "the robot is at work")
    assert first.stop() == 0
    assert (now(application).status, application.tries) == (Status.QUEUED, 0)

    start_worker()
    until(lambda: now(application).status == Status.COMPLETED, "sent by another worker")
    assert len(employers.inbox("asked-to-stop")) == 1
