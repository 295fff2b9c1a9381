"""Sign in as a device: RFC 8628, OAuth 2.0 Device Authorization Grant."""

import platform
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from automation.agent import __version__
from automation.agent.backoff import Backoff
from automation.agent.site import Refused, Site, Unreachable

GRANT = "urn:ietf:params:oauth:grant-type:device_code"
SENTENCES = {
    "access_denied": "The request was turned down on the site.",
    "expired_token": "The code is no longer valid. Run `jobswipe-agent login` once more.",
}


class NotPaired(Exception):
    """There is no token; the text says why."""


@dataclass(frozen=True)
class Code:
    """What the person needs to approve this device: a code to compare, and where to do it."""

    user_code: str
    link: str  # the code is in it
    page: str


def pair(site: Site, name: str, *, show: Callable[[Code], None], sleep: Callable[[float], None] = time.sleep) -> str:
    """Ask for a code, `show` it, and wait until its person has approved it; return the token. Raises NotPaired."""
    asked = site.call(
        "POST", "devices/code/", json={"name": name, "platform": platform.system(), "version": __version__}
    )
    page = asked["verification_uri"]
    show(Code(asked["user_code"], asked.get("verification_uri_complete", page), page))
    deadline = time.monotonic() + asked["expires_in"]
    interval, backoff = float(asked.get("interval", 5)), Backoff(most=30)
    while time.monotonic() < deadline:
        sleep(interval)
        try:
            return str(_ask(site, asked["device_code"])["access_token"])
        except Unreachable:
            sleep(backoff.wait())
        except Refused as refusal:
            interval = _interval_after(refusal, interval)
    raise NotPaired(SENTENCES["expired_token"])


def _ask(site: Site, device_code: str) -> dict[str, Any]:
    body: dict[str, Any] = site.call("POST", "devices/token/", json={"grant_type": GRANT, "device_code": device_code})
    return body


def _interval_after(refusal: Refused, interval: float) -> float:
    """Return the seconds until the next question. Raises NotPaired when there is nothing to wait for."""
    if refusal.code == "authorization_pending":
        return interval
    if refusal.code == "slow_down":
        return float(refusal.body.get("interval", interval + 5))
    raise NotPaired(SENTENCES.get(refusal.code, str(refusal)))
