"""Pages of a person: welcome, profile, resumes, answers, tokens."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts import services
from accounts.forms import AnswerForm, CandidateForm, Educations, ResumeForm, TokenForm, WorkAuthorizations, WorkHistory
from accounts.models import Answer, ApiToken, Candidate, User
from jobswipe.pages import back, person, personal, private_file
from jobswipe.problems import InvalidInput


@require_GET
def welcome(request: HttpRequest) -> HttpResponse:
    """What JobSwipe does and will not do."""
    has_demo = settings.DEBUG and User.objects.filter(email=settings.DEMO_EMAIL).exists()
    return render(request, "accounts/welcome.html", {"has_demo": has_demo})


@require_POST
def demo_sign_in(request: HttpRequest) -> HttpResponse:
    """Sign in as the demo person, where there is one and this is no production site."""
    user = User.objects.filter(email=settings.DEMO_EMAIL).first()
    if not settings.DEBUG or user is None:
        raise Http404
    login(request, user, backend=settings.AUTHENTICATION_BACKENDS[0])
    return redirect(settings.LOGIN_REDIRECT_URL)


# ---------------------------------------------------------------- the profile


@personal
@require_http_methods(["GET", "POST"])
def profile(request: HttpRequest) -> HttpResponse:
    """What forms may be told about the person."""
    candidate = services.candidate_of(person(request))
    data = request.POST or None
    form = CandidateForm(data, instance=candidate)
    work = WorkAuthorizations(data, prefix="work", initial=candidate.work_authorization)
    education = Educations(data, prefix="education", initial=candidate.education)
    sent = data if "history-TOTAL_FORMS" in request.POST else None  # a form without these rows leaves them alone
    history = WorkHistory(sent, prefix="history", initial=candidate.work_history)
    if data and form.is_valid() and work.is_valid() and education.is_valid() and (not sent or history.is_valid()):
        if sent:
            form.instance.work_history = _rows(history, "company", "title")
        _save(form, _rows(work, "country"), _rows(education, "school"))
        messages.success(request, gettext("Saved. New applications use it from now on."))
        return redirect("accounts:profile")
    context = {
        "form": form,
        "work": work,
        "education": education,
        "history": history,
        "upload": ResumeForm(),
    }
    return render(request, "accounts/profile.html", context | _belongings(person(request)), status=422 if data else 200)


def _save(form: CandidateForm, work: list[dict[str, Any]], education: list[dict[str, Any]]) -> Candidate:
    candidate = form.save(commit=False)
    candidate.work_authorization = [row for row in work if row.get("authorized") is not None]
    candidate.education = education
    candidate.save()
    return candidate


def _rows(formset: Any, *keys: str) -> list[dict[str, Any]]:
    """Return the rows that are filled in, without what was left open in them."""
    rows = [form.cleaned_data for form in formset if any(form.cleaned_data.get(key) for key in keys)]
    return [{name: value for name, value in row.items() if value not in (None, "")} for row in rows]


def _belongings(user: User) -> dict[str, Any]:
    return {
        "resumes": user.resumes.filter(retired_at__isnull=True),
        "answers": user.answers.count(),
        "tokens": user.api_tokens.filter(revoked_at__isnull=True, scope=ApiToken.Scope.USER).order_by("-id"),
        "token_form": TokenForm(),
    }


# ---------------------------------------------------------------- resumes


@personal
@require_POST
def upload_resume(request: HttpRequest) -> HttpResponse:
    form = ResumeForm(request.POST, request.FILES)
    if not form.is_valid():
        raise InvalidInput(gettext("Choose a file first. It must not be empty."))
    resume = services.add_resume(user=person(request), upload=form.cleaned_data["file"])
    messages.success(request, gettext("%s is now the resume that is sent.") % resume.name)
    return redirect("accounts:profile")


@personal
@require_POST
def change_resume(request: HttpRequest, pk: int, action: str) -> HttpResponse:
    resume = get_object_or_404(person(request).resumes, pk=pk)
    {"default": services.make_default, "retire": services.retire_resume}[action](user=person(request), resume=resume)
    return redirect("accounts:profile")


@personal
@require_GET
def resume_file(request: HttpRequest, pk: int) -> HttpResponse:
    """The file itself, to its owner alone."""
    resume = get_object_or_404(person(request).resumes, pk=pk)
    return private_file(resume.file, content_type=resume.content_type, name=resume.name, as_attachment=True)


# ---------------------------------------------------------------- answers and tokens


@personal
@require_POST
def add_answer(request: HttpRequest) -> HttpResponse:
    form = AnswerForm(request.POST)
    if not form.is_valid():
        raise InvalidInput(gettext("An answer needs a question and what you say to it."))
    services.remember_answer(user=person(request), **form.cleaned_data, source=Answer.Source.PROFILE)
    return back(request, "accounts:profile")


@personal
@require_POST
def change_answer(request: HttpRequest, pk: int) -> HttpResponse:
    """Say something else to a question of the bank."""
    answer = get_object_or_404(person(request).answers, pk=pk)
    if not (text := request.POST.get("answer", "").strip()):
        raise InvalidInput(gettext("Write the new answer, or forget the question altogether."))
    services.remember_answer(user=person(request), question=answer.question, answer=text, source=Answer.Source.PROFILE)
    messages.success(request, gettext("Changed. Applications from now on say this."))
    return back(request, "accounts:profile")


@personal
@require_POST
def delete_answer(request: HttpRequest, pk: int) -> HttpResponse:
    get_object_or_404(person(request).answers, pk=pk).delete()
    return back(request, "accounts:profile")


@personal
@require_POST
def add_token(request: HttpRequest) -> HttpResponse:
    """Make a token and show it this once."""
    form = TokenForm(request.POST)
    if not form.is_valid():
        raise InvalidInput(gettext("Give the token a name, so that you know it again."))
    _, secret = services.issue_token(user=person(request), name=form.cleaned_data["name"])
    messages.success(request, gettext("Copy your token now, it is not shown again: %s") % secret)
    return redirect("accounts:profile")


@personal
@require_POST
def revoke_token(request: HttpRequest, pk: int) -> HttpResponse:
    get_object_or_404(person(request).api_tokens, pk=pk, scope=ApiToken.Scope.USER)
    services.revoke_token(user=person(request), token_id=pk)
    return redirect("accounts:profile")
