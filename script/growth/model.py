"""From a number of people to what it takes: swipes, rows, sockets, browsers, machines, money. Pure arithmetic."""

from dataclasses import dataclass
from math import ceil

from script.growth.assumptions import GB, Assumptions

DAY, YEAR = 86_400, 365
MONTH = 30  # days, in which things are paid
CORES = 16  # of a big PostgreSQL
PHASES = {
    1: "one region: a pool of connections, indexes",
    2: "replicas, a Redis for each role, gateways",
    3: "partitions, shards by person, CDN, RabbitMQ",
}


@dataclass(frozen=True)
class Need:
    """What so many people need. A second, a day or a year is in the name; the rest is at the busiest moment."""

    people: float
    active_a_day: float
    swipes_a_second: float
    statements_a_second: float
    applications_a_day: float
    rows_a_year: float
    database_bytes_a_year: float
    file_bytes_a_year: float
    open_pages: float
    devices: float
    web_cores: int
    browsers: int
    worker_bytes: float
    redis_bytes: float
    bytes_out_a_second: float
    primaries: int
    phase: int
    dollars_a_month: float

    @property
    def dollars_a_person(self) -> float:
        return self.dollars_a_month / self.people


def need(people: float, given: Assumptions) -> Need:
    """Return what so many people need."""
    active = people * given.active_share
    swipes = active * given.swipes_per_active
    applications = swipes * given.right_share
    swipes_a_second = swipes / DAY * given.peak_factor
    statements = _statements(swipes_a_second, applications, given)
    pages, devices = active * given.pages_at_peak, active * given.devices_at_peak
    by_server = applications * given.server_share
    browsers = ceil(by_server * given.seconds_per_application / (given.busy_hours * 3600))
    rows, stored = _stored(people, swipes, applications, given)
    files = applications * YEAR * given.evidence_bytes
    primaries = max(
        ceil(statements / (given.statements_per_primary * given.load)), ceil(stored / given.bytes_per_primary)
    )
    database_cores = max(2 * primaries, ceil(statements * CORES / (given.statements_per_primary * given.load)))
    web_cores = max(
        ceil(swipes_a_second * given.core_seconds_per_swipe / given.load),
        ceil((pages + devices) / given.sockets_per_process),
    )
    redis = (pages + 2 * devices + browsers) * given.live_key_bytes
    out = swipes * given.bytes_out_per_swipe
    through_proxies = by_server * given.bytes_per_form
    dollars = (
        (web_cores + browsers) * given.price_core  # a browser keeps a core busy while it draws
        + 2 * database_cores * given.price_core  # each primary with a standby
        + (pages * given.socket_bytes + redis) / GB * given.price_gb_memory
        + 2 * stored / GB * given.price_gb_disk
        + files / GB * given.price_gb_files
        + out * MONTH / GB * given.price_gb_out
        + through_proxies * MONTH / GB * given.price_gb_proxy
    )
    return Need(
        people=people,
        active_a_day=active,
        swipes_a_second=swipes_a_second,
        statements_a_second=statements,
        applications_a_day=applications,
        rows_a_year=rows,
        database_bytes_a_year=stored,
        file_bytes_a_year=files,
        open_pages=pages,
        devices=devices,
        web_cores=web_cores,
        browsers=browsers,
        worker_bytes=browsers * given.browser_bytes,
        redis_bytes=redis,
        bytes_out_a_second=out / DAY * given.peak_factor,
        primaries=primaries,
        phase=_phase(swipes_a_second, primaries, given),
        dollars_a_month=dollars,
    )


def _statements(swipes_a_second: float, applications_a_day: float, given: Assumptions) -> float:
    """At the peak: swipes with their peak, applications spread over the hours in which they are carried out."""
    carried_out = applications_a_day / (given.busy_hours * 3600)
    return swipes_a_second * given.statements_per_swipe + carried_out * given.statements_per_application


def _stored(people: float, swipes: float, applications: float, given: Assumptions) -> tuple[float, float]:
    """Return rows and bytes in PostgreSQL after a year of such days."""
    jobs = min(given.open_jobs, people * given.jobs_per_person) * YEAR / given.job_life_days
    lefts = swipes - applications
    rows = (lefts + applications * given.rows_per_application) * YEAR + jobs
    of_people = lefts * given.bytes_per_left + applications * given.bytes_per_application
    return rows, (of_people * YEAR + jobs * given.bytes_per_job) * given.slack


def _phase(swipes_a_second: float, primaries: int, given: Assumptions) -> int:
    if primaries > 1:
        return 3
    return 1 if swipes_a_second <= given.one_machine else 2
