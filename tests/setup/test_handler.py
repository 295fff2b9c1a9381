"""How requests share the threads of a web process, and what a stream keeps."""

import asyncio
import threading
from collections.abc import AsyncIterator, Iterator
from typing import Any

import pytest
from asgiref.testing import ApplicationCommunicator
from django.db import connections
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.urls import path
from pytest_django import Settings

from jobswipe.handler import InOneThread

busy, go_on, stream_ended = threading.Semaphore(0), threading.Event(), asyncio.Event()


def thread(request: HttpRequest) -> HttpResponse:
    return HttpResponse(threading.current_thread().name)


def wait(request: HttpRequest) -> HttpResponse:
    busy.release()
    assert go_on.wait(60)
    return HttpResponse("done")


async def endless(request: HttpRequest) -> StreamingHttpResponse:
    async def lines() -> AsyncIterator[str]:
        try:
            yield "still here\n"
            await asyncio.Event().wait()
        finally:
            stream_ended.set()

    return StreamingHttpResponse(lines())


def by_turns(request: HttpRequest) -> StreamingHttpResponse:
    def lines() -> Iterator[str]:
        yield "one"
        assert go_on.wait(60)
        yield "two"

    return StreamingHttpResponse(lines())


def asks(request: HttpRequest) -> StreamingHttpResponse:
    mine = connections["default"]
    mine.ensure_connection()

    async def lines() -> AsyncIterator[str]:
        yield f"{mine.connection}"

    return StreamingHttpResponse(lines())


def broken(request: HttpRequest) -> StreamingHttpResponse:
    async def lines() -> AsyncIterator[str]:
        yield "one"
        raise ZeroDivisionError

    return StreamingHttpResponse(lines())


urlpatterns = [
    path("thread", thread), path("wait", wait), path("endless", endless), path("broken", broken), path("asks", asks),
    path("by-turns", by_turns),
    path("healthz", thread), path("api/v1/events/", thread),
]  # fmt: skip


@pytest.fixture
def application(settings: Settings) -> InOneThread:
    settings.ROOT_URLCONF = __name__
    settings.MIDDLEWARE = []
    settings.DATABASE_POOL_SIZE = 2
    go_on.clear()
    stream_ended.clear()
    return InOneThread()


def ask(application: InOneThread, where: str) -> Any:
    address, _, query = where.partition("?")
    scope = {"type": "http", "method": "GET", "path": address, "query_string": query.encode(), "headers": []}
    return ApplicationCommunicator(application, scope)  # type: ignore[no-untyped-call]  # the library is not typed


async def answer(application: InOneThread, where: str) -> bytes:
    request = ask(application, where)
    await request.send_input({"type": "http.request", "body": b""})
    await request.receive_output(60)
    body = bytes((await request.receive_output(60))["body"])
    await request.wait(60)
    return body


def test_requests_take_turns_on_as_many_threads_as_there_are_connections(application: InOneThread) -> None:
    async def many() -> set[bytes]:
        return set(await asyncio.gather(*(answer(application, "/thread") for _ in range(20))))

    assert asyncio.run(many()) <= {b"request_0", b"request_1"}


@pytest.mark.parametrize("where", ["/healthz", "/api/v1/events/?wait=20"])
def test_probes_and_long_polls_need_none_of_the_threads_that_all_are_busy(application: InOneThread, where: str) -> None:
    async def ask_while_all_wait() -> list[bytes]:
        waiting = [asyncio.create_task(answer(application, "/wait")) for _ in range(2)]
        for _ in waiting:
            await asyncio.to_thread(busy.acquire, timeout=60)
        asked = await answer(application, where)
        go_on.set()
        return [asked, *await asyncio.gather(*waiting)]

    asked, *waited = asyncio.run(ask_while_all_wait())
    assert not asked.startswith(b"request_")
    assert waited == [b"done", b"done"]


def test_a_stream_ends_when_its_client_leaves(application: InOneThread) -> None:
    async def leave() -> None:
        request = ask(application, "/endless")
        await request.send_input({"type": "http.request", "body": b""})
        await request.receive_output(60)
        await request.receive_output(60)
        assert not stream_ended.is_set()
        await request.send_input({"type": "http.disconnect"})
        await asyncio.wait_for(stream_ended.wait(), 60)
        await request.wait(60)

    asyncio.run(leave())
    assert stream_ended.is_set()


def test_a_part_of_a_stream_is_sent_when_it_is_made(application: InOneThread) -> None:
    async def stream() -> list[bytes]:
        request = ask(application, "/by-turns")
        await request.send_input({"type": "http.request", "body": b""})
        await request.receive_output(60)
        first = (await request.receive_output(60))["body"]
        go_on.set()
        second = (await request.receive_output(60))["body"]
        await request.receive_output(60)
        await request.wait(60)
        return [first, second]

    assert asyncio.run(stream()) == [b"one", b"two"]


@pytest.mark.django_db(transaction=True)
def test_a_stream_keeps_no_connection(application: InOneThread) -> None:
    async def stream() -> bytes:
        return await answer(application, "/asks")

    assert asyncio.run(stream()) == b"None"


def test_what_breaks_within_a_stream_reaches_the_server(application: InOneThread) -> None:
    async def stream() -> None:
        request = ask(application, "/broken")
        await request.send_input({"type": "http.request", "body": b""})
        await request.wait(60)

    with pytest.raises(ZeroDivisionError):
        asyncio.run(stream())
