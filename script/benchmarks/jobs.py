"""Jobs in and out: an import of 100,000, the deck and the search among 1,000,000, the snapshot of a swipe.

The file that is imported has texts as long as real ones. The million is 20,000 imported postings fifty times over, with
other ids; their texts have a third of the length, so that they are made within minutes, and all words can be found.
The person who asks has decided on 100,000 jobs: half of them the very newest, which is the worst case, half at random.
"""

import gc
import json
import random
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from functools import partial
from itertools import accumulate
from pathlib import Path
from typing import Any

import psutil

from script.benchmarks.figures import print_machine, show, show_latencies
from script.benchmarks.harness import use_bench_database

IMPORTED = 100_000
FEW, MANY = 20_000, 1_000_000  # of some that were imported come as many as search and deck go through
SWIPES = 100_000
GOAL_RATE = 2_000  # rows a second
GOAL_READ = 0.05  # seconds, p95
GOAL_SNAPSHOT = 0.005
GOAL_GROWTH = 30  # MB

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
STOP_WORDS = "the and to of a in with our you we for is on as will be are your that or at this have from an by us it"
QUERIES: list[dict[str, Any]] = [
    {"q": "software engineer"}, {"q": "python"}, {"q": "senior backend engineer", "mode": ("remote",)}, {"q": "nurse"},
    {"q": "designer", "place": "Germany"}, {"place": "Austin"}, {"q": "payments", "type": ("part_time",)},
    {"mode": ("remote",), "rank": ("senior",)}, {"q": "pyhton developer"}, {"q": "legal counsel", "posted": 7},
    {"q": "kubernetes -engineer"}, {"pay": 200_000, "currency": "USD"}, {"q": "zebra"}, {"q": "employer 17"},
    {"q": "mentor"}, {"q": "lighthouse keeper"}, {"q": "dovetail", "mode": ("remote",)},  # words of descriptions alone
]  # fmt: skip


def paragraphs(chance: random.Random) -> list[str]:
    """Give paragraphs with words as often as English has them (Zipf): half plain words, the rest of 20,000 others."""
    syllables = [one + two for one in "bcdfghjklmnprstvwz" for two in ("a", "e", "i", "o", "u", "an", "er", "ing")]
    words = [
        *STOP_WORDS.split(),
        "mentor",
        *("".join(chance.choices(syllables, k=chance.randint(2, 4))) for _ in range(20_000)),
    ]
    words[9_000], words[12_000], words[15_000] = "dovetail", "lighthouse", "keeper"
    weights = list(accumulate(1 / (rank + 3) for rank in range(len(words))))
    return [" ".join(chance.choices(words, cum_weights=weights, k=90)).capitalize() + "." for _ in range(4_000)]


def rows(number_of: int, paragraphs_each: int = 8) -> Iterator[dict[str, Any]]:
    """Give postings as files have them, with the shares of places, pay and lengths that real boards have."""
    chance = random.Random(7)
    told = paragraphs(chance)
    now = time.time()
    for number in range(number_of):
        place = chance.choice(PLACES)
        low = chance.randrange(40, 220) * 1000 if chance.random() < 0.37 else None
        skills = chance.sample(SKILLS, 4)
        text = "\n\n".join(chance.sample(told, paragraphs_each))
        yield {
            "ats": "file", "board": "bench", "external_id": f"bench-{number}", "company": f"Employer {number % 2500}",
            "title": f"{chance.choice(RANKS)}{chance.choice(KINDS)}, {chance.choice(TOPICS)}", "location": place,
            "is_remote": place.startswith("Remote"), "employment_type": chance.choice(["FullTime"] * 9 + ["PartTime"]),
            "published_at": time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(now - (number_of - number) * 60)),
            "job_url": f"https://jobs.example.com/{number}", "apply_url": f"https://jobs.example.com/{number}/apply",
            "salary_min": low, "salary_max": low and low + 30_000, "salary_currency": low and "USD",
            "salary_interval": low and "1 YEAR", "description_plain": f"{text}\n\nWe use {', '.join(skills)}.",
        }  # fmt: skip


def written(folder: Path, number: int, paragraphs_each: int = 8) -> Path:
    path = folder / "bench.jsonl"
    with path.open("w", encoding="utf-8") as file:
        file.writelines(json.dumps(row) + "\n" for row in rows(number, paragraphs_each))
    return path


def imports(path: Path) -> None:
    """Import a file twice, and print what that took and wrote."""
    from jobs import texts
    from jobs.importing.run import import_file

    process = psutil.Process()
    sizes: list[float] = []
    for name in ("import", "import again, unchanged"):
        before, start, used = rows_written(), time.perf_counter(), time.process_time()
        run = import_file(path, progress=lambda run: sizes.append(process.memory_info().rss / 2**20))
        seconds = time.perf_counter() - start
        print(f"{name}: {run.seen:,} rows of {path.stat().st_size / run.seen / 1000:.1f} kB in {seconds:.0f} s,"
              f" {time.process_time() - used:.0f} s of it Python")  # fmt: skip
        show(f"{name}, rows", run.seen / seconds, "a second", at_least=GOAL_RATE)
    wrote = rows_written() - before
    show("rows that the second one wrote", wrote, at_most=0)
    start = time.perf_counter()
    words = texts.write_words()
    show("words of descriptions, read afterwards", words / (time.perf_counter() - start), "a second")
    grown = max(sizes) - sizes[len(sizes) // 10]
    show("memory at most", max(sizes), "MB")
    show("memory grown after a tenth", grown, "MB", at_most=GOAL_GROWTH)


def rows_written() -> int:
    """Return how many rows of all but the record of imports have been written so far."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_stat_force_next_flush()")
        cursor.execute(
            "SELECT sum(n_tup_ins + n_tup_upd + n_tup_del) FROM pg_stat_user_tables WHERE relname <> 'jobs_importrun'"
        )
        return int(cursor.fetchone()[0])


def multiply() -> None:
    """Make the million, with indexes built at the end as a restore does it."""
    from django.db import connection

    from jobs.models import Job

    times = MANY // Job.objects.count()
    own = {"id", "external_id", "search", "group", "pay_year", "description", "posted_at"}
    names = ", ".join(f'"{one.column}"' for one in Job._meta.concrete_fields if one.column not in own)
    without, blocks = blocks_of("id"), f"array_to_tsvector({blocks_of('id')})"
    of_source, of_job = blocks_of("source.id"), f"array_to_tsvector({blocks_of('job.id')})"
    with connection.cursor() as cursor:
        cursor.execute("SET maintenance_work_mem = '512MB'")
        cursor.execute("SET synchronous_commit = off")
        indexes = take_indexes(cursor)
        cursor.execute("ALTER TABLE jobs_job DISABLE TRIGGER USER")
        cursor.execute(
            f'INSERT INTO jobs_job (id, {names}, external_id, "group", description, posted_at, search) '
            f'SELECT id, {names}, external_id, "group", description, posted_at, search || {blocks} '
            f"FROM (SELECT nextval('jobs_job_id_seq') id, {names}, external_id || '-' || n external_id, "
            '"group" + n "group", left(description, 300) description, '
            f"posted_at - (%s - n) * interval '1 day' posted_at, ts_delete(search, {without}) search "
            "FROM (SELECT * FROM jobs_job ORDER BY id) job CROSS JOIN generate_series(2, %s) n ORDER BY n) made",
            [times, times],
        )
        cursor.execute(
            f"INSERT INTO jobs_jobtext (job_id, words) SELECT job.id, ts_delete(words, {of_source}) || {of_job} "
            "FROM jobs_job job "
            "JOIN jobs_job source ON source.external_id = substring(job.external_id, '^bench-[0-9]+') "
            "JOIN jobs_jobtext text ON text.job_id = source.id WHERE job.id <> source.id"
        )
        cursor.execute("ALTER TABLE jobs_job ENABLE TRIGGER USER")
        for index in indexes:
            cursor.execute(index)
        cursor.execute("VACUUM (ANALYZE) jobs_job, jobs_jobtext")


def blocks_of(column: str) -> str:
    """Return an array of the blocks that an id lies in, as SQL."""
    from jobs.models import BLOCKS

    return f"ARRAY[{', '.join(f'{chr(39)}#{bits}:{chr(39)} || ({column} >> {bits})' for bits in BLOCKS)}]"


def take_indexes(cursor: Any) -> list[str]:
    """Drop the indexes of jobs that hold no constraint; return what makes them again."""
    cursor.execute(
        "SELECT indexrelid::regclass::text, pg_get_indexdef(indexrelid) FROM pg_index "
        "WHERE indrelid IN ('jobs_job'::regclass, 'jobs_jobtext'::regclass) AND NOT indisunique"
    )
    found = cursor.fetchall()
    for name, _ in found:
        cursor.execute(f"DROP INDEX {name}")
    return [definition for _, definition in found]


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

    gc.freeze()  # as the web process does
    chance = random.Random(3)
    held: list[int] = []

    def next_cards() -> None:
        held.extend(card.job.pk for card in deck(user, held=held))
        del held[:-12]

    for _ in range(5):
        next_cards()
    show_latencies("deck", [timed(next_cards) for _ in range(150)], goal_p95=GOAL_READ)
    filtered = [Filters(**query) for query in QUERIES]
    show_latencies(
        "deck with filters",
        [timed(lambda: deck(user, chance.choice(filtered))) for _ in range(100)],
        goal_p95=GOAL_READ,
    )
    for one in filtered:
        search(one, limit=20)
    show_latencies(
        "search", [timed(lambda: search(chance.choice(filtered), limit=20)) for _ in range(200)], goal_p95=GOAL_READ
    )
    show_latencies(
        "counts of all filters", [timed(lambda: counts(chance.choice(filtered))) for _ in range(50)], goal_p95=0.2
    )
    times = [(timed(partial(search, one, limit=20)), query) for one, query in zip(filtered, QUERIES, strict=True)]
    slowest = sorted(times, key=lambda row: -row[0])
    print("  slowest:", "; ".join(f"{query} {seconds * 1000:.0f} ms" for seconds, query in slowest[:3]))


def snapshots() -> None:
    from django.db import transaction

    from jobs.models import Job
    from jobs.services import take_snapshot

    jobs = list(Job.objects.select_related("company").order_by("id")[:300])
    with transaction.atomic():  # as a swipe takes it, whose own transaction is there anyway
        times = [timed(partial(take_snapshot, job, None)) for job in jobs]
    show_latencies("snapshot of a swipe", times, goal_p95=GOAL_SNAPSHOT)


def main() -> None:
    wanted = sys.argv[1:] or ["import", "find"]
    use_bench_database()
    import django
    from django.core.management import call_command

    django.setup()
    call_command("migrate", verbosity=0)
    print_machine()
    with tempfile.TemporaryDirectory(prefix="jobswipe-bench-") as folder:
        if "import" in wanted:
            imports(written(Path(folder), IMPORTED))
        if "find" in wanted:
            prepare(Path(folder))
    if "find" in wanted:
        user = person_who_decided()
        reads(user)
        snapshots()


def prepare(folder: Path) -> None:
    from django.core.management import call_command

    from jobs import texts
    from jobs.importing import upsert
    from jobs.importing.run import import_file
    from jobs.models import Job

    call_command("flush", interactive=False, verbosity=0)
    upsert.forget_words()
    import_file(written(folder, FEW, paragraphs_each=3))
    texts.write_words()
    start = time.perf_counter()
    multiply()
    print(f"{Job.objects.count():,} jobs made in {time.perf_counter() - start:.0f} s")


if __name__ == "__main__":
    main()
