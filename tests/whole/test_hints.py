"""A hint starts work at once; looking at PostgreSQL is for when it is lost. With any broker (script/rabbitmq)."""

from collections.abc import Callable

from accounts.models import User
from applications.models import Application
from applications.states import Status
from jobs.models import Job
from tests.conftest import make_job
from tests.processes import Employers, StartWorker, until


def test_a_worker_that_does_not_look_by_itself_carries_out_what_it_is_told_of(
    alice: User, employers: Employers, start_worker: StartWorker, swipe_right: Callable[[User, Job], Application]
) -> None:
    alice.answers.create(question="Why do you want to work at Meridian?", normalized="x", answer="Weather matters.")
    start_worker(WORKER_POLL="3600", HOUSEKEEPING_EVERY="3600")
    for job in ("hinted", "hinted-again"):
        swipe_right(alice, make_job(apply_url=f"{employers.url}/meridian/jobs/{job}/apply"))
        until(lambda: alice.applications.latest("id").status == Status.COMPLETED, "it is sent")
        assert len(employers.inbox(job)) == 1
