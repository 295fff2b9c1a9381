"""A web process that is asked to end goes on until nobody needs it: balancers know, pages are sent elsewhere."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import requests
from django.test import Client
from websockets.exceptions import ConnectionClosed
from websockets.sync.client import ClientConnection, connect

from accounts.models import User
from applications.models import Application
from jobs.models import Job
from tests.processes import PATIENCE, Process, answers, free_port, until

STOP_AFTER = 10  # seconds in which this test has to see all that it looks for


@pytest.fixture
def url() -> str:
    return f"http://127.0.0.1:{free_port()}"


@pytest.fixture
def web(transactional_db: None, url: str, tmp_path: Path) -> Iterator[Process]:
    port = url.rpartition(":")[2]
    process = Process(
        "uvicorn", "jobswipe.asgi:application", "--port", port, "--ws", "websockets-sansio", log=tmp_path / "log",
        STOP_AFTER=str(STOP_AFTER), FEED_POLL="1",
    )  # fmt: skip
    try:
        until(lambda: answers(f"{url}/healthz"), "the site answers")
        yield process
    finally:
        if process.is_running:
            process.kill()


def test_it_says_so_goes_on_serving_and_sends_its_pages_away(
    web: Process, url: str, alice: User, job: Job, swipe_right: Callable[[User, Job], Application]
) -> None:
    swipe_right(alice, job)
    client = Client()
    client.force_login(alice)
    cookie = f"sessionid={client.cookies['sessionid'].value}"
    kept = requests.Session()
    kept.headers["Cookie"] = cookie
    stream = kept.get(f"{url}/events/", stream=True, timeout=PATIENCE)
    headers = {"Cookie": cookie, "Origin": url}
    with connect(f"{url.replace('http', 'ws')}/ws/events/", additional_headers=headers) as page:
        assert [json.loads(page.recv(PATIENCE))["seq"] for _ in range(2)] == [1, 2]

        web.ask_to_end()
        until(lambda: kept.get(f"{url}/healthz", timeout=PATIENCE).status_code == 503, "balancers are told")
        swipes = kept.get(f"{url}/api/v1/applications/", timeout=PATIENCE)
        assert (swipes.status_code, swipes.headers["Connection"]) == (200, "close")
        assert closing_code(page) == 1012
    assert b"id: 2\n" in stream.raw.read()  # to its end: the stream was not cut off
    until(lambda: not web.is_running, "it ends")
    assert "Cancel" not in web.log.read_text()


def closing_code(page: ClientConnection) -> int:
    with pytest.raises(ConnectionClosed) as closed:
        page.recv(PATIENCE)
    assert closed.value.rcvd
    return closed.value.rcvd.code
