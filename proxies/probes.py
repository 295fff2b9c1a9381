"""Active checks of exits: can it be reached, does it let us in, how quick is it, and where does it come out?"""

import asyncio
import ipaddress
import logging
import re
import secrets
import time
from contextlib import suppress
from dataclasses import dataclass
from datetime import timedelta
from urllib.parse import urlsplit

import requests
from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.db.models.functions import Now

from jobswipe.locks import only_one
from proxies.forwarder import ExitFailed, SiteAway, Trouble, connect, forwarding
from proxies.health import fail, recover
from proxies.models import Check, Proxy
from proxies.providers import Caller, provider_of
from proxies.upstream import Upstream

logger = logging.getLogger(__name__)

KEPT = 100  # checks of each exit
AT_A_TIME = 50  # exits of one round
ADDRESS = re.compile(r"(?<![\w.:])(?:\d{1,3}(?:\.\d{1,3}){3}|[0-9a-fA-F:]*:[0-9a-fA-F:]+)(?![\w.:])")


@dataclass(frozen=True)
class Finding:
    """What one check found: a sentence for staff, and figures where it went well."""

    is_ok: bool
    text: str
    latency_ms: int | None = None
    address: str | None = None


def check_due() -> int:
    """Check those exits that have not been for PROXY_CHECK_EVERY seconds; return how many."""
    with only_one("proxy checks") as is_mine:
        if not is_mine:
            return 0
        long_ago = Now() - timedelta(seconds=settings.PROXY_CHECK_EVERY)
        due = Proxy.objects.filter(is_enabled=True, retired_at__isnull=True).filter(
            Q(checked_at__isnull=True) | Q(checked_at__lt=long_ago)
        )
        proxies = list(due.order_by("checked_at")[:AT_A_TIME])
        for proxy in proxies:
            check(proxy)
        return len(proxies)


def check(proxy: Proxy) -> Check:
    """Check one exit now and keep what was found. Talks to the network: belongs outside transactions."""
    finding = probe(provider_of(proxy).upstream(proxy, Caller(person=0)))
    with transaction.atomic():
        kept = Check.objects.create(
            proxy=proxy,
            is_ok=finding.is_ok,
            finding=finding.text,
            latency_ms=finding.latency_ms,
            exit_address=finding.address,
        )
        _learn(proxy, finding)
        old = Check.objects.filter(proxy=proxy).values("pk")[KEPT:]
        Check.objects.filter(pk__in=list(old.values_list("pk", flat=True))).delete()
    return kept


def _learn(proxy: Proxy, finding: Finding) -> None:
    Proxy.objects.filter(pk=proxy.pk).update(checked_at=Now())
    if not finding.is_ok:
        fail(proxy, finding.text)
        return
    recover(proxy)
    before = proxy.latency_ms
    latency = finding.latency_ms if before is None else round(0.7 * before + 0.3 * (finding.latency_ms or before))
    Proxy.objects.filter(pk=proxy.pk).update(latency_ms=latency, exit_address=finding.address or proxy.exit_address)


def probe(upstream: Upstream) -> Finding:
    """Go out by the exit to PROXY_ECHO_URL, which says from which address we came; without it, no further than it."""
    started = time.monotonic()
    try:
        address = _echoed(upstream) if settings.PROXY_ECHO_URL else _let_in(upstream)
    except (ExitFailed, TimeoutError) as error:
        return Finding(False, str(error) or "it does not answer in time")
    latency = round((time.monotonic() - started) * 1000)
    if address and address == settings.PROXY_OWN_ADDRESS:
        return Finding(False, f"it shows our own address, {address}", latency, address)
    return Finding(True, f"it comes out at {address}" if address else "it can be reached", latency, address or None)


def _let_in(upstream: Upstream) -> str:
    """Ask it for a way to our own site, which shows that it lives and knows us; whether it gets there is no matter."""
    site = urlsplit(settings.SITE_URL)
    with suppress(SiteAway):
        asyncio.run(_knock(upstream, site.hostname or "localhost", site.port or 443))
    return ""


async def _knock(upstream: Upstream, host: str, port: int) -> None:
    there = await connect(upstream, host, port, settings.PROXY_CHECK_LIMIT)
    there.writer.close()


def _echoed(upstream: Upstream) -> str:
    nonce = secrets.token_hex(8)
    with forwarding(upstream) as forwarder, requests.Session() as session:
        session.trust_env = False  # no other proxy in between
        try:
            answer = session.get(
                settings.PROXY_ECHO_URL,
                params={"nonce": nonce},
                proxies={"http": forwarder.url, "https": forwarder.url},
                timeout=settings.PROXY_CHECK_LIMIT,
                allow_redirects=False,
            )
        except requests.RequestException as error:
            raise ExitFailed(_told(forwarder.troubles) or "the echo cannot be reached through it") from error
    if forwarder.troubles:
        raise ExitFailed(_told(forwarder.troubles))
    return _address_in(answer.text if answer.ok else "")


def _told(troubles: list[Trouble]) -> str:
    return next((one.text for one in troubles), "")


def _address_in(text: str) -> str:
    """Return the address in an echo's answer; a page that holds none was put there by somebody else."""
    for found in ADDRESS.findall(text[:2000]):
        try:
            return ipaddress.ip_address(found).compressed
        except ValueError:
            continue
    raise ExitFailed("it answers with a page of its own in place of the echo")
