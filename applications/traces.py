"""Traces for OpenTelemetry: what an application went through, from the swipe to its end. Off without TRACES_URL.

They are made from the feed. Each status that an application leaves becomes a span, with the steps that a robot took in
it; the end becomes the span around all of them. The ids of a trace and of that outermost span are made from the
application's id, so web, workers and devices, hours apart, write into one trace without telling each other.

A span has ids and words of ours alone: nothing that a person, an employer or a form has written.
"""

from collections.abc import Sequence
from contextvars import ContextVar
from datetime import datetime
from functools import cache, partial
from itertools import pairwise
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import transaction
from django.utils.crypto import salted_hmac

from applications.models import Application, Event
from applications.states import OVER, Status

if TYPE_CHECKING:
    from opentelemetry.context import Context
    from opentelemetry.sdk.trace import TracerProvider
    from opentelemetry.sdk.trace.export import SpanExporter

ENDS = OVER | {Status.FAILED}

_own_ids: ContextVar[tuple[int, int] | None] = ContextVar("_own_ids", default=None)


def trace(applications: Sequence[Application], new: Status) -> None:
    """Write the spans that end with the move to `new`, once it is committed."""
    if settings.TRACES_URL:
        pks = [application.pk for application in applications]
        transaction.on_commit(partial(_trace_all, pks, new), robust=True)


def _trace_all(pks: Sequence[int], new: Status) -> None:
    for application in Application.objects.filter(pk__in=pks):
        events = list(application.events.order_by("seq"))
        moves = [event for event in events if event.type == Event.Type.STATUS]
        at = max(place for place, event in enumerate(moves) if event.data["to"] == new)
        _write_stay(application, moves[at - 1], moves[at], events)
        if new in ENDS:
            _write_whole(application, moves[0].at, moves[at])


def _write_stay(application: Application, begin: Event, end: Event, events: Sequence[Event]) -> None:
    """Write the span of one status, and within it those of its steps."""
    from opentelemetry import trace as api

    steps = [one for one in events if one.type == Event.Type.STEP and begin.seq < one.seq < end.seq]
    attributes = {"jobswipe.next": end.data["to"], "jobswipe.lane": application.lane}
    tracer = provider().get_tracer("jobswipe")
    stay = tracer.start_span(
        begin.data["to"],
        _within(application.pk),
        attributes=_common(application) | attributes,
        start_time=_ns(begin.at),
    )
    for step, following in pairwise([*steps, end]):
        context = api.set_span_in_context(stay)
        span = tracer.start_span(step.data["step"], context, attributes=_common(application), start_time=_ns(step.at))
        span.end(_ns(following.at))
    stay.end(_ns(end.at))


def _write_whole(application: Application, begin: datetime, end: Event) -> None:
    """Write the outermost span, under the id that its parts name as their parent."""
    from opentelemetry.context import Context

    attributes = {
        "jobswipe.end": end.data["to"],
        "jobswipe.lane": application.lane,
        "jobswipe.failure_kind": application.failure_kind,
        "jobswipe.confirmation": application.confirmation,
    }
    token = _own_ids.set(ids_of(application.pk))
    try:
        tracer = provider().get_tracer("jobswipe")
        attributes = _common(application) | attributes
        tracer.start_span("application", Context(), attributes=attributes, start_time=_ns(begin)).end(_ns(end.at))
    finally:
        _own_ids.reset(token)


def _common(application: Application) -> dict[str, str | int]:
    return {"jobswipe.application": application.pk}


def _ns(moment: datetime) -> int:
    return int(moment.timestamp() * 1_000_000) * 1000


def ids_of(pk: int) -> tuple[int, int]:
    """Return the ids of an application's trace and of its outermost span. Other sites have others."""
    digest = salted_hmac("jobswipe.traces", str(pk), algorithm="sha256").digest()
    return int.from_bytes(digest[:16]), int.from_bytes(digest[16:24])


def _within(pk: int) -> "Context":
    """Return the context in which spans are parts of the application's."""
    from opentelemetry import trace as api

    trace_id, span_id = ids_of(pk)
    whole = api.SpanContext(trace_id, span_id, is_remote=True, trace_flags=api.TraceFlags(api.TraceFlags.SAMPLED))
    return api.set_span_in_context(api.NonRecordingSpan(whole))


@cache
def provider() -> "TracerProvider":
    """Return what sends this process's spans to TRACES_URL, in batches and from a thread of its own."""
    from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter

    return provider_for(OTLPSpanExporter(endpoint=settings.TRACES_URL))


def provider_for(exporter: "SpanExporter") -> "TracerProvider":
    """Return what hands spans to `exporter`."""
    from opentelemetry.sdk.resources import SERVICE_NAME, Resource
    from opentelemetry.sdk.trace import TracerProvider
    from opentelemetry.sdk.trace.export import BatchSpanProcessor
    from opentelemetry.sdk.trace.id_generator import RandomIdGenerator

    class Ids(RandomIdGenerator):
        """Random ids, but for the outermost span."""

        def generate_trace_id(self) -> int:
            own = _own_ids.get()
            return own[0] if own else super().generate_trace_id()

        def generate_span_id(self) -> int:
            own = _own_ids.get()
            return own[1] if own else super().generate_span_id()

    spans = TracerProvider(resource=Resource.create({SERVICE_NAME: "jobswipe"}), id_generator=Ids())
    spans.add_span_processor(BatchSpanProcessor(exporter))
    return spans
