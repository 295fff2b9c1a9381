"""How long a swipe takes: 50 a second for 20 s, with web, worker, beat and practice employers on this machine.

`script/bench swipe:150` sends 150 a second for a minute. Requests are sent by the clock, whether earlier ones are
answered or not, and timed from when they were due. They are sent by aiohttp, because the machine is measured with
whoever asks on it: httpx takes twice the time for a request.
"""

import asyncio
import os
import sys
import time
import uuid
from collections import Counter

import aiohttp

from script.benchmarks.figures import print_machine, show, show_latencies
from script.benchmarks.harness import ROOT, Product, product, use_bench_database

RATE = int(sys.argv[1]) if sys.argv[1:] else 50  # swipes a second
SECONDS = 60 if sys.argv[1:] else 20
PEOPLE = RATE  # a swipe a second of each
EMPLOYERS = 20
GOAL_P95 = 0.1  # seconds
RESUME = ROOT / "automation" / "demo" / "resume.pdf"

Swipe = tuple[str, int]  # whose token, which job


def prepare(running: Product) -> list[Swipe]:
    """Make people with tokens and jobs; return each swipe to come, no pair twice."""
    return each_with_each(make_people(), make_jobs(running, RATE * SECONDS // PEOPLE + 1))


def each_with_each(tokens: list[str], jobs: list[int], seconds: int = SECONDS) -> list[Swipe]:
    return [(tokens[n % PEOPLE], jobs[n // PEOPLE]) for n in range(RATE * seconds)]


def make_jobs(running: Product, number: int) -> list[int]:
    """Make so many jobs; return their ids."""
    from jobs.models import Company, Job

    companies = Company.objects.bulk_create(
        Company(name=f"Meridian Labs {n}", slug=f"meridian-{n}") for n in range(EMPLOYERS)
    )
    jobs = Job.objects.bulk_create(
        Job(
            company=companies[n % EMPLOYERS],
            title=f"Job {n}",
            description="<p>Work.</p>" * 50,
            apply_url=f"{running.employers}/meridian/jobs/b{n}/apply",
        )
        for n in range(number)
    )
    return [job.pk for job in jobs]


def make_people() -> list[str]:
    """Make people with a resume; return their tokens."""
    from django.core.files.uploadedfile import SimpleUploadedFile

    from accounts.models import Candidate, User
    from accounts.services import add_resume, issue_token

    tokens = []
    for number in range(PEOPLE):
        user = User.objects.create_user(f"person{number}@example.com")
        Candidate.objects.create(user=user, first_name="Ada", last_name="Moreno", phone="+15125550142")
        add_resume(user=user, upload=SimpleUploadedFile("ada.pdf", RESUME.read_bytes()))
        tokens.append(issue_token(user=user, name="bench")[1])
    return tokens


async def swipe(client: aiohttp.ClientSession, token: str, job: int, due: float) -> tuple[float, int | str]:
    """Send one swipe when it is due; return its time and status, or what broke."""
    await asyncio.sleep(max(due - time.perf_counter(), 0))
    body = {"job": job, "direction": "right", "key": str(uuid.uuid4())}
    try:
        async with client.post("/api/v1/swipes/", json=body, headers={"Authorization": f"Bearer {token}"}) as answer:
            await answer.read()
            return time.perf_counter() - due, answer.status
    except (aiohttp.ClientError, TimeoutError) as error:
        return time.perf_counter() - due, type(error).__name__


async def load(site: str, swipes: list[Swipe]) -> list[tuple[float, int | str]]:
    connector = aiohttp.TCPConnector(limit=1000, keepalive_timeout=2)
    timeout = aiohttp.ClientTimeout(total=30)
    async with aiohttp.ClientSession(site, connector=connector, timeout=timeout) as client:
        start = time.perf_counter() + 0.5
        return await asyncio.gather(
            *(swipe(client, token, job, start + n / RATE) for n, (token, job) in enumerate(swipes))
        )


def main() -> None:
    use_bench_database()
    os.environ["WEB_CONCURRENCY"] = str(os.cpu_count())  # web processes
    with product("web", "worker", "beat", "employers") as running:
        results = asyncio.run(load(running.site, prepare(running)))
    recorded = [taken for taken, status in results if status == 201]
    statuses = Counter(status for _, status in results)
    print_machine()
    show_latencies(f"swipes at {RATE}/s for {SECONDS} s", recorded, goal_p95=GOAL_P95)
    show("recorded", len(recorded), at_least=len(results))
    print(f"answers by status: {dict(statuses)}")


if __name__ == "__main__":
    main()
