"""The push service that these tests share."""

from collections.abc import Iterator

import pytest
from pytest_django import Settings

from tests.notifications.push_service import PushService


@pytest.fixture
def push(settings: Settings) -> Iterator[PushService]:
    settings.PUSH_SERVICES = ["127.0.0.1"]
    service = PushService()
    yield service
    service.stop()
