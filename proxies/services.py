"""Every write that staff make to proxies."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db import transaction

from proxies import crypto
from proxies.health import move_out
from proxies.models import Proxy
from proxies.parsing import BadLine, parse


@dataclass(frozen=True)
class Added:
    """What came of a pasted list: how many are new, and each line that was left out, in order."""

    count: int
    bad: list[BadLine]


@transaction.atomic
def add_pasted(text: str) -> Added:
    """Add the proxies of a pasted list (see `parsing.parse`). Those that are there already are left as they are."""
    parsed = parse(text)
    given = {proxy.identity: (number, proxy) for number, proxy in parsed.proxies.items()}
    known = set(Proxy.objects.filter(identity__in=given).values_list("identity", flat=True))
    fresh = [proxy for identity, (_, proxy) in given.items() if identity not in known]
    Proxy.objects.bulk_create(fresh, batch_size=1000, ignore_conflicts=True)
    there = [BadLine(given[identity][0], "It is in the list already.") for identity in known]
    return Added(len(fresh), sorted([*parsed.bad, *there], key=lambda line: line.number))


@transaction.atomic
def switch(proxies: Iterable[Proxy], *, on: bool) -> None:
    """Use these proxies, or leave them alone. Leases that are out stay; their people move with the next one."""
    for proxy in proxies:
        Proxy.objects.filter(pk=proxy.pk).update(is_enabled=on)
        if not on:
            move_out(proxy)


def put_back(proxy: Proxy) -> None:
    """Use a retired proxy again, on probation: one use at a time until one succeeds."""
    Proxy.objects.filter(pk=proxy.pk).update(retired_at=None, retired_reason="", cool_until=None, failures=1)


@transaction.atomic
def rotate_keys() -> int:
    """Encrypt every user and password with the first of PROXY_KEYS; return how many proxies. Raises WrongKey."""
    proxies = list(Proxy.objects.select_for_update().order_by("pk"))
    for proxy in proxies:
        proxy.user_encrypted = crypto.rotate(proxy.user_encrypted)
        proxy.password_encrypted = crypto.rotate(proxy.password_encrypted)
        proxy.identity = proxy.make_identity()  # it changes with SECRET_KEY
    Proxy.objects.bulk_update(proxies, ["user_encrypted", "password_encrypted", "identity"], batch_size=500)
    return len(proxies)
