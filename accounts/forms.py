"""The profile as a form: plain columns by themselves, lists as rows or lines."""

import re
from typing import Any, cast

import phonenumbers
import pycountry
from django import forms
from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrOrPromise

from accounts.models import Answer, Candidate, PayPeriod, WorkMode
from accounts.resume.places import country_code

MONTH = r"^\d{4}(-(0[1-9]|1[0-2]))?$"
NOT_SAID = ("", _("Not said"))
YES_NO = [NOT_SAID, ("true", _("Yes")), ("false", _("No"))]
DECLINE = ("decline", _("I would rather not say"))


def _yes_no(value: str) -> bool | None:
    return {"true": True, "false": False}.get(value)


def offer_not_saying(form: forms.BaseForm) -> None:
    """Have lists say what it means to choose nothing, which Django draws as dashes."""
    for name, choices in (("work_mode", WorkMode.choices), ("salary_period", PayPeriod.choices)):
        cast(forms.ChoiceField, form.fields[name]).choices = [NOT_SAID, *choices]


class YesNoField(forms.TypedChoiceField):
    """Yes, no, or not said."""

    def __init__(self, **options: Any) -> None:
        super().__init__(choices=YES_NO, coerce=_yes_no, empty_value=None, required=False, **options)

    def prepare_value(self, value: Any) -> Any:
        return {True: "true", False: "false"}.get(value, value)


class CodeField(forms.CharField):
    """A code of a standard. What is longer is not cut by the browser: "Germany" is not "Ge", which is Georgia."""

    wrong: StrOrPromise

    def __init__(self, *, max_length: int | None = None, **options: Any) -> None:
        super().__init__(**options)

    def clean(self, value: Any) -> str:
        text = super().clean(value)
        code = self.code_of(text) if text else ""
        if text and not code:
            raise forms.ValidationError(self.wrong)
        return code

    def code_of(self, text: str) -> str:
        """Return the code that is meant; empty for none."""
        raise NotImplementedError


class CountryField(CodeField):
    wrong = _("Write the name of a country, or its two letters: US, DE, IN.")

    def code_of(self, text: str) -> str:
        known = pycountry.countries.get(alpha_2=text.upper())
        return known.alpha_2 if known else country_code(text)


class CurrencyField(CodeField):
    wrong = _("Write the three letters of a currency: USD, EUR, INR.")

    def code_of(self, text: str) -> str:
        return text.upper() if pycountry.currencies.get(alpha_3=text.upper()) else ""


class PhoneField(forms.CharField):
    """A number that a telephone can call, as its person writes it. Whether it is in use is not known here."""

    widget = forms.TelInput

    def clean(self, value: Any) -> str:
        number: str = super().clean(value)
        if number and not _can_be_called(number):
            raise forms.ValidationError(
                _("No telephone has this number. Write it with the country code, as in +1 512 555 0142.")
            )
        return number


def _can_be_called(number: str) -> bool:
    try:
        if number.startswith("+"):
            return phonenumbers.is_possible_number(phonenumbers.parse(number, None))
        phonenumbers.parse(number, "US")  # of whatever country: only whether it is written like a number
    except phonenumbers.NumberParseException:
        return False
    return 5 <= sum(map(str.isdecimal, number)) <= 15  # the longest of E.164


class WorkAuthorizationForm(forms.Form):
    country = CountryField(required=False, label=_("Country"), help_text=_("Two letters: US, DE, IN"))
    authorized = YesNoField(label=_("May you work there?"))
    needs_sponsorship = YesNoField(label=_("Would you need sponsorship?"))

    def clean(self) -> dict[str, Any]:
        said = self.cleaned_data
        if said.get("authorized") is not None and said.get("country") == "":
            self.add_error("country", _("Which country is that for?"))
        return said


class WorkForm(forms.Form):
    """One position."""

    title = forms.CharField(max_length=200, required=False, label=_("Title"))
    company = forms.CharField(max_length=200, required=False, label=_("Company"))
    start = forms.RegexField(MONTH, required=False, label=_("From"), help_text="2019-01, or 2019")
    end = forms.RegexField(MONTH, required=False, label=_("Until"), help_text=_("Empty: until now"))


class EducationForm(forms.Form):
    school = forms.CharField(max_length=200, required=False, label=_("School"))
    degree = forms.CharField(max_length=100, required=False, label=_("Degree"))
    field = forms.CharField(max_length=100, required=False, label=_("Field of study"))
    end_year = forms.IntegerField(min_value=1950, max_value=2100, required=False, label=_("Year it ended"))


WorkAuthorizations = forms.formset_factory(WorkAuthorizationForm, extra=1, max_num=20)
WorkHistory = forms.formset_factory(WorkForm, extra=1, max_num=40)
Educations = forms.formset_factory(EducationForm, extra=1, max_num=20)


class CandidateForm(forms.ModelForm[Candidate]):
    """Everything on the profile but its rows."""

    skills = forms.CharField(
        label=_("Skills"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("One on each line, with the years: Python 8"),
    )
    languages = forms.CharField(
        label=_("Languages"), required=False, help_text=_("Separated by commas: English, German")
    )
    willing_to_relocate = YesNoField(label=_("Willing to relocate"))
    over_18 = YesNoField(label=_("Are you 18 or older?"))
    gender = forms.ChoiceField(
        label=_("Gender"),
        choices=[DECLINE, ("Female", _("Female")), ("Male", _("Male")), ("Non-binary", _("Non-binary"))],
        required=False,
    )
    race = forms.ChoiceField(
        label=_("Race or ethnicity"),
        required=False,
        choices=[
            DECLINE,
            ("Asian", _("Asian")),
            ("Black or African American", _("Black or African American")),
            ("Hispanic or Latino", _("Hispanic or Latino")),
            ("White", _("White")),
            ("Two or More Races", _("Two or More Races")),
        ],
    )
    veteran = forms.ChoiceField(
        label=_("Veteran status"),
        required=False,
        choices=[DECLINE, ("I am not a protected veteran", _("I am not a protected veteran"))],
    )
    disability = forms.ChoiceField(
        label=_("Disability"), required=False, choices=[DECLINE, ("Yes", _("Yes")), ("No", _("No"))]
    )
    privacy = forms.BooleanField(
        required=False, label=_("Employers may process what I send them in order to decide on my application")
    )
    truthful = forms.BooleanField(required=False, label=_("What stands in this profile is true and complete"))

    class Meta:
        model = Candidate
        fields = [
            "first_name", "last_name", "preferred_name", "phone",
            "street", "city", "region", "postal_code", "country",
            "linkedin", "github", "website", "portfolio",
            "current_company", "current_title", "experience_years",
            "willing_to_relocate", "work_mode", "salary_amount", "salary_currency", "salary_period",
            "notice_period_days", "earliest_start", "over_18", "heard_from", "undo_window", "lane",
        ]  # fmt: skip
        field_classes = {"phone": PhoneField, "country": CountryField, "salary_currency": CurrencyField}
        widgets = {"earliest_start": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer_not_saying(self)
        candidate = self.instance
        self.initial = {
            **self.initial,
            "skills": skills_text(candidate.skills),
            "languages": ", ".join(candidate.languages),
            **candidate.demographics,
            **candidate.consents,
        }

    def clean_skills(self) -> list[dict[str, Any]]:
        return skills_of(self.cleaned_data["skills"])

    def clean_languages(self) -> list[str]:
        return languages_of(self.cleaned_data["languages"])

    def save(self, commit: bool = True) -> Candidate:
        said = self.cleaned_data
        candidate = super().save(commit=False)
        candidate.skills, candidate.languages = said["skills"], said["languages"]
        candidate.demographics = {name: said[name] or "decline" for name in ("gender", "race", "veteran", "disability")}
        candidate.consents = {name: said[name] for name in ("privacy", "truthful")}
        if commit:
            candidate.save()
        return candidate


def skills_of(text: str) -> list[dict[str, Any]]:
    """Return the skills that stand in `text`, one on each line."""
    return [_skill(line.strip()) for line in text.splitlines() if line.strip()]


def skills_text(skills: list[dict[str, Any]]) -> str:
    """Return skills as `skills_of` reads them."""
    return "\n".join(f"{one['name']} {one['years']:g}" if one.get("years") else str(one["name"]) for one in skills)


def languages_of(text: str) -> list[str]:
    return [one.strip() for one in text.split(",") if one.strip()]


def _skill(line: str) -> dict[str, Any]:
    """Read "Python 8" as a skill with its years; without a number the years are not said."""
    found = re.fullmatch(r"(.+?)[\s,:]+(\d+(?:\.\d+)?)(?:\s*years?)?", line)
    return {"name": found[1], "years": float(found[2])} if found else {"name": line}


class AnswerForm(forms.ModelForm[Answer]):
    class Meta:
        model = Answer
        fields = ["question", "answer"]
        widgets = {"question": forms.TextInput(), "answer": forms.Textarea(attrs={"rows": 3})}


class ResumeForm(forms.Form):
    file = forms.FileField(
        label=_("PDF or Word document, up to 10 MB"), widget=forms.FileInput(attrs={"accept": ".pdf,.docx"})
    )


class TokenForm(forms.Form):
    name = forms.CharField(max_length=100, label=_("What it is for"))
