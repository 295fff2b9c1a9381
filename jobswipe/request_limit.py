"""Requests that are too large, or too many at once, refused before Django sees them."""

import json
from collections.abc import Sequence
from http import HTTPStatus
from typing import Any

from django.conf import settings

from jobswipe.measures import REFUSED

PROBES = frozenset({"/healthz", "/readyz", "/metrics"})
LONG_POLLS = frozenset({"/api/v1/events/", "/api/v1/devices/work/"})
RETRY_AFTER = 2  # seconds


def is_apart(scope: dict[str, Any]) -> bool:
    """Say whether a request is none of the crowd: a long poll, which waits by design, or a probe of an operator."""
    path = scope["path"]
    return path in PROBES or (path in LONG_POLLS and b"wait=" in scope["query_string"])


class RequestLimit:
    """ASGI: answer 413 to a request that says it is over REQUEST_MAX_BYTES, and cut off one that turns out to be.

    Django writes a whole body to a file before a view sees any of it, so no view can do this.
    """

    def __init__(self, app: Any) -> None:
        self.app = app

    async def __call__(self, scope: dict[str, Any], receive: Any, send: Any) -> None:
        said = dict(scope["headers"]).get(b"content-length", b"0")
        if said.isdigit() and int(said) > settings.REQUEST_MAX_BYTES:
            most = settings.REQUEST_MAX_BYTES // 2**20
            detail = f"A request is at most {most} MB. Send a smaller file."
            await _refuse(send, HTTPStatus.REQUEST_ENTITY_TOO_LARGE, "too_large", detail)
            return
        await self.app(scope, _counted(receive), send)


def _counted(receive: Any) -> Any:
    left = settings.REQUEST_MAX_BYTES

    async def receive_some() -> dict[str, Any]:
        nonlocal left
        message: dict[str, Any] = await receive()
        left -= len(message.get("body", b""))
        return message if left >= 0 else {"type": "http.disconnect"}

    return receive_some


class Crowd:
    """ASGI: answer 503 with Retry-After at once while REQUESTS_AT_ONCE requests wait for their answers to begin.

    Without a bound each more makes all of them slower, until none is answered before its sender gives up. What waits
    by design does not count: long polls (`?wait=`), streams once they have begun, and the probes of operators.
    """

    def __init__(self, app: Any) -> None:
        self.app = app
        self.size = 0

    async def __call__(self, scope: dict[str, Any], receive: Any, send: Any) -> None:
        if is_apart(scope):
            await self.app(scope, receive, send)
            return
        if self.size >= settings.REQUESTS_AT_ONCE:
            await _refuse(
                send,
                HTTPStatus.SERVICE_UNAVAILABLE,
                "busy",
                "More people ask than we can answer just now. Try again in a moment.",
                [(b"retry-after", str(RETRY_AFTER).encode())],
            )
            return
        await self._within(scope, receive, send)

    async def _within(self, scope: dict[str, Any], receive: Any, send: Any) -> None:
        waits = 1

        async def leave_and_send(message: dict[str, Any]) -> None:
            nonlocal waits
            self.size, waits = self.size - waits, 0
            await send(message)

        self.size += waits
        try:
            await self.app(scope, receive, leave_and_send)
        finally:
            self.size -= waits


async def _refuse(
    send: Any, status: HTTPStatus, code: str, detail: str, headers: Sequence[tuple[bytes, bytes]] = ()
) -> None:
    """Send a problem document (RFC 9457), and count it: no middleware does."""
    REFUSED.labels(code).inc()
    problem = {"type": "about:blank", "title": status.phrase, "status": status, "code": code, "detail": detail}
    headers = [(b"content-type", b"application/problem+json"), *headers]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": json.dumps(problem).encode()})
