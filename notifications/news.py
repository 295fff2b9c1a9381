"""From events to what people are told: which kind each is, and in which words."""

from typing import Any

from applications.models import Event
from applications.states import Status
from notifications.models import Kind

KINDS: dict[str, Kind] = {
    Status.QUEUED: Kind.QUEUED,
    Status.REVIEW: Kind.NEEDS_YOU,
    Status.COMPLETED: Kind.APPLIED,
    Status.FAILED: Kind.FAILED,
}
TITLES = {
    Kind.QUEUED: "Queued: {}",
    Kind.NEEDS_YOU: "Needs you: {}",
    Kind.APPLIED: "Applied: {}",
    Kind.FAILED: "Not sent: {}",
}


def kind_of(event: Event) -> Kind | None:
    """Return what an event is to its person; None for what nobody is called for."""
    if event.type == Event.Type.STEP and event.data["step"] == Event.YOUR_TURN:
        return Kind.NEEDS_YOU
    if event.type != Event.Type.STATUS:
        return None
    if event.data["to"] == Status.QUEUED and event.data["from"] != Status.PENDING:
        return None  # a retry of ours
    return KINDS.get(event.data["to"])


def message_of(event: Event, kind: Kind) -> dict[str, Any]:
    """Return what is shown on the person's screen. `tag`: a later message on the same application replaces it."""
    posting = event.application.snapshot.content
    job = f"{posting.get('title', 'a job')}, {posting.get('company', {}).get('name', '')}".strip(", ")
    return {
        "title": TITLES[kind].format(job),
        "body": event.data.get("message", ""),
        "url": f"/applications/{event.application_id}",
        "tag": f"application-{event.application_id}",
        "seq": event.seq,
    }
