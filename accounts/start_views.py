"""Getting started, page by page. Every step can be left, and waits as it was."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts import getting_started
from accounts.resume import json_resume
from accounts.services import candidate_of
from accounts.start_forms import QUESTIONS, QuestionsForm, Reading, StartFileForm, answered
from jobswipe.pages import person, personal
from jobswipe.problems import InvalidInput


@personal
@require_GET
def start(request: HttpRequest) -> HttpResponse:
    """Where the person stands, and the next step."""
    user = person(request)
    candidate = candidate_of(user)
    steps = getting_started.steps_of(user)
    known = answered(candidate)
    context = {
        "steps": steps,
        "done": sum(step.is_done for step in steps),
        "current": next((step for step in steps if not step.is_done), None),
        "upload": StartFileForm(),
        "progress": getting_started.progress_of(user),
        "answered": known,
        "of": len(QUESTIONS),
        "open": len(QUESTIONS) - known,
    }
    return render(request, "accounts/start.html", context)


@personal
@require_POST
def upload(request: HttpRequest) -> HttpResponse:
    """Take a resume or a JSON Resume, and read it."""
    form = StartFileForm(request.POST, request.FILES)
    if not form.is_valid():
        raise InvalidInput(gettext("Choose a file first. It must not be empty."))
    getting_started.read_upload(user=person(request), upload=form.cleaned_data["file"])
    return redirect("accounts:start-confirm")


@personal
@require_POST
def read_resume(request: HttpRequest, pk: int) -> HttpResponse:
    """Read a resume that is here already."""
    resume = get_object_or_404(person(request).resumes, pk=pk)
    getting_started.read_kept(user=person(request), resume=resume)
    return redirect("accounts:start-confirm")


@personal
@require_http_methods(["GET", "POST"])
def confirm(request: HttpRequest) -> HttpResponse:
    """What was read, beside the words it was read from. What the person does not confirm is not stored."""
    user = person(request)
    progress = getting_started.progress_of(user)
    if not progress.findings:
        return redirect("accounts:start")
    if "forget" in request.POST:
        getting_started.forget_findings(user=user)
        return redirect("accounts:start")
    reading = Reading(request.POST or None, findings=progress.findings, candidate=candidate_of(user))
    if request.POST and reading.is_valid():
        getting_started.keep(user=user, **reading.confirmed())
        messages.success(request, gettext("Kept. You can change it in your profile whenever you like."))
        return redirect("accounts:start-questions" if progress.asked_at is None else "accounts:start")
    context = {"reading": reading, "source": progress.source, "account": user.email}
    return render(request, "accounts/start_confirm.html", context, status=422 if request.POST else 200)


@personal
@require_http_methods(["GET", "POST"])
def questions(request: HttpRequest) -> HttpResponse:
    """The ten questions that forms ask most."""
    user = person(request)
    form = QuestionsForm(request.POST or None, candidate=candidate_of(user))
    if request.POST and form.is_valid():
        form.save()
        getting_started.questions_done(user=user)
        messages.success(request, gettext("Kept. What you left open is asked when an employer insists."))
        return redirect("accounts:start")
    context = {"form": form, "answered": answered(candidate_of(user)), "of": len(QUESTIONS)}
    return render(request, "accounts/start_questions.html", context, status=422 if request.POST else 200)


@personal
@require_GET
def export(request: HttpRequest) -> HttpResponse:
    """The profile as a JSON Resume."""
    user = person(request)
    document = json_resume.export(user, candidate_of(user))
    headers = {"Content-Disposition": 'attachment; filename="resume.json"', "Cache-Control": "private, no-store"}
    return JsonResponse(document, headers=headers, json_dumps_params={"indent": 2, "ensure_ascii": False})
