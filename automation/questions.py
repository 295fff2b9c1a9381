"""Form questions that boards publish with their postings, against what a person has said."""

from typing import Any, cast

from selenium.webdriver.remote.webelement import WebElement

from accounts.models import User
from accounts.services import candidate_json
from automation.engine.candidate import Candidate, CandidateError
from automation.engine.forms.answer import reply_to
from automation.engine.forms.field import FormField, Kind, Option, Widget
from automation.engine.result import Question

# Files and histories are no questions to answer here: the runner uploads the resume.
_KINDS = {"location": "text", "boolean": "single_choice", "repeater": "", "file": "", "hidden": ""}


def candidate_of(user: User) -> Candidate | None:
    """Return the person as the engine knows them; None as long as their profile lacks what every form asks."""
    try:
        return Candidate.from_json(candidate_json(user))
    except CandidateError:
        return None


def unanswered_of(questions: list[dict[str, Any]], candidate: Candidate | None) -> list[dict[str, Any]]:
    """Return those of the required questions that nothing the person said answers, as the engine would find."""
    if candidate is None:
        return []
    return [one for one in questions if one.get("required") and _is_unknown(one, candidate)]


def _is_unknown(question: dict[str, Any], candidate: Candidate) -> bool:
    kind = _KINDS.get(question["kind"], question["kind"])
    if kind not in set(Kind):
        return False
    options = question["options"] or (["Yes", "No"] if question["kind"] == "boolean" else [])
    field = FormField(
        key=question["key"],
        label=question["label"],
        kind=Kind(kind),
        widget=Widget.RADIOS if options else Widget.INPUT,
        required=True,
        element=cast(WebElement, None),  # there is no page yet
        options=tuple(Option(one) for one in options),
    )
    return isinstance(reply_to(field, candidate), Question)
