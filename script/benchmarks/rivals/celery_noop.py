"""Celery with its own defaults, two worker processes: `python celery_noop.py JOBS REDIS_URL` prints "jobs seconds"."""

import os
import signal
import subprocess
import sys
import time

import redis
from celery import Celery

QUEUE = "rival"
app = Celery("celery_noop", broker=sys.argv[-1] if sys.argv[-1].startswith("redis") else None)
app.conf.task_default_queue = QUEUE
app.conf.task_ignore_result = True


@app.task
def noop() -> None:
    pass


def main(jobs: int, url: str) -> None:
    broker = redis.Redis.from_url(url)
    broker.delete(QUEUE)
    for _ in range(jobs):
        noop.delay()
    worker = subprocess.Popen(
        [sys.executable, "-m", "celery", "--workdir", sys.path[0], "-b", url, "-A", "celery_noop", "worker",
         "--pool", "prefork", "--concurrency", "2", "--without-gossip", "--without-mingle", "--loglevel", "error"],
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True,
    )  # fmt: skip
    try:
        while broker.llen(QUEUE) == jobs:
            time.sleep(0.001)
        started = time.perf_counter()
        while broker.llen(QUEUE):
            time.sleep(0.005)
        print(jobs, time.perf_counter() - started)
    finally:
        os.killpg(worker.pid, signal.SIGKILL)  # it is measured; its polite stop takes its time
        worker.wait()


if __name__ == "__main__":
    main(int(sys.argv[1]), sys.argv[2])
