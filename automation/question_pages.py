"""The page where a person answers what a posting's form will ask, before any robot starts."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from accounts.models import Answer
from accounts.services import candidate_json, remember_answer
from automation.questions import candidate_at, unanswered_of
from jobs.models import Job
from jobswipe.pages import person, personal


@personal
@require_http_methods(["GET", "POST"])
def questions(request: HttpRequest, pk: int) -> HttpResponse:
    """What the form of a posting asks and the person has not answered; answers go into their bank."""
    job = get_object_or_404(Job.objects.select_related("company"), pk=pk)
    user = person(request)
    asked = unanswered_of(job.questions, candidate_at(job.places, candidate_json(user)))
    if request.method == "GET":
        return render(request, "automation/questions.html", {"job": job, "questions": asked})
    known = {one["label"] for one in asked}
    pairs = zip(request.POST.getlist("question"), request.POST.getlist("answer"), strict=False)
    given = [(question, text.strip()) for question, text in pairs if question in known and text.strip()]
    for question, text in given:
        remember_answer(user=user, question=question, answer=text[:20_000], source=Answer.Source.PROFILE)
    messages.success(
        request, f"Kept {len(given)} answer{'' if len(given) == 1 else 's'}." if given else "Nothing was answered."
    )
    return redirect("applications:deck" if len(given) == len(asked) else request.path)
