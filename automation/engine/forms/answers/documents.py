"""Which of a form's files is the resume, and which it takes."""

import re

from automation.engine.forms.field import FormField
from automation.engine.forms.questions.meanings import meaning_of

ANOTHER_FILE = re.compile(  # than the resume, which it is not sent as
    r"\b(additional|other|another|further|supporting|samples?|photo|picture|headshot|portrait|certificates?|transcripts?"
    r"|portfolio|references?|videos?|passport|licen[sc]e|diplomas?|proof)\b|foto|zeugnis|attestation|certificad",
    re.IGNORECASE,
)
READER = re.compile(r"auto-?fill|easy apply|quick apply|import", re.IGNORECASE)  # reads a resume, and keeps none


def asks(field: FormField, name: str) -> bool:
    meaning = meaning_of(field.label, field.autocomplete)
    return (meaning.name if meaning else field.kind) == name


def takes(field: FormField, suffix: str) -> bool:
    return not field.accept or suffix in field.accept


def resume_field(files: list[FormField]) -> FormField | None:
    """Return the field for the resume: the one that says so, the required one before others; else the only one."""
    named = sorted(
        (field for field in files if asks(field, "resume")),
        key=lambda field: (bool(READER.search(f"{field.section} {field.label}")), not field.required),
    )
    others = [field for field in files if not asks(field, "cover_letter")]
    if named:
        return named[0]
    return others[0] if len(others) == 1 and not ANOTHER_FILE.search(others[0].label) else None
