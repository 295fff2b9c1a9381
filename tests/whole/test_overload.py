"""Past its limit the site refuses at once and says when to come back; then it answers as before. Nothing is lost."""

from collections import Counter
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from http import HTTPStatus
from pathlib import Path
from uuid import uuid4

import pytest
import requests

from accounts.services import issue_token
from applications.models import Application, Swipe
from applications.states import Status
from automation.models import Device
from tests.conftest import make_job, make_person
from tests.processes import PATIENCE, Process, answers, free_port, until

AT_ONCE = 3  # requests that the site lets in
CROWD = 40  # that come at a time
REFUSALS = {HTTPStatus.SERVICE_UNAVAILABLE, HTTPStatus.TOO_MANY_REQUESTS}


@dataclass
class Wish:
    """A swipe that somebody wants to make. Repeated with its key, it counts once."""

    secret: str
    job: int
    key: str = field(default_factory=lambda: str(uuid4()))

    def send(self, site: str) -> requests.Response:
        return requests.post(
            f"{site}/api/v1/swipes/",
            json={"job": self.job, "direction": "right", "key": self.key},
            headers={"Authorization": f"Bearer {self.secret}"},
            timeout=PATIENCE,
        )


@pytest.fixture
def wishes(transactional_db: None) -> list[Wish]:
    """Five people's, a hundred and sixty in all."""
    jobs, secrets = [make_job().pk for _ in range(32)], []
    for name in ("alice", "bob", "carol", "dave", "erin"):
        person = make_person(name)
        Device.objects.create(user=person, name="Laptop")  # what waits has no bound there
        secrets.append(issue_token(user=person, name="test")[1])
    return [Wish(secret, job) for job in jobs for secret in secrets]


@pytest.fixture
def small_site(transactional_db: None, tmp_path: Path) -> Iterator[str]:
    port = free_port()
    command = ("uvicorn", "jobswipe.asgi:application", "--port", str(port))
    web = Process(*command, log=tmp_path / "log", REQUESTS_AT_ONCE=str(AT_ONCE))
    try:
        until(lambda: answers(f"http://127.0.0.1:{port}/healthz"), "the site answers")
        yield f"http://127.0.0.1:{port}"
    finally:
        web.stop()


def come(site: str, wishes: Sequence[Wish], *, at_a_time: int) -> list[requests.Response]:
    with ThreadPoolExecutor(at_a_time) as crowd:
        return list(crowd.map(lambda wish: wish.send(site), wishes))


def test_a_crowd_is_refused_with_a_time_and_whoever_comes_back_is_served(small_site: str, wishes: list[Wish]) -> None:
    answered = come(small_site, wishes, at_a_time=CROWD)
    counts = Counter(answer.status_code for answer in answered)
    assert set(counts) <= {HTTPStatus.CREATED, *REFUSALS}, counts
    assert counts[HTTPStatus.CREATED], "some are served meanwhile"
    refused = [answer for answer in answered if answer.status_code in REFUSALS]
    assert refused, "nothing was too much"
    assert all(int(answer.headers["Retry-After"]) > 0 for answer in refused)
    assert Swipe.objects.count() == counts[HTTPStatus.CREATED], "a refused swipe is not half made"
    told = requests.get(f"{small_site}/metrics", timeout=PATIENCE).text
    assert f'jobswipe_refused_total{{code="busy"}} {len(refused):.1f}' in told, "operators see none of it"

    again = come(small_site, wishes, at_a_time=AT_ONCE)  # by itself, without a restart
    assert Counter(answer.status_code for answer in again) == {
        HTTPStatus.OK: counts[HTTPStatus.CREATED],
        HTTPStatus.CREATED: len(refused),
    }
    assert Application.objects.filter(status=Status.QUEUED).count() == len(wishes)
