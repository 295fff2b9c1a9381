"""Politeness: what a site is spared, whoever asks for it. Counted from the leases, under the lock of the site's row."""

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from ipaddress import ip_address
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from django.conf import settings
from django.core.mail import mail_admins
from django.db import connection, transaction
from django.db.models import Q

from proxies.models import ProxyLease, Site, Verdict
from proxies.waiting import MustWait, Reason

logger = logging.getLogger(__name__)

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
SOON = timedelta(seconds=10)  # when to look again for what ends as others finish
LONGEST_PAUSE = timedelta(days=1)  # that a site may ask for


@dataclass(frozen=True)
class Limits:
    """What holds for one site; None is no limit. `gap` is seconds."""

    parallel: int | None
    per_hour: int | None
    per_person_day: int | None
    gap: float | None

    @classmethod
    def of(cls, site: Site, usual: dict[str, float]) -> "Limits":
        return cls(**{name: _first_said(getattr(site, name), usual.get(name)) for name in NAMES})

    @property
    def window(self) -> timedelta:
        """How far back uses count."""
        looks_far = self.per_person_day is not None or (self.gap or 0) > HOUR.total_seconds()
        return DAY if looks_far else HOUR

    def __bool__(self) -> bool:
        return any(limit is not None for limit in vars(self).values())


NAMES = ("parallel", "per_hour", "per_person_day", "gap")


def _first_said(own: Any, usual: Any) -> Any:
    return usual if own is None else own


def is_this_machine(host: str) -> bool:
    """Whether the host is a loopback address: the practice employers, which need no sparing."""
    name = host.rpartition(":")[0] if host.rpartition(":")[2].isdigit() else host
    try:
        return name == "localhost" or ip_address(name).is_loopback
    except ValueError:
        return False


def check(sites: Sequence[Site], *, person: int) -> None:
    """Raise MustWait if one of the sites, host first, is not to be visited by the person now. Their rows are locked."""
    usual: dict[str, dict[str, float]] = {} if is_this_machine(sites[0].name) else settings.POLITE_LIMITS
    for site in sites:
        _check_closed(site)
        _check_quiet_hours(site)
    given = [(site, limits) for site in sites if (limits := Limits.of(site, usual.get(site.kind, {})))]
    for (_, limits), uses in zip(given, _count_uses(given, person), strict=True):
        _check_limits(limits, uses)


def database_time() -> datetime:
    with connection.cursor() as cursor:
        cursor.execute("SELECT statement_timestamp()")
        now: datetime = cursor.fetchone()[0]
        return now


def uses_of(site: Site) -> Q:
    return Q(host=site.name) if site.kind == Site.Kind.HOST else Q(employer=site.name)


USES = """
SELECT count(*) FILTER (WHERE released_at IS NULL AND expires_at > statement_timestamp()) AS live,
    count(*) FILTER (WHERE taken_at > statement_timestamp() - interval '1 hour') AS hour,
    min(taken_at) FILTER (WHERE taken_at > statement_timestamp() - interval '1 hour') AS first_at,
    max(taken_at) AS last_at,
    count(*) FILTER (WHERE person = %s) AS mine,
    min(taken_at) FILTER (WHERE person = %s) AS mine_first_at,
    statement_timestamp() AS now
FROM proxies_proxylease
WHERE {column} = %s AND taken_at > statement_timestamp() - %s
"""


class Uses(NamedTuple):
    """What a site has had: live ones, those of the hour, of the day those of the person; and the first and last."""

    live: int
    hour: int
    first_at: datetime | None
    last_at: datetime | None
    mine: int
    mine_first_at: datetime | None
    now: datetime


def _count_uses(given: Sequence[tuple[Site, Limits]], person: int) -> list[Uses]:
    """Count for all of the sites in one statement, in their order."""
    if not given:
        return []
    parts: list[str] = []
    values: list[Any] = []
    for site, limits in given:
        parts.append(f"({USES.format(column=Site.Kind(site.kind).value)})")
        values += [person, person, site.name, limits.window]
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(parts), values)
        return [Uses(*row) for row in cursor.fetchall()]


def _check_limits(limits: Limits, uses: Uses) -> None:
    if limits.parallel is not None and uses.live >= limits.parallel:
        raise MustWait(Reason.PARALLEL, uses.now + SOON)
    if limits.gap and uses.last_at and uses.last_at + timedelta(seconds=limits.gap) > uses.now:
        raise MustWait(Reason.GAP, uses.last_at + timedelta(seconds=limits.gap))
    if limits.per_hour is not None and uses.hour >= limits.per_hour:
        raise MustWait(Reason.HOUR_FULL, (uses.first_at or uses.now) + HOUR)
    if limits.per_person_day is not None and uses.mine >= limits.per_person_day:
        raise MustWait(Reason.DAY_FULL, (uses.mine_first_at or uses.now) + DAY)


def _check_quiet_hours(site: Site) -> None:
    if site.quiet_from is None or site.quiet_until is None:
        return
    there = database_time().astimezone(ZoneInfo(site.time_zone))
    if is_between(there.time(), site.quiet_from, site.quiet_until):
        end = datetime.combine(there.date(), site.quiet_until, there.tzinfo)
        raise MustWait(Reason.QUIET_HOURS, (end if end > there else end + DAY).astimezone(UTC))


def is_between(moment: time, start: time, end: time) -> bool:
    """Whether `moment` lies in the stretch from `start` to `end`, which may go over midnight."""
    return start <= moment < end if start <= end else moment >= start or moment < end


# ---------------------------------------------------------------- the breaker


def _check_closed(site: Site) -> None:
    if site.closed_until is None:
        return
    now = database_time()
    if site.closed_until > now:
        raise MustWait(Reason(site.closed_reason or Reason.BREAKER), site.closed_until)
    # Half open: one application goes first, to see whether the site takes them again.
    if site.closed_reason == Reason.BREAKER and _live(site, now):
        raise MustWait(Reason.TRIAL, now + SOON)


def _live(site: Site, now: datetime) -> bool:
    return ProxyLease.objects.filter(uses_of(site), released_at__isnull=True, expires_at__gt=now).exists()


def learn(use: ProxyLease, verdict: Verdict, retry_after: float | None) -> None:
    """Take in what a use showed of its host, in the transaction of its release."""
    site = Site.objects.select_for_update(no_key=True).filter(kind=Site.Kind.HOST, name=use.host).first()
    if site is None:
        return
    now = database_time()
    if verdict is Verdict.REACHED and site.closed_until and site.closed_until <= now:
        _reopen(site)
    elif verdict in {Verdict.REFUSED, Verdict.RATE_LIMITED}:
        if _is_wave(site, now):
            _open_breaker(site, now)
        if retry_after:
            _close(site, now, now + min(timedelta(seconds=retry_after), LONGEST_PAUSE), Reason.RETRY_AFTER)


def _reopen(site: Site) -> None:
    Site.objects.filter(pk=site.pk).update(closed_until=None, closed_reason="", trips=0)


def _is_wave(site: Site, now: datetime) -> bool:
    """Whether BREAKER_REFUSALS of the newest uses were refused, and more of them than not; one, while half open."""
    if site.closed_reason == Reason.BREAKER:
        return True
    recent = ProxyLease.objects.filter(uses_of(site), released_at__gt=now - timedelta(seconds=settings.BREAKER_WINDOW))
    told = recent.exclude(verdict__in=[Verdict.NONE, Verdict.LOST, Verdict.EXIT_FAILED]).order_by("-released_at")
    verdicts = list(told.values_list("verdict", flat=True)[: 2 * settings.BREAKER_REFUSALS])
    refused = sum(verdict in {Verdict.REFUSED, Verdict.RATE_LIMITED} for verdict in verdicts)
    return refused >= settings.BREAKER_REFUSALS and refused * 2 > len(verdicts)


def _open_breaker(site: Site, now: datetime) -> None:
    """Close the site for a while, twice as long each time in a row, and tell staff."""
    pause = timedelta(seconds=min(settings.BREAKER_PAUSE * 2 ** min(site.trips, 10), settings.BREAKER_PAUSE_MOST))
    site.trips += 1
    Site.objects.filter(pk=site.pk).update(trips=site.trips)
    _close(site, now, now + pause, Reason.BREAKER)
    transaction.on_commit(lambda: _tell_staff(site, pause))


def _tell_staff(site: Site, pause: timedelta) -> None:
    text = (
        f"{site.name} turns applications away. Those that wait for it are held back for {pause.total_seconds():.0f} "
        "seconds; then one goes first, and the rest follow when it is taken. Nothing is lost; look at it if it goes on."
    )
    logger.error("Breaker of %s is open: %s", site.name, text)
    mail_admins(f"{site.name} turns applications away", text, fail_silently=True)


def _close(site: Site, now: datetime, until: datetime, reason: Reason) -> None:
    """Close the site until then, unless it is closed for longer already."""
    if site.closed_reason == Reason.BREAKER and site.closed_until and site.closed_until > now:
        reason = Reason.BREAKER  # after which one goes first
    if site.closed_until is None or site.closed_until < until:
        Site.objects.filter(pk=site.pk).update(closed_until=until, closed_reason=reason)
        site.closed_until, site.closed_reason = until, reason
