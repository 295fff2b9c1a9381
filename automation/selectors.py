"""Reads of attempts, for the page of one application."""

from dataclasses import dataclass
from typing import Any

from accounts.models import User
from accounts.services import normalized_question
from applications.models import Application, Event, Lane
from applications.selectors import waiting_for
from applications.states import ReviewKind
from automation.models import Attempt, Device, Evidence


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
    lacks_device: bool  # it is for a computer of its person's, and none is paired


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
        lacks_device=application.lane == Lane.DEVICE
        and not Device.objects.filter(user=application.user_id, revoked_at=None).exists(),
    )


@dataclass(frozen=True)
class Question:
    """What forms ask and nobody has answered, with everything that waits for it."""

    label: str
    kind: str
    options: list[str]
    why: str
    applications: list[Application]


@dataclass(frozen=True)
class Other:
    """An application that waits for something else than an answer, with the newest picture of what was seen."""

    application: Application
    posting: dict[str, Any]
    shot: Evidence | None


@dataclass(frozen=True)
class Waiting:
    """All that waits for a person."""

    questions: list[Question]
    others: list[Other]

    def __len__(self) -> int:
        return len(self.questions) + len(self.others)


def waiting_of(user: User) -> Waiting:
    """Read all that waits for the person, the oldest first; a question that many forms ask comes once."""
    applications = list(waiting_for(user))
    questions: dict[str, Question] = {}
    for application in applications:
        for one in application.questions if application.review_kind == ReviewKind.QUESTION else ():
            known = Question(one["label"], one["kind"], one["options"], one["why"], [])
            questions.setdefault(normalized_question(one["label"]), known).applications.append(application)
    others = [one for one in applications if one.review_kind != ReviewKind.QUESTION or not one.questions]
    shots = _newest_shots(others)
    return Waiting(
        questions=list(questions.values()),
        others=[Other(one, one.snapshot.content, shots.get(one.pk)) for one in others],
    )


def _newest_shots(applications: list[Application]) -> dict[int, Evidence]:
    shots = Evidence.objects.filter(attempt__application__in=applications, content_type="image/png")
    return {shot.attempt.application_id: shot for shot in shots.select_related("attempt").order_by("id")}
