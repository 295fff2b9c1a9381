"""ASGI servers and channel layers side by side: the same product in one process, one after another.

For each: swipes by sixteen senders as quickly as they are answered, memory of five thousand idle sockets,
and what five hundred open pages see of a hundred events a second. `script/bench servers`.
"""

import asyncio
import json
import os
import subprocess
import sys
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

import httpx2 as httpx

from script.benchmarks import crowd, sockets
from script.benchmarks.figures import percentile, print_machine
from script.benchmarks.harness import ROOT, Product, answers, free_port, use_bench_database, wait_for

if TYPE_CHECKING:
    from applications.models import Application

SENDERS, SECONDS = 16, 10
SERVERS = {
    "uvicorn": ["uvicorn", "jobswipe.asgi:application", "--port", "{port}", "--ws", "websockets-sansio",
                "--log-level", "warning", "--timeout-graceful-shutdown", "1"],
    "granian": ["granian", "--interface", "asgi", "--host", "127.0.0.1", "--port", "{port}", "--log-level", "warning",
                "--workers", "1", "jobswipe.asgi:application"],
    "daphne": ["daphne", "-b", "127.0.0.1", "-p", "{port}", "-v", "0", "--websocket_connect_timeout", "60",
               "jobswipe.asgi:application"],
}  # fmt: skip
LAYERS = {"pub/sub": "jobswipe.settings", "core": "script.benchmarks.rivals.core_layer"}
CASES = [("uvicorn", "pub/sub"), ("granian", "pub/sub"), ("daphne", "pub/sub"), ("uvicorn", "core")]


@contextmanager
def running(server: str) -> Iterator[Product]:
    port = str(free_port())
    command = [sys.executable, "-m", *(part.format(port=port) for part in SERVERS[server])]
    process = subprocess.Popen(command, cwd=ROOT)
    site = f"http://127.0.0.1:{port}"
    try:
        wait_for(lambda: answers(f"{site}/healthz"))
        yield Product(site, "", {"web": process.pid})
    finally:
        process.terminate()
        process.wait(30)


async def swipes(site: str, people: "list[tuple[Application, str]]") -> tuple[float, float]:
    """Return swipes a second, and the 95th percentile of their milliseconds."""
    from asgiref.sync import sync_to_async

    from accounts.services import issue_token
    from jobs.models import Company, Job

    company = await Company.objects.acreate(name="Meridian", slug="meridian")
    jobs = [
        await Job.objects.acreate(
            company=company, title=f"Job {n}", description="", apply_url=f"http://127.0.0.1:9/{n}"
        )
        for n in range(200)
    ]
    tokens = [(await sync_to_async(issue_token)(user=one.user, name="bench"))[1] for one, _ in people[:SENDERS]]
    seconds: list[float] = []
    until = time.perf_counter() + SECONDS

    async def send(client: httpx.AsyncClient, token: str) -> None:
        for job in jobs:
            begun = time.perf_counter()
            if begun > until:
                return
            body = {"job": job.pk, "direction": "right", "key": str(uuid.uuid4())}
            answer = await client.post("/api/v1/swipes/", json=body, headers={"Authorization": f"Bearer {token}"})
            assert answer.status_code == 201, answer.text
            seconds.append(time.perf_counter() - begun)

    async with httpx.AsyncClient(base_url=site, timeout=30) as client:
        begun = time.perf_counter()
        await asyncio.gather(*(send(client, token) for token in tokens))
    return len(seconds) / (time.perf_counter() - begun), percentile(seconds, 0.95) * 1000


def measure(server: str, layer: str) -> None:
    """Measure one, and print its figures as JSON."""
    import django
    from django.core.management import call_command

    use_bench_database()
    django.setup()
    call_command("migrate", verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)
    people = crowd.prepare()
    for one, _ in people[:SENDERS]:
        _ = one.user  # read here, where there is no event loop
    with running(server) as site:
        figures = [*asyncio.run(swipes(site.site, people)), *asyncio.run(sockets.memory(site, people))]
        delays = list(asyncio.run(crowd.watch(site, people)).values())
    figures += [percentile(delays, share) * 1000 for share in (0.5, 0.95, 0.99)]
    print(json.dumps([server, layer, *figures, len(delays)]))


def main() -> None:
    if sys.argv[1:]:
        measure(*sys.argv[1].split(","))
        return
    print_machine()
    columns = (
        "server",
        "layer",
        "swipes/s",
        "p95 ms",
        "sockets",
        "opened/s",
        "kB/socket",
        "event p50",
        "p95",
        "p99",
        "arrived",
    )
    print("".join(f"{name:>11}" for name in columns))
    for server, layer in CASES:
        environment = {**os.environ, "DJANGO_SETTINGS_MODULE": LAYERS[layer]}
        command = [sys.executable, "-m", "script.benchmarks.servers", f"{server},{layer}"]
        done = subprocess.run(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True, check=True)
        row = json.loads(done.stdout.strip().splitlines()[-1])
        print("".join(f"{one:11.1f}" if isinstance(one, float) else f"{one:>11}" for one in row), flush=True)


if __name__ == "__main__":
    main()
