"""Redis shows who is there and how far work is; when it is wiped or away, pages show what PostgreSQL knows."""

from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from pytest_django import Settings
from redis import Redis

from accounts.models import User
from applications import presence, selectors
from applications.models import Application
from automation.devices import services as devices
from tests.devices.conftest import Agent
from tests.processes import until


@pytest.fixture
def redis() -> Any:
    return Redis.from_url(settings.LIVE_URL)


def key(user: User, name: str, pk: int) -> str:
    return f"{settings.REDIS_PREFIX}:{{{user.pk}}}:{name}:{pk}"


def wipe(redis: Any) -> None:
    for one in redis.scan_iter(f"{settings.REDIS_PREFIX}:*"):
        redis.delete(one)


def test_signs_expire_and_come_back_after_a_wipe(
    redis: Any, alice: User, laptop: Agent, attempt: dict[str, Any], application: Application
) -> None:
    heartbeat, progress = (
        key(alice, "desktop:heartbeat", laptop.device.pk),
        key(alice, "job:progress", application.pk),
    )
    beat = {"token": attempt["token"], "step": "filling", "percent": 40}

    def both_are_there() -> bool:
        """Work on while they are not: a sign is a hint, dropped when Redis is slow."""
        laptop.post(f"attempts/{attempt['id']}/heartbeat/", beat)
        return bool(redis.exists(heartbeat) and redis.exists(progress))

    def person_is_there() -> bool:
        presence.sign_of_person(alice.pk)
        return bool(redis.ttl(key(alice, "user:status", alice.pk)) > 0)

    until(both_are_there, "both signs are there")
    assert 0 < redis.ttl(heartbeat) <= 2.5 * settings.DEVICE_HEARTBEAT
    assert 0 < redis.ttl(progress) <= settings.DEVICE_LEASE
    until(person_is_there, "the person's sign is there")

    wipe(redis)
    application.refresh_from_db()
    assert selectors.progress_of([application]) == {application.pk: 40}  # as PostgreSQL has it
    assert devices.shown_devices(alice)[0].is_there
    until(both_are_there, "the next heartbeats bring them back")


def test_without_redis_pages_show_what_postgresql_knows(
    alice: User, attempt: dict[str, Any], settings: Settings, client: Client
) -> None:
    settings.LIVE_URL = "redis://127.0.0.1:9"
    client.force_login(alice)
    for path in ("/devices", "/applications"):
        page = client.get(path)
        assert page.status_code == 200
    assert "applying" in client.get("/devices").content.decode()
