"""Jobs in and out: an import of 100,000, the deck and the search among 1,000,000, the snapshot of a swipe.

The file that is imported has texts as long as real ones. The million is the same postings ten times over with other ids
and short texts: neither the deck nor the search reads texts of postings that it does not show.
The person who asks has decided on 100,000 jobs: half of them the very newest, which is the worst case, half at random.
"""

import json
import random
import tempfile
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

import psutil

from script.benchmarks.harness import print_latencies, print_machine, use_bench_database

IMPORTED = 100_000
TIMES = 10  # the imported ones, for the million
SWIPES = 100_000
GOAL_RATE = 2_000  # rows a second
GOAL_READ = 0.05  # seconds, p95
GOAL_SNAPSHOT = 0.005

RANKS = ["", "", "", "Senior ", "Staff ", "Junior ", "Lead "]
KINDS = [
    "Software Engineer", "Backend Engineer", "Frontend Engineer", "Data Scientist", "Data Analyst", "Product Manager",
    "Product Designer", "Account Executive", "Customer Success Manager", "Recruiter", "Accountant", "Nurse",
    "DevOps Engineer", "Marketing Manager", "Legal Counsel", "Security Engineer", "Operations Analyst", "Teacher",
    "Mechanical Engineer", "Sales Development Representative", "Technical Writer", "QA Engineer", "Office Assistant",
]  # fmt: skip
TOPICS = ["Payments", "Growth", "Platform", "Mobile", "Search", "Billing", "Maps", "Devices", "Risk", "Ads", "Identity"]
PLACES = [
    "San Francisco, CA", "New York, NY", "Austin, TX", "Remote - US", "Remote", "London, UK", "Berlin, Germany",
    "Toronto, ON", "Bengaluru, India", "Paris, France", "Seattle, WA", "Remote - Europe", "Chicago, IL", "Singapore",
]  # fmt: skip
SKILLS = ["Python", "PostgreSQL", "React", "Kubernetes", "AWS", "Figma", "Salesforce", "SQL", "Excel", "Java", "Kafka"]
WORDS = [
    "we",
    "you",
    "build",
    "keep",
    "light",
    "sea",
    "harbour",
    "people",
    "team",
    "care",
    "work",
    "plain",
    "day",
    "night",
    "record",
    "system",
    "answer",
    "question",
    "write",
    "read",
    "measure",
    "improve",
    "own",
    "help",
    "customer",
    "product",
    "design",
    "ship",
    "review",
    "plan",
    "learn",
    "teach",
    "ask",
    "trust",
    "quiet",
    "careful",
    "steady",
    "curious",
]
QUERIES: list[dict[str, Any]] = [
    {"q": "software engineer"}, {"q": "python"}, {"q": "senior backend engineer", "mode": ("remote",)}, {"q": "nurse"},
    {"q": "designer", "place": "Germany"}, {"place": "Austin"}, {"q": "payments", "type": ("part_time",)},
    {"mode": ("remote",), "rank": ("senior",)}, {"q": "pyhton developer"}, {"q": "legal counsel", "posted": 7},
    {"q": "kubernetes -engineer"}, {"pay": 200_000, "currency": "USD"}, {"q": "zebra"}, {"q": "employer 17"},
]  # fmt: skip


def rows() -> Iterator[dict[str, Any]]:
    """Give postings as files have them, with the shares of places, pay and lengths that real boards have."""
    chance = random.Random(7)
    now = time.time()
    for number in range(IMPORTED):
        place = chance.choice(PLACES)
        low = chance.randrange(40, 220) * 1000 if chance.random() < 0.37 else None
        skills = chance.sample(SKILLS, 4)
        text = "\n\n".join(" ".join(chance.choices(WORDS, k=90)).capitalize() + "." for _ in range(9))
        yield {
            "ats": "file", "board": "bench", "external_id": f"bench-{number}", "company": f"Employer {number % 2500}",
            "title": f"{chance.choice(RANKS)}{chance.choice(KINDS)}, {chance.choice(TOPICS)}", "location": place,
            "is_remote": place.startswith("Remote"), "employment_type": chance.choice(["FullTime"] * 9 + ["PartTime"]),
            "published_at": time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(now - (IMPORTED - number) * 60)),
            "job_url": f"https://jobs.example.com/{number}", "apply_url": f"https://jobs.example.com/{number}/apply",
            "salary_min": low, "salary_max": low and low + 30_000, "salary_currency": low and "USD",
            "salary_interval": low and "1 YEAR", "description_plain": f"{text}\n\nWe use {', '.join(skills)}.",
        }  # fmt: skip


def imports(folder: Path) -> None:
    from django.db import connection

    from jobs.importing.run import import_file

    path = folder / "bench.jsonl"
    with path.open("w", encoding="utf-8") as file:
        for row in rows():
            file.write(json.dumps(row) + "\n")
    process = psutil.Process()
    before = process.memory_info().rss
    peak = [before]
    for name in ("import", "import again, unchanged"):
        written = _written(connection)
        start, used = time.perf_counter(), time.process_time()
        run = import_file(path, progress=lambda run: peak.append(process.memory_info().rss))
        seconds = time.perf_counter() - start
        rate = run.seen / seconds
        print(
            f"{name}: {run.seen:,} rows of {path.stat().st_size / run.seen / 1000:.1f} kB in {seconds:.0f} s, "
            f"{rate:,.0f} a second ({time.process_time() - used:.0f} s of Python)   "
            f"goal {GOAL_RATE:,}: {'pass' if rate >= GOAL_RATE else 'SHORT'}"
        )
        print(f"  rows of jobs written: {_written(connection) - written:,}")
    print(f"memory: {before / 2**20:.0f} MB before, {max(peak) / 2**20:.0f} MB at most")


def _written(connection: Any) -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_stat_force_next_flush()")
        cursor.execute("SELECT n_tup_ins + n_tup_upd FROM pg_stat_user_tables WHERE relname = 'jobs_job'")
        return int(cursor.fetchone()[0])


def multiply() -> None:
    """Make the million, with indexes built at the end as a restore does it."""
    from django.db import connection

    from jobs.models import Job

    copied = [
        one.column
        for one in Job._meta.concrete_fields
        if one.column not in {"id", "external_id", "group", "pay_year", "description"}
    ]
    names = ", ".join(f'"{one}"' for one in copied)
    with connection.cursor() as cursor:
        cursor.execute("DROP INDEX search_open_jobs")
        cursor.execute("ALTER TABLE jobs_job DISABLE TRIGGER USER")
        cursor.execute(
            f'INSERT INTO jobs_job ({names}, external_id, "group", description) '
            f"SELECT {names}, external_id || '-' || n, \"group\" + n, left(description, 300) "
            "FROM jobs_job job, generate_series(2, %s) n ORDER BY n, job.id",
            [TIMES],
        )
        cursor.execute("ALTER TABLE jobs_job ENABLE TRIGGER USER")
        cursor.execute("SET maintenance_work_mem = '512MB'")
        cursor.execute("CREATE INDEX search_open_jobs ON jobs_job USING gin (search) WHERE status = 'open'")
        cursor.execute("VACUUM (ANALYZE) jobs_job")


def person_who_decided() -> Any:
    """Make a person with 100,000 decisions: the newest jobs, and as many at random."""
    from django.db import connection

    from accounts.models import Candidate, User

    user = User.objects.create_user("bench@example.com")
    Candidate.objects.create(
        user=user, first_name="Ada", current_title="Backend Engineer", city="Austin", region="TX", country="US",
        work_mode="remote",
        skills=[{"name": "Python"}, {"name": "PostgreSQL"}], salary_amount=150_000, salary_currency="USD",
        salary_period="year",
        experience_years=8,
    )  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO applications_swipe (user_id, job_id, direction, key) SELECT %s, id, "
            "CASE WHEN random() < 0.2 THEN 'save' ELSE 'left' END, gen_random_uuid() FROM ("
            "(SELECT id FROM jobs_job ORDER BY id DESC LIMIT %s) UNION "
            "(SELECT id FROM jobs_job WHERE id %% 19 = 0 LIMIT %s)) job",
            [user.pk, SWIPES // 2, SWIPES // 2],
        )
        cursor.execute("VACUUM (ANALYZE) applications_swipe")
    return user


def timed(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def reads(user: Any) -> None:
    from jobs.deck import deck
    from jobs.filters import Filters
    from jobs.search import counts, search

    chance = random.Random(3)
    held: list[int] = []

    def next_cards() -> None:
        held.extend(card.job.pk for card in deck(user, held=held))
        del held[:-12]

    for _ in range(5):
        next_cards()
    print_latencies("deck", [timed(next_cards) for _ in range(150)], goal_p95=GOAL_READ)
    filtered = [Filters(**query) for query in QUERIES]
    print_latencies(
        "deck with filters",
        [timed(lambda: deck(user, chance.choice(filtered))) for _ in range(100)],
        goal_p95=GOAL_READ,
    )
    for one in filtered:
        search(one, limit=20)
    print_latencies(
        "search", [timed(lambda: search(chance.choice(filtered), limit=20)) for _ in range(200)], goal_p95=GOAL_READ
    )
    print_latencies(
        "counts of all filters", [timed(lambda: counts(chance.choice(filtered))) for _ in range(50)], goal_p95=0.2
    )
    times = [(timed(partial(search, one, limit=20)), query) for one, query in zip(filtered, QUERIES, strict=True)]
    slowest = sorted(times, key=lambda row: -row[0])
    print("  slowest:", "; ".join(f"{query} {seconds * 1000:.0f} ms" for seconds, query in slowest[:3]))


def snapshots() -> None:
    from jobs.models import Job
    from jobs.services import take_snapshot

    jobs = list(Job.objects.select_related("company").order_by("id")[:300])
    times = [timed(partial(take_snapshot, job)) for job in jobs]
    print_latencies("snapshot of a swipe", times, goal_p95=GOAL_SNAPSHOT)


def main() -> None:
    use_bench_database()
    import django
    from django.core.management import call_command

    django.setup()
    call_command("migrate", verbosity=0)
    print_machine()
    with tempfile.TemporaryDirectory(prefix="jobswipe-bench-") as folder:
        imports(Path(folder))
    multiply()
    user = person_who_decided()
    reads(user)
    snapshots()


if __name__ == "__main__":
    main()
