"""The feed is numbered without gaps and carried by every transport from where the reader stands."""

import asyncio
import json
from collections.abc import AsyncIterator, Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import aclosing
from pathlib import Path
from typing import Any

import pytest
from asgiref.sync import sync_to_async
from asgiref.testing import ApplicationCommunicator as Communicator
from django.db import connection, connections, transaction
from django.test import AsyncClient
from prometheus_client import REGISTRY
from pytest_django import Settings
from rest_framework.test import APIClient
from structlog.contextvars import get_contextvars

from accounts.models import User
from applications import counters, feed, listening, live, presence, services
from applications.feed import follow
from applications.machine import record
from applications.models import Application, Event
from jobs.models import Job
from jobswipe.asgi import application as asgi
from tests import valkeys
from tests.processes import PATIENCE

SwipeRight = Callable[[User, Job], Application]
EVENTS = "/api/v1/events/"


@pytest.fixture
def application(alice: User, job: Job, swipe_right: SwipeRight) -> Application:
    return swipe_right(alice, job)


@pytest.mark.django_db(transaction=True)
def test_numbers_have_no_gap_whatever_is_rolled_back(application: Application) -> None:
    class PowerCut(Exception):
        pass

    def tell(number: int) -> None:
        try:
            with transaction.atomic():
                record(application, Event.Type.STEP, {"step": str(number)})
                if number % 3 == 0:
                    raise PowerCut
        except PowerCut:
            pass
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(tell, range(30)))
    seqs = list(Event.objects.values_list("seq", flat=True))
    assert seqs == list(range(1, 2 + 20 + 1))


def test_a_poll_gives_what_is_new_in_order(application: Application, alice: User, client_of: Any) -> None:
    everything = client_of(alice).get(EVENTS).json()
    assert [line["seq"] for line in everything["events"]] == [1, 2]
    assert set(everything["events"][0]) == {"seq", "at", "type", "application", "data"}
    newer = client_of(alice).get(EVENTS, {"after": 1}).json()
    assert newer == {"events": everything["events"][1:], "last_seq": 2}
    assert client_of(alice).get(EVENTS, {"after": 2}).json() == {"events": [], "last_seq": 2}


def test_a_stranger_gets_none_of_it(application: Application, bob: User, client_of: Any) -> None:
    assert client_of(bob).get(EVENTS).json()["events"] == []
    assert APIClient().get(EVENTS).status_code == 401


@pytest.mark.parametrize(
    "query", [{"after": "x"}, {"after": "-1"}, {"after": "9" * 30}, {"wait": "60"}, {"wait": "soon"}]
)
def test_a_wrong_query_is_named(alice: User, client_of: Any, query: dict[str, str]) -> None:
    answer = client_of(alice).get(EVENTS, query)
    assert (answer.status_code, list(answer.json()["errors"])) == (400, list(query))


def figure(name: str, **labels: str) -> float:
    """Return what this process tells of itself."""
    return REGISTRY.get_sample_value(name, labels) or 0


class Socket:
    """A browser's end of `/ws/events/`."""

    def __init__(self, client: APIClient | None, query: str = "", origin: str = "http://localhost") -> None:
        cookies = "; ".join(f"{name}={one.value}" for name, one in client.cookies.items()) if client else ""
        headers = [(b"cookie", cookies.encode()), (b"origin", origin.encode()), (b"host", b"localhost")]
        scope = {"type": "websocket", "path": "/ws/events/", "query_string": query.encode(), "headers": headers}
        self.ends: Any = Communicator(asgi, {**scope, "subprotocols": []})  # type: ignore[no-untyped-call]

    async def connect(self) -> None:
        await self.ends.send_input({"type": "websocket.connect"})
        assert (await self.ends.receive_output(PATIENCE))["type"] == "websocket.accept"

    async def receive(self) -> dict[str, Any]:
        line: dict[str, Any] = json.loads((await self.ends.receive_output(PATIENCE))["text"])
        return line

    async def disconnect(self) -> None:
        await self.ends.send_input({"type": "websocket.disconnect", "code": 1000})
        await self.ends.wait(PATIENCE)


@pytest.fixture
def slow_poll(settings: Settings) -> None:
    """What arrives within a test was announced: the reader's own poll comes too late."""
    settings.FEED_POLL = 60


@pytest.mark.django_db(transaction=True)
async def test_a_web_socket_replays_then_follows(
    application: Application, alice: User, client_of: Any, slow_poll: None
) -> None:
    delivered = figure("jobswipe_event_delivery_seconds_count")
    again = figure("jobswipe_sockets_opened_total", line="page", again="true")
    socket = Socket(await sync_to_async(client_of)(alice), "after=1&again")
    await socket.connect()
    assert (await socket.receive())["seq"] == 2
    assert figure("jobswipe_sockets", line="page") >= 1
    await sync_to_async(services.withdraw)(actor=alice, application_id=application.pk)
    line = await socket.receive()
    assert (line["seq"], line["type"], line["data"]["to"]) == (3, "status", "CANCELLED")
    await socket.disconnect()
    assert figure("jobswipe_sockets_opened_total", line="page", again="true") == again + 1
    assert figure("jobswipe_event_delivery_seconds_count") == delivered + 1  # what was replayed does not count


@pytest.mark.django_db(transaction=True)
async def test_a_web_socket_of_a_stranger_stays_silent(application: Application, bob: User, client_of: Any) -> None:
    socket = Socket(await sync_to_async(client_of)(bob))
    await socket.connect()
    assert await socket.ends.receive_nothing(0.3)
    await socket.disconnect()


@pytest.mark.django_db(transaction=True)
async def test_a_web_socket_without_a_session_is_closed() -> None:
    socket = Socket(None)
    await socket.connect()
    assert (await socket.ends.receive_output(PATIENCE))["code"] == 4401


@pytest.mark.django_db(transaction=True)
async def test_a_person_has_so_many_lines_and_others_theirs(
    alice: User, bob: User, client_of: Any, settings: Settings
) -> None:
    settings.LINES_PER_PERSON = 2
    hers, his = await sync_to_async(client_of)(alice), await sync_to_async(client_of)(bob)
    first, second, third, other = Socket(hers), Socket(hers), Socket(hers), Socket(his)
    for one in (first, second):
        await one.connect()
        await asyncio.sleep(0)  # its pump begins
    await third.connect()
    assert (await third.ends.receive_output(PATIENCE))["code"] == 4429
    await other.connect()
    assert await other.ends.receive_nothing(0.2)
    await first.disconnect()
    again = Socket(hers)
    await again.connect()
    assert await again.ends.receive_nothing(0.2)
    for one in (second, other, again):
        await one.disconnect()


@pytest.mark.django_db(transaction=True)
async def test_an_address_opens_so_many_lines_in_a_minute(settings: Settings) -> None:
    settings.PAGES_PER_ADDRESS = 2
    for expected in ("websocket.accept", "websocket.accept", "websocket.close"):
        socket = Socket(None)
        socket.ends.scope["client"] = ("8.8.4.4", 1)
        await socket.ends.send_input({"type": "websocket.connect"})
        assert (await socket.ends.receive_output(PATIENCE))["type"] == expected


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("origin", ["https://evil.example", "null", "http://localhost.evil.example"])
async def test_a_page_of_another_site_opens_no_web_socket_with_her_cookie(
    alice: User, client_of: Any, origin: str
) -> None:
    socket = Socket(await sync_to_async(client_of)(alice), origin=origin)
    await socket.ends.send_input({"type": "websocket.connect"})
    assert (await socket.ends.receive_output(PATIENCE))["type"] == "websocket.close"


@pytest.mark.parametrize("path", ["/ws/events", "/ws/nothing/"])
async def test_a_web_socket_to_nowhere_is_refused(path: str) -> None:
    scope = {"type": "websocket", "path": path, "query_string": b"", "headers": [(b"origin", b"http://localhost")]}
    ends: Any = Communicator(asgi, {**scope, "subprotocols": []})  # type: ignore[no-untyped-call]
    await ends.send_input({"type": "websocket.connect"})
    assert (await ends.receive_output(PATIENCE))["type"] == "websocket.close"


async def lines_of(stream: Any, count: int) -> list[dict[str, Any]]:
    """Read `count` events of a stream of Server-Sent Events."""
    lines: list[dict[str, Any]] = []
    async for chunk in stream:
        lines += [json.loads(row[6:]) for row in chunk.decode().splitlines() if row.startswith("data: ")]
        if len(lines) >= count:
            break
    return lines


@pytest.mark.django_db(transaction=True)
async def test_server_sent_events_go_on_from_the_last_id(
    application: Application, alice: User, slow_poll: None
) -> None:
    client = AsyncClient()
    await client.aforce_login(alice)
    answer = await client.get("/events/?after=0", headers={"Last-Event-ID": "1"})
    assert answer["Content-Type"] == "text/event-stream"
    reading = asyncio.create_task(lines_of(answer, 2))
    await sync_to_async(services.withdraw)(actor=alice, application_id=application.pk)
    async with asyncio.timeout(PATIENCE):
        assert [line["seq"] for line in await reading] == [2, 3]


@pytest.mark.parametrize("last_id", ["9" * 30, "none"])
@pytest.mark.django_db(transaction=True)
async def test_a_last_id_that_is_none_of_ours_leaves_the_one_in_the_address(
    application: Application, alice: User, last_id: str
) -> None:
    client = AsyncClient()
    await client.aforce_login(alice)
    answer = await client.get("/events/?after=1", headers={"Last-Event-ID": last_id})
    async with asyncio.timeout(PATIENCE):
        assert [line["seq"] for line in await lines_of(answer, 1)] == [2]


@pytest.mark.django_db(transaction=True)
async def test_server_sent_events_need_a_session() -> None:
    assert (await AsyncClient().get("/events/")).status_code == 401
    assert (await AsyncClient().post("/events/")).status_code == 405


@pytest.fixture
async def poller(application: Application, alice: User) -> AsyncIterator[AsyncClient]:
    """Give a client that is signed in as Alice; the thread behind its polls keeps no connection from other tests."""
    client = AsyncClient()
    await client.aforce_login(alice)
    yield client
    await sync_to_async(connections.close_all)()


@pytest.mark.django_db(transaction=True)
async def test_a_long_poll_answers_when_there_is_news(
    poller: AsyncClient, application: Application, alice: User, slow_poll: None
) -> None:
    asking = asyncio.create_task(poller.get(f"{EVENTS}?after=2&wait=20"))
    await asyncio.sleep(0)
    await sync_to_async(services.withdraw)(actor=alice, application_id=application.pk)
    async with asyncio.timeout(PATIENCE):
        answer = await asking
    assert [line["seq"] for line in answer.json()["events"]] == [3]


@pytest.mark.django_db(transaction=True)
async def test_a_long_poll_ends_without_news(poller: AsyncClient) -> None:
    answer = await poller.get(f"{EVENTS}?after=2&wait=0.1")
    assert answer.json() == {"events": [], "last_seq": 2}


@pytest.mark.django_db(transaction=True)
async def test_without_redis_the_feed_is_slower_and_loses_nothing(
    application: Application, alice: User, settings: Settings
) -> None:
    settings.CHANNEL_LAYERS = {
        "default": {
            "BACKEND": "channels_redis.pubsub.RedisPubSubChannelLayer",
            "CONFIG": {"hosts": ["redis://127.0.0.1:9"]},
        }
    }
    settings.FEED_POLL = 0.1
    seen: list[int] = []
    async with asyncio.timeout(PATIENCE):
        async for lines in follow(alice.pk, 0):
            seen += [line["seq"] for line in lines]
            if seen == [1, 2]:
                await sync_to_async(services.withdraw)(actor=alice, application_id=application.pk)
            if len(seen) == 3:
                break
    assert seen == [1, 2, 3]


async def poll_that_asks(scope: dict[str, Any]) -> Any:
    """Return a poll that is asking whether there is more. On a slow machine some are over before they come to that."""
    while True:
        poll: Any = Communicator(asgi, scope)  # type: ignore[no-untyped-call]
        await poll.send_input({"type": "http.request"})
        while poll.output_queue.empty():
            if counters._open.get(asyncio.get_running_loop()):
                return poll
            await asyncio.sleep(0)
        await poll.wait(PATIENCE)


@pytest.mark.django_db(transaction=True)
async def test_a_poll_that_ends_leaves_what_it_asked_to_the_others(
    application: Application, alice: User, client_of: Any, settings: Settings
) -> None:
    settings.FEED_POLL = 0.01
    page = await sync_to_async(client_of)(alice)
    cookies = "; ".join(f"{name}={one.value}" for name, one in page.cookies.items())
    scope = {"type": "http", "method": "GET", "path": EVENTS, "query_string": b"after=2&wait=0.05", "root_path": ""}
    headers = [(b"host", b"localhost"), (b"cookie", cookies.encode())]
    async with asyncio.timeout(PATIENCE):
        poll = await poll_that_asks({**scope, "headers": headers})
        assert await counters.newest(alice.pk) == 2
    assert (await poll.receive_output(PATIENCE))["status"] == 200


@pytest.mark.django_db(transaction=True)
async def test_a_page_outlives_the_layers_server(
    application: Application, alice: User, client_of: Any, settings: Settings, tmp_path: Path
) -> None:
    """The core layer fails whoever waits for a message; so it did while thousands connected."""
    with valkeys.some(["a"], tmp_path) as [server]:
        settings.CHANNEL_LAYERS = {
            "default": {"BACKEND": "channels_redis.core.RedisChannelLayer", "CONFIG": {"hosts": [server.url]}}
        }
        settings.FEED_POLL = 0.2
        socket = Socket(await sync_to_async(client_of)(alice))
        await socket.connect()
        assert [(await socket.receive())["seq"] for _ in range(2)] == [1, 2]
        server.kill()
        assert await socket.ends.receive_nothing(1)
        await sync_to_async(services.withdraw)(actor=alice, application_id=application.pk)
        assert (await socket.receive())["seq"] == 3
        await socket.disconnect()


@pytest.mark.django_db(transaction=True)
async def test_a_busy_feed_says_seldom_that_its_person_is_there(
    application: Application, alice: User, slow_poll: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    signs: list[int] = []
    monkeypatch.setattr(presence, "sign_of_person", signs.append)
    async with asyncio.timeout(PATIENCE), aclosing(follow(alice.pk, 0)) as batches:
        for number in range(3):
            assert await anext(batches)
            await sync_to_async(record)(application, Event.Type.STEP, {"step": str(number)})
    await sync_to_async(connections.close_all)()
    assert signs == [alice.pk]


async def test_of_many_people_whose_feeds_grow_at_once_those_who_listen_are_told(db: None) -> None:
    async with asyncio.timeout(PATIENCE), listening.notices(live.group_name(7)) as heard:
        for seq in (1, 2, 3):  # what comes while the first is on its way goes along with it
            live.tell(dict.fromkeys(range(1, 50), seq))
        while (await heard.get())["seq"] < 3:
            pass


@pytest.mark.django_db(transaction=True)
async def test_what_is_logged_behind_a_web_socket_names_its_person(
    application: Application, alice: User, client_of: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def follow_and_tell(*_: int) -> Any:
        told.set_result(get_contextvars().get("person"))
        yield []

    told: asyncio.Future[int | None] = asyncio.get_running_loop().create_future()
    monkeypatch.setattr(feed, "follow", follow_and_tell)
    socket = Socket(await sync_to_async(client_of)(alice))
    await socket.connect()
    assert await asyncio.wait_for(told, PATIENCE) == alice.pk
    await socket.disconnect()
