"""What the capacity model takes for granted: what people do, what a unit of work costs, what a machine does, prices.

Each can be given on the command line. MEASURED ones are held against the product by `tests/setup/test_capacity.py`, or
come from a benchmark, which is named; the others are guesses, to be replaced by one's own figures.
"""

from dataclasses import dataclass, field
from typing import Any

MEASURED, ASSUMED = "measured", "assumed"
KB, MB, GB = 1e3, 1e6, 1e9


def measured(default: float, what: str) -> Any:
    return field(default=default, metadata={"kind": MEASURED, "what": what})


def assumed(default: float, what: str) -> Any:
    return field(default=default, metadata={"kind": ASSUMED, "what": what})


@dataclass(frozen=True)
class Assumptions:
    """All of them, by name."""

    # What people do
    active_share: float = assumed(0.1, "of all people, those who come on one day")
    swipes_per_active: float = assumed(100, "swipes of one who comes, a day")
    right_share: float = assumed(0.1, "of swipes, those to the right: applications")
    server_share: float = assumed(
        0.3, "of applications, those that our server carries out; the others' computers do the rest"
    )
    peak_factor: float = assumed(10, "swipes in the busiest second over those of a mean second")
    busy_hours: float = assumed(12, "hours in which a day's server applications are carried out")
    pages_at_peak: float = assumed(0.2, "of those who come, the share with a page open at the busiest moment")
    devices_at_peak: float = assumed(0.1, "of those who come, the share whose computer is connected then")
    jobs_per_person: float = assumed(50, "open jobs for each person, until there are no more to be had")
    open_jobs: float = assumed(1e6, "jobs open at a time, at most")
    job_life_days: float = assumed(30, "days for which a job is open")

    # What a unit costs
    statements_per_swipe: float = measured(7, "statements of a swipe to the right (test_capacity.py)")
    statements_per_application: float = measured(120, "statements from the claim to the end (test_capacity.py)")
    bytes_per_left: float = measured(
        300, "bytes in PostgreSQL of a swipe to the left, indexes included (test_capacity.py)"
    )
    bytes_per_application: float = measured(
        19e3, "bytes in PostgreSQL of an application with all that it leaves (test_capacity.py)"
    )
    rows_per_application: float = measured(41, "rows of an application with all that it leaves (test_capacity.py)")
    bytes_per_job: float = assumed(25e3, "bytes in PostgreSQL of a job with its words and indexes")
    evidence_bytes: float = measured(200e3, "bytes in files of one application: two pictures (practice employers)")
    slack: float = assumed(1.3, "room in tables and indexes that are written to, over the same packed")
    seconds_per_application: float = assumed(120, "of one browser, at a human pace with real forms")
    browser_bytes: float = assumed(500 * MB, "memory of one browser")
    socket_bytes: float = measured(60 * KB, "memory of an open page in its web process (script/bench feed)")
    core_seconds_per_swipe: float = assumed(0.01, "of the web, with its share of the requests around it")
    live_key_bytes: float = assumed(350, "memory of a sign of life in Redis")
    bytes_out_per_swipe: float = assumed(8 * KB, "sent to people for one swipe: the next card, the answer, events")
    bytes_per_form: float = assumed(
        3 * MB, "loaded by a browser of the server lane for one application, through a proxy"
    )

    # What a machine does
    statements_per_primary: float = assumed(40_000, "statements a second that one PostgreSQL of 16 cores carries")
    bytes_per_primary: float = assumed(4e12, "bytes that one PostgreSQL holds and can still be restored in hours")
    sockets_per_process: float = measured(5000, "open pages that one web process keeps (script/bench feed)")
    one_machine: float = assumed(150, "swipes a second up to which one machine does it all")
    load: float = assumed(0.5, "of what a machine could do, what it is given")

    # Prices, US dollars a month
    price_core: float = assumed(25, "for a core with 4 GB")
    price_gb_memory: float = assumed(4, "for a GB of memory beyond that")
    price_gb_disk: float = assumed(0.15, "for a GB of the database's disk; it is kept twice")
    price_gb_files: float = assumed(0.023, "for a GB of files")
    price_gb_out: float = assumed(0.05, "for a GB sent to people")
    price_gb_proxy: float = assumed(1.0, "for a GB through proxies")
