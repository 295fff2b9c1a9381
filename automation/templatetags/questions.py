"""What a posting asks and the person has not answered, for the cards."""

from typing import Any

from django import template
from django.http import HttpRequest

from accounts.services import candidate_json
from automation.questions import candidate_at, unanswered_of
from jobs.models import Job
from jobswipe.pages import person

register = template.Library()


@register.simple_tag(takes_context=True)
def unanswered(context: dict[str, Any], job: Job) -> list[dict[str, Any]]:
    """Return the questions of the posting's form that the person has not answered; the profile is read once a page."""
    if not job.questions:
        return []
    request: HttpRequest = context["request"]
    if not hasattr(request, "told"):
        request.told = candidate_json(person(request))  # type: ignore[attr-defined]
    return unanswered_of(job.questions, candidate_at(job.places, request.told))  # type: ignore[attr-defined]
