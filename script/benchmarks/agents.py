"""A thousand devices at one web process: what each connection costs, and how soon 50 of them have claimed new work.

Each says its heartbeat once a minute, at a time of its own. In the middle of that minute 50 people swipe at once.
"""

import asyncio
import json
import random
import time
import uuid
from collections import Counter
from concurrent.futures import Executor, ProcessPoolExecutor, ThreadPoolExecutor
from dataclasses import dataclass, field
from itertools import repeat
from multiprocessing import get_context

import httpx2 as httpx
import psutil
from websockets.asyncio.client import ClientConnection, connect

from script.benchmarks.figures import print_machine, show, show_latencies
from script.benchmarks.harness import Product, product, use_bench_database

AGENTS = 1000
MINUTE = 60.0  # seconds
GIVEN_WORK = 50
AT_ONCE = 6  # of them swipe at the same moment
OPENING = 50  # connections that are opened at the same time
GOAL_KIB = 100  # of memory for each connection
GOAL_P95 = 0.5  # seconds from the commit to the claim


@dataclass
class Agent:
    """One idle device."""

    user_id: int
    token: str
    socket: ClientConnection | None = None
    answers: int = 0
    noticed_at: float = 0.0
    claimed_at: float = 0.0
    claimed: list[int] = field(default_factory=list)

    @property
    def headers(self) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.token}"}


def prepare() -> tuple[list[Agent], list[int]]:
    """Make people with a device each, and jobs to swipe on."""
    from accounts.models import ApiToken, Candidate, User
    from accounts.services import issue_token
    from automation.models import Device
    from jobs.models import Company, Job

    users = User.objects.bulk_create(User(email=f"person{n}@example.com") for n in range(AGENTS))
    Candidate.objects.bulk_create(Candidate(user=user, first_name="Ada", undo_window=0) for user in users)
    agents = []
    for user in users:
        token, secret = issue_token(user=user, name="bench", scope=ApiToken.Scope.DEVICE)
        Device.objects.create(user=user, token=token, name="bench")
        agents.append(Agent(user.pk, secret))
    job = Job(company=Company.objects.create(name="Acme", slug="acme"), title="Job", apply_url="http://127.0.0.1:9/")
    job.save()
    return agents, [job.pk]


async def open_line(agent: Agent, running: Product, places: asyncio.Semaphore) -> None:
    async with places:
        address = running.site.replace("http", "ws") + "/ws/device/"
        agent.socket = await connect(address, additional_headers=agent.headers, compression=None, ping_interval=None)
        await say(agent, "hello")


async def say(agent: Agent, kind: str) -> None:
    assert agent.socket
    await agent.socket.send(json.dumps({"type": kind, "state": "idle", "holding": agent.claimed}))


async def listen(agent: Agent, client: httpx.AsyncClient) -> None:
    """Hear what the site says; claim as soon as it says that there is work."""
    assert agent.socket
    async for text in agent.socket:
        kind = json.loads(text)["type"]
        if kind == "state":
            agent.answers += 1
        elif kind == "work" and not agent.noticed_at:
            agent.noticed_at = time.monotonic()
            answer = await client.post("/api/v1/claims/", json={"max": 1}, headers=agent.headers)
            agent.claimed_at = time.monotonic()
            agent.claimed = [one["id"] for one in answer.json()["attempts"]]


async def beat(agent: Agent, start: float) -> None:
    await asyncio.sleep(max(start + random.uniform(0, MINUTE) - time.monotonic(), 0))
    await say(agent, "heartbeat")


def start_django() -> None:
    import django

    django.setup()


def swipe_all(people: list[int], job: int) -> list[float]:
    """Swipe as each of the people, at once; return when each was committed."""
    with ThreadPoolExecutor(AT_ONCE) as pool:
        return list(pool.map(swipe, people, repeat(job)))


def swipe(user_id: int, job: int) -> float:
    from django.db import connection

    from accounts.models import User
    from applications import services
    from applications.models import Swipe

    user = User.objects.get(pk=user_id)
    services.swipe(actor=user, job_id=job, direction=Swipe.Direction.RIGHT, key=uuid.uuid4())
    connection.close()
    return time.monotonic()


async def minute(agents: list[Agent], jobs: list[int], running: Product, people: Executor) -> list[tuple[Agent, float]]:
    """Let a minute pass; in its middle give work to some. Return those, each with the time of its commit."""
    loop = asyncio.get_running_loop()
    async with httpx.AsyncClient(base_url=running.site, timeout=30) as client:
        listeners = [asyncio.create_task(listen(agent, client)) for agent in agents]
        start = time.monotonic()
        beats = [asyncio.create_task(beat(agent, start)) for agent in agents]
        await asyncio.sleep(MINUTE / 2)
        chosen = random.sample(agents, GIVEN_WORK)
        committed = await loop.run_in_executor(people, swipe_all, [agent.user_id for agent in chosen], jobs[0])
        await asyncio.gather(*beats)
        await asyncio.sleep(2)
        for listener in listeners:
            listener.cancel()
    return list(zip(chosen, committed, strict=True))


async def measure(agents: list[Agent], jobs: list[int], running: Product, people: Executor) -> None:
    web = psutil.Process(running.pids["web"])
    httpx.get(f"{running.site}/api/v1/devices/me/", headers=agents[0].headers)  # its first request loads what all use
    before = web.memory_info().rss
    places, started = asyncio.Semaphore(OPENING), time.monotonic()
    await asyncio.gather(*(open_line(agent, running, places) for agent in agents))
    opened = time.monotonic() - started
    given = await minute(agents, jobs, running, people)
    each = (web.memory_info().rss - before) / 1024 / len(agents)
    print_machine()
    show(f"{len(agents):,} connections opened", len(agents) / opened, "a second")
    show("memory of a connection", each, "KiB", at_most=GOAL_KIB)
    heard = sum(agent.answers >= 2 for agent in agents)
    show("heard from within the minute", heard, at_least=len(agents))
    claimed = Counter(pk for agent, _ in given for pk in agent.claimed)
    show("claimed", len(claimed), at_least=len(given))
    show("claimed twice", sum(times > 1 for times in claimed.values()), at_most=0)
    noticed = [(agent, at) for agent, at in given if agent.noticed_at]
    show_latencies("commit to notice", [agent.noticed_at - at for agent, at in noticed], goal_p95=GOAL_P95)
    show_latencies("notice to claim", [agent.claimed_at - agent.noticed_at for agent, _ in noticed], goal_p95=GOAL_P95)
    show_latencies("commit to claim", [agent.claimed_at - at for agent, at in noticed], goal_p95=GOAL_P95)
    await asyncio.gather(*(agent.socket.close() for agent in agents if agent.socket))


def main() -> None:
    use_bench_database()
    # People swipe in a process of their own: in the agents' one both would wait for the same interpreter.
    apart = ProcessPoolExecutor(1, get_context("spawn"), start_django)
    with product("web") as running, apart as people:
        agents, jobs = prepare()
        people.submit(swipe_all, [], jobs[0]).result()  # it is there
        asyncio.run(measure(agents, jobs, running, people))


if __name__ == "__main__":
    main()
