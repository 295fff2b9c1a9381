"""Form questions that boards publish with their postings, against what a person has said."""

from typing import Any, cast

from accounts.models import User
from accounts.services import candidate_json
from applications.states import ReviewKind, Status
from automation.engine.candidate import Candidate, CandidateError
from automation.engine.forms.answers.answer import Reply, reply_to
from automation.engine.forms.field import FormField, Kind, Option, Widget
from automation.engine.result import Question
from automation.models import Attempt
from automation.packets import told_for

# Files and histories are no questions to answer here: the runner uploads the resume.
_KINDS = {"location": "text", "boolean": "single_choice", "repeater": "", "file": "", "hidden": ""}


def candidate_at(places: list[dict[str, Any]], told: dict[str, Any]) -> Candidate | None:
    """Return the person as the engine knows them at a job in these places, from their `candidate_json`.

    None as long as their profile lacks what every form asks.
    """
    return _candidate(told_for(told, places))


def _candidate(told: dict[str, Any]) -> Candidate | None:
    try:
        return Candidate.from_json(told)
    except CandidateError:
        return None


def unanswered_of(questions: list[dict[str, Any]], candidate: Candidate | None) -> list[dict[str, Any]]:
    """Return those of the required questions that nothing the person said answers, as the engine would find."""
    if candidate is None:
        return []
    return [one for one in questions if one.get("required") and _is_unknown(one, candidate)]


def answered_by_now(user: User) -> dict[int, set[str]]:
    """Return the questions that applications wait with and what the person has said since answers, by application.

    What was said at the last attempt already, and was asked all the same, only the person's own word settles.
    """
    profile = candidate_json(user)
    attempts = Attempt.objects.filter(
        application__user=user, application__status=Status.REVIEW, application__review_kind=ReviewKind.QUESTION
    )
    newest = attempts.order_by("application", "-id").distinct("application")
    found = {}
    for pk, asked, packet in newest.values_list("application", "application__questions", "packet"):
        then, now = _candidate(packet["candidate"]), candidate_at(packet["snapshot"].get("places", []), profile)
        found[pk] = {one["label"] for one in asked if _answers(one, now) and not _answers(one, then)}
    return {pk: labels for pk, labels in found.items() if labels}


def _is_unknown(question: dict[str, Any], candidate: Candidate) -> bool:
    return isinstance(_reply(question, candidate), Question)


def _answers(question: dict[str, Any], candidate: Candidate | None) -> bool:
    return candidate is not None and isinstance(_reply(question, candidate), Reply)


def _reply(question: dict[str, Any], candidate: Candidate) -> Reply | Question | None:
    """Return what the engine would say to a question; None to one that is no question of words."""
    kind = _KINDS.get(question["kind"], question["kind"])
    if kind not in set(Kind):
        return None
    options = question["options"] or (["Yes", "No"] if question["kind"] == "boolean" else [])
    field = FormField(
        key=question.get("key", ""),
        label=question["label"],
        kind=Kind(kind),
        widget=Widget.RADIOS if options else Widget.INPUT,
        required=True,
        element=cast(Any, None),  # there is no page yet
        options=tuple(Option(one) for one in options),
    )
    return reply_to(field, candidate)
