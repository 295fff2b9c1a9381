"""What each process counts of itself for `/metrics`, beside what django-prometheus does."""

import logging
import time
from collections import Counter as CounterOf
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager, nullcontext
from datetime import UTC, datetime
from typing import Any

from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.http import HttpRequest, HttpResponse
from prometheus_client import Counter, Gauge, Histogram

lines = logging.getLogger("jobswipe.lines")

SOCKETS = Gauge(
    "jobswipe_sockets", "Lines that are open now, by what they carry", ["line"], multiprocess_mode="livesum"
)
OPENED = Counter(
    "jobswipe_sockets_opened", "Lines that were opened; again: by a page that had one before", ["line", "again"]
)
DELIVERY = Histogram(
    "jobswipe_event_delivery_seconds",
    "From the beginning of the transaction that wrote an event to whoever follows the feed",
    buckets=(0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10),
)
DATABASE_TIME = Counter("jobswipe_view_database_seconds", "Time that a view waited for the database", ["view"])
QUERIES = Counter("jobswipe_view_queries", "Queries of a view", ["view"])
REFUSED = Counter("jobswipe_refused", "Requests that were refused before a view saw them, by the code told", ["code"])
SWIPES = Counter("jobswipe_swipes", "Decisions of people, and those that were taken back", ["decision"])
LAGGING_READS = Counter("jobswipe_lagging_reads", "Views that a replica may answer, by who did", ["database"])


_open: CounterOf[int] = CounterOf()  # lines of a person in this process


def open_lines_of(user_id: int) -> int:
    return _open[user_id]


@contextmanager
def open_line(line: str, *, whose: int, again: bool = False) -> Iterator[None]:
    """Count a line as open for as long as the block runs."""
    _open[whose] += 1
    OPENED.labels(line, str(again).lower()).inc()
    SOCKETS.labels(line).inc()
    lines.info("Opened", extra={"line": line})
    try:
        yield
    finally:
        SOCKETS.labels(line).dec()
        _open[whose] -= 1
        if not _open[whose]:
            del _open[whose]


def delivered(at: str) -> None:
    """Note that an event, with the time that its line of the feed has, goes to whoever waits for it."""
    DELIVERY.observe(max(0.0, (datetime.now(UTC) - datetime.fromisoformat(at)).total_seconds()))


class Spent:
    """Seconds and queries of one request: a wrapper of Django's database calls."""

    def __init__(self) -> None:
        self.seconds, self.queries = 0.0, 0

    def __call__(self, execute: Callable[..., Any], *call: Any) -> Any:
        with self.counted():
            return execute(*call)

    @contextmanager
    def counted(self) -> Iterator[None]:
        """Count the block as one query."""
        began = time.perf_counter()
        try:
            yield
        finally:
            self.seconds += time.perf_counter() - began
            self.queries += 1


def counted(connection: BaseDatabaseWrapper) -> AbstractContextManager[None]:
    """Return the block that counts as one query of the request, for statements that pass Django by."""
    spent = next((one for one in connection.execute_wrappers if isinstance(one, Spent)), None)
    return spent.counted() if spent else nullcontext()


def with_database_time(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Count for each view what it waits for the database."""

    def respond(request: HttpRequest) -> HttpResponse:
        spent = Spent()
        with ExitStack() as stack:
            for connection in connections.all():
                stack.enter_context(connection.execute_wrapper(spent))
            response = get_response(request)
        if spent.queries and request.resolver_match:
            view = request.resolver_match.view_name or "other"
            DATABASE_TIME.labels(view).inc(spent.seconds)
            QUERIES.labels(view).inc(spent.queries)
        return response

    return respond
