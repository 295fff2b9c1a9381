"""BROKER_URL alone says which broker it is. script/rabbitmq runs the product on a real RabbitMQ."""

import json
import os
import subprocess
import sys

import pytest

from jobswipe.broker import QUEUES
from tests.processes import ROOT

ASK = """
import json
from celery.utils.quorum_queues import detect_quorum_queues
from jobswipe.celery import app
print(json.dumps({
    "driver": app.connection_for_write().transport.driver_type,
    "queues": {name: queue.queue_arguments for name, queue in app.amqp.queues.items()},
    "exchanges": sorted({queue.exchange.type for queue in app.amqp.queues.values()}),
    "quorum": detect_quorum_queues(app, "amqp")[0],
    "options": app.conf.broker_transport_options,
    "disable_prefetch": app.conf.worker_disable_prefetch,
}))
"""


def celery_with(broker_url: str) -> dict[str, object]:
    """Return how Celery stands in a process with this broker."""
    given = {"PATH": os.environ["PATH"], "DATABASE_URL": "postgresql://127.0.0.1:9/x", "SECRET_KEY": "x"}
    roles = {"BROKER_URL": broker_url, "CHANNEL_URLS": "redis://127.0.0.1:9", "LIVE_URL": "redis://127.0.0.1:9"}
    done = subprocess.run(
        [sys.executable, "-c", ASK], cwd=ROOT, env=given | roles, capture_output=True, text=True, check=True
    )
    found: dict[str, object] = json.loads(done.stdout)
    return found


@pytest.mark.parametrize("scheme", ["amqp", "amqps"])
def test_on_rabbitmq_all_queues_are_quorum_queues_and_every_message_is_confirmed(scheme: str) -> None:
    found = celery_with(f"{scheme}://person:secret@127.0.0.1:9//")
    assert found["driver"] == "amqp"
    assert found["queues"] == {name: {"x-queue-type": "quorum"} for name in QUEUES}
    assert found["quorum"], "Celery asks for quality of service that quorum queues refuse"
    assert found["exchanges"] == ["topic"], "countdowns need it on quorum queues"
    assert found["options"] == {"confirm_publish": True}, "an option of Redis stops the connection"
    assert not found["disable_prefetch"]


def test_on_redis_nothing_is_held_back_for_a_worker_that_is_gone() -> None:
    found = celery_with("redis://127.0.0.1:9/0")
    assert found["driver"] == "redis"
    assert found["queues"] == dict.fromkeys(QUEUES)
    assert found["options"]["global_keyprefix"] == "jobswipe:"  # type: ignore[index]
    assert found["disable_prefetch"]
