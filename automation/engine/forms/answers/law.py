"""The law of work: whether the candidate may work in a country, and with whose help, from their word about that one."""

import re
from collections.abc import Sequence

from automation.engine.candidate import Candidate, WorkAuthorization
from automation.engine.forms.answers import choices
from automation.engine.forms.answers.fact import Fact
from automation.engine.forms.field import FormField
from automation.engine.forms.places import countries_named_in
from automation.engine.forms.questions.exact import is_plain_answer
from automation.engine.forms.questions.meanings import normalized


def _lawful(said: bool | None, needs_sponsorship: bool | None = None) -> Fact | None:
    """A yes or no to the law of work: of the options none that says more, and none that is wrong about sponsorship."""
    if said is None:
        return None

    def pick(options: Sequence[str]) -> str | None:
        plain = [one for one in options if is_plain_answer(one)]
        if needs_sponsorship is not None:
            plain = [one for one in plain if _is_right_about_sponsorship(one, needs_sponsorship)]
        return choices.choose_yes_no(said, plain)

    return Fact("Yes" if said else "No", pick)


def _is_right_about_sponsorship(option: str, needs: bool) -> bool:
    if "sponsor" not in option.casefold():
        return "visa" not in option.casefold()
    return needs is not bool(re.search(r"\b(without|not|no|never|don't|won't)\b", normalized(option)))


def authorization(candidate: Candidate, field: FormField) -> Fact | None:
    """Only when the question names exactly one country, and the candidate has spoken of that one."""
    entry = _entry(candidate, field)
    return _lawful(entry.authorized, entry.needs_sponsorship if entry.authorized else None) if entry else None


def sponsorship(candidate: Candidate, field: FormField) -> Fact | None:
    """In the country that the question names, else in that of the question beside it, else in all that were told of."""
    law = field if countries_named_in(field.label) else field.beside.get("law", field)
    if entry := _entry(candidate, law):
        return _lawful(entry.needs_sponsorship)
    told = {one.needs_sponsorship for one in candidate.work_authorization}
    return _lawful(told.pop()) if len(told) == 1 and not countries_named_in(law.label) else None


def authorized_without(candidate: Candidate, field: FormField) -> Fact | None:
    entry = _entry(candidate, field)
    if entry is None or (entry.authorized and entry.needs_sponsorship is None):
        return None
    return _lawful(entry.authorized and not entry.needs_sponsorship)


def _entry(candidate: Candidate, field: FormField) -> WorkAuthorization | None:
    named = countries_named_in(field.label)
    entries = [one for one in candidate.work_authorization if one.country.upper() in named]
    return entries[0] if len(entries) == 1 and len(named) <= 1 else None
