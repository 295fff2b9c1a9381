"""Where exits come from. A provider turns a proxy's entry and a person into the address and name to go out with."""

import re
from dataclasses import dataclass
from typing import Protocol

from proxies.crypto import fingerprint
from proxies.models import Proxy
from proxies.upstream import Upstream

SESSION = re.compile(r"\{(session|country)\}")


@dataclass(frozen=True)
class Caller:
    """Who goes out: a person's id, the number of their session, and their country (two letters, or empty)."""

    person: int
    session: int = 0
    country: str = ""


class Provider(Protocol):
    """How one kind of provider works."""

    name: str
    rotates: bool  # whether another session comes out by another address

    def upstream(self, proxy: Proxy, caller: Caller) -> Upstream:
        """Return where to connect, with credentials."""


class StaticList:
    """Each entry is one exit with one address."""

    name = "static"
    rotates = False

    def upstream(self, proxy: Proxy, caller: Caller) -> Upstream:
        return Upstream(proxy.scheme, proxy.host, proxy.port, proxy.user, proxy.password)


class RotatingGateway:
    """One entry stands for many exits: the session's name in the user name chooses, and keeps, one of them.

    The entry's user is a template: `acme-country-{country}-session-{session}`. One without `{session}` gets
    `-session-…` at its end, as most providers take it.
    """

    name = "gateway"
    rotates = True

    def upstream(self, proxy: Proxy, caller: Caller) -> Upstream:
        template = proxy.user if "{session}" in proxy.user else f"{proxy.user}-session-{{session}}"
        parts = {
            "session": fingerprint(proxy.identity, caller.person, caller.session)[:12],
            "country": (proxy.country or caller.country or "us").lower(),
        }
        user = SESSION.sub(lambda found: parts[found[1]], template)
        return Upstream(proxy.scheme, proxy.host, proxy.port, user, proxy.password)


PROVIDERS: dict[str, Provider] = {one.name: one for one in (StaticList(), RotatingGateway())}


def provider_of(proxy: Proxy) -> Provider:
    return PROVIDERS[proxy.provider]
