"""A device hears at once that there is work, and that it must stop: by WebSocket, else by long poll."""

import json
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
import requests
from websockets.exceptions import ConnectionClosed
from websockets.sync.client import ClientConnection, connect

from accounts.models import User
from accounts.services import issue_token
from applications import services
from automation.devices import services as devices
from jobs.models import Job
from tests.conftest import make_job
from tests.devices.conftest import Agent, Swipe
from tests.processes import PATIENCE, Process, answers, free_port, until

Site = str
NOWHERE = "redis://127.0.0.1:9/0"


def line(site: Site, secret: str) -> ClientConnection:
    address = site.replace("http", "ws") + "/ws/device/"
    return connect(
        address,
        additional_headers={"Authorization": f"Bearer {secret}"},
        user_agent_header="jobswipe-agent/0.3.0 (Linux)",
        open_timeout=PATIENCE,
    )


def say(socket: ClientConnection, kind: str, **more: Any) -> dict[str, Any]:
    socket.send(json.dumps({"type": kind, **more}))
    return heard(socket)


def heard(socket: ClientConnection) -> dict[str, Any]:
    message: dict[str, Any] = json.loads(socket.recv(timeout=PATIENCE))
    return message


def close_code(socket: ClientConnection) -> int | None:
    with pytest.raises(ConnectionClosed) as closed:
        socket.recv(timeout=PATIENCE)
    return closed.value.rcvd.code if closed.value.rcvd else None


@pytest.fixture
def at_site(transactional_db: None, site: Site, laptop: Agent) -> Iterator[tuple[Agent, ClientConnection]]:
    with line(site, laptop.secret) as socket:
        yield laptop, socket


def test_the_line_tells_of_work_of_withdrawal_and_of_the_end(
    at_site: tuple[Agent, ClientConnection], alice: User, bob: User, swipe_right: Swipe, job: Job
) -> None:
    laptop, socket = at_site
    assert say(socket, "hello", holding=[]) == {"type": "state", "waiting": 0, "held": [], "stop": []}
    swipe_right(bob, make_job())  # nobody tells alice's laptop of it
    application = swipe_right(alice, job)
    assert heard(socket) == {"type": "work"}
    [attempt] = laptop.claim()
    assert say(socket, "heartbeat", holding=[attempt["id"]], state="working")["held"] == [attempt["id"]]
    [shown] = devices.shown_devices(alice)
    assert (shown.is_there, shown.device.version) == (True, "0.3.0")

    services.withdraw(actor=alice, application_id=application.pk)
    stop = {"attempt": attempt["id"], "reason": "withdrawn"}
    assert heard(socket) == {"type": "stop", **stop}
    assert say(socket, "heartbeat", holding=[attempt["id"]])["stop"] == [stop]

    devices.revoke(actor=alice, device_id=laptop.device.pk)
    assert close_code(socket) == 4401


def test_the_line_is_closed_to_all_others(transactional_db: None, site: Site, alice: User, laptop: Agent) -> None:
    _, of_a_person = issue_token(user=alice, name="hers")
    for secret in ("js_nonsense", of_a_person):
        with line(site, secret) as socket:
            assert close_code(socket) == 4401
    for nonsense in ("no json", "[]", '{"type": "claim"}', '{"type": "hello", "holding": ["x"]}', "[" * 9999, b"\x00"):
        with line(site, laptop.secret) as socket:
            socket.send(nonsense)
            assert close_code(socket) == 4400


def test_the_long_poll_answers_once_there_is_work_or_a_withdrawal(
    transactional_db: None, site: Site, laptop: Agent, alice: User, swipe_right: Swipe, job: Job
) -> None:
    def ask(**query: Any) -> tuple[dict[str, Any], float]:
        started = time.monotonic()
        answer = requests.get(
            f"{site}/api/v1/devices/work/",
            params=query,
            headers={"Authorization": f"Bearer {laptop.secret}"},
            timeout=PATIENCE,
        )
        return answer.json(), time.monotonic() - started

    with ThreadPoolExecutor(1) as pool:
        news, seconds = ask(wait=0.3)
        assert (news["waiting"], seconds > 0.25) == (0, True)
        asked = pool.submit(ask, wait=20)
        application = swipe_right(alice, job)
        news, seconds = asked.result()
        assert (news["waiting"], seconds < 20) == (1, True)
        _, seconds = ask(wait=0.3, room=0)  # no room: what waits is no news
        assert seconds > 0.25
        [attempt] = laptop.claim()
        asked = pool.submit(ask, wait=20, holding=str(attempt["id"]))
        services.withdraw(actor=alice, application_id=application.pk)
        news, seconds = asked.result()
        assert (news["stop"], seconds < 20) == ([{"attempt": attempt["id"], "reason": "withdrawn"}], True)
    answer = requests.get(f"{site}/api/v1/devices/work/?wait=1", timeout=PATIENCE)
    assert (answer.status_code, answer.json()["code"]) == (401, "not_authenticated")


def test_the_line_opens_without_redis_and_its_heartbeat_brings_the_news(
    transactional_db: None, laptop: Agent, alice: User, swipe_right: Swipe, job: Job, tmp_path: Path
) -> None:
    port = free_port()
    web = Process("uvicorn", "jobswipe.asgi:application", "--port", str(port), log=tmp_path / "log", REDIS_URL=NOWHERE)
    try:
        site = f"http://127.0.0.1:{port}"
        until(lambda: answers(f"{site}/healthz"), "the site is up")
        with line(site, laptop.secret) as socket:
            assert say(socket, "hello")["waiting"] == 0
            swipe_right(alice, job)
            assert say(socket, "heartbeat")["waiting"] == 1
    finally:
        web.stop()


def test_a_request_of_200_mb_is_refused_before_it_is_read(
    transactional_db: None, site: Site, laptop: Agent, tmp_path: Path
) -> None:
    large = tmp_path / "large"
    with large.open("wb") as file:
        file.truncate(200 * 2**20)
    headers = {"Authorization": f"Bearer {laptop.secret}", "Content-Type": "multipart/form-data; boundary=x"}
    url = f"{site}/api/v1/attempts/1/evidence/"
    with large.open("rb") as file:
        answer = requests.post(url, data=file, headers=headers, timeout=PATIENCE)
    assert (answer.status_code, answer.json()["code"]) == (413, "too_large")
    with large.open("rb") as file, pytest.raises(requests.RequestException):  # its length is not told: cut off
        requests.post(
            url, data=iter(lambda: file.read(2**20), b""), headers=headers, timeout=PATIENCE
        ).raise_for_status()
