"""How many REST requests a person, a device and an address may send in a minute, and how many an address for pages.

Live lines count by address when they are opened, and by person as long as they are open.

Counted in the memory of each process, so that a limit costs no query and needs no other server: with several processes
the site as a whole lets through that many times as much. It is there for programs that run wild; what is worth guessing
has limits of its own, in PostgreSQL.
"""

import math
import time
from collections import Counter
from collections.abc import Callable
from ipaddress import IPv6Address, ip_address, ip_network
from threading import Lock
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import gettext
from rest_framework.request import Request
from rest_framework.throttling import BaseThrottle

from jobswipe.addresses import unwrapped
from jobswipe.measures import REFUSED
from jobswipe.problems import TooMany, body_of

if TYPE_CHECKING:  # the views load this module: it is in their settings
    from rest_framework.views import APIView

WINDOW = 60  # seconds


class Counts:
    """How often each was seen in the minute that runs. Forgotten with it, so memory stays small."""

    def __init__(self, clock: Callable[[], float] = time.time) -> None:
        self._clock = clock
        self._lock = Lock()
        self._minute = 0
        self._seen: Counter[str] = Counter()

    def count(self, who: str, most: int) -> None:
        """Count a request. Raises TooMany after `most` in this minute; 0 is no limit."""
        now = self._clock()
        with self._lock:
            if self._minute != now // WINDOW:
                self._minute, self._seen = int(now // WINDOW), Counter()
            self._seen[who] += 1
            is_over = 0 < most < self._seen[who]
        if is_over:
            REFUSED.labels("throttled").inc()
            raise TooMany(gettext("Too many requests in a minute. Wait a moment."), WINDOW - math.floor(now % WINDOW))


counts = Counts()


class PersonThrottle(BaseThrottle):
    """Counts who has signed in: each device by itself, all else of a person together."""

    def allow_request(self, request: Request, view: "APIView") -> bool:
        if request.user.is_authenticated:
            device = getattr(request.auth, "scope", "") == "device"
            who = f"token {request.auth.pk}" if device else f"person {request.user.pk}"
            counts.count(who, settings.REST_PER_DEVICE if device else settings.REST_PER_PERSON)
        return True


def by_address(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Count requests by address before anybody is looked up, also those that are refused later: REST and pages apart.

    Addresses of private networks are let through: one is a proxy in front of everybody, or ours.
    """

    def respond(request: HttpRequest) -> HttpResponse:
        is_rest = request.path.startswith("/api/")
        if is_public(address := address_of(request)):
            try:
                if is_rest:
                    counts.count(f"address {place_of(address)}", settings.REST_PER_ADDRESS)
                else:
                    counts.count(f"pages {place_of(address)}", settings.PAGES_PER_ADDRESS)
            except TooMany as problem:
                return _told_to_wait(problem, is_rest=is_rest)
        return get_response(request)

    return respond


def _told_to_wait(problem: TooMany, *, is_rest: bool) -> HttpResponse:
    wait = {"Retry-After": str(problem.details["retry_after"])}
    if not is_rest:
        return HttpResponse(problem.sentence, status=429, content_type="text/plain", headers=wait)
    body = body_of(problem.status, problem.code, problem.sentence, **problem.details)
    return JsonResponse(body, status=429, content_type="application/problem+json", headers=wait)


class LinesByAddress:
    """ASGI: refuse a WebSocket of an address that opens them without end, before anybody is looked up."""

    def __init__(self, app: Any) -> None:
        self.app = app

    async def __call__(self, scope: dict[str, Any], receive: Any, send: Any) -> None:
        headers = dict(scope["headers"])
        peer = (scope.get("client") or ("", 0))[0]
        if is_public(address := _address(headers.get(b"x-forwarded-for", b"").decode("latin-1"), peer)):
            try:
                counts.count(f"lines {place_of(address)}", settings.PAGES_PER_ADDRESS)
            except TooMany:
                await receive()
                await send({"type": "websocket.close"})  # before it is accepted: HTTP's 403
                return
        await self.app(scope, receive, send)


def address_of(request: HttpRequest | Request) -> str:
    """Return from where the request comes, as the server sees it; what the client claims does not count."""
    return _address(request.META.get("HTTP_X_FORWARDED_FOR", ""), request.META.get("REMOTE_ADDR") or "")


def _address(hops: str, peer: str) -> str:
    """With BEHIND_PROXY it is the rightmost hop of X-Forwarded-For: the one that our proxy has written."""
    return (hops.rpartition(",")[2].strip() if settings.BEHIND_PROXY else "") or peer or "unknown"


def place_of(address: str) -> str:
    """Return what counts as one: of IPv6 a household's network, where each request could have an address of its own."""
    parsed = unwrapped(ip_address(address))
    return str(ip_network((parsed, 64), strict=False)) if isinstance(parsed, IPv6Address) else str(parsed)


def is_public(address: str) -> bool:
    """Say whether it is an address of the Internet."""
    try:
        return unwrapped(ip_address(address)).is_global
    except ValueError:
        return False
