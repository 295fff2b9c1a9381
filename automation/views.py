"""The page of one application: its story, what was sent, and the evidence."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext, ngettext
from django.views.decorators.http import require_GET, require_POST

from accounts.services import candidate_of as profile_of
from accounts.start_forms import QUESTIONS
from accounts.start_forms import answered as answered_of_ten
from applications import feed, services
from applications.models import Application
from applications.selectors import applications_of
from automation.archive import archive_of
from automation.models import Evidence
from automation.questions import answered_by_now
from automation.selectors import story_of, waiting_of
from jobswipe.pages import person, personal, private_bytes, private_file


@personal
@require_GET
def application(request: HttpRequest, pk: int) -> HttpResponse:
    """Everything about one application of the person's."""
    last_seq = feed.last_seq(person(request).pk)  # first: what comes between the two is told again, and not left out
    found = get_object_or_404(applications_of(person(request)), pk=pk)
    return render(request, "automation/application.html", {**_context(found), "last_seq": last_seq})


@personal
@require_GET
def live(request: HttpRequest, pk: int) -> HttpResponse:
    """The part of the page that changes while a robot works, as a fragment."""
    found = get_object_or_404(applications_of(person(request)), pk=pk)
    return render(request, "automation/_live.html", _context(found))


def _context(found: Application) -> dict[str, Any]:
    return {"application": found, "posting": found.snapshot.content, "story": story_of(found)}


@personal
@require_GET
def needs_you(request: HttpRequest) -> HttpResponse:
    """All that waits for the person: each question once, then each application that waits for something else."""
    user = person(request)
    last_seq = feed.last_seq(user.pk)
    waiting = waiting_of(user)
    by_now = answered_by_now(user) if waiting.questions else {}
    shown = {
        "waiting": waiting,
        "last_seq": last_seq,
        "answered": len(set().union(*by_now.values())),
        "asks_little": answered_of_ten(profile_of(user)) == len(QUESTIONS),
    }
    return render(request, "automation/needs_you.html", shown)


@personal
@require_POST
def go_on(request: HttpRequest) -> HttpResponse:
    """Go on with what the person's profile answers by now."""
    queued = services.go_on(actor=person(request), answered=answered_by_now(person(request)))
    told = ngettext("%s application goes on.", "%s applications go on.", queued) % queued
    messages.success(request, told if queued else gettext("What is still asked stands below."))
    return redirect("automation:needs-you")


@personal
@require_GET
def archive(request: HttpRequest, pk: int) -> HttpResponse:
    """The whole story as one file: for its person, and for staff who may see attempts."""
    applications = Application.objects.select_related("snapshot", "resume", "job__company")
    if not request.user.has_perm("automation.view_attempt"):
        applications = applications.filter(user=person(request))
    found = get_object_or_404(applications, pk=pk)
    name = f"application-{found.pk}.zip"
    return private_bytes(archive_of(found), content_type="application/zip", name=name, as_attachment=True)


@personal
@require_GET
def evidence(request: HttpRequest, pk: int) -> HttpResponse:
    """A file that a runner left: for its person, and for staff who may see attempts."""
    files = Evidence.objects.all()
    if not request.user.has_perm("automation.view_evidence"):
        files = files.filter(attempt__application__user=person(request))
    found = get_object_or_404(files, pk=pk)
    return private_file(found.file, content_type=found.content_type, name=found.name, as_attachment=False)
