"""Swipes and the feed with 1,000,000 applications and 10,000,000 events in the database, beside an empty one.

Both have their own web process, the same people and the same jobs, and are asked in turn, so that whatever else the
machine does falls on both. In the large one these people have a past like everybody's.
"""

import asyncio
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import psycopg
import requests

from script.benchmarks import swipe
from script.benchmarks.figures import percentile, print_machine, show
from script.benchmarks.harness import DATABASE, product, use_bench_database

PEOPLE, APPLICATIONS, EVENTS = 10_000, 100, 10  # people; applications of each; events of each application
ROUNDS, SECONDS, WARM = 5, 6, 4  # of swipes, in each database in turn; those of the first seconds do not count
READS = 200  # in each round
NEWEST = 10  # events that a read of the feed gives
GOAL = 1.5  # times as long as in the empty database, at most


def main() -> None:
    use_bench_database()
    with product() as nothing_runs:
        tokens = swipe.make_people()
        per_second = swipe.RATE // swipe.PEOPLE
        jobs = swipe.make_jobs(nothing_runs, per_second * (WARM + ROUNDS * SECONDS))
        empty = copy_database()
        filling = fill(PEOPLE - len(tokens))
    with product("web") as large:
        os.environ["DATABASE_URL"] = empty
        with product("web") as small:
            sites = [small.site, large.site]
            warm, counted = jobs[: per_second * WARM], jobs[per_second * WARM :]
            for site in sites:
                swipes(site, tokens, warm, WARM)
            took: dict[str, list[list[float]]] = {site: [] for site in sites}
            read: dict[str, list[list[float]]] = {site: [] for site in sites}
            for number in range(ROUNDS):
                some = counted[number * per_second * SECONDS :]
                for site in sites if number % 2 else reversed(sites):
                    took[site].append(swipes(site, tokens, some, SECONDS))
                    read[site].append(reads(site, tokens))
    print_machine()
    print(
        f"{PEOPLE * APPLICATIONS:,} applications and {PEOPLE * APPLICATIONS * EVENTS:,} events, made in {filling:.0f} s"
    )
    print_growth(f"swipes at {swipe.RATE}/s, {ROUNDS} rounds of {SECONDS} s", *took.values())
    print_growth(f"the newest {NEWEST} events of a feed", *read.values())


def copy_database() -> str:
    """Copy the database as it is now; return the address of the copy."""
    from django.db import connection

    connection.close()
    connection.close_pool()  # type: ignore[attr-defined]  # of PostgreSQL alone
    server, _, _ = os.environ["DATABASE_URL"].rpartition("/")
    with psycopg.connect(f"{server}/postgres", autocommit=True) as session:
        session.execute(f"DROP DATABASE IF EXISTS {DATABASE}_empty WITH (FORCE)".encode())
        session.execute(f"CREATE DATABASE {DATABASE}_empty TEMPLATE {DATABASE}".encode())
    return f"{server}/{DATABASE}_empty"


def fill(people: int) -> float:
    """Make the past of everybody; return the seconds that it took."""
    from django.db import connection

    from script.benchmarks import history

    begun = time.perf_counter()
    with without_indexes("applications_event"):
        history.fill(people=people, applications=APPLICATIONS, events=EVENTS)
    with connection.cursor() as cursor:
        cursor.execute("VACUUM (ANALYZE)")  # or autovacuum would do it while we measure
        cursor.execute("CHECKPOINT")
    os.sync()
    connection.close_pool()  # type: ignore[attr-defined]  # of PostgreSQL alone
    return time.perf_counter() - begun


@contextmanager
def without_indexes(table: str) -> Iterator[None]:
    """Take the table's indexes away, but for that of its primary key, and build them anew after the block."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT indexrelid::regclass::text, pg_get_indexdef(indexrelid), conname FROM pg_index"
            " LEFT JOIN pg_constraint ON conindid = indexrelid AND contype = 'u'"
            " WHERE indrelid = %s::regclass AND NOT indisprimary",
            [table],
        )
        indexes = cursor.fetchall()
        for name, _, constraint in indexes:
            cursor.execute(f"ALTER TABLE {table} DROP CONSTRAINT {constraint}" if constraint else f"DROP INDEX {name}")
        yield
        cursor.execute("SET maintenance_work_mem = '1GB'")
        for name, definition, constraint in indexes:
            cursor.execute(definition)
            if constraint:
                cursor.execute(f"ALTER TABLE {table} ADD CONSTRAINT {constraint} UNIQUE USING INDEX {name}")


def swipes(site: str, tokens: list[str], jobs: list[int], seconds: int) -> list[float]:
    """Swipe for so long; return the seconds that each swipe took. Each must be recorded."""
    results = asyncio.run(swipe.load(site, swipe.each_with_each(tokens, jobs, seconds)))
    assert all(status == 201 for _, status in results), "a swipe was not recorded"
    return [taken for taken, _ in results]


def reads(site: str, tokens: list[str]) -> list[float]:
    """Return the seconds of each read of somebody's newest events."""
    took = []
    with requests.Session() as session:
        newest = {token: last_seq(session, site, token) for token in tokens}
        for number in range(READS):
            token = tokens[number % len(tokens)]
            begun = time.perf_counter()
            events = events_after(session, site, token, newest[token] - NEWEST)["events"]
            took.append(time.perf_counter() - begun)
            assert len(events) == NEWEST
    return took


def last_seq(session: requests.Session, site: str, token: str) -> int:
    """Return the number of somebody's newest event."""
    last, found = 0, -1
    while found != last:
        found, last = last, events_after(session, site, token, last)["last_seq"]
    return last


def events_after(session: requests.Session, site: str, token: str, after: int) -> dict[str, Any]:
    answer = session.get(
        f"{site}/api/v1/events/", params={"after": after}, headers={"Authorization": f"Bearer {token}"}, timeout=30
    )
    answer.raise_for_status()
    return dict(answer.json())


def print_growth(name: str, small: list[list[float]], large: list[list[float]]) -> None:
    """Print the middle p95 of the rounds in both, in milliseconds, how many times the first it is, and the goal."""
    before, after = ([percentile(one, 0.95) * 1000 for one in rounds] for rounds in (small, large))
    times = percentile(after, 0.5) / percentile(before, 0.5)
    print(f"{name}:")
    for place, rounds in (("empty", before), ("large", after)):
        show(f"  {place}, p95 of the middle round", percentile(rounds, 0.5), "ms")
        print(f"    of each round {', '.join(f'{one:.1f}' for one in rounds)} ms")
    show("  large to empty", times, "times", at_most=GOAL)


if __name__ == "__main__":
    main()
