"""Several web processes behind one port tell one story, also after one of them was killed."""

import signal
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import psutil
import pytest
import requests
from django.test import Client
from prometheus_client.parser import text_string_to_metric_families
from websockets.sync.client import connect
from websockets.typing import Origin

from accounts.models import User
from tests.processes import PATIENCE, Process, answers, free_port, until

LINES = 8


@pytest.fixture
def site(transactional_db: None, tmp_path: Path) -> Iterator[str]:
    """Two processes at one port."""
    port, folder = free_port(), tmp_path / "figures"
    folder.mkdir()
    patient = ("--timeout-worker-healthcheck", "30")  # as `script/web` is: one that is slow to start is not ended
    command = ("uvicorn", "jobswipe.asgi:application", "--port", str(port), *patient)
    web = Process(*command, log=tmp_path / "log", WEB_CONCURRENCY="2", PROMETHEUS_MULTIPROC_DIR=str(folder))
    try:
        until(lambda: answers(f"http://127.0.0.1:{port}/healthz"), "the site answers")
        yield f"http://127.0.0.1:{port}"
    finally:
        web.stop()


def told(url: str) -> dict[tuple[str, ...], float]:
    text = requests.get(f"{url}/metrics", timeout=PATIENCE).text
    samples = [one for family in text_string_to_metric_families(text) for one in family.samples]
    return {(one.name, *one.labels.values()): one.value for one in samples}


def writers(url: str) -> set[int]:
    return {int(name[1]) for name in told(url) if name[0] == "jobswipe_web_memory_bytes"}


def open_lines(url: str) -> float:
    return told(url).get(("jobswipe_sockets", "page"), 0)  # processes without a line say nothing of them


def test_open_lines_of_a_killed_process_are_not_counted_for_ever(site: str, alice: User, client: Client) -> None:
    client.force_login(alice)
    cookie = {"Cookie": f"sessionid={client.cookies['sessionid'].value}"}
    address = site.replace("http", "ws") + "/ws/events/?after=0"
    until(lambda: len(writers(site)) >= 2, "both take part")
    with ExitStack() as stack:
        for _ in range(LINES):
            stack.enter_context(connect(address, origin=Origin(site), additional_headers=cookie, open_timeout=PATIENCE))
        until(lambda: open_lines(site) == LINES, "all lines are counted")
        holder = max(writers(site), key=lambda pid: len(psutil.Process(pid).net_connections()))
        held = sum(one.status == "ESTABLISHED" and one.laddr.port == int(site.rpartition(":")[2])
                   for one in psutil.Process(holder).net_connections())  # fmt: skip
        psutil.Process(holder).send_signal(signal.SIGKILL)
        until(lambda: open_lines(site) in {LINES - held, LINES - held + 1}, "the rest is")
        assert all(psutil.pid_exists(pid) for pid in writers(site))
