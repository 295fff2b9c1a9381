"""Who goes first on a machine that all share."""

import psutil

from tests.processes import StartWorker


def test_a_worker_lets_the_web_go_first(start_worker: StartWorker) -> None:
    worker = psutil.Process(start_worker().pid)
    assert worker.nice() > psutil.Process().nice()
