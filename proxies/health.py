"""Health, as uses and checks show it. Failures in a row cool an exit down, twice as long each time; then comes a
probation, one use at a time, from which one success frees it; too many failures retire it."""

import logging
from datetime import timedelta

from django.conf import settings
from django.core.mail import mail_admins
from django.db import transaction
from django.db.models import F
from django.db.models.functions import Now

from proxies.models import HomeExit, HostHealth, Proxy, ProxyLease, Verdict
from proxies.providers import provider_of

logger = logging.getLogger(__name__)

HOST_COOL, HOST_COOL_MOST = timedelta(minutes=2), timedelta(hours=6)
COOL, COOL_MOST = timedelta(seconds=30), timedelta(hours=1)
COUNTED = {
    Verdict.REACHED: "reached",
    Verdict.REFUSED: "refused",
    Verdict.RATE_LIMITED: "refused",
    Verdict.CHALLENGE: "challenged",
    Verdict.TIMEOUT: "timed_out",
    Verdict.UNREACHABLE: "timed_out",
}

WORKED = frozenset({Verdict.REACHED, Verdict.REFUSED, Verdict.RATE_LIMITED, Verdict.CHALLENGE})  # the exit itself did


def learn(use: ProxyLease, verdict: Verdict) -> None:
    """Take in what a use showed, in the transaction of its release."""
    if use.proxy is None or verdict in {Verdict.NONE, Verdict.LOST}:
        return
    if verdict is Verdict.EXIT_FAILED:
        fail(use.proxy, "it failed while it was used")
        leave_by_another_session(use)
        return
    if verdict in WORKED:
        recover(use.proxy)
    failed = verdict is not Verdict.REACHED
    if failed and leave_by_another_session(use):
        failed = False  # another session is another address: what this one met says nothing of the next
    _learn_of_host(use, verdict, failed=failed)


def _learn_of_host(use: ProxyLease, verdict: Verdict, *, failed: bool) -> None:
    health, _ = HostHealth.objects.get_or_create(proxy=use.proxy, host=use.host)
    health = HostHealth.objects.select_for_update().get(pk=health.pk)
    health.failures = health.failures + 1 if failed else 0
    health.cool_until = Now() + cooling(health.failures, HOST_COOL, HOST_COOL_MOST) if failed else None
    setattr(health, COUNTED[verdict], getattr(health, COUNTED[verdict]) + 1)
    health.save()


def cooling(failures: int, first: timedelta, most: timedelta) -> timedelta:
    """Return how long to rest after so many failures in a row: `first`, then twice as long each time."""
    return min(first * int(2 ** min(failures - 1, 20)), most)


def leave_by_another_session(use: ProxyLease) -> bool:
    """Let the person come out of a gateway by another address; False if their exit has only one."""
    if use.proxy is None or not provider_of(use.proxy).rotates:
        return False
    HomeExit.objects.filter(person=use.person, proxy=use.proxy).update(session=F("session") + 1)
    return True


def recover(proxy: Proxy) -> None:
    """It works: its failures are forgotten."""
    Proxy.objects.filter(pk=proxy.pk, failures__gt=0).update(failures=0, cool_until=None)


@transaction.atomic
def fail(proxy: Proxy, why: str) -> None:
    """Count a failure of the exit itself: it cools down, and is retired after PROXY_RETIRE_AFTER in a row."""
    row = Proxy.objects.select_for_update(no_key=True).get(pk=proxy.pk)
    row.failures += 1
    Proxy.objects.filter(pk=row.pk).update(
        failures=row.failures, cool_until=Now() + cooling(row.failures, COOL, COOL_MOST)
    )
    if row.failures >= settings.PROXY_RETIRE_AFTER and row.retired_at is None:
        retire(row, f"{row.failures} failures in a row; the last one: {why}")


def retire(proxy: Proxy, reason: str) -> None:
    """Use this exit no more, give its people to others, and tell staff."""
    Proxy.objects.filter(pk=proxy.pk).update(retired_at=Now(), retired_reason=reason[:200])
    move_out(proxy)
    transaction.on_commit(lambda: _tell_staff(proxy, reason))


def move_out(proxy: Proxy) -> None:
    """Take the exit from those whose home it is; each gets another with their next application."""
    HomeExit.objects.filter(proxy=proxy).delete()
    Proxy.objects.filter(pk=proxy.pk).update(people=0)


def _tell_staff(proxy: Proxy, reason: str) -> None:
    logger.error("Proxy %s (%s) is retired: %s", proxy.pk, proxy.url, reason)
    mail_admins(
        f"Proxy {proxy.url} is retired",
        f"{reason}\n\nIt is used no more. Mend it and put it back under {settings.SITE_URL}/admin/proxies/proxy/.",
        fail_silently=True,  # the row and the log have it
    )
