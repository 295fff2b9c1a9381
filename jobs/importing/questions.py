"""Form questions as boards publish them, in one shape: {"label", "kind", "options", "required", "key"}.

The kinds are the engine's (text, longtext, email, phone, url, number, date, file, location, single_choice,
multi_choice, boolean, consent); what a person never sees is left out.
"""

from collections.abc import Iterator
from typing import Any

from jobs.normalize.text import line, plain_of

GREENHOUSE = {
    "input_text": "text", "textarea": "longtext", "input_file": "file", "multi_value_single_select": "single_choice",
    "multi_value_multi_select": "multi_choice",
}  # fmt: skip
ASHBY = {
    "String": "text", "LongText": "longtext", "Email": "email", "Phone": "phone", "Url": "url", "Number": "number",
    "Date": "date",
    "File": "file", "Location": "location", "ValueSelect": "single_choice", "MultiValueSelect": "multi_choice",
    "Boolean": "boolean",
    "EducationHistory": "repeater",
}  # fmt: skip
WORKABLE = {
    "text": "text", "email": "email", "phone": "phone", "paragraph": "longtext", "boolean": "boolean",
    "dropdown": "single_choice",
    "multiple": "multi_choice", "date": "date", "number": "number", "file": "file", "group": "repeater",
}  # fmt: skip
Question = dict[str, Any]


def of_greenhouse(row: dict[str, Any]) -> list[Question]:
    """Read `questions` and the place question; of two fields for one thing (a file or its text) the first counts."""
    asked: list[Question] = []
    for one in _dicts(row.get("questions")):
        shown = [field for field in _dicts(one.get("fields")) if GREENHOUSE.get(str(field.get("type")))]
        if shown:
            values = [value.get("label") for value in _dicts(shown[0].get("values"))]
            asked.append(
                _question(
                    one.get("label"), GREENHOUSE[shown[0]["type"]], values, one.get("required"), shown[0].get("name")
                )
            )
    places = _dicts(row.get("location_questions"))
    if places:
        asked.append(_question(places[0].get("label"), "location", [], places[0].get("required"), "location"))
    return asked


def of_ashby(row: dict[str, Any]) -> list[Question]:
    form = row.get("applicationForm")
    sections = _dicts(form.get("sections")) if isinstance(form, dict) else []
    asked = []
    for entry in (entry for section in sections for entry in _dicts(section.get("fieldEntries"))):
        field = entry.get("field")
        if isinstance(field, dict) and (kind := ASHBY.get(str(field.get("type")))):
            values = [value.get("label") for value in _dicts(field.get("selectableValues"))]
            asked.append(_question(field.get("title"), kind, values, entry.get("isRequired"), field.get("path")))
    return asked


def of_workable(form: Any) -> list[Question]:
    asked = []
    for field in _workable_fields(form):
        kind = WORKABLE.get(str(field.get("type")))
        if kind == "multi_choice" and field.get("singleOption"):
            kind = "single_choice"
        if kind:
            values = [value.get("value") for value in _dicts(field.get("options"))]
            asked.append(_question(field.get("label"), kind, values, field.get("required"), field.get("id")))
    return asked


def _workable_fields(form: Any) -> Iterator[dict[str, Any]]:
    for section in _dicts(form):
        yield from _dicts(section.get("fields"))


def _question(label: Any, kind: str, options: list[Any], required: Any, key: Any) -> Question:
    words = plain_of(label) if isinstance(label, str) else ""
    return {
        "label": line(words, "question", 1000, cut=True),
        "kind": kind,
        "options": [line(one, "option", 300, cut=True) for one in options if isinstance(one, str)][:300],
        "required": required is True,
        "key": line(key if isinstance(key, str | int) else "", "key", 200, cut=True),
    }


def _dicts(value: Any) -> list[dict[str, Any]]:
    return [one for one in value if isinstance(one, dict)] if isinstance(value, list) else []
