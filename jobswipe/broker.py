"""What Celery is told of its broker: a Redis, or RabbitMQ with quorum queues. BROKER_URL's scheme alone decides.

docs/architecture.md ("Celery, setting by setting") says why each of these stands as it does.
"""

from dataclasses import dataclass
from typing import Any

from kombu import Queue

QUEUES = (
    "application:priority",
    "application:processing",
    "application:retry",
    "application:deadletter",
    "maintenance",
)


@dataclass(frozen=True)
class Broker:
    """Celery's settings that differ from broker to broker."""

    queues: list[Queue]
    transport_options: dict[str, Any]
    exchange_type: str
    disable_prefetch: bool


def is_rabbitmq(url: str) -> bool:
    """Say whether the address is RabbitMQ's: amqp://, or with TLS amqps://."""
    return url.startswith(("amqp://", "amqps://"))


def broker_of(url: str, prefix: str) -> Broker:
    """Return the settings for the broker at this address; keys in a Redis begin with the prefix."""
    return _rabbitmq() if is_rabbitmq(url) else _redis(prefix)


def _redis(prefix: str) -> Broker:
    options = {
        "global_keyprefix": f"{prefix}:",
        "queue_order_strategy": "priority",
        "visibility_timeout": 900,
        "unacked_restore_interval": 5,
        "unacked_restore_throttle": 1,
        "socket_connect_timeout": 2,
        "socket_timeout": 10,
        "socket_keepalive": True,
        "health_check_interval": 25,
    }
    return Broker(_queues(), options, exchange_type="direct", disable_prefetch=True)


def _rabbitmq() -> Broker:
    queues = _queues(queue_arguments={"x-queue-type": "quorum"})
    return Broker(queues, {"confirm_publish": True}, exchange_type="topic", disable_prefetch=False)


def _queues(**options: Any) -> list[Queue]:
    return [Queue(name, routing_key=name, **options) for name in QUEUES]
