"""How the web process carries a request through Django."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, suppress
from typing import IO, Any

from asgiref.sync import ThreadSensitiveContext, sync_to_async
from django.conf import settings
from django.core.exceptions import RequestAborted
from django.core.handlers.asgi import ASGIHandler, get_script_prefix
from django.core.signals import request_started
from django.db import close_old_connections
from django.http import HttpRequest
from django.http.response import FileResponse, HttpResponseBase, StreamingHttpResponse
from django.urls import set_script_prefix

from jobswipe.request_limit import is_apart


async def _one_by_one(parts: Iterator[bytes]) -> AsyncIterator[bytes]:
    """Give each part when a thread has made it. Django waits for all of them: it has a whole file in memory."""
    make = sync_to_async(lambda: next(parts, None))
    while (part := await make()) is not None:
        yield part


class InOneThread(ASGIHandler):
    """Runs a request from its first middleware to the return of its connection in one thread of a few that are kept.

    Django's own handler starts a thread for each request and goes between it and the event loop four times; each
    change waits for whoever has the interpreter. There are as many threads as connections to the database: one more
    would wait for a connection. A long poll would keep one of them from everybody else, and a probe would wait for
    everybody else: each gets a thread of its own.
    """

    def __init__(self) -> None:
        super().__init__()
        self.load_middleware(is_async=False)
        self.threads = ThreadPoolExecutor(settings.DATABASE_POOL_SIZE, "request")

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        if is_apart(scope):
            await super().__call__(scope, receive, send)
        else:
            with suppress(RequestAborted), closing(await self.read_body(receive)) as body:
                await self._answer(scope, body, receive, send)

    async def get_response_async(self, request: HttpRequest) -> HttpResponseBase:
        """Run middleware and view of such a request in its thread, which waits while an asynchronous view does."""
        return await sync_to_async(self.get_response, thread_sensitive=True)(request)

    async def _answer(self, scope: Any, body: IO[bytes], receive: Any, send: Any) -> None:
        respond = sync_to_async(self._respond, thread_sensitive=False, executor=self.threads)
        response = await respond(scope, body)
        if not response.streaming:
            await self.send_response(response, send)
            return
        async with ThreadSensitiveContext():
            if isinstance(response, StreamingHttpResponse) and not response.is_async:
                response.streaming_content = _one_by_one(iter(response))
            try:
                await self._stream(response, receive, send)
            finally:
                await sync_to_async(response.close)()

    def _respond(self, scope: Any, body: IO[bytes]) -> HttpResponseBase:
        """Return the response, closed unless it is yet to be streamed, and leave no connection with this thread."""
        set_script_prefix(get_script_prefix(scope))
        request_started.send(sender=self.__class__, scope=scope)
        request, refusal = self.create_request(scope, body)
        response: HttpResponseBase = self.get_response(request) if request else refusal  # type: ignore[assignment]
        if isinstance(response, FileResponse):
            response.block_size = self.chunk_size
        if response.streaming:
            close_old_connections()
        else:
            response.close()
        return response

    async def _stream(self, response: HttpResponseBase, receive: Any, send: Any) -> None:
        """Send until all is sent, or the client has gone."""
        sending = asyncio.create_task(self.send_response(response, send))
        leaving = asyncio.create_task(self.listen_for_disconnect(receive))
        try:
            await asyncio.wait([sending, leaving], return_when=asyncio.FIRST_COMPLETED)
        finally:
            sending.cancel()
            leaving.cancel()
            sent, _ = await asyncio.gather(sending, leaving, return_exceptions=True)
        if isinstance(sent, Exception):
            raise sent
