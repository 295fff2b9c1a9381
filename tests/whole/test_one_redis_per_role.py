"""The broker, the channel layer's hosts and the live keys each on a server of their own: any may vanish by itself."""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from uuid import uuid4

import pytest
import requests
from django.test import Client
from pytest_django import Settings

from accounts.models import User
from accounts.services import issue_token
from applications import listening, live, presence
from applications.states import Status
from jobs.models import Job
from jobswipe.redis_clients import redis_now
from script.trial.servers import Server
from tests import valkeys
from tests.conftest import make_job
from tests.processes import PATIENCE, Employers, Process, StartWorker, answers, free_port, until

PEOPLE = range(1, 31)


# ---------------------------------------------------------------- live keys in a cluster


@contextmanager
def live_keys_in_a_cluster(folder: Path, settings: Settings) -> Iterator[list[Server]]:
    with valkeys.cluster(folder) as nodes:
        hosts = ",".join(node.url.rpartition("@")[2].removesuffix("/0") for node in nodes)
        settings.LIVE_URL = f"redis+cluster://:of-all-nodes@{hosts}"
        yield nodes
        redis_now(settings.LIVE_URL).close()


def test_live_keys_are_spread_over_a_cluster_and_each_persons_are_together(
    db: None, client: Client, alice: User, tmp_path: Path, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    with live_keys_in_a_cluster(tmp_path, settings) as nodes:
        whose = {extra + person: person for person in PEOPLE for extra in (100, 200)}
        people = dict(zip(PEOPLE, PEOPLE, strict=True))

        def all_are_written_down() -> bool:
            """Sign again for who is not there yet: a sign is a hint, dropped when the cluster is slow to connect."""
            monkeypatch.setattr(presence, "_away_until", 0.0)
            progress, present = presence.signs("job:progress", whose), presence.signs("user:status", people)
            for id_ in whose.keys() - progress.keys():
                presence.sign_of_progress(whose[id_], id_, step="filling", percent=whose[id_], seconds=60)
            for person in people.keys() - present.keys():
                presence.sign_of_person(person)
            assert {id_: sign["percent"] for id_, sign in progress.items()}.items() <= whose.items()
            return progress.keys() == whose.keys() and present.keys() == people.keys()

        until(all_are_written_down, "all are written down")

        where = [valkeys.client_of(node).keys("*") for node in nodes]
        of_node = [{key.partition("{")[2].partition("}")[0] for key in keys} for keys in where]
        assert sum(map(len, of_node)) == len(PEOPLE), "somebody's keys are on two nodes"
        assert all(of_node), "a node has nothing"

        nodes[0].kill()
        monkeypatch.setattr(presence, "_away_until", 0.0)
        client.force_login(alice)
        assert client.get("/devices").status_code == client.get("/applications").status_code == 200
        assert presence.signs("job:progress", whose) == {}
        stands = {"live": "away", "broker": "ok", "channels": "ok"}
        until(lambda: client.get("/readyz").json().items() >= stands.items(), "the cluster alone is called away")


# ---------------------------------------------------------------- several hosts of the channel layer


@contextmanager
def channel_hosts(folder: Path, settings: Settings) -> Iterator[list[Server]]:
    with valkeys.some(["a", "b", "c"], folder) as hosts:
        settings.CHANNEL_URLS = [host.url for host in hosts]
        layer = settings.CHANNEL_LAYERS["default"]
        settings.CHANNEL_LAYERS = {"default": layer | {"CONFIG": layer["CONFIG"] | {"hosts": settings.CHANNEL_URLS}}}
        yield hosts


async def test_feeds_are_told_through_several_hosts_of_the_channel_layer_of_which_one_may_vanish(
    db: None, tmp_path: Path, settings: Settings
) -> None:
    seen, news = dict.fromkeys(PEOPLE, 0), asyncio.Event()

    async def listen(person: int) -> None:
        async with listening.notices(live.group_name(person)) as heard:
            while True:
                seen[person] = (await heard.get())["seq"]
                news.set()

    async def have_heard(people: set[int], seq: int) -> None:
        while any(seen[person] != seq for person in people):
            news.clear()
            await news.wait()

    async def hear_when_told(people: set[int], seq: int) -> None:
        """Tell everybody, and again while these have not heard: a hint is lost while its host goes or comes."""
        async with asyncio.timeout(PATIENCE):
            while any(seen[person] != seq for person in people):
                live.tell(dict.fromkeys(PEOPLE, seq))
                with suppress(TimeoutError):
                    await asyncio.wait_for(have_heard(people, seq), 0.2)

    with channel_hosts(tmp_path, settings) as hosts:
        listeners = [asyncio.create_task(listen(person)) for person in PEOPLE]
        await hear_when_told(set(PEOPLE), 1)
        of_host = [_people_on(host) for host in hosts]
        assert all(of_host), "a host has nobody"
        assert sum(map(len, of_host)) == len(PEOPLE)

        hosts[0].kill()
        await hear_when_told(of_host[1] | of_host[2], 2)
        few = [min(people) for people in of_host]  # so few are told without asking who listens, the lost one first
        live.tell(dict.fromkeys(few, 3))
        async with asyncio.timeout(PATIENCE):
            await have_heard(set(few[1:]), 3)
        hosts[0].start()
        await hear_when_told(set(PEOPLE), 4)  # the same pages, without connecting anew
        for listener in listeners:
            listener.cancel()
        await asyncio.gather(*listeners, return_exceptions=True)


def _people_on(host: Server) -> set[int]:
    with valkeys.client_of(host) as client:
        return {int(channel.rpartition(".")[2]) for channel in client.pubsub_channels("*__group__person.*")}


# ---------------------------------------------------------------- the whole product


def test_with_any_of_the_three_away_swipes_are_taken_and_carried_out(
    alice: User, employers: Employers, start_worker: StartWorker, tmp_path: Path
) -> None:
    alice.answers.create(question="Why do you want to work at Meridian?", normalized="x", answer="Weather matters.")
    _, secret = issue_token(user=alice, name="test")
    with valkeys.some(["broker", "channels", "live"], tmp_path) as (broker, channels, signs):
        own = {"BROKER_URL": broker.url, "CHANNEL_URLS": channels.url, "LIVE_URL": signs.url}
        port = free_port()
        web = Process("uvicorn", "jobswipe.asgi:application", "--port", str(port), log=tmp_path / "web.log", **own)
        site = f"http://127.0.0.1:{port}"
        try:
            start_worker(**own)
            until(lambda: answers(f"{site}/healthz"), "the site answers")
            for role, server in {"broker": broker, "channels": channels, "live": signs}.items():
                server.kill()
                assert parts(site)[role] == "away"
                _swipe(site, secret, make_job(apply_url=f"{employers.url}/meridian/jobs/no-{role}/apply"))
                until(lambda: alice.applications.latest("id").status == Status.COMPLETED, "it is carried out")
                assert len(employers.inbox(f"no-{role}")) == 1
                server.start()
                until(lambda: set(parts(site).values()) == {"ok"}, "all three are there")
        finally:
            web.stop()


def parts(site: str) -> dict[str, str]:
    """Return how the site calls the three."""
    told = requests.get(f"{site}/readyz", timeout=PATIENCE).json()
    return {role: told[role] for role in ("broker", "channels", "live")}


def _swipe(site: str, secret: str, job: Job) -> None:
    answer = requests.post(
        f"{site}/api/v1/swipes/",
        json={"job": job.pk, "direction": "right", "key": str(uuid4())},
        headers={"Authorization": f"Bearer {secret}"},
        timeout=PATIENCE,
    )
    assert answer.status_code == 201
