"""What a worker tells Prometheus by itself, at WORKER_METRICS: its tasks, its memory, hints that wait in the broker.

How applications do is told by the web, from PostgreSQL (`jobswipe.metrics`); this is for who looks into Celery.
"""

import logging
import threading
import time
from collections.abc import Iterator
from typing import Any
from wsgiref.simple_server import WSGIRequestHandler, make_server

from celery import current_app
from celery.signals import task_postrun, task_prerun, worker_init
from django.conf import settings
from kombu import Queue
from kombu.exceptions import OperationalError
from prometheus_client import REGISTRY, Counter, Histogram, make_wsgi_app
from prometheus_client.exposition import ThreadingWSGIServer
from prometheus_client.metrics_core import GaugeMetricFamily
from prometheus_client.registry import Collector

from automation.worker import pulse
from jobswipe.metrics import may_know

logger = logging.getLogger(__name__)

TASKS = Counter("jobswipe_tasks", "Celery tasks that ended in this worker", ["task", "state"])
SECONDS = Histogram(
    "jobswipe_task_seconds", "How long Celery tasks ran", ["task"], buckets=(0.01, 0.1, 0.5, 1, 5, 10, 30, 60, 120, 300)
)
_began: dict[str, float] = {}


@task_prerun.connect
def note_begin(task_id: str, **_: Any) -> None:
    _began[task_id] = time.perf_counter()


@task_postrun.connect
def note_end(task_id: str, task: Any, state: str | None = None, **_: Any) -> None:
    TASKS.labels(task.name, (state or "unknown").lower()).inc()
    if began := _began.pop(task_id, None):
        SECONDS.labels(task.name).observe(time.perf_counter() - began)


class Hints(Collector):
    """Messages that wait in each queue of the broker, asked at each look; none while it is away."""

    def describe(self) -> list[GaugeMetricFamily]:
        return []  # or a look would be taken when it is registered, while the broker may be away

    def collect(self) -> Iterator[GaugeMetricFamily]:
        waiting = GaugeMetricFamily("jobswipe_broker_messages", "Hints that wait in the broker", labels=["queue"])
        try:
            with current_app.connection_for_read() as connection:
                connection.ensure_connection(max_retries=1)
                for queue in settings.CELERY_TASK_QUEUES:
                    waiting.add_metric([queue.name], _length(connection, queue))
        except OperationalError as error:
            logger.info("The broker does not tell what waits: %s", error)
        yield waiting


def _length(connection: Any, queue: Queue) -> int:
    """Declare the queue as workers do, which tells. To ask passively, kombu looks for Redis' key without our prefix."""
    with connection.channel() as channel:
        declared = channel.queue_declare(
            queue=queue.name, durable=queue.durable, exclusive=queue.exclusive, auto_delete=queue.auto_delete,
            arguments=queue.queue_arguments,
        )  # fmt: skip
        return int(declared.message_count)


class _Quiet(WSGIRequestHandler):
    def log_message(self, format: str, *args: Any) -> None:
        """Say nothing of each look."""


def application(environ: dict[str, Any], start_response: Any) -> Any:
    """WSGI: the figures, for whoever may know; `/alive` for who would start a worker that is stuck anew."""
    if environ.get("PATH_INFO") == "/alive":
        is_stuck = pulse.is_stuck()
        start_response("503 Service Unavailable" if is_stuck else "200 OK", [("Content-Type", "text/plain")])
        return [b"stuck" if is_stuck else b"ok"]
    if not may_know(environ.get("HTTP_AUTHORIZATION", ""), environ.get("REMOTE_ADDR", "")):
        start_response("404 Not Found", [("Content-Type", "text/plain")])
        return [b""]
    return make_wsgi_app(REGISTRY)(environ, start_response)


@worker_init.connect
def serve(**_: object) -> None:
    """Answer at WORKER_METRICS, for as long as the worker runs."""
    host, _colon, port = settings.WORKER_METRICS.rpartition(":")
    if port:
        REGISTRY.register(Hints())
        server = make_server(host, int(port), application, ThreadingWSGIServer, handler_class=_Quiet)
        threading.Thread(target=server.serve_forever, name="metrics", daemon=True).start()
