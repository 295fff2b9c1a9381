"""Pages of jobs."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from jobs.models import Job
from jobswipe.pages import personal


@personal
def job(request: HttpRequest, pk: int) -> HttpResponse:
    """All that the posting says. A closed one can still be read."""
    found = get_object_or_404(Job.objects.select_related("company"), pk=pk)
    return render(request, "jobs/job.html", {"job": found})
