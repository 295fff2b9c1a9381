"""Carriers of the feed: WebSocket, Server-Sent Events, long poll. None of them knows what an event means."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import aclosing
from typing import Any
from urllib.parse import parse_qs

from asgiref.sync import sync_to_async
from channels.generic.websocket import AsyncJsonWebsocketConsumer
from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET
from structlog.contextvars import bind_contextvars, clear_contextvars

from applications import feed
from applications.api import FeedView
from jobswipe.measures import open_line, open_lines_of
from jobswipe.stopping import SERVICE_RESTART

# Close codes: the siblings of HTTP's 401 and 429 among those left to applications (RFC 6455, 7.4.2).
SIGN_IN_FIRST, TOO_MANY_LINES = 4401, 4429


class EventsConsumer(AsyncJsonWebsocketConsumer):
    """`/ws/events/?after=N`: one JSON message for each event, from N+1 on."""

    channel_layer_alias = ""  # none: the feed listens by itself, and goes on when Redis does not answer

    async def connect(self) -> None:
        user = self.scope["user"]
        await self.accept()
        if user is None or not user.is_authenticated:
            await self.close(SIGN_IN_FIRST)
            return
        if open_lines_of(user.pk) >= settings.LINES_PER_PERSON:
            await self.close(TOO_MANY_LINES)
            return
        clear_contextvars()
        bind_contextvars(person=user.pk)
        self.pump = asyncio.create_task(self._send_feed(user.pk, number_after(self.scope["query_string"].decode())))

    async def disconnect(self, code: int) -> None:
        if pump := getattr(self, "pump", None):
            pump.cancel()

    async def _send_feed(self, user_id: int, after: int) -> None:
        with open_line("page", whose=user_id, again=is_again(self.scope["query_string"].decode())):
            async with aclosing(feed.follow(user_id, after)) as batches:
                async for lines in batches:
                    for line in lines:
                        await self.send_json(line)
        await self.close(SERVICE_RESTART)


@require_GET
async def event_stream(request: HttpRequest) -> HttpResponseBase:
    """`/events/?after=N`: the feed as Server-Sent Events; a browser that reconnects sends `Last-Event-ID` instead."""
    user = await request.auser()
    if not user.is_authenticated:
        return HttpResponse("Sign in first.", status=401, content_type="text/plain")
    if open_lines_of(user.pk) >= settings.LINES_PER_PERSON:
        wait = {"Retry-After": "60"}
        return HttpResponse("Too many pages are open.", status=429, content_type="text/plain", headers=wait)
    last_id = request.headers.get("Last-Event-ID", "")
    after = _number(last_id) or number_after(request.META.get("QUERY_STRING", ""))
    return StreamingHttpResponse(
        _as_sse(user.pk, after, bool(last_id) or is_again(request.META.get("QUERY_STRING", ""))),
        content_type="text/event-stream",
        headers={"Cache-Control": "private, no-store", "X-Accel-Buffering": "no"},
    )


async def _as_sse(user_id: int, after: int, again: bool) -> AsyncIterator[str]:
    yield "retry: 3000\n\n"
    with open_line("page", whose=user_id, again=again):
        async with aclosing(feed.follow(user_id, after)) as batches:
            async for lines in batches:
                told = "".join(f"id: {line['seq']}\ndata: {json.dumps(line)}\n\n" for line in lines)
                yield told or ": still here\n\n"


@csrf_exempt  # the view behind it has its own check, and only reads
async def long_poll(request: HttpRequest) -> HttpResponseBase:
    """`GET /api/v1/events/?after=N&wait=S`: answer as the plain poll does, once there is news or S seconds are over."""
    ask = sync_to_async(FeedView.as_view())
    response = await ask(request)
    if (
        request.method != "GET"
        or response.status_code != 200
        or response.data["events"]
        or not float(request.GET.get("wait", 0))
    ):
        return response
    await _wait_for_news(_who_asked(response), response.data["last_seq"], float(request.GET["wait"]))
    return await ask(request)


# What the OpenAPI document says of this address is what FeedView says.
long_poll.cls = FeedView  # type: ignore[attr-defined]
long_poll.initkwargs = {}  # type: ignore[attr-defined]


async def _wait_for_news(user_id: int, after: int, seconds: float) -> None:
    try:
        async with asyncio.timeout(seconds), aclosing(feed.follow(user_id, after)) as batches:
            async for lines in batches:
                if lines:
                    return
    except TimeoutError:
        return


def _who_asked(response: Any) -> int:
    """Return the person whom the framework has made out behind a view that answered."""
    return int(response.renderer_context["request"].user.pk)


def is_again(query: str) -> bool:
    """Say whether the page had a line before: it says so itself."""
    return "again" in parse_qs(query, keep_blank_values=True)


def number_after(query: str) -> int:
    """Return `after` of a query string; 0 if it is missing or no number."""
    return _number(parse_qs(query).get("after", ["0"])[0])


def _number(text: str) -> int:
    """Return the number of an event that a client gives; 0 for what is none, or more than PostgreSQL counts."""
    return int(text) if text.isdecimal() and len(text) < 19 else 0
