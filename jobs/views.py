"""Pages of jobs."""

import uuid

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET

from jobs import logos, search
from jobs.filters import Filters
from jobs.models import Company, Job
from jobswipe.caching import same_for_all
from jobswipe.pages import person, personal
from jobswipe.replicas import may_lag


@personal
@may_lag
@require_GET
def job(request: HttpRequest, pk: int) -> HttpResponse:
    """All that the posting says. A closed one can still be read."""
    found = get_object_or_404(Job.objects.select_related("company"), pk=pk)
    user = person(request)
    decision = found.swipes.filter(user=user, retracted_at__isnull=True).select_related("application").first()
    is_free = decision is None or decision.direction != "right" or decision.application.ended_unsent
    shown = {
        "job": found,
        "decision": decision,
        "may_apply": is_free and found.status == Job.Status.OPEN,
        "resumes": user.resumes.filter(retired_at__isnull=True),
        "key": uuid.uuid4(),
    }
    return render(request, "jobs/job.html", shown)


@personal
@may_lag
@require_GET
def counts(request: HttpRequest) -> HttpResponse:
    """How many open jobs each further choice of the filters would leave, as JSON."""
    told = search.counts(Filters.read(request.GET))
    return JsonResponse({"of": told.of, "more": told.more})


@require_GET
@same_for_all(86_400)
def logo(request: HttpRequest, slug: str) -> HttpResponse:
    """A company's logo. A drawing can hold scripts, so it is sent as one that may do nothing."""
    company = get_object_or_404(Company, slug=slug)
    if not company.logo:
        raise Http404("It has no logo.")
    with company.logo.open() as file:
        content = file.read()
    return HttpResponse(
        content,
        content_type=logos.media_type(content),
        headers={
            "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; sandbox",
            "X-Content-Type-Options": "nosniff",
        },
    )
