"""What an application went through can be seen as one trace."""

from collections.abc import Callable
from typing import Any

import pytest
from opentelemetry.sdk.trace import ReadableSpan
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter
from pytest_django import Settings

from accounts.models import User
from applications import traces
from applications.models import Application, Lane
from automation import leases
from automation.models import Attempt
from automation.outcomes import finish
from automation.reports import Step, report_steps
from jobs.models import Job

RESULT = {"outcome": "submitted", "confirmation": "response", "fields": [], "message": "Thank you, Alice Moreno."}


@pytest.fixture
def spans(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Callable[[], list[ReadableSpan]]:
    """Give what reads the spans that were written so far."""
    settings.TRACES_URL = "https://collector.example/v1/traces"
    exporter = InMemorySpanExporter()
    provider = traces.provider_for(exporter)
    monkeypatch.setattr(traces, "provider", lambda: provider)

    def read() -> list[ReadableSpan]:
        assert provider.force_flush()
        return list(exporter.get_finished_spans())

    return read


def send(attempt: Attempt) -> None:
    leases.start(attempt_id=attempt.pk, lease=attempt.lease)
    steps = [Step(1, "opening", "Opening Meridian's form", 5), Step(2, "filling", "Filling in Alice", 40)]
    report_steps(attempt_id=attempt.pk, lease=attempt.lease, steps=steps)
    leases.begin_submit(attempt_id=attempt.pk, lease=attempt.lease)
    finish(attempt_id=attempt.pk, lease=attempt.lease, result=RESULT)


def test_one_trace_goes_from_the_swipe_to_the_submission_and_names_nobody(
    alice: User,
    job: Job,
    swipe_right: Callable[[User, Job], Application],
    spans: Callable[[], list[ReadableSpan]],
    django_capture_on_commit_callbacks: Any,
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        application = swipe_right(alice, job)
    with django_capture_on_commit_callbacks(execute=True):
        [attempt] = leases.claim(lane=Lane.SERVER, runner="test")
        send(attempt)
    trace_id, whole_id = traces.ids_of(application.pk)
    by_name = {span.name: span for span in spans()}
    assert set(by_name) == {"PENDING", "QUEUED", "CLAIMED", "PROCESSING", "opening", "filling", "application"}
    assert len(spans()) == len(by_name)
    assert {span.context.trace_id for span in spans() if span.context} == {trace_id}

    whole = by_name.pop("application")
    assert whole.context is not None
    assert (whole.context.span_id, whole.parent) == (whole_id, None)
    processing = by_name["PROCESSING"].context
    assert processing is not None
    parents = {name: span.parent.span_id for name, span in by_name.items() if span.parent}
    within = dict.fromkeys(("opening", "filling"), processing.span_id)
    assert parents == dict.fromkeys(("PENDING", "QUEUED", "CLAIMED", "PROCESSING"), whole_id) | within
    for span in spans():
        assert span.start_time is not None
        assert span.end_time is not None
        assert (whole.start_time or 0) <= span.start_time <= span.end_time <= (whole.end_time or 0)

    told = "".join(span.to_json() for span in spans())
    assert '"jobswipe.confirmation": "response"' in told
    assert not any(word in told for word in ("Alice", "alice", "Moreno", "Meridian", job.title))


def test_nothing_is_made_where_nobody_asked_for_it(
    alice: User, job: Job, swipe_right: Callable[[User, Job], Application], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(traces, "partial", None)  # nothing is even put off until the commit
    assert swipe_right(alice, job).status == "QUEUED"
