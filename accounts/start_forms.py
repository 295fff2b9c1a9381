"""Forms of getting started: what was read, to be confirmed, and the ten questions."""

from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from django import forms
from django.forms.models import modelform_factory
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrOrPromise

from accounts.forms import (
    CountryField,
    CurrencyField,
    EducationForm,
    PhoneField,
    WorkForm,
    YesNoField,
    languages_of,
    offer_not_saying,
    skills_of,
    skills_text,
)
from accounts.models import Candidate, PayPeriod

LISTS = ("work_history", "education", "skills", "languages")
USE = _("Use this")


class StartFileForm(forms.Form):
    file = forms.FileField(
        label=_("Your resume: PDF or Word, up to 10 MB; or a JSON Resume"),
        widget=forms.FileInput(attrs={"accept": ".pdf,.docx,.json"}),
    )


# ---------------------------------------------------------------- what was read


class _Kept(forms.Form):
    """A row that counts only if it is ticked."""

    keep = forms.BooleanField(required=False, label=USE)

    def full_clean(self) -> None:
        super().full_clean()
        if self.is_bound and not self.cleaned_data.get("keep"):
            self.errors.clear()

    @property
    def row(self) -> dict[str, Any]:
        said = self.cleaned_data if self.cleaned_data.get("keep") else {}
        return {name: value for name, value in said.items() if name != "keep" and value not in (None, "")}


class KeptWorkForm(_Kept, WorkForm):
    field_order = ["keep"]


class KeptEducationForm(_Kept, EducationForm):
    field_order = ["keep"]


class ReadForm(forms.ModelForm[Candidate]):
    """The single values that were read, each with its tick; only the ticked ones are looked at."""

    skills = forms.CharField(
        label=_("Skills"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_("One on each line, with the years: Python 8"),
    )
    languages = forms.CharField(label=_("Languages"), required=False, help_text=_("Separated by commas"))

    def __init__(self, data: Any, *, findings: Sequence[dict[str, Any]], candidate: Candidate) -> None:
        self.findings = {one["field"]: one for one in findings if one["field"] in self.base_fields}
        values = {name: one["value"] for name, one in self.findings.items()}
        values["skills"] = skills_text(values.get("skills", []))
        values["languages"] = ", ".join(values.get("languages", []))
        self.before = {name: getattr(candidate, name) for name in self.findings if name not in LISTS}
        super().__init__(data, instance=candidate, initial=values)
        for name in list(self.fields):
            if name in self.findings:
                self.fields[f"keep_{name}"] = forms.BooleanField(
                    required=False, initial=self.findings[name]["sure"], label=USE
                )
            else:
                del self.fields[name]

    def clean(self) -> dict[str, Any]:
        for name in self.findings:
            if not self.cleaned_data.get(f"keep_{name}"):
                self.cleaned_data.pop(name, None)
                self.errors.pop(name, None)
        return self.cleaned_data

    def clean_skills(self) -> list[dict[str, Any]]:
        return skills_of(self.cleaned_data["skills"])

    def clean_languages(self) -> list[str]:
        return languages_of(self.cleaned_data["languages"])

    @property
    def lines(self) -> Iterator[dict[str, Any]]:
        """Each value with its tick, what it was read from, and what the profile says so far if that differs."""
        for name, found in self.findings.items():
            before = self.before.get(name)
            yield {
                "field": self[name],
                "keep": self[f"keep_{name}"],
                "read": found["read"],
                "sure": found["sure"],
                "before": before if before not in (None, "", found["value"]) else "",
            }

    @property
    def values(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in self.findings if name in self.cleaned_data}


class Reading:
    """All that was read from one file, as forms."""

    def __init__(self, data: Any, *, findings: Sequence[dict[str, Any]], candidate: Candidate) -> None:
        columns = {field.name for field in Candidate._meta.fields}
        names = [one["field"] for one in findings if one["field"] in columns and one["field"] not in LISTS]
        form: type[ReadForm] = modelform_factory(  # type: ignore[assignment]
            Candidate, form=ReadForm, fields=names, field_classes={"phone": PhoneField, "country": CountryField}
        )
        self.single = form(data, findings=findings, candidate=candidate)
        self.work = _rows(KeptWorkForm, data, findings, "work_history")
        self.education = _rows(KeptEducationForm, data, findings, "education")

    def is_valid(self) -> bool:
        return not [
            form for form in (self.single, *self.work, *self.education) if not form.is_valid()
        ]  # each is looked at

    def confirmed(self) -> dict[str, Any]:
        """Return the arguments of `getting_started.keep`."""
        values = self.single.values
        return {
            "languages": values.pop("languages", []),
            "rows": {
                "skills": values.pop("skills", []),
                "work_history": [form.row for form in self.work if form.row],
                "education": [form.row for form in self.education if form.row],
            },
            "values": values,
        }


def _rows(kind: type[Any], data: Any, findings: Sequence[dict[str, Any]], field: str) -> list[Any]:
    rows = []
    for i, found in enumerate(one for one in findings if one["field"] == field):
        form = kind(data, prefix=f"{field}-{i}", initial={**found["value"], "keep": found["sure"]})
        form.read, form.sure = found["read"], found["sure"]
        rows.append(form)
    return rows


# ---------------------------------------------------------------- the ten questions


class Question(NamedTuple):
    """One of the ten: what is asked, why, and the fields that hold the answer."""

    title: StrOrPromise
    why: StrOrPromise
    fields: tuple[str, ...]


QUESTIONS = (
    Question(
        _("May you work where you look for work?"),
        _("Nearly every form asks. It is a question of law, so it is answered with your word for that country alone."),
        ("work_country", "authorized"),
    ),
    Question(
        _("Would you need sponsorship for a visa, now or later?"),
        _("Asked right after the first. Employers sort by it, so it must be exactly right."),
        ("needs_sponsorship",),
    ),
    Question(_("Are you 18 or older?"), _("Many employers may not hire anybody younger."), ("over_18",)),
    Question(
        _("What pay do you expect?"),
        _("Often required. Without it, forms that insist wait for you."),
        ("salary_amount", "salary_currency", "salary_period"),
    ),
    Question(_("When could you start?"), _("Asked as a date."), ("earliest_start",)),
    Question(_("How long is your notice?"), _("Asked in days or weeks; 0 if you are free."), ("notice_period_days",)),
    Question(
        _("Where do you like to work?"), _("Remote, hybrid or on site: forms ask what you prefer."), ("work_mode",)
    ),
    Question(_("Would you move for a job?"), _("Asked where the job has a place."), ("willing_to_relocate",)),
    Question(
        _("How do you hear of jobs?"), _("“How did you hear about us?” stands on most forms."), ("heard_from",)
    ),
    Question(
        _("What may be ticked in your name?"),
        _("Most forms end with these two boxes, and do not go out without them."),
        ("privacy", "truthful"),
    ),
)  # fmt: skip


class QuestionsForm(forms.ModelForm[Candidate]):
    """What forms ask most. Everything may stay empty: then the person is asked when an employer insists."""

    work_country = CountryField(required=False, label=_("Country"), help_text=_("Two letters: US, DE, IN"))
    authorized = YesNoField(label=_("May you work there?"))
    needs_sponsorship = YesNoField(label=_("Sponsorship"))
    over_18 = YesNoField(label=_("18 or older"))
    willing_to_relocate = YesNoField(label=_("Move for a job"))
    privacy = forms.BooleanField(
        required=False, label=_("Employers may process what I send them in order to decide on my application")
    )
    truthful = forms.BooleanField(required=False, label=_("What stands in my profile is true and complete"))

    class Meta:
        model = Candidate
        fields = [
            "over_18", "willing_to_relocate", "work_mode", "salary_amount", "salary_currency", "salary_period",
            "notice_period_days", "earliest_start", "heard_from",
        ]  # fmt: skip
        labels = {
            "salary_amount": _("Amount"),
            "salary_currency": _("Currency (USD, EUR, …)"),
            "salary_period": _("Per"),
        }
        field_classes = {"salary_currency": CurrencyField}
        widgets = {"earliest_start": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")}

    def __init__(self, data: Any, *, candidate: Candidate) -> None:
        rows = candidate.work_authorization
        row = next((one for one in rows if one["country"] == candidate.country), rows[0] if rows else {})
        initial = {
            "work_country": row.get("country", candidate.country),
            "authorized": row.get("authorized"),
            "needs_sponsorship": row.get("needs_sponsorship"),
            "salary_period": candidate.salary_period or PayPeriod.YEAR,
            **candidate.consents,
        }
        super().__init__(data, instance=candidate, initial=initial)
        offer_not_saying(self)

    @property
    def questions(self) -> list[dict[str, Any]]:
        return [
            {"title": one.title, "why": one.why, "fields": [self[name] for name in one.fields]} for one in QUESTIONS
        ]

    def clean(self) -> dict[str, Any]:
        said = self.cleaned_data
        if said.get("authorized") is not None and not said.get("work_country"):
            self.add_error("work_country", gettext("Which country is that for?"))
        if said.get("needs_sponsorship") is not None and said.get("authorized") is None:
            self.add_error("authorized", gettext("Say this one too: the two are asked together."))
        return said

    def save(self, commit: bool = True) -> Candidate:
        candidate, said = super().save(commit=False), self.cleaned_data
        if said["authorized"] is not None:
            row = {"country": said["work_country"], "authorized": said["authorized"]}
            if said["needs_sponsorship"] is not None:
                row["needs_sponsorship"] = said["needs_sponsorship"]
            others = [one for one in candidate.work_authorization if one["country"] != row["country"]]
            candidate.work_authorization = [row, *others]
        candidate.consents = {**candidate.consents, "privacy": said["privacy"], "truthful": said["truthful"]}
        if commit:
            candidate.save()
        return candidate


def answered(candidate: Candidate) -> int:
    """Return how many of the ten questions have an answer."""
    row = candidate.work_authorization[0] if candidate.work_authorization else {}
    said = [
        row.get("authorized"), row.get("needs_sponsorship"), candidate.over_18, candidate.salary_amount,
        candidate.earliest_start, candidate.notice_period_days, candidate.work_mode or None,
        candidate.willing_to_relocate, candidate.heard_from or None,
        True if candidate.consents.get("privacy") and candidate.consents.get("truthful") else None,
    ]  # fmt: skip
    return sum(one is not None for one in said)
