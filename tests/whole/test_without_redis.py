"""Redis carries hints only: without it things take longer, and nothing is lost."""

from collections.abc import Callable
from pathlib import Path
from uuid import uuid4

import requests

from accounts.models import User
from accounts.services import issue_token
from applications.models import Application
from applications.states import Status
from automation.models import Pulse
from jobs.models import Job
from tests.conftest import make_job
from tests.processes import PATIENCE, Employers, Process, StartWorker, answers, free_port, until

NOWHERE = "redis://127.0.0.1:9/0"


def test_a_worker_without_redis_finds_its_work_by_itself(
    alice: User, employers: Employers, start_worker: StartWorker, swipe_right: Callable[[User, Job], Application]
) -> None:
    alice.answers.create(question="Why do you want to work at Meridian?", normalized="x", answer="Weather matters.")
    application = swipe_right(alice, make_job(apply_url=f"{employers.url}/meridian/jobs/no-redis/apply"))
    start_worker(until_it_says="Cannot connect to redis", REDIS_URL=NOWHERE)
    until(lambda: Application.objects.get().status == Status.COMPLETED, "it is sent")
    assert len(employers.inbox("no-redis")) == 1
    assert application.attempts.count() == 1
    until(lambda: Pulse.objects.filter(kind=Pulse.Kind.WORKER).exists(), "the worker gives a sign of life")


def test_a_swipe_without_redis_is_taken(transactional_db: None, alice: User, tmp_path: Path) -> None:
    job, (_, secret) = make_job(), issue_token(user=alice, name="test")
    port = free_port()
    web = Process("uvicorn", "jobswipe.asgi:application", "--port", str(port), log=tmp_path / "log", REDIS_URL=NOWHERE)
    try:
        site = f"http://127.0.0.1:{port}"
        until(lambda: answers(f"{site}/healthz"), "the site is up")
        answer = requests.post(
            f"{site}/api/v1/swipes/",
            json={"job": job.pk, "direction": "right", "key": str(uuid4())},
            headers={"Authorization": f"Bearer {secret}"},
            timeout=PATIENCE,
        )
    finally:
        web.stop()
    assert answer.status_code == 201
    assert alice.applications.get().status == Status.QUEUED
