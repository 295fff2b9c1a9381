"""Where the person studied: schools, degrees, fields and the years they ended."""

import re
from collections.abc import Sequence
from typing import Any

from accounts.resume.dates import YEAR, find_period
from accounts.resume.findings import Finding
from accounts.resume.places import is_place
from accounts.resume.sections import BULLET

SCHOOL = re.compile(
    r"\b(university|college|institute|school|academy|polytechnic|universit\w+|hochschule|fachhochschule|gymnasium"
    r"|schule|école|ecole|lycée|politecnico|escuela|instituto|tu|eth|mit|ucla|iit|insead)\b|\w+(universität|hochschule|schule)\b",
    re.IGNORECASE,
)
_DEGREES = (
    r"bachelor(?:'s|’s)?(?:\s+of\s+(?:science|arts|engineering|business administration|fine arts|laws|commerce"
    r"|technology|education|nursing|design))?(?:\s+degree)?",
    r"master(?:'s|’s)?(?:\s+of\s+(?:science|arts|engineering|business administration|fine arts|laws|education"
    r"|public health|public administration|technology|design))?(?:\s+degree)?",
    r"doctor(?:ate|\s+of\s+(?:philosophy|medicine))?",
    r"associate(?:'s|’s)?(?:\s+of\s+(?:science|arts|applied science))?(?:\s+degree)?",
    r"ph\.?\s?d\.?", r"m\.?b\.?a\.?", r"b\.?\s?sc\.?", r"m\.?\s?sc\.?", r"b\.?\s?tech\.?", r"m\.?\s?tech\.?",
    r"b\.?\s?eng\.?",
    r"m\.?\s?eng\.?", r"b\.\s?s\.|bs", r"b\.\s?a\.|ba", r"m\.\s?s\.|ms", r"m\.\s?a\.|ma", r"b\.?com\.?",
    r"j\.?d\.?", r"m\.?d\.",
    r"llb|llm|bfa|mfa|bba|mph|a\.?a\.?s\.?", r"diplom\w*(?:-\w+)?", r"ged", r"abitur", r"staatsexamen",
    r"licen\w+", r"baccalauréat", r"grado", r"honou?rs",
)  # fmt: skip
DEGREE = re.compile(rf"(?<![\w.])(?:high school diploma|{'|'.join(_DEGREES)})(?![\w])", re.IGNORECASE)
NO_FIELD = re.compile(
    r"\b(gpa|grade|honou?rs|cum laude|distinction|minor|thesis|expected|graduated|dean|note)\b.*", re.IGNORECASE
)
EMPTY = {"school": "", "degree": "", "field": "", "end_year": ""}
MOST = 10


def read_education(lines: Sequence[str]) -> list[Finding]:
    """Return a finding for each school or degree, in the order of the resume."""
    entries: list[tuple[dict[str, Any], list[str]]] = []
    for line in lines:
        if line:
            _take(line, entries)
    kept = [(row, read) for row, read in entries if row["school"] or row["degree"]]
    return [
        Finding(
            "education", {name: value for name, value in row.items() if value}, " / ".join(read), bool(row["school"])
        )
        for row, read in kept[:MOST]
    ]


def _take(line: str, entries: list[tuple[dict[str, Any], list[str]]]) -> None:
    """Put what a line says into the entry it belongs to: a second school, degree or year opens the next one."""
    said = {name: value for name, value in _said(BULLET.sub("", line)).items() if value}
    if not said:
        return
    row, read = entries[-1] if entries else ({}, [])
    if not entries or any(row.get(name) for name in said):
        row, read = {**EMPTY}, []
        entries.append((row, read))
    row.update(said)
    read.append(line)


def _said(line: str) -> dict[str, Any]:
    period = find_period(line)
    rest = period[1] if period else line
    years = [int(year) for year in YEAR.findall(line)]
    rest = re.sub(
        r"\(?\s*(?:expected|graduated|class of|graduation:?)?\s*(?:[A-Z][a-z]{2,8}\.?\s+)?\b(?:19|20)\d\d\b\s*\)?",
        "  ",
        rest,
    )
    school, degree, field = "", "", ""
    for piece in _pieces(rest):
        found = DEGREE.search(piece)
        if found and not degree and not (SCHOOL.search(piece) and found.start() > 3):
            degree, field = found[0].strip(" ,"), _field(piece[found.end() :]) or field
        elif SCHOOL.search(piece) and not school:
            school = piece.strip(" ,.")
        elif degree and not field and not is_place(piece):
            field = _field(piece)
    ongoing = bool(period) and not period[0].end if period else False
    return {"school": school, "degree": degree, "field": field, "end_year": max(years) if years and not ongoing else ""}


def _pieces(line: str) -> list[str]:
    """Part at signs and wide gaps, and at commas and "from" before a school or a degree."""
    parts = re.split(r"\s*[|•·●▪]\s*|\s{2,}|\s+[–—-]\s+|,\s+|\s+from\s+|\s*[()]\s*", line)
    return [part.strip(" ,;:") for part in parts if part.strip(" ,;:.")]


def _field(text: str) -> str:
    found = re.match(r"[\s,:.]*(?:degree\s+)?(?:(?:in|of|der|en)\b|:)?\s*(.*)", text, re.IGNORECASE)
    field = NO_FIELD.sub("", found[1] if found else "").strip(" ,.;:-–")
    return field if 2 < len(field) <= 60 and not re.search(r"\d", field) else ""
