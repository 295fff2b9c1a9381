"""What a form asks beside a field: "Name" beside "Vorname" is the family name; a wage may have a list of currencies."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from automation.engine.forms.field import DECLINE, FormField, Kind
from automation.engine.forms.questions.meanings import Risk, meaning_of, normalized

LONGEST_DECLINE = 60  # letters of a box to tick in the place of an answer


def with_neighbours(fields: Sequence[FormField]) -> list[FormField]:
    """Return the fields, each with the others by what they ask by their labels, a meaning's name."""
    names = [meaning.name if (meaning := meaning_of(one.label, one.autocomplete)) else "" for one in fields]
    asked = {name: one for name, one in zip(names, fields, strict=True) if name}
    count = Counter(names)
    return [
        replace(
            one,
            beside={key: other for key, other in asked.items() if key != name or count[name] > 1}
            | ({"declined": before} if before and _declines(one, before) else {}),
        )
        for name, one, before in zip(names, fields, [None, *fields], strict=False)
    ]


def _declines(box: FormField, asked: FormField) -> bool:
    """Whether a box to tick stands in the place of an answer to the question before it: "I decline to say"."""
    said, meaning = normalized(box.label), meaning_of(asked.label)
    is_decline = box.kind is Kind.CONSENT and len(said) < LONGEST_DECLINE and DECLINE.search(said) is not None
    return is_decline and asked.kind is Kind.SINGLE_CHOICE and meaning is not None and meaning.risk is Risk.SENSITIVE
