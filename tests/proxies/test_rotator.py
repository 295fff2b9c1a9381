"""The rotator: a person keeps their exit while it is well; no limit is exceeded; what is taken comes back."""

import random
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import connection
from django.db.models import F
from django.db.models.functions import Now
from pytest_django import Settings

from proxies.health import fail
from proxies.models import HostHealth, Proxy, ProxyLease, Verdict
from proxies.rotator import Exit, host_of, lease, release, renew, sweep
from proxies.waiting import MustWait, Reason
from script.benchmarks.proxies import most_at_once
from tests.proxies.conftest import make_proxies

HOST = "jobs.example.com"


def age(**by: int) -> None:
    """Let time pass for the leases."""
    past = timedelta(**by)
    ProxyLease.objects.update(taken_at=F("taken_at") - past, expires_at=F("expires_at") - past)


def use(person: int, host: str = HOST, verdict: Verdict = Verdict.REACHED) -> int | None:
    taken = lease(person, host)
    release(taken.lease, verdict)
    return taken.proxy


def waits(person: int = 1, host: str = HOST) -> Reason:
    with pytest.raises(MustWait) as wait:
        lease(person, host)
    assert wait.value.sentence
    return wait.value.reason


@pytest.mark.django_db(transaction=True)
def test_a_thousand_leases_by_twenty_workers_keep_every_limit_even_and_sticky() -> None:
    make_proxies(50, host_parallel=2, host_per_hour=9, parallel=3)
    work = [(person, f"ats{number % 10}.example.com") for person in range(250) for number in range(person, person + 4)]
    random.Random(1).shuffle(work)

    def carry_out(one: tuple[int, str]) -> Exit:
        try:
            taken = lease(*one)
            release(taken.lease, Verdict.REACHED)
            return taken
        finally:
            connection.close()

    with ThreadPoolExecutor(20) as workers:
        done = list(workers.map(carry_out, work))

    uses = list(ProxyLease.objects.all())
    assert len(uses) == 1000
    assert max(Counter((use.proxy_id, use.host) for use in uses).values()) <= 9
    assert most_at_once(uses, lambda use: (use.proxy_id, use.host)) <= 2
    assert most_at_once(uses, lambda use: use.proxy_id) <= 3
    load = Counter(one.proxy for one in done)
    assert len(load) == 50
    assert max(load.values()) / min(load.values()) < 1.3
    assert sum(use.is_home for use in uses) > 950
    assert all(use.released_at for use in uses)


@pytest.mark.django_db
def test_a_person_keeps_their_exit_until_it_is_ill_and_then_moves_for_that_host_only() -> None:
    make_proxies(5)
    home = use(1)
    assert {use(1), use(1, "other.example.com"), use(1)} == {home}
    assert use(1, verdict=Verdict.REFUSED) == home
    elsewhere = use(1)
    assert elsewhere != home
    assert use(1, "other.example.com") == home
    HostHealth.objects.update(cool_until=Now())
    assert use(1) == home  # on probation, and it goes well
    assert HostHealth.objects.get(proxy=home, host=HOST).failures == 0


@pytest.mark.django_db
def test_people_are_spread_and_the_quick_and_near_exits_come_first() -> None:
    near, quick, *_ = make_proxies(4, latency_ms=900)
    Proxy.objects.filter(pk=near.pk).update(country="DE")
    Proxy.objects.filter(pk=quick.pk).update(latency_ms=80)
    assert lease(1, HOST, country="DE").proxy == near.pk
    assert lease(2, HOST, country="US").proxy == quick.pk
    Proxy.objects.update(latency_ms=80)
    assert len({use(person, f"{person}.example.com") for person in range(10, 16)}) == 4


@pytest.mark.django_db
def test_a_full_exit_makes_room_for_another_and_a_full_list_makes_wait() -> None:
    make_proxies(2, host_parallel=1, host_per_hour=3)
    first, second = lease(1, HOST), lease(2, HOST)
    assert first.proxy != second.proxy
    assert waits(3) == Reason.EXITS_BUSY
    assert lease(3, "other.example.com").proxy
    release(first.lease, Verdict.REACHED)
    release(second.lease, Verdict.REACHED)
    assert [use(3, verdict=Verdict.NONE) for _ in range(4)]
    assert waits(3) == Reason.EXITS_BUSY  # three uses of each exit within the hour
    age(minutes=61)
    assert use(3)


@pytest.mark.django_db
def test_a_lease_expires_without_its_worker_and_stays_with_one() -> None:
    make_proxies(1, host_parallel=1)
    held = lease(1, HOST)
    age(minutes=1)
    renew(held.lease)
    age(seconds=100)
    assert waits(2) == Reason.EXITS_BUSY
    age(seconds=30)
    other = lease(2, HOST)
    assert sweep() == 1
    assert ProxyLease.objects.get(pk=held.lease).verdict == Verdict.LOST
    release(held.lease, Verdict.REFUSED)  # too late: it says nothing any more
    assert not HostHealth.objects.exists()
    assert ProxyLease.objects.get(released_at__isnull=True).pk == other.lease


@pytest.mark.django_db
def test_asking_again_gives_the_same_lease() -> None:
    make_proxies(3)
    assert lease(1, HOST, holder="attempt 7") == lease(1, HOST, holder="attempt 7")
    assert ProxyLease.objects.count() == 1


@pytest.mark.django_db
def test_nothing_goes_out_directly_unless_it_is_allowed(settings: Settings) -> None:
    assert waits() == Reason.NO_EXIT
    settings.DEBUG = True
    assert lease(1, HOST).upstream is None
    [proxy] = make_proxies(1)
    fail(proxy, "test")
    assert waits() == Reason.EXITS_ILL
    Proxy.objects.update(retired_at=Now())
    assert waits() == Reason.NO_EXIT
    settings.ALLOW_DIRECT = True
    assert lease(1, HOST).upstream is None
    settings.ALLOW_DIRECT = False
    Proxy.objects.all().delete()
    assert waits() == Reason.NO_EXIT


@pytest.mark.django_db
def test_an_exit_that_fails_cools_down_longer_each_time_and_is_retired_with_a_notice(
    settings: Settings, mailoutbox: list[object], django_capture_on_commit_callbacks: object
) -> None:
    settings.ADMINS, settings.PROXY_RETIRE_AFTER = [("charlie", "charlie@example.com")], 4
    [proxy] = make_proxies(1)
    rests = []
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]
        for _ in range(4):
            use(1, verdict=Verdict.EXIT_FAILED)
            row = Proxy.objects.annotate(left=F("cool_until") - Now()).get()
            rests.append(row.left.total_seconds())
            Proxy.objects.update(cool_until=None)
    assert rests == [pytest.approx(rest, abs=14) for rest in (30, 60, 120, 240)]  # some of it is over
    assert (row.retired_at is not None, row.people) == (True, 0)
    assert "4 failures in a row" in row.retired_reason
    assert proxy.url in mailoutbox[0].subject  # type: ignore[attr-defined]
    assert waits() == Reason.NO_EXIT


@pytest.mark.django_db
def test_on_probation_one_goes_first_and_success_frees_the_exit() -> None:
    [proxy] = make_proxies(1)
    fail(proxy, "test")
    Proxy.objects.update(cool_until=Now())
    trial = lease(1, HOST)
    assert waits(2, "other.example.com") == Reason.EXITS_BUSY
    release(trial.lease, Verdict.REACHED)
    assert Proxy.objects.get().failures == 0
    assert lease(1, HOST).proxy == lease(2, HOST).proxy == proxy.pk


@pytest.mark.django_db
def test_a_gateway_that_is_refused_is_left_by_another_address() -> None:
    [gate] = make_proxies(1, provider="gateway")
    gate.user = "acme-{session}"
    gate.save()
    first = lease(1, HOST)
    release(first.lease, Verdict.REFUSED)
    second = lease(1, HOST)
    assert first.upstream
    assert second.upstream
    assert first.upstream.user != second.upstream.user


def test_hosts_are_named_with_unusual_ports() -> None:
    assert host_of("https://Jobs.Example.com:443/x") == "jobs.example.com"
    assert host_of("http://127.0.0.1:8900/meridian") == "127.0.0.1:8900"
