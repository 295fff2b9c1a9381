"""Pages of decisions and applications: the deck, the lists, the board, and what people say about an application."""

import uuid
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_POST

from applications import board as boards
from applications import feed, selectors, services
from applications.forms import SwipeForm
from applications.models import Lane, Stage, Swipe
from jobs.deck import deck as deck_of
from jobs.filters import CHOICES, POSTED, Filters
from jobs.models import Company
from jobswipe.pages import back, person, personal, private_bytes
from jobswipe.problems import InvalidInput, Problem
from jobswipe.replicas import may_lag

CARDS = 6  # cards in one batch; the page asks for more before they run out
MOST_HELD = 500  # jobs that a page may say it has
SAID = {
    Swipe.Direction.LEFT: _("Passed: %(job)s at %(company)s."),
    Swipe.Direction.RIGHT: _("Queued: %(job)s at %(company)s."),
    Swipe.Direction.SAVE: _("Saved: %(job)s at %(company)s."),
}
SHEET = (("mode", _("How")), ("type", _("Employment")), ("rank", _("Level")))


# ---------------------------------------------------------------- the deck


@personal
@may_lag
@require_GET
def deck(request: HttpRequest) -> HttpResponse:
    """The cards on which the person has not decided."""
    user = person(request)
    return render(
        request,
        "applications/deck.html",
        {
            **_cards(request),
            **_filters(request),
            "undoable": _undoable(user.pk),
            **selectors.allowance_of(user),
            "has_resume": user.resumes.filter(is_default=True).exists(),
        },
    )


@personal
@may_lag
@require_GET
def cards(request: HttpRequest) -> HttpResponse:
    """The next cards, as a fragment: those beside `?held=`, the ids of jobs that the page has already."""
    return render(request, "applications/_cards.html", _cards(request))


def _cards(request: HttpRequest) -> dict[str, Any]:
    held = [int(one) for one in request.GET.getlist("held")[:MOST_HELD] if one.isdecimal() and len(one) < 19]
    found = deck_of(person(request), Filters.read(request.GET), limit=CARDS, held=held)
    resumes = person(request).resumes.filter(retired_at__isnull=True)
    return {"cards": [(card, uuid.uuid4()) for card in found], "resumes": resumes}


def _filters(request: HttpRequest) -> dict[str, Any]:
    """What the filter sheet shows."""
    filters = Filters.read(request.GET)
    candidate = getattr(person(request), "candidate", None)
    return {
        "filters": filters,
        "choices": [(name, title, CHOICES[name], getattr(filters, name)) for name, title in SHEET],
        "posted": POSTED,
        "currency": filters.currency or (candidate and candidate.salary_currency) or "USD",
        "left_out": Company.objects.filter(pk__in=filters.without),
    }


def _undoable(user_id: int) -> Swipe | None:
    """Return the person's newest swipe, if it can be taken back on the page that follows it."""
    newest = Swipe.objects.filter(user_id=user_id).select_related("job", "application").order_by("-id").first()
    return newest if newest and newest.retracted_at is None else None


@personal
@require_POST
def swipe(request: HttpRequest) -> HttpResponse:
    """A decision by a form: the deck without JavaScript, and the lists."""
    form = SwipeForm(request.POST)
    if not form.is_valid():
        raise InvalidInput(gettext("That was no decision on a job. Try it again from the card."))
    try:
        swiped, _is_new = services.swipe(
            actor=person(request),
            job_id=form.cleaned_data["job"],
            direction=Swipe.Direction(form.cleaned_data["direction"]),
            key=form.cleaned_data["key"],
            again=form.cleaned_data["again"],
            resume_id=form.cleaned_data["resume"],
            cover_letter=form.cleaned_data["cover_letter"],
            review=form.cleaned_data["review"],
        )
    except services.SamePosting as question:
        asked = {"question": question, "swipe": form.cleaned_data}
        return render(request, "applications/same_posting.html", asked, status=question.status)
    told = SAID[Swipe.Direction(swiped.direction)] % {"job": swiped.job.title, "company": swiped.job.company.name}
    messages.success(request, told)
    return back(request)


@personal
@require_POST
def undo(request: HttpRequest) -> HttpResponse:
    """Take a swipe back."""
    try:
        key = uuid.UUID(request.POST.get("key", ""))
    except ValueError:
        raise InvalidInput(gettext("There is nothing to take back.")) from None
    services.undo(actor=person(request), key=key)
    messages.info(request, gettext("Taken back. The card is in your deck again."))
    return back(request)


@personal
@may_lag
@require_GET
def decided(request: HttpRequest, direction: str) -> HttpResponse:
    """The jobs that the person passed or saved, to decide anew."""
    swipes = (
        person(request)
        .swipes.filter(direction=direction, retracted_at__isnull=True)
        .select_related("job__company")
        .order_by("-id")[:200]
    )
    rows = [(one.job, uuid.uuid4()) for one in swipes]
    return render(request, "applications/decided.html", {"rows": rows, "direction": direction})


@personal
@require_GET
def allowance(request: HttpRequest) -> HttpResponse:
    """The card about the server's allowance and the person's computer, as a fragment."""
    return render(request, "applications/_allowance.html", selectors.allowance_of(person(request)))


# ---------------------------------------------------------------- the board


@personal
@may_lag
@require_GET
def board(request: HttpRequest) -> HttpResponse:
    """Where every application stands, as columns or with `?view=list` as a list; `?q=` and `?lane=` narrow it."""
    user = person(request)
    text, lane = request.GET.get("q", "").strip(), request.GET.get("lane", "")
    is_list = request.GET.get("view") == "list"
    last_seq = feed.last_seq(user.pk)  # first: what comes between the two is told again, and not left out
    columns = boards.board_of(user, text=text, lane=lane)
    shown = {
        **selectors.allowance_of(user),
        "columns": columns,
        "is_empty": not any(column.applications for column in columns),
        "progress": selectors.progress_of(one for column in columns for one in column.applications),
        "saved": [(one.job, uuid.uuid4()) for one in boards.saved_by(user, text=text)],
        "lanes": Lane.choices,
        "text": text,
        "lane": lane,
        "is_list": is_list,
        "last_seq": last_seq,
    }
    return render(request, "applications/list.html" if is_list else "applications/board.html", shown)


@personal
@may_lag
@require_GET
def as_csv(request: HttpRequest) -> HttpResponse:
    """The person's applications as a file for a spreadsheet; `?q=` and `?lane=` narrow it."""
    text, lane = request.GET.get("q", "").strip(), request.GET.get("lane", "")
    body = boards.as_csv(boards.matching(person(request), text=text, lane=lane).iterator(chunk_size=500))
    return private_bytes(
        body.encode("utf-8-sig"), content_type="text/csv; charset=utf-8", name="applications.csv", as_attachment=True
    )


@personal
@require_GET
def card(request: HttpRequest, pk: int) -> HttpResponse:
    """One application's card on the board, as a fragment."""
    application = get_object_or_404(boards.matching(person(request)), pk=pk)
    shown = {"application": application, "progress": selectors.progress_of([application])}
    return render(request, "applications/_board_card.html", shown)


# ---------------------------------------------------------------- the person's word


@personal
@require_POST
def act(request: HttpRequest, pk: int, action: str) -> HttpResponse:
    """Withdraw, try again, or send without waiting for the rest of the undo window."""
    acts = {"withdraw": services.withdraw, "retry": services.retry, "release": services.release}
    acts[action](actor=person(request), application_id=pk)
    return redirect("automation:application", pk)


@personal
@require_POST
def lane(request: HttpRequest, pk: int) -> HttpResponse:
    """Let the other lane carry it out."""
    wanted = request.POST.get("lane", "")
    if wanted not in Lane:
        raise InvalidInput(gettext("Choose your computer or our server."))
    services.change_lane(actor=person(request), application_id=pk, lane=Lane(wanted))
    return redirect("automation:application", pk)


@personal
@require_POST
def let_server_send(request: HttpRequest) -> HttpResponse:
    """Let the server send what waits for a computer, as far as the allowance goes."""
    number = services.let_server_send(actor=person(request))
    told = gettext("Our server sends %s of what waited for your computer.") % number
    messages.success(request, told if number else gettext("Nothing waits any more."))
    return back(request, "applications:board")


@personal
@require_POST
def act_on_many(request: HttpRequest) -> HttpResponse:
    """Withdraw the chosen applications, or try them again: each by itself, so that one refusal stops no other."""
    acts = {"withdraw": services.withdraw, "retry": services.retry}
    act, done, refused = acts.get(request.POST.get("action", "")), 0, ""
    chosen = [int(one) for one in request.POST.getlist("application")[: boards.MOST] if one.isdecimal()]
    if act is None or not chosen:
        raise InvalidInput(gettext("Choose applications first, then what to do with them."))
    for pk in chosen:
        try:
            act(actor=person(request), application_id=pk)
            done += 1
        except Problem as problem:
            refused = problem.sentence
    told = [gettext("Done for %(done)s of %(all)s.") % {"done": done, "all": len(chosen)}]
    if refused:
        told.append(gettext("For the others: %s") % refused)
    messages.info(request, " ".join(told))
    return back(request, "applications:board")


@personal
@require_POST
def move(request: HttpRequest, pk: int) -> HttpResponse:
    """Say where a sent application stands with the employer."""
    stage = request.POST.get("stage", "")
    if stage not in Stage.values:
        raise InvalidInput(gettext("Choose where to move it."))
    services.move(actor=person(request), application_id=pk, stage=Stage(stage))
    return back(request, "applications:board")


@personal
@require_POST
def notes(request: HttpRequest, pk: int) -> HttpResponse:
    """Keep the person's notes about an application."""
    services.keep_notes(actor=person(request), application_id=pk, notes=request.POST.get("notes", "").strip()[:10_000])
    messages.success(request, gettext("Your notes are kept."))
    return redirect("automation:application", pk)


@personal
@require_POST
def confirm(request: HttpRequest, pk: int) -> HttpResponse:
    """Say whether an unconfirmed application went through."""
    services.confirm(actor=person(request), application_id=pk, went_through=request.POST.get("went_through") == "yes")
    return back(request, "automation:needs-you")


@personal
@require_POST
def answer(request: HttpRequest, pk: int) -> HttpResponse:
    """Answer what the form asked: `question` and `answer` come in pairs."""
    pairs = zip(request.POST.getlist("question"), request.POST.getlist("answer"), strict=False)
    given = [(question, text.strip()) for question, text in pairs if text.strip()]
    if not given:
        raise InvalidInput(gettext("Write an answer first."))
    services.answer(actor=person(request), application_id=pk, answers=given)
    return back(request, "automation:needs-you")
