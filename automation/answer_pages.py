"""The page of a person's answer bank: what they said, how far it is trusted, and where it was last used."""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET
from django_stubs_ext import StrOrPromise

from accounts.forms import AnswerForm
from accounts.models import Answer, User
from accounts.services import normalized_question
from applications.models import Application
from automation.engine.forms.questions.meanings import Risk, meaning_of
from automation.models import Attempt
from jobswipe.pages import person, personal

LOOKED_AT = 200  # attempts in which a use is looked for, the newest
RULES = {
    Risk.PLAIN: _("Used where a form asks the same, also in other words."),
    Risk.SENSITIVE: _("About you: used only where a form asks exactly this."),
    Risk.LEGAL: _("A matter of law: used only where a form asks exactly this."),
}


@dataclass(frozen=True)
class Kept:
    """One answer with its rule and the application that used it last."""

    answer: Answer
    rule: StrOrPromise
    used_in: Application | None


def bank_of(user: User) -> list[Kept]:
    """Return the person's answers, the newest first."""
    used = _last_uses(user)
    return [Kept(one, RULES[_risk(one)], used.get(one.normalized)) for one in user.answers.all()]


def _risk(answer: Answer) -> Risk:
    meaning = meaning_of(answer.question)
    return meaning.risk if meaning else Risk.PLAIN


def _last_uses(user: User) -> dict[str, Application]:
    """Return the application in which each question was last answered from the bank, by normalized question."""
    attempts = Attempt.objects.filter(application__user=user, result__isnull=False)
    newest = attempts.select_related("application__job__company").only("result", "application__job__company__name")
    used: dict[str, Application] = {}
    for attempt in newest[:LOOKED_AT]:
        for field in (attempt.result or {}).get("fields", []):
            if field["source"] == "answer":
                used.setdefault(normalized_question(field["label"]), attempt.application)
    return used


@personal
@require_GET
def answers(request: HttpRequest) -> HttpResponse:
    """The bank, to read, change and forget."""
    return render(request, "automation/answers.html", {"bank": bank_of(person(request)), "form": AnswerForm()})
