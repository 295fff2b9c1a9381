"""`/healthz` is for who sends people here, `/readyz` for who watches over the whole."""

import pytest
from django.db import connection
from django.db.models.functions import Now
from django.test import Client
from pytest_django import Settings

from automation.models import Pulse
from tests.processes import free_port

ROLES = {"broker": "ok", "channels": "ok", "live": "ok"}


def test_readyz_names_what_is_silent(db: None, client: Client, settings: Settings) -> None:
    Pulse.objects.create(name="host:1", kind=Pulse.Kind.WORKER, seen_at=Now())
    answer = client.get("/readyz")
    assert answer.status_code == 503
    assert answer.json() == ROLES | {"database": "ok", "worker": "ok", "beat": "silent"}
    Pulse.objects.create(name="host:2", kind=Pulse.Kind.BEAT, seen_at=Now())
    assert client.get("/readyz").status_code == 200
    settings.PULSE_LIMIT = -1  # everything is too long ago
    assert client.get("/readyz").json()["worker"] == "silent"


def test_readyz_names_the_server_that_is_away_and_healthz_asks_for_the_database_alone(
    db: None, client: Client, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.LIVE_URL = f"redis://127.0.0.1:{free_port()}/0"
    assert client.get("/readyz").json().items() >= (ROLES | {"live": "away"}).items()
    assert client.get("/healthz").status_code == 200
    monkeypatch.setitem(connection.settings_dict, "PORT", str(free_port()))
    answer = client.get("/readyz")
    assert answer.status_code == 503
    assert answer.json() == ROLES | {"database": "away", "live": "away", "worker": "unknown", "beat": "unknown"}
