"""Five hundred people with an open page, a web process for each core: how soon each sees its events, and is back.

Events come at 100 a second, spread over everybody. Then all connections break, and four times as many come at once,
each with everything still to be read.
"""

import asyncio
import json
import os
import random
import threading
import time
import uuid
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from websockets.asyncio.client import ClientConnection, connect

from script.benchmarks.figures import print_machine, show, show_latencies
from script.benchmarks.harness import Product, product, use_bench_database

if TYPE_CHECKING:
    from applications.models import Application

PEOPLE = 500
RATE, SECONDS = 100, 20  # events a second, for so long
PAGES = 4  # of each person, after the connections broke
OPENING = 100  # connections that are opened at the same time
GOAL_P95 = 0.05  # seconds from the commit to the page
GOAL_BACK = 10.0  # seconds until everybody has read everything


@dataclass
class Page:
    """An open page: what it was told, by number, and when."""

    session: str
    seen: dict[int, float] = field(default_factory=dict)
    socket: ClientConnection | None = None

    async def open(self, running: Product, places: asyncio.Semaphore) -> None:
        async with places:
            self.socket = await connect(
                f"{running.site.replace('http', 'ws')}/ws/events/?after=0",
                additional_headers={"Cookie": f"sessionid={self.session}", "Origin": running.site},
                compression=None,
                ping_interval=None,
            )

    async def read(self, until: int | None = None) -> None:
        """Read what comes; return at the event with this number."""
        assert self.socket
        async for text in self.socket:
            seq = json.loads(text)["seq"]
            self.seen[seq] = time.perf_counter()
            if seq == until:
                return


def prepare() -> "list[tuple[Application, str]]":
    """Make people with an application and a session each."""
    from django.test import Client

    from accounts.models import Candidate, User
    from applications import services
    from applications.models import Application, Swipe
    from jobs.models import Company, Job

    users = User.objects.bulk_create(User(email=f"person{n}@example.com") for n in range(PEOPLE))
    Candidate.objects.bulk_create(Candidate(user=user, first_name="Ada", undo_window=None) for user in users)
    company = Company.objects.create(name="Acme", slug="acme")
    job = Job.objects.create(company=company, title="Job", description="", apply_url="http://127.0.0.1:9/")
    made = []
    for user in users:
        services.swipe(actor=user, job_id=job.pk, direction=Swipe.Direction.RIGHT, key=uuid.uuid4())
        client = Client()
        client.force_login(user)
        made.append((Application.objects.get(user=user), client.cookies["sessionid"].value))
    return made


def write(applications: "list[Application]", committed: dict[tuple[int, int], float]) -> None:
    """Append events by the clock, and note when each was committed: by person and number."""
    from applications.machine import record
    from applications.models import Event

    begun = time.perf_counter()
    for number in range(RATE * SECONDS):
        time.sleep(max(begun + number / RATE - time.perf_counter(), 0))
        application = random.choice(applications)
        seq = record(application, Event.Type.STEP, {"step": "bench", "message": "", "percent": 1})
        committed[application.user_id, seq] = time.perf_counter()


async def watch(running: Product, people: "list[tuple[Application, str]]") -> dict[tuple[int, int], float]:
    """Return, by person and number, how long each event took to its page."""
    pages = {application.user_id: Page(session) for application, session in people}
    places = asyncio.Semaphore(OPENING)
    await asyncio.gather(*(page.open(running, places) for page in pages.values()))
    readers = [asyncio.create_task(page.read()) for page in pages.values()]
    while not all(page.seen for page in pages.values()):  # the swipe's own event
        await asyncio.sleep(0.05)
    committed: dict[tuple[int, int], float] = {}
    writer = threading.Thread(target=write, args=([application for application, _ in people], committed))
    writer.start()
    await asyncio.to_thread(writer.join)
    deadline = time.perf_counter() + 10
    while time.perf_counter() < deadline and any(seq not in pages[user].seen for user, seq in committed):
        await asyncio.sleep(0.05)
    for reader in readers:
        reader.cancel()
    await asyncio.gather(*(page.socket.close() for page in pages.values() if page.socket))
    return {(user, seq): pages[user].seen[seq] - at for (user, seq), at in committed.items() if seq in pages[user].seen}


async def come_back(running: Product, people: "list[tuple[Application, str]]", newest: dict[int, int]) -> float:
    """Open PAGES pages for everybody at once; return the seconds until each has read all of its feed."""
    places = asyncio.Semaphore(OPENING)

    async def catch_up(page: Page, until: int) -> None:
        await page.open(running, places)
        await page.read(until)
        assert sorted(page.seen) == list(range(1, until + 1)), "a gap"

    begun = time.perf_counter()
    await asyncio.gather(
        *(catch_up(Page(session), newest[application.user_id]) for application, session in people for _ in range(PAGES))
    )
    return time.perf_counter() - begun


def main() -> None:
    use_bench_database()
    os.environ["WEB_CONCURRENCY"] = str(os.cpu_count())  # web processes
    with product("web") as running:
        from applications.models import EventCounter

        people = prepare()
        delays = asyncio.run(watch(running, people))
        newest = dict(EventCounter.objects.values_list("user_id", "last_seq"))
        seconds = asyncio.run(come_back(running, people, newest))
    print_machine()
    show_latencies(f"commit to page, {PEOPLE} people, {RATE} events/s", list(delays.values()), goal_p95=GOAL_P95)
    show("arrived", len(delays), at_least=RATE * SECONDS)
    show(f"{PAGES * PEOPLE:,} pages at once: all is read after", seconds, "s", at_most=GOAL_BACK)


if __name__ == "__main__":
    main()
