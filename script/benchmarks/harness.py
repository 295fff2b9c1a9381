"""What the benchmarks share: the whole product as processes on a database of their own."""

import os
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psycopg
import requests

ROOT = Path(__file__).parents[2]
DATABASE = "jobswipe_bench"


@dataclass(frozen=True)
class Product:
    """What runs: its addresses, and the ids of its processes by name."""

    site: str
    employers: str
    pids: dict[str, int]


def use_bench_database() -> None:
    """Point this process, and those it starts, at an empty database. Call it before Django is set up."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "jobswipe.settings")
    os.environ |= {"DEBUG": "0", "SECRET_KEY": "only for figures", "SECURE_SSL_REDIRECT": "0"}
    os.environ |= {"REST_PER_PERSON": "0", "REST_PER_DEVICE": "0"}  # few people stand for many
    os.environ["STOP_AFTER"] = "0"  # nobody waits for what is measured
    os.environ["LOG_LEVEL"] = "WARNING"  # here; what runs writes its lines as in production
    os.environ["BROWSER_MAY_GO_INSIDE"] = "1"  # to the practice employers
    if "DATABASE_URL" not in os.environ:
        from jobswipe.embedded import servers

        embedded = servers(ROOT / "var" / "servers")
        os.environ["DATABASE_URL"] = embedded.database_url
        os.environ.setdefault("REDIS_URL", embedded.redis_url)
    server, _, _ = os.environ["DATABASE_URL"].rpartition("/")
    with psycopg.connect(f"{server}/postgres", autocommit=True) as connection:
        connection.execute(f"DROP DATABASE IF EXISTS {DATABASE} WITH (FORCE)")
        connection.execute(f"CREATE DATABASE {DATABASE}")
    os.environ |= {"DATABASE_URL": f"{server}/{DATABASE}", "REDIS_PREFIX": "jobswipe-bench", "ENGINE_PACE": "fast",
                   "ALLOW_DIRECT": "1"}  # fmt: skip


@contextmanager
def product(*names: str) -> Iterator[Product]:
    """Run the named processes (web, worker, beat, employers) until the block ends, on a migrated database."""
    import django
    from django.core.management import call_command

    django.setup()
    call_command("migrate", verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)
    port, sandbox = free_port(), free_port()
    commands = {
        "web": ["uvicorn", "jobswipe.asgi:application", "--port", str(port), "--ws", "websockets-sansio",
                "--timeout-worker-healthcheck", "30", "--log-level", "warning", "--timeout-graceful-shutdown", "1"],
        "worker": ["celery", "-A", "jobswipe", "worker", "--loglevel", "warning"],
        "beat": ["celery", "-A", "jobswipe", "beat", "--loglevel", "warning", "--pidfile="],
        "employers": ["automation.sandbox", "--port", str(sandbox)],
    }  # fmt: skip
    log, said = Path(tempfile.mkdtemp(prefix="jobswipe-bench-")) / "log", {**os.environ, "LOG_LEVEL": "INFO"}
    with log.open("wb") as output:
        started = [
            subprocess.Popen([sys.executable, "-m", *commands[name]], cwd=ROOT, stdout=output, stderr=output, env=said)
            for name in names
        ]
    try:
        pids = {name: process.pid for name, process in zip(names, started, strict=True)}
        running = Product(f"http://127.0.0.1:{port}", f"http://127.0.0.1:{sandbox}", pids)
        if "web" in names:
            wait_for(lambda: answers(f"{running.site}/healthz"))
        if "employers" in names:
            wait_for(lambda: answers(running.employers))
        yield running
    finally:
        for process in started:
            process.terminate()
        for process in started:
            process.wait(30)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def answers(url: str) -> bool:
    try:
        return requests.get(url, timeout=2).ok
    except (requests.ConnectionError, requests.Timeout):
        return False


def wait_for(condition: Callable[[], object], seconds: float = 60) -> None:
    deadline = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > deadline:
            raise TimeoutError("It did not come up in time")
        time.sleep(0.05)
