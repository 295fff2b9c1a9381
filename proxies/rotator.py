"""The rotator: who goes out where, and when. Every limit is counted from the leases in PostgreSQL.

A taker locks the rows of the sites it goes to, host before employer, so that those who want the same site decide one
after another; then the row of the exit it takes, so that those of different sites do. Each statement after a lock
sees what the one before has committed (READ COMMITTED), so no limit is ever exceeded, by however many workers. Who
gets their own exit, as nearly all do, needs four statements.
"""

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.db import IntegrityError, connection, transaction
from django.db.models.functions import Now

from proxies import politeness
from proxies.health import learn
from proxies.models import HomeExit, Proxy, ProxyLease, Site, Verdict
from proxies.providers import Caller, provider_of
from proxies.upstream import Upstream
from proxies.waiting import MustWait, Reason

logger = logging.getLogger(__name__)

HOMES = 8_021_001  # key of the advisory lock under which homes are given, so that they are spread evenly
RECHECK = timedelta(seconds=15)  # when to look again for room that frees itself as others finish
CANDIDATES = 5

LOCK_SITES = """
SELECT * FROM proxies_site WHERE (kind, name) IN (('host', %(host)s), ('employer', %(employer)s))
ORDER BY kind DESC FOR NO KEY UPDATE
"""
# The enabled exits, or one of them, each with the time from which it may be used for the host.
EXITS = """
WITH usage AS (
    SELECT proxy_id, count(*) AS uses, min(taken_at) AS first_at,
           count(*) FILTER (WHERE released_at IS NULL AND expires_at > statement_timestamp()) AS live
    FROM proxies_proxylease
    WHERE host = %(host)s AND taken_at > statement_timestamp() - interval '1 hour' AND proxy_id IS NOT NULL
      AND (%(proxy)s IS NULL OR proxy_id = %(proxy)s)
    GROUP BY proxy_id
), busy AS (
    SELECT proxy_id, count(*) AS live FROM proxies_proxylease
    WHERE released_at IS NULL AND expires_at > statement_timestamp() AND proxy_id IS NOT NULL
      AND (%(proxy)s IS NULL OR proxy_id = %(proxy)s)
    GROUP BY proxy_id
), exits AS (
    SELECT proxy.id, proxy.people, proxy.latency_ms, proxy.country, proxy.parallel,
        coalesce(busy.live, 0) AS live,
        proxy.failures > 0 OR coalesce(health.failures, 0) > 0 AS on_probation,
        greatest(
            statement_timestamp(), proxy.cool_until, health.cool_until,
            CASE WHEN coalesce(usage.uses, 0) >= proxy.host_per_hour THEN usage.first_at + interval '1 hour' END,
            CASE WHEN coalesce(busy.live, 0) >= CASE WHEN proxy.failures > 0 THEN 1 ELSE proxy.parallel END
                   OR coalesce(usage.live, 0) >= CASE WHEN health.failures > 0 THEN 1 ELSE proxy.host_parallel END
                 THEN statement_timestamp() + %(recheck)s END
        ) AS free_at,
        greatest(proxy.cool_until, health.cool_until) > statement_timestamp() AS is_ill
    FROM proxies_proxy AS proxy
    LEFT JOIN proxies_hosthealth AS health ON health.proxy_id = proxy.id AND health.host = %(host)s
    LEFT JOIN usage ON usage.proxy_id = proxy.id
    LEFT JOIN busy ON busy.proxy_id = proxy.id
    WHERE proxy.is_enabled AND proxy.retired_at IS NULL AND (%(proxy)s IS NULL OR proxy.id = %(proxy)s)
)
"""
# Those that may be used now come first: the person's home, then those that are well, those of their country, the quick
# ones (by half seconds), the idle ones.
RANK = f"""{EXITS}
SELECT id, free_at, free_at <= statement_timestamp() AS is_free, coalesce(is_ill, false)
FROM exits
ORDER BY is_free DESC, CASE WHEN free_at > statement_timestamp() THEN free_at END,
    id = %(home)s DESC NULLS LAST, on_probation,
    (%(country)s <> '' AND country <> %(country)s), coalesce(latency_ms, 0) / 500, people, live, random()
LIMIT %(limit)s
"""  # noqa: S608 put together of the text above alone
TAKE = f"""{EXITS}
INSERT INTO proxies_proxylease (proxy_id, person, host, employer, holder, is_home, expires_at, verdict)
SELECT id, %(person)s, %(host)s, %(employer)s, %(holder)s, %(is_home)s, statement_timestamp() + %(length)s, ''
FROM exits WHERE free_at <= statement_timestamp()
RETURNING id
"""  # noqa: S608 put together of the text above alone


@dataclass(frozen=True)
class Exit:
    """A way out that is held until `release`. Without `upstream` it is the direct one."""

    lease: int
    upstream: Upstream | None = None
    proxy: int | None = None
    country: str = ""


@dataclass(frozen=True)
class _Wish:
    """Who wants to go where."""

    person: int
    host: str
    employer: str
    country: str
    holder: str

    @property
    def sites(self) -> list[tuple[str, str]]:
        """Kind and name of each site, in the order in which they are locked."""
        return [("host", self.host), *([("employer", self.employer)] if self.employer else [])]


def host_of(url: str) -> str:
    """Return the host of an address as leases name it: lower case, with its port if that is unusual."""
    parts = urlsplit(url)
    usual = {"http": 80, "https": 443}.get(parts.scheme)
    host = (parts.hostname or "").lower()
    return host if parts.port in {None, usual} else f"{host}:{parts.port}"


def lease(person: int, employer_host: str, *, employer: str = "", country: str = "", holder: str = "") -> Exit:
    """Take a way out for `person` to `employer_host`, for as long as SERVER_LEASE seconds unless it is renewed.

    It is the person's own exit if that is well and has room for this host, else the best other one. `country` is where
    the person is, two letters. The same `holder` again gets the lease it has. Raises MustWait, with a reason and a
    time, when politeness or the state of the exits says so.
    """
    wish = _Wish(person, employer_host, employer, country, holder)
    try:
        return _take_at_known_sites(wish)
    except IntegrityError:
        with transaction.atomic():
            return _held_by(wish)


class _NewSite(Exception):
    """One of the sites has no row yet that could be locked."""


def _take_at_known_sites(wish: _Wish) -> Exit:
    try:
        with transaction.atomic():
            return _take(wish)
    except _NewSite:
        # Made while nothing is locked: whoever held an employer's row and waited for a host's would lock them in the
        # wrong order.
        Site.objects.bulk_create((Site(kind=kind, name=name) for kind, name in wish.sites), ignore_conflicts=True)
        with transaction.atomic():
            return _take(wish)


def _take(wish: _Wish) -> Exit:
    politeness.check(_lock_sites(wish), person=wish.person)
    # The home is waited for, some milliseconds: whoever holds an exit's row waits for nobody.
    home = HomeExit.objects.select_related("proxy").filter(person=wish.person)
    mine = home.select_for_update(no_key=True, of=("proxy",)).first()
    return (mine and _take_exit(wish, mine.proxy, mine)) or _take_another(wish, mine)


def _take_another(wish: _Wish, home: HomeExit | None) -> Exit:
    ranked = _rank(wish, home)
    if not ranked:
        return _without_proxies(wish)
    free = [proxy for proxy, _, is_free, _ in ranked if is_free]
    if home is None and free:
        free, home = _choose_home(wish)
    for proxy_id in free:
        # An exit that another taker has locked is passed over, but for the home.
        is_home = home is not None and home.proxy_id == proxy_id
        exits = Proxy.objects.select_for_update(no_key=True, skip_locked=not is_home)
        proxy = exits.filter(pk=proxy_id).first()
        if proxy and (taken := _take_exit(wish, proxy, home)):
            return taken
    if settings.ALLOW_DIRECT:
        return _directly(wish)
    _, free_at, is_free, is_ill = ranked[0]
    now = politeness.database_time()
    raise MustWait(Reason.EXITS_ILL if is_ill else Reason.EXITS_BUSY, now + RECHECK if is_free else free_at)


def _lock_sites(wish: _Wish) -> list[Site]:
    """Return the sites of the wish, locked one after the other: host, then employer. Raises _NewSite."""
    sites = list(Site.objects.raw(LOCK_SITES, {"host": wish.host, "employer": wish.employer}))
    if len(sites) < len(wish.sites):
        raise _NewSite
    return sites


Ranked = Sequence[tuple[int, datetime, bool, bool]]  # exit, free from, is that now, is it ill


def _rank(wish: _Wish, home: HomeExit | None) -> Ranked:
    given = {
        "host": wish.host,
        "country": wish.country,
        "home": home.proxy_id if home else None,
        "recheck": RECHECK,
        "limit": CANDIDATES,
        "proxy": None,
    }
    return _ask(RANK, given)


def _choose_home(wish: _Wish) -> tuple[list[int], HomeExit | None]:
    """Give the person a home: the best exit of all. One person at a time, or the same one would seem idle to many."""
    _ask("SELECT pg_advisory_xact_lock(%(key)s)", {"key": HOMES})
    home = HomeExit.objects.filter(person=wish.person).first()  # it may have been given meanwhile, for another host
    free = [proxy for proxy, _, is_free, _ in _rank(wish, home) if is_free]
    if home is None and free:
        home = HomeExit.objects.create(person=wish.person, proxy_id=free[0])
        _ask("UPDATE proxies_proxy SET people = people + 1 WHERE id = %(id)s RETURNING id", {"id": free[0]})
    return free, home


def _take_exit(wish: _Wish, proxy: Proxy, home: HomeExit | None) -> Exit | None:
    """Take this exit, whose row is locked, unless it is ill or full."""
    is_home = home is not None and home.proxy_id == proxy.pk
    given = {**vars(wish), "proxy": proxy.pk, "is_home": is_home, "length": _length(), "recheck": RECHECK}
    taken = _ask(TAKE, given)
    return _exit(taken[0][0], proxy, wish, home.session if is_home and home else 0) if taken else None


def _exit(lease_id: int, proxy: Proxy, wish: _Wish, session: int) -> Exit:
    upstream = provider_of(proxy).upstream(proxy, Caller(wish.person, session, wish.country))
    return Exit(lease_id, upstream, proxy.pk, proxy.country or wish.country)


def _without_proxies(wish: _Wish) -> Exit:
    """Go out directly where that is allowed. In development it is, as long as there is no proxy to use at all."""
    allowed = settings.ALLOW_DIRECT
    if allowed is None:
        allowed = settings.DEBUG and not Proxy.objects.filter(is_enabled=True).exists()
    if not allowed:
        raise MustWait(Reason.NO_EXIT, politeness.database_time() + timedelta(seconds=60))
    return _directly(wish)


def _directly(wish: _Wish) -> Exit:
    row = ProxyLease.objects.create(
        person=wish.person,
        host=wish.host,
        employer=wish.employer,
        holder=wish.holder,
        expires_at=Now() + _length(),
    )
    return Exit(row.pk)


def _held_by(wish: _Wish) -> Exit:
    held = ProxyLease.objects.select_related("proxy").get(holder=wish.holder)
    if held.proxy is None:
        return Exit(held.pk)
    home = HomeExit.objects.filter(person=wish.person, proxy=held.proxy_id).first()
    return _exit(held.pk, held.proxy, wish, home.session if home else 0)


def _length() -> timedelta:
    return timedelta(seconds=settings.SERVER_LEASE)


def renew(lease_id: int) -> None:
    """Keep a lease alive, as its worker does with each sign of life."""
    ProxyLease.objects.filter(pk=lease_id, released_at__isnull=True).update(expires_at=Now() + _length())


@transaction.atomic
def release(lease_id: int, verdict: Verdict, *, retry_after: float | None = None) -> None:
    """End a use and learn from it. A second release of the same lease changes nothing.

    `retry_after` is what the site asked for, in seconds.
    """
    live = ProxyLease.objects.filter(pk=lease_id, released_at__isnull=True)
    if live.update(released_at=Now(), verdict=verdict):
        use = ProxyLease.objects.select_related("proxy").get(pk=lease_id)
        politeness.learn(use, verdict, retry_after)  # first: whoever takes an exit locks the site before the exit
        learn(use, verdict)


def sweep() -> int:
    """Close the leases whose worker was lost; return how many. They counted no more since they expired."""
    lost = ProxyLease.objects.filter(released_at__isnull=True, expires_at__lt=Now())
    return lost.update(released_at=Now(), verdict=Verdict.LOST)


def _ask(statement: str, given: dict[str, Any]) -> list[Any]:
    with connection.cursor() as cursor:
        cursor.execute(statement, given)
        rows: list[Any] = cursor.fetchall()
        return rows
