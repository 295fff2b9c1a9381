"""`/metrics` for Prometheus: this process (or all of PROMETHEUS_MULTIPROC_DIR), and the figures of the whole product.

Any web process gives the same figures of the product, since they are read from PostgreSQL; the dashboards take the
largest over all of them.
"""

import logging
import os
import re
from collections.abc import Iterable, Iterator
from contextlib import suppress
from ipaddress import ip_address
from pathlib import Path

import psutil
from django.conf import settings
from django.db import DatabaseError
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.crypto import constant_time_compare
from django.views.decorators.http import require_safe
from prometheus_client import CONTENT_TYPE_LATEST, REGISTRY, CollectorRegistry, generate_latest
from prometheus_client.metrics_core import GaugeMetricFamily, Metric
from prometheus_client.multiprocess import MultiProcessCollector, mark_process_dead
from prometheus_client.registry import Collector

from automation.operations import figures

logger = logging.getLogger(__name__)
WRITER = re.compile(r"_(\d+)\.db$")


class Figures(Collector):
    """The product's figures, and whether they could be read."""

    def collect(self) -> Iterator[Metric]:
        could_read = GaugeMetricFamily("jobswipe_figures_read", "1 when the figures came from the database")
        try:
            yield from list(_gauges())
        except DatabaseError:
            logger.exception("The figures could not be read")
            could_read.add_metric([], 0)
        else:
            could_read.add_metric([], 1)
        yield could_read


class Memory(Collector):
    """What each web process of this container takes up."""

    def __init__(self, pids: Iterable[int]) -> None:
        self._pids = pids

    def collect(self) -> Iterator[Metric]:
        memory = GaugeMetricFamily("jobswipe_web_memory_bytes", "What a web process takes up", labels=["pid"])
        for pid in self._pids:
            with suppress(psutil.Error):  # it has just ended
                memory.add_metric([str(pid)], psutil.Process(pid).memory_info().rss)
        yield memory


def _gauges() -> Iterator[GaugeMetricFamily]:
    for figure, rows in figures.read():
        gauge = GaugeMetricFamily(f"jobswipe_{figure.name}", figure.help, labels=figure.labels)
        for *labels, value in rows:
            gauge.add_metric(labels, float(value))
        yield gauge


@require_safe
def metrics(request: HttpRequest) -> HttpResponse:
    """Answer in Prometheus' text format, to whoever may know; to others there is nothing here."""
    if not _may_know(request):
        raise Http404
    folder = os.environ.get("PROMETHEUS_MULTIPROC_DIR", "")
    product = CollectorRegistry()
    product.register(Figures())
    product.register(Memory(_living(Path(folder)) if folder else [os.getpid()]))
    return HttpResponse(generate_latest(processes()) + generate_latest(product), content_type=CONTENT_TYPE_LATEST)


def processes() -> CollectorRegistry:
    """Return what all of PROMETHEUS_MULTIPROC_DIR have counted, or this process alone."""
    if not os.environ.get("PROMETHEUS_MULTIPROC_DIR"):
        return REGISTRY
    registry = CollectorRegistry()
    MultiProcessCollector(registry)  # type: ignore[no-untyped-call]
    return registry


def _living(folder: Path) -> set[int]:
    """Return the processes that write there, and forget the open lines of those that were killed."""
    pids = {int(found[1]) for file in folder.glob("*.db") if (found := WRITER.search(file.name))}
    gone = {pid for pid in pids if not psutil.pid_exists(pid)}
    for pid in gone:
        mark_process_dead(pid, str(folder))  # type: ignore[no-untyped-call]
    return pids - gone


def _may_know(request: HttpRequest) -> bool:
    is_passed_on = "X-Forwarded-For" in request.headers or "Forwarded" in request.headers
    address = "" if is_passed_on else request.META.get("REMOTE_ADDR") or ""
    return may_know(request.headers.get("Authorization", ""), address)


def may_know(authorization: str, address: str) -> bool:
    """By token, or straight from an address that is named: what a proxy has passed on comes from anywhere."""
    token = settings.METRICS_TOKEN
    if token and constant_time_compare(authorization, f"Bearer {token}"):
        return True
    try:
        asks = ip_address(address)
    except ValueError:
        return False
    return any(asks in network for network in settings.METRICS_ADDRESSES)
