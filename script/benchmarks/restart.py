"""A rolling restart under load: is a request refused, an event missed, an application lost or sent twice?

Two web processes behind Caddy with `deploy/Caddyfile`, a worker and beat; swipes by the clock; five hundred people who
follow their feeds, by WebSocket, and a tenth each by stream and by long poll; and a hundred events a second beside
those of the swipes. Then every process is ended by SIGTERM and started anew, one after the other, each twice.

Swipes at another rate: `script/bench restart:30`; with other readers and events: `script/bench restart:150,500,100`.
"""

import asyncio
import json
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
import uuid
from collections import Counter
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO

import httpx2 as httpx
import requests
from websockets.asyncio.client import connect
from websockets.exceptions import ConnectionClosed, WebSocketException

from script.benchmarks.figures import print_machine, show, show_latencies
from script.benchmarks.harness import ROOT, answers, free_port, use_bench_database, wait_for

# Swipes a second: what one process can take while another starts on the same two cores. Readers: who follow their
# feed; they have a device, so no worker sends for them. Events a second.
_GIVEN = [int(one) for one in sys.argv[1].split(",")] if sys.argv[1:] else []
RATE, READERS, EVENTS = [*_GIVEN, *(15, 500, 100)[len(_GIVEN) :]]
SENT = 10  # people whose applications a worker carries out
JOBS = 20 + RATE * 200 // READERS  # enough for everybody's swipes until the end
TURNS = 2
CALM = 5.0  # seconds between two restarts
QUESTION = "Why do you want to work at Meridian?"
RESUME = ROOT / "automation" / "demo" / "resume.pdf"


# ---------------------------------------------------------------- what runs


class Site:
    """The product as an operator runs it; each process can be ended and started anew."""

    def __init__(self, folder: Path, output: IO[bytes]) -> None:
        ports = [free_port(), free_port()]
        self.front, self.employers = free_port(), free_port()
        self.url = f"http://127.0.0.1:{self.front}"
        self._folder, self._output = folder, output
        celery = [sys.executable, "-m", "celery", "-A", "jobswipe"]
        self.webs = {f"web-{n}": f"http://127.0.0.1:{port}" for n, port in enumerate(ports)}
        self._commands = {
            **{name: ["script/web", "--port", url.rpartition(":")[2]] for name, url in self.webs.items()},
            "worker": [*celery, "worker", "--loglevel", "info"],
            "beat": [*celery, "beat", "--loglevel", "info", "--pidfile="],
            "employers": [sys.executable, "-m", "automation.sandbox", "--port", str(self.employers)],
            "caddy": [_caddy(), "run", "--config", "deploy/Caddyfile", "--adapter", "caddyfile"],
        }
        self._processes: dict[str, subprocess.Popen[bytes]] = {}

    def start(self, name: str) -> None:
        environment = {
            **os.environ,
            "LOG_LEVEL": "INFO",
            "PATH": f"{ROOT / '.venv/bin'}:{os.environ['PATH']}",
            "SITE": self.url,
            "WEB": " ".join(url.removeprefix("http://") for url in self.webs.values()),
            "XDG_DATA_HOME": str(self._folder),
            "XDG_CONFIG_HOME": str(self._folder),
        }
        self._processes[name] = subprocess.Popen(
            self._commands[name], cwd=ROOT, env=environment, stdout=self._output, stderr=self._output
        )
        if name in self.webs:
            wait_for(lambda: answers(f"{self.webs[name]}/healthz"))

    def start_all(self) -> None:
        for name in self._commands:
            self.start(name)
        wait_for(lambda: answers(self.url + "/healthz"))
        wait_for(lambda: answers(f"http://127.0.0.1:{self.employers}"))

    def end(self, name: str) -> float:
        """End a process as an operator does; return the seconds that it took."""
        begun = time.monotonic()
        self._processes[name].send_signal(signal.SIGTERM)
        self._processes[name].wait(90)
        return time.monotonic() - begun

    def end_all(self) -> None:
        for process in self._processes.values():
            process.terminate()
        for process in self._processes.values():
            process.wait(60)


def _caddy() -> str:
    found = shutil.which("caddy") or ROOT / "var" / "rivals" / "caddy" / "bin" / "caddy"
    return str(found)


@contextmanager
def running() -> Iterator[Site]:
    import django
    from django.core.management import call_command

    django.setup()
    call_command("migrate", verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)
    folder = Path(tempfile.mkdtemp(prefix="jobswipe-bench-"))
    with (folder / "log").open("wb") as output:
        site = Site(folder, output)
        try:
            site.start_all()
            yield site
        finally:
            site.end_all()
            print(f"what they said: {folder / 'log'}")


# ---------------------------------------------------------------- who uses it


@dataclass
class Person:
    id: int
    token: str
    session: str
    has_device: bool


def prepare(site: Site) -> tuple[list[Person], list[int]]:
    """Make people, and jobs; return them and the jobs' ids."""
    from django.core.files.uploadedfile import SimpleUploadedFile
    from django.test import Client

    from accounts.models import Answer, Candidate, User
    from accounts.services import add_resume, issue_token, remember_answer
    from automation.models import Device
    from jobs.models import Company, Job

    companies = [Company.objects.create(name=f"Meridian {n}", slug=f"meridian-{n}") for n in range(JOBS)]
    jobs = [
        Job.objects.create(
            company=company,
            title=f"Job {n}",
            description="<p>Work.</p>",
            apply_url=f"http://127.0.0.1:{site.employers}/meridian/jobs/b{n}/apply",
        ).pk
        for n, company in enumerate(companies)
    ]
    people = []
    for number in range(READERS + SENT):
        user = User.objects.create_user(f"person{number}@example.com")
        Candidate.objects.create(
            user=user, first_name="Ada", last_name="Moreno", phone="+15125550142", city="Austin", region="TX",
            postal_code="78701", country="US", experience_years=8, undo_window=0,
            work_authorization=[{"country": "US", "authorized": True, "needs_sponsorship": False}],
            consents={"privacy": True, "truthful": True},
        )  # fmt: skip
        remember_answer(user=user, question=QUESTION, answer="I grew up on a farm.", source=Answer.Source.PROFILE)
        add_resume(user=user, upload=SimpleUploadedFile("ada.pdf", RESUME.read_bytes()))
        if has_device := number < READERS:
            Device.objects.create(user=user, name="Laptop")
        client = Client()
        client.force_login(user)
        token = issue_token(user=user, name="bench")[1]
        people.append(Person(user.pk, token, client.cookies["sessionid"].value, has_device))
    return people, jobs


@dataclass
class Outcome:
    """What the load has seen."""

    swiped: list[uuid.UUID] = field(default_factory=list)  # answered
    seconds: list[float] = field(default_factory=list)  # that each took
    failed: Counter[str] = field(default_factory=Counter)  # requests, by what was asked and what came
    lines: Counter[str] = field(default_factory=Counter)  # of readers that ended, by how


class Reader:
    """A page of a person's: follows the feed by one transport and comes back by the number of the last event."""

    def __init__(self, site: Site, person: Person, outcome: Outcome, client: httpx.AsyncClient) -> None:
        self.person = person
        self.seen: list[int] = []
        self._site, self._outcome, self._client = site, outcome, client
        self._cookie = {"Cookie": f"sessionid={person.session}"}

    @property
    def after(self) -> int:
        return self.seen[-1] if self.seen else 0

    async def follow(self, transport: str) -> None:
        follow = {"socket": self._by_socket, "stream": self._by_stream, "poll": self._by_poll}[transport]
        while True:
            try:
                async for seq in follow():
                    if seq > self.after:
                        self.seen.append(seq)
                self._outcome.lines[f"{transport} ended"] += 1
            except ConnectionClosed as closed:
                self._outcome.lines[f"{transport} closed with {closed.rcvd.code if closed.rcvd else 1006}"] += 1
            except (httpx.TransportError, WebSocketException, OSError, Refused) as error:
                self._outcome.failed[f"{transport}: {type(error).__name__} {error}"[:80]] += 1
            if transport != "poll":
                await asyncio.sleep(random.uniform(0.5, 1.0))  # as static/js/live.js does

    async def _by_socket(self) -> AsyncIterator[int]:
        url = f"{self._site.url.replace('http', 'ws')}/ws/events/?after={self.after}"
        headers = {**self._cookie, "Origin": self._site.url}
        async with connect(url, additional_headers=headers, compression=None, open_timeout=30) as socket:
            async for text in socket:
                yield json.loads(text)["seq"]

    async def _by_stream(self) -> AsyncIterator[int]:
        async with self._client.stream("GET", f"/events/?after={self.after}", headers=self._cookie) as answer:
            _expect(answer)
            async for text in answer.aiter_lines():
                if text.startswith("id: "):
                    yield int(text.removeprefix("id: "))

    async def _by_poll(self) -> AsyncIterator[int]:
        answer = await self._client.get(f"/api/v1/events/?after={self.after}&wait=25", headers=self._cookie)
        _expect(answer)
        for line in answer.json()["events"]:
            yield line["seq"]


class Refused(Exception):
    """An answer that is none."""


def _expect(answer: httpx.Response) -> None:
    if answer.status_code != 200:
        raise Refused(answer.status_code)


async def swipe(client: httpx.AsyncClient, person: Person, job: int, outcome: Outcome) -> None:
    begun, key = time.perf_counter(), uuid.uuid4()
    try:
        answer = await client.post(
            "/api/v1/swipes/",
            json={"job": job, "direction": "right", "key": str(key)},
            headers={"Authorization": f"Bearer {person.token}"},
        )
    except httpx.TransportError as error:
        outcome.failed[f"swipe: {type(error).__name__} {error}"[:80]] += 1
        return
    outcome.seconds.append(time.perf_counter() - begun)
    if answer.status_code == 201:
        outcome.swiped.append(key)
    else:
        outcome.failed[f"swipe: {answer.status_code}"] += 1


async def swipe_by_the_clock(
    client: httpx.AsyncClient, people: list[Person], jobs: list[int], outcome: Outcome, over: asyncio.Event
) -> None:
    """Swipe right until it is over; every five seconds it is somebody whose application a worker carries out."""
    pairs = [(person, job) for job in jobs for person in people if person.has_device]
    sent_by_us = [(person, job) for job in jobs for person in people if not person.has_device]
    pairs[:: 5 * RATE] = sent_by_us[: len(pairs[:: 5 * RATE])]
    begun, sent = time.perf_counter(), []
    for number, (person, job) in enumerate(pairs):
        if over.is_set():
            break
        await asyncio.sleep(max(begun + number / RATE - time.perf_counter(), 0))
        sent.append(asyncio.create_task(swipe(client, person, job, outcome)))
    await asyncio.gather(*sent)


# ---------------------------------------------------------------- the run


def restart_all(site: Site) -> None:
    """End and start every process, one after the other, as a new version is brought out."""
    for name in [*site.webs, "worker", "beat"] * TURNS:
        took = site.end(name)
        site.start(name)
        print(f"{name}: ended in {took:.1f} s", flush=True)
        time.sleep(CALM)


def write_events(people: list[Person], over: asyncio.Event) -> None:
    """Append events by the clock to an application of each reader."""
    from accounts.models import User
    from applications import services
    from applications.machine import record
    from applications.models import Application, Event, Swipe
    from jobs.models import Company, Job

    company = Company.objects.create(name="Acme", slug="acme")
    job = Job.objects.create(company=company, title="Job", description="", apply_url="http://127.0.0.1:9/")
    readers = [person.id for person in people if person.has_device]
    for reader in User.objects.filter(pk__in=readers):
        services.swipe(actor=reader, job_id=job.pk, direction=Swipe.Direction.RIGHT, key=uuid.uuid4())
    applications = list(Application.objects.filter(job=job))
    begun, number = time.perf_counter(), 0
    while not over.is_set():
        record(random.choice(applications), Event.Type.STEP, {"step": "bench", "message": "", "percent": 1})
        number += 1
        time.sleep(max(begun + number / EVENTS - time.perf_counter(), 0))


async def run(site: Site, people: list[Person], jobs: list[int]) -> tuple[Outcome, list[Reader]]:
    outcome, over = Outcome(), asyncio.Event()
    limits = httpx.Limits(max_connections=1000, keepalive_expiry=30)
    async with httpx.AsyncClient(base_url=site.url, limits=limits, timeout=60) as client:
        readers = [Reader(site, person, outcome, client) for person in people if person.has_device]
        ways = ["socket"] * 8 + ["stream", "poll"]  # the latter two are for networks that let no WebSocket through
        following = [asyncio.create_task(one.follow(ways[n % 10])) for n, one in enumerate(readers)]
        await asyncio.sleep(CALM)
        writer = threading.Thread(target=write_events, args=(people, over))
        writer.start()
        swiping = asyncio.create_task(swipe_by_the_clock(client, people, jobs, outcome, over))
        await asyncio.sleep(CALM)
        await asyncio.to_thread(restart_all, site)
        over.set()
        await asyncio.to_thread(writer.join)
        await swiping
        await asyncio.sleep(10)  # for the last events
        for task in following:
            task.cancel()
        await asyncio.gather(*following, return_exceptions=True)
    return outcome, readers


def judge(site: Site, outcome: Outcome, readers: list[Reader]) -> bool:
    """Print what was found; return whether nothing was refused, missed, lost or sent twice."""
    from applications.models import Application, EventCounter

    waiting = Application.objects.filter(lane="server").exclude(status__in=["COMPLETED", "FAILED", "REVIEW"])
    wait_for(lambda: not waiting.exists(), 240)
    newest = dict(EventCounter.objects.values_list("user_id", "last_seq"))
    missing = sum(newest.get(one.person.id, 0) - len(set(one.seen)) for one in readers)
    lost = len(outcome.swiped) - Application.objects.filter(swipe__key__in=outcome.swiped).count()
    inbox = requests.get(f"http://127.0.0.1:{site.employers}/inbox.json", timeout=10).json()
    received = Counter((one["email"], one["job"]) for one in inbox["applications"])
    completed = Application.objects.filter(lane="server", status="COMPLETED").count()
    others = Counter(Application.objects.filter(lane="server").exclude(status="COMPLETED").values_list("status"))
    figures = {
        "failed requests": outcome.failed.total(),
        "events missed by a reader": missing,
        "applications lost": lost + max(completed - len(received), 0),
        "applications sent twice": sum(times > 1 for times in received.values()),
    }
    print(f"{RATE} swipes/s, {READERS} readers, {EVENTS} events/s beside those of the swipes")
    show("swipes answered", len(outcome.swiped))
    show_latencies("swipes", outcome.seconds)
    show("swipes, the slowest", max(outcome.seconds), "s")
    show("events", sum(newest.values()))
    print(f"sent by the server: {completed} completed, {len(received)} received, else {dict(others)}")
    print(f"lines: {dict(outcome.lines)}")
    for name, number in figures.items():
        show(name, number, at_most=0)
    for what, times in outcome.failed.most_common():
        print(f"    {times} × {what}")
    return not any(figures.values())


def main() -> None:
    use_bench_database()
    os.environ |= {"BEHIND_PROXY": "1", "SERVER_APPLICATION_LIMIT": "1000", "STOP_AFTER": "6"}
    os.environ["POLITE_GAP"] = "0"
    os.environ |= {f"POLITE_{name}": "100000" for name in ("HOST_PER_HOUR", "PER_HOUR", "PER_PERSON_DAY")}
    with running() as site:
        people, jobs = prepare(site)
        outcome, readers = asyncio.run(run(site, people, jobs))
        print_machine()
        is_clean = judge(site, outcome, readers)
    sys.exit(not is_clean)


if __name__ == "__main__":
    main()
