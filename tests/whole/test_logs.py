"""What web and worker log of an application tells its whole way, in JSON, and nothing that is the person's own."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
import requests
from websockets.sync.client import connect
from websockets.typing import Origin

from accounts.models import Candidate, User
from accounts.services import issue_token
from applications.models import Lane
from tests.conftest import make_job
from tests.own_computer import NewComputer
from tests.processes import PATIENCE, Employers, Process, StartWorker, answers, free_port, until

Lines = list[dict[str, Any]]


@pytest.fixture
def web(transactional_db: None, tmp_path: Path) -> Iterator[tuple[str, Path]]:
    """Give address and log of a web process that logs as in production."""
    port, log = free_port(), tmp_path / "web.log"
    process = Process("uvicorn", "jobswipe.asgi:application", "--port", str(port), log=log, LOG_FORMAT="json")
    try:
        until(lambda: answers(f"http://127.0.0.1:{port}/healthz"), "the site answers")
        yield f"http://127.0.0.1:{port}", log
    finally:
        process.stop()


def lines_of(log: Path, **said: Any) -> Lines:
    """Return the lines that say so. What is done is logged after it is done, and an answer after it is given."""
    whole = log.read_text().rpartition("\n")[0]
    lines: Lines = [json.loads(line) for line in whole.splitlines() if line.startswith("{")]
    return [line for line in lines if line.items() >= said.items()]


def test_a_swipe_is_followed_from_its_request_to_its_end(
    web: tuple[str, Path], alice: User, employers: Employers, start_worker: StartWorker, tmp_path: Path
) -> None:
    url, log = web
    Candidate.objects.filter(user=alice).update(first_name="Zyxwvutina", street="Xyzzystreet 77")
    alice.answers.create(question="Why do you want to work at Meridian?", normalized="x", answer="Plugh matters.")
    job = make_job(apply_url=f"{employers.url}/meridian/jobs/rain-engineer")
    headers = {"Authorization": f"Bearer {issue_token(user=alice, name='test')[1]}", "X-Request-ID": "of-this-swipe"}
    worker = start_worker(LOG_FORMAT="json")
    body = {"job": job.pk, "direction": "right", "key": str(uuid4())}
    assert requests.post(f"{url}/api/v1/swipes/", json=body, headers=headers, timeout=PATIENCE).status_code == 201
    application = alice.applications.get()
    until(lambda: lines_of(log, request="of-this-swipe", event="Answered"), "its request is answered")
    until(lambda: lines_of(worker.log, application=application.pk, event="COMPLETED"), "it is sent")

    swiped = lines_of(log, request="of-this-swipe")
    assert [one["event"] for one in swiped] == ["PENDING", "QUEUED", "Answered"]
    assert {one["application"] for one in swiped[:2]} == {application.pk}
    assert {one["person"] for one in swiped} == {alice.pk}
    assert (swiped[2]["method"], swiped[2]["view"], swiped[2]["status"]) == ("POST", "api:swipe-list", 201)
    assert swiped[2]["ms"] > 0

    carried = lines_of(worker.log, application=application.pk)
    assert [one["event"] for one in carried] == ["CLAIMED", "PROCESSING", "COMPLETED"]
    assert {one["person"] for one in carried} == {alice.pk}
    assert {one["attempt"] for one in carried[1:]} == {application.attempts.get().pk}
    everything = log.read_text() + worker.log.read_text()
    for own in ("Zyxwvutina", "Moreno", alice.email, "Xyzzystreet", "555 0142", "5550142", "Plugh"):
        assert own not in everything


def test_a_swipe_is_followed_to_the_persons_own_computer(
    web: tuple[str, Path], alice: User, employers: Employers, new_computer: NewComputer
) -> None:
    url, log = web
    Candidate.objects.filter(user=alice).update(first_name="Zyxwvutina", lane=Lane.DEVICE, undo_window=0)
    alice.answers.create(question="Why do you want to work at Meridian?", normalized="x", answer="Plugh matters.")
    job = make_job(apply_url=f"{employers.url}/meridian/jobs/rain-engineer")
    computer = new_computer(at=url)
    computer.pair(alice)
    computer.turn_on(JOBSWIPE_LOG_FORMAT="json")
    own = computer.home / "data" / "agent.log"
    headers = {"Authorization": f"Bearer {issue_token(user=alice, name='test')[1]}"}
    body = {"job": job.pk, "direction": "right", "key": str(uuid4())}
    assert requests.post(f"{url}/api/v1/swipes/", json=body, headers=headers, timeout=PATIENCE).status_code == 201
    application = alice.applications.get()
    until(lambda: lines_of(log, application=application.pk, event="COMPLETED"), "it is sent")

    attempt = application.attempts.get()
    assert attempt.device
    said = lines_of(own, application=application.pk)
    claimed, *others = (one["event"] for one in said)
    assert claimed == f"Claimed attempt {attempt.pk}: {job.title}"
    assert others == [f"Attempt {attempt.pk} may be sent", f"Attempt {attempt.pk}: submitted"]
    ids = {(one["attempt"], one["person"], one["device"]) for one in said}
    assert ids == {(attempt.pk, alice.pk, attempt.device.pk)}
    [on_the_site] = lines_of(log, application=application.pk, event="CLAIMED")
    assert on_the_site["request"] == said[0]["request"]
    computer.turn_off()
    assert all(line.startswith("{") for line in own.read_text().splitlines())
    for private in ("Zyxwvutina", "Moreno", alice.email, "555 0142", "5550142", "Plugh"):
        assert private not in own.read_text() + log.read_text()


def test_addresses_searches_and_keys_of_letters_are_in_no_line(web: tuple[str, Path]) -> None:
    url, log = web
    for path in (
        "/jobs?q=Zyxwvutina",
        "/accounts/password/reset/key/3-secretkey/",
        "/accounts/confirm-email/Mz:se:cret/",
    ):
        requests.get(url + path, timeout=PATIENCE)
    with connect(url.replace("http", "ws") + "/ws/events/?after=0", origin=Origin(url), open_timeout=PATIENCE) as line:
        line.close()
    for view in ("applications:deck", "account_reset_password_from_key", "account_confirm_email"):
        until(lambda: lines_of(log, event="Answered", view=view), f"{view} is answered")  # noqa: B023 asked at once
    written = log.read_text()
    for hidden in ("Zyxwvutina", "secretkey", "se:cret", "127.0.0.1:", "/ws/events"):
        assert hidden not in written.replace(f"Uvicorn running on {url}", "")
    assert all(line.startswith("{") for line in written.splitlines() if "Waiting for" not in line), written
