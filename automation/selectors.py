"""Reads of attempts, for the page of one application."""

from dataclasses import dataclass
from typing import Any

from applications.models import Application, Event
from automation.models import Attempt, Evidence


@dataclass(frozen=True)
class Story:
    """What has happened to an application, newest first where it grows."""

    events: list[Event]
    attempt: Attempt | None  # the newest
    attempts: list[Attempt]  # newest first, with their logs
    percent: int
    sent: list[dict[str, Any]]  # the fields of the newest attempt that reported any: label, value, source
    screenshots: list[Evidence]
    files: list[Evidence]


def story_of(application: Application) -> Story:
    """Read the story of one application."""
    attempts = list(application.attempts.select_related("device").prefetch_related("log"))
    evidence = list(Evidence.objects.filter(attempt__in=attempts).select_related("attempt").order_by("-id"))
    results = [attempt.result for attempt in attempts if attempt.result]
    reported: list[dict[str, Any]] = next((one["fields"] for one in results if one.get("fields")), [])
    newest = attempts[0] if attempts else None
    return Story(
        events=list(application.events.order_by("-seq")[:200]),
        attempt=newest,
        attempts=attempts,
        percent=newest.percent if newest and newest.finished_at is None else 0,
        sent=[field for field in reported if field["value"]],
        screenshots=[one for one in evidence if one.content_type == "image/png"],
        files=[one for one in evidence if one.content_type != "image/png"],
    )
