"""What a form asks beside a field: "Name" beside "Vorname" is the family name; a wage may have a list of currencies."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from automation.engine.forms.field import FormField
from automation.engine.forms.meanings import meaning_of


def with_neighbours(fields: Sequence[FormField]) -> list[FormField]:
    """Return the fields, each with the others by what they ask by their labels, a meaning's name."""
    names = [meaning.name if (meaning := meaning_of(one.label, one.autocomplete)) else "" for one in fields]
    asked = {name: one for name, one in zip(names, fields, strict=True) if name}
    count = Counter(names)
    return [
        replace(one, beside={key: other for key, other in asked.items() if key != name or count[name] > 1})
        for name, one in zip(names, fields, strict=True)
    ]
