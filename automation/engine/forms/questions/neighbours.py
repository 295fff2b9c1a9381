"""What a form asks beside a field: "Name" beside "Vorname" is the family name; a wage may have a list of currencies.

A form is for one job: where it asks whether one may work in a country that it names, it means that one throughout.
"""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from automation.engine.forms.field import DECLINE, FormField, Kind
from automation.engine.forms.places import countries_named_in
from automation.engine.forms.questions.meanings import Risk, meaning_of, normalized
from automation.engine.forms.questions.money import currencies_in, periods_in

OF_WORK = frozenset({"work_authorization", "authorized_without_sponsorship", "sponsorship"})
LONGEST_DECLINE = 60  # letters of a box to tick in the place of an answer
# The text that goes with "Other", by its label; not whom it was heard from, nor when.
SPECIFIES = re.compile(
    r"^(?!.*\b(refer|employee|colleague|agenc|name of|who|when|date))"
    r"(?:(if .{0,40}\b)?other( (option|response|source|answer|text))*|.*\bspecify\b.*"
    r"|(please )?(elaborate|describe|explain|give details|tell us (more|which))"
    r"|(which|where|what) (one|exactly|source|site|website)( exactly)?)$"
)
SIGNATURE = re.compile(r"\bsignature\b|\bunterschrift\b|^firma$")
TOGETHER = re.compile(r"\s*(?:[/,&+]|\b(?:and|und|et|y|en|e|och|og|i)\b)\s*", re.IGNORECASE)  # "ZIP / City"
WRITTEN = frozenset({Kind.TEXT, Kind.LONG_TEXT, Kind.URL})


def with_neighbours(fields: Sequence[FormField]) -> list[FormField]:
    """Return the fields, each with the others by what they ask by their labels, a meaning's name."""
    fields = [_told_apart(*three) for three in zip([None, *fields], fields, [*fields[1:], None], strict=False)]
    names = [meaning.name if (meaning := meaning_of(one.label, one.autocomplete)) else "" for one in fields]
    asked = {name: one for name, one in zip(names, fields, strict=True) if name}
    count = Counter(names)
    law = _naming_the_country([one for name, one in zip(names, fields, strict=True) if name in OF_WORK])
    return [
        replace(
            one,
            # A mark above both lines of an address asks for the first: the second is for what that has no room for.
            required=one.required and not (name == "address_line_2" and "street" in asked),
            beside={key: other for key, other in asked.items() if key != name or count[name] > 1}
            | ({"declined": before} if before and _declines(one, before) else {})
            | ({"law": law} if law else {})
            | ({"signed": before} if before and SIGNATURE.search(normalized(before.label)) else {})
            | ({"specified": before} if before and _specifies(one, before) else {}),
        )
        for name, one, before in zip(names, fields, [None, *fields], strict=False)
    ]


def _told_apart(before: FormField | None, one: FormField, after: FormField | None) -> FormField:
    """Return a field under its own name where one label is for several: a postal code and a city, a wage's lists."""
    if one.kind is Kind.SINGLE_CHOICE and len(one.options) > 1 and _name_of(one.label) == "salary":
        is_of = {"currency": currencies_in, "period": periods_in}
        kinds = [
            kind for kind, named_in in is_of.items() if all(len(named_in(said)) == 1 for said in one.option_labels)
        ]
        return replace(one, label=f"Salary {kinds[0]}") if len(kinds) == 1 else one
    parts = TOGETHER.split(one.label)
    if len(parts) != 2 or not all(map(_name_of, parts)) or one.kind is not Kind.TEXT:
        return one
    if after and after.kind is Kind.TEXT and (after.label == one.label or _name_of(after.label) == _name_of(parts[1])):
        return replace(one, label=parts[0])
    return replace(one, label=parts[1]) if before and before.label == one.label else one


def _name_of(label: str) -> str:
    return meaning.name if (meaning := meaning_of(label)) else ""


def _naming_the_country(asked: Sequence[FormField]) -> FormField | None:
    """Return the question about the law of work that names the country; None if they name none, or several."""
    naming = {frozenset(named): one for one in asked if (named := countries_named_in(one.label))}
    return naming.popitem()[1] if len(naming) == 1 else None


def _declines(box: FormField, asked: FormField) -> bool:
    """Whether a box to tick stands in the place of an answer to the question before it: "I decline to say"."""
    said, meaning = normalized(box.label), meaning_of(asked.label)
    is_decline = box.kind is Kind.CONSENT and len(said) < LONGEST_DECLINE and DECLINE.search(said) is not None
    return is_decline and asked.kind is Kind.SINGLE_CHOICE and meaning is not None and meaning.risk is Risk.SENSITIVE


def _specifies(text: FormField, asked: FormField) -> bool:
    """Whether a text says what "Other" stands for in the choice right before it: where one heard of the job."""
    meaning = meaning_of(asked.label)
    is_source = meaning is not None and meaning.name == "heard_from" and asked.kind is Kind.SINGLE_CHOICE
    return is_source and text.kind in WRITTEN and SPECIFIES.match(normalized(text.label)) is not None
