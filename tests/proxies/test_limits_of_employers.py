"""What an employer is spared holds exactly, however many workers ask, and whether Redis is wiped or workers die."""

import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
import redis
from django.conf import settings as django_settings
from django.db import connection
from django.db.models import F
from pytest_django import Settings

from proxies.models import ProxyLease, Site, Verdict
from proxies.rotator import lease, release, sweep
from proxies.waiting import MustWait, Reason
from script.benchmarks.proxies import most_at_once
from tests.processes import PATIENCE, ROOT, _same_servers, until
from tests.proxies.conftest import make_proxies

HOST = "jobs.example.com"
TAKER = """
import django
django.setup()
from proxies.rotator import lease
for person in range(1000, 2000):
    lease(person, "jobs.example.com", employer="acme")
"""
pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def no_usual_limits(settings: Settings) -> None:
    settings.POLITE_LIMITS = {}


def wipe_redis() -> None:
    """Take all that the product keeps in Redis."""
    store = redis.Redis.from_url(django_settings.REDIS_URL)
    for key in store.scan_iter(f"{django_settings.REDIS_PREFIX}*"):
        store.delete(key)
    store.close()


def test_no_limit_of_an_employer_is_exceeded_by_many_workers_while_redis_is_wiped() -> None:
    make_proxies(10, host_parallel=20, host_per_hour=1000)
    Site.objects.create(kind="employer", name="acme", parallel=3, per_hour=40, per_person_day=2)

    def ask(number: int) -> Reason | None:
        try:
            taken = lease(number % 30, HOST, employer="acme")
            if number % 10 == 0:
                wipe_redis()
            release(taken.lease, Verdict.REACHED)
        except MustWait as wait:
            return wait.reason
        finally:
            connection.close()
        return None

    def ask_until_told(number: int) -> Reason | None:
        """Ask again as long as others are at it."""
        while (reason := ask(number)) == Reason.PARALLEL:
            continue  # whoever is at it may be slow
        return reason

    with ThreadPoolExecutor(20) as workers:
        told = Counter(workers.map(ask_until_told, range(120)))

    uses = list(ProxyLease.objects.all())
    assert len(uses) == told[None] == 40
    assert told[Reason.HOUR_FULL] + told[Reason.DAY_FULL] == 80
    assert most_at_once(uses, lambda use: use.employer) <= 3
    assert max(Counter(use.person for use in uses).values()) <= 2


@pytest.fixture
def takers() -> Iterator[list[subprocess.Popen[str]]]:
    """Two processes that take one lease after another and release none."""
    environment = {**_same_servers(), "DJANGO_SETTINGS_MODULE": "jobswipe.settings", "POLITE_GAP": "0"}
    environment |= {"POLITE_PARALLEL": "5000", "POLITE_PER_HOUR": "5000", "POLITE_HOST_PARALLEL": "5000"}
    command = [sys.executable, "-c", TAKER]
    started = [
        subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True) for _ in range(2)
    ]
    yield started
    for one in started:
        one.kill()
        one.communicate()


def statements_of_others() -> int:
    """Return how many other connections to this database are at work, also for those who are gone."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
            " AND backend_type = 'client backend' AND state <> 'idle'"
        )
        return int(cursor.fetchone()[0])


def test_workers_that_are_killed_leave_no_lease_behind(takers: list[subprocess.Popen[str]]) -> None:
    make_proxies(4, parallel=500, host_parallel=500, host_per_hour=5000)
    until(lambda: ProxyLease.objects.count() > 20, "they take leases")
    for one in takers:
        one.kill()
        one.wait(PATIENCE)
    until(lambda: not statements_of_others(), "PostgreSQL has ended what they had asked for")
    live = ProxyLease.objects.filter(released_at=None)
    taken = live.count()
    Site.objects.update(parallel=1)
    with pytest.raises(MustWait) as wait:
        lease(1, HOST, employer="acme")
    assert wait.value.reason == Reason.PARALLEL
    ProxyLease.objects.update(expires_at=F("expires_at") - timedelta(hours=1))
    assert lease(1, HOST, employer="acme").proxy  # they count no more, even before the sweep
    assert sweep() == taken
    assert live.count() == 1
