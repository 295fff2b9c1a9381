"""The product as processes: web, workers, beat and practice employers, behind lines that can be cut."""

import os
import random
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import Any

import psycopg
import requests

from automation.engine.browser.orphans import reap_orphans
from jobswipe.embedded.programs import LOOPBACK, Postgres, Valkey
from script.trial.line import Line
from script.trial.servers import Server

ROOT = Path(__file__).parents[2]
LEASE = 8.0  # seconds; short, so that what a killed worker held comes back soon
QUICK = {
    "SERVER_LEASE": str(LEASE),
    "SERVER_HEARTBEAT": "1",
    "SERVER_BROWSERS": "2",
    "SERVER_APPLICATION_LIMIT": "100000",
    "WORKER_POLL": "0.5",
    "HOUSEKEEPING_EVERY": "5",
    "RETRY_WAITS": "1,2,4",
    "ATTEMPT_TIME_LIMIT": "60",
    "ENGINE_PACE": "fast",
}
REST = "('COMPLETED', 'FAILED', 'REVIEW', 'CANCELLED')"


def free_port() -> int:
    with socket.create_server((LOOPBACK, 0)) as probe:
        port: int = probe.getsockname()[1]
        return port


class Product:
    """All of it. Leaving the block stops every process that was started."""

    def __init__(self, folder: Path, *, workers: int) -> None:
        self.folder = folder
        self.postgres = Server(Postgres(folder / "postgres"))
        self.valkey = Server(Valkey(folder / "valkey"))
        self.web_port, employers_port = free_port(), free_port()
        self.lines = {
            "PostgreSQL": Line(self.postgres.port),
            "Valkey": Line(self.valkey.port),
            "the employers": Line(employers_port),
        }
        self.site = f"http://{LOOPBACK}:{self.web_port}"
        self.employers = f"http://{LOOPBACK}:{self.lines['the employers'].port}"
        self._inbox = f"http://{LOOPBACK}:{employers_port}/inbox.json"
        celery, names = ["celery", "-A", "jobswipe"], [f"worker-{n}" for n in range(workers)]
        self._commands = {
            "web": ["uvicorn", "jobswipe.asgi:application", "--port", str(self.web_port), "--log-level", "warning",
                    "--timeout-graceful-shutdown", "1"],
            "beat": [*celery, "beat", "--loglevel", "info", "--pidfile="],
            "employers": ["automation.sandbox", "--port", str(employers_port)],
            **{name: [*celery, "worker", "--loglevel", "info", "-n", f"{name}@%h"] for name in names},
        }  # fmt: skip
        self._processes: dict[str, subprocess.Popen[bytes]] = {}
        self._connection: psycopg.Connection | None = None

    # ------------------------------------------------------------ life

    def __enter__(self) -> "Product":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for process in self._processes.values():
            process.send_signal(signal.SIGCONT)
            process.terminate()
        for process in self._processes.values():
            with suppress(subprocess.TimeoutExpired):
                process.wait(20)
            process.kill()
            process.wait()
        self._forget_connection()
        self.valkey.stop()
        self.postgres.stop()
        reap_orphans()

    def start(self) -> None:
        """Start the servers, lay the tables, start the processes; return when the site and the employers answer."""
        self.postgres.start()
        self.valkey.start()
        subprocess.run([sys.executable, "manage.py", "migrate", "-v0"], cwd=ROOT, env=self.environment(), check=True)
        for name in self._commands:
            self.start_process(name)
        for url in (f"{self.site}/healthz", self.employers):
            wait_for(lambda url=url: _answers(url), f"{url} answers")  # type: ignore[misc]  # called at once

    def environment(self) -> dict[str, str]:
        """Return what the processes are given: the servers' addresses by way of the lines."""
        return {
            **os.environ,
            **QUICK,
            "DATABASE_URL": self.postgres.url.replace(f":{self.postgres.port}/", f":{self.lines['PostgreSQL'].port}/"),
            "REDIS_URL": self.valkey.url.replace(f":{self.valkey.port}/", f":{self.lines['Valkey'].port}/"),
            "DATA_DIR": str(self.folder),
            "DEBUG": "1",
            "SECRET_KEY": "only for a trial",
            "SITE_URL": self.site,
        }

    def start_process(self, name: str) -> None:
        with (self.folder / f"{name}.log").open("ab") as log:
            self._processes[name] = subprocess.Popen(
                [sys.executable, "-m", *self._commands[name]],
                cwd=ROOT, env=self.environment(), stdout=log, stderr=log, start_new_session=True,
            )  # fmt: skip

    # ------------------------------------------------------------ what faults do to it

    def replace(self, name: str) -> None:
        """Kill a process as a power cut does, and start it anew."""
        self._processes[name].kill()
        self._processes[name].wait()
        self.start_process(name)

    def suspend(self, name: str, seconds: float) -> None:
        """Stop a process in its tracks, and let it go on as if nothing had been."""
        self._processes[name].send_signal(signal.SIGSTOP)
        time.sleep(seconds)
        self._processes[name].send_signal(signal.SIGCONT)

    def worker(self, choice: random.Random) -> str:
        return choice.choice(sorted(name for name in self._processes if name.startswith("worker")))

    def worker_inside_the_submit(self) -> str | None:
        """Return the worker that has the grant for a click and has not reported what came of it, if one has."""
        granted = self.rows(
            "SELECT runner FROM automation_attempt WHERE submit_started_at IS NOT NULL AND finished_at IS NULL"
        )
        pids = {int(runner.rpartition(":")[2]) for (runner,) in granted}
        return next((name for name, process in self._processes.items() if process.pid in pids), None)

    # ------------------------------------------------------------ what is known of it

    def rows(self, query: str) -> list[tuple[Any, ...]]:
        """Return what PostgreSQL says, past the line; waits while it restarts.

        The connection is kept: a new one each time took more of the machine than what was asked.
        """
        deadline = time.monotonic() + 60
        while True:
            try:
                if self._connection is None or self._connection.closed:
                    self._connection = psycopg.connect(self.postgres.url, connect_timeout=5, autocommit=True)
                return self._connection.execute(query).fetchall()
            except psycopg.OperationalError:
                self._forget_connection()
                if time.monotonic() > deadline:
                    raise
                time.sleep(0.1)

    def _forget_connection(self) -> None:
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    def at_rest(self) -> int:
        """Return how many applications wait for no machine any more."""
        [(number,)] = self.rows(f"SELECT count(*) FROM applications_application WHERE status IN {REST}")
        return int(number)

    def inbox(self) -> list[dict[str, Any]]:
        """Return all that the employers have received."""
        received: list[dict[str, Any]] = requests.get(self._inbox, timeout=10).json()["applications"]
        return received


def wait_for(condition: Callable[[], object], what: str, seconds: float = 60) -> None:
    deadline = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > deadline:
            raise TimeoutError(f"After {seconds} s still not: {what}")
        time.sleep(0.05)


def _answers(url: str) -> bool:
    try:
        return requests.get(url, timeout=2).ok
    except requests.RequestException:
        return False
