"""What a posting asks and the person has not answered, for the cards."""

from typing import Any

from django import template
from django.http import HttpRequest

from automation.questions import candidate_of, unanswered_of
from jobs.models import Job
from jobswipe.pages import person

register = template.Library()


@register.simple_tag(takes_context=True)
def unanswered(context: dict[str, Any], job: Job) -> list[dict[str, Any]]:
    """Return the questions of the posting's form that the person has not answered; the profile is read once a page."""
    if not job.questions:
        return []
    request: HttpRequest = context["request"]
    if not hasattr(request, "candidate_for_questions"):
        request.candidate_for_questions = candidate_of(person(request))  # type: ignore[attr-defined]
    return unanswered_of(job.questions, request.candidate_for_questions)  # type: ignore[attr-defined]
