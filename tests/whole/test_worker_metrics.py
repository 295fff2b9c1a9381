"""A worker tells Prometheus of its tasks and of what waits in the broker, and nobody else."""

import time
from typing import Any

import pytest
import requests
from celery import current_app
from prometheus_client.parser import text_string_to_metric_families

from automation.tasks import run_waiting
from automation.worker import metrics, pulse
from tests.processes import PATIENCE, StartWorker, free_port, until

TASK = "automation.tasks.run_waiting"


def test_tasks_and_waiting_hints_are_told_to_the_bearer_of_the_token(start_worker: StartWorker) -> None:
    address = f"127.0.0.1:{free_port()}"
    start_worker(WORKER_METRICS=address, METRICS_TOKEN="open sesame", METRICS_ADDRESSES="192.0.2.0/24")
    run_waiting.apply_async(queue="application:processing")

    def told() -> dict[tuple[str, ...], float]:
        answer = requests.get(f"http://{address}/", headers={"Authorization": "Bearer open sesame"}, timeout=PATIENCE)
        samples = [one for family in text_string_to_metric_families(answer.text) for one in family.samples]
        return {(one.name, *sorted(one.labels.values())): one.value for one in samples}

    until(lambda: told().get(("jobswipe_tasks_total", TASK, "success")), "its task is counted")
    until(lambda: told().get(("jobswipe_task_seconds_count", TASK)), "and how long it ran, right after it")
    until(lambda: told().get(("jobswipe_broker_messages", "application:retry")) == 0, "the broker's queues are told of")
    figures = told()
    assert figures["process_resident_memory_bytes",] > 0
    assert requests.get(f"http://{address}/", timeout=PATIENCE).status_code == 404
    assert requests.get(f"http://{address}/alive", timeout=PATIENCE).text == "ok"


def waiting_in(queue: str) -> float:
    [told] = metrics.Hints().collect()
    return next(one.value for one in told.samples if one.labels["queue"] == queue)


def test_hints_that_nobody_takes_are_counted_by_their_queue() -> None:
    before = waiting_in("application:retry")
    run_waiting.apply_async(queue="application:retry")
    try:
        assert waiting_in("application:retry") == before + 1
    finally:
        connection: Any = current_app.connection_for_write()
        with connection, connection.channel() as channel:
            channel.queue_purge("application:retry")


def test_a_worker_whose_pulse_does_not_turn_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    def asked() -> str:
        said: list[str] = []
        metrics.application({"PATH_INFO": "/alive"}, lambda status, _headers: said.append(status))
        return said[0]

    pulse.note_turn()
    assert asked() == "200 OK"
    monkeypatch.setattr(pulse, "_turned", time.monotonic() - 2 * pulse.STUCK)
    assert asked() == "503 Service Unavailable"
