"""JSON Resume (jsonresume.org, version 1.0.0): the profile in and out of other tools."""

import json
from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext

from accounts.models import Candidate, User
from accounts.resume.contact import split_name
from accounts.resume.findings import Finding
from jobswipe.problems import InvalidInput

SCHEMA = "https://raw.githubusercontent.com/jsonresume/resume-schema/v1.0.0/schema.json"
LONGEST = 200_000  # bytes
LOCATION = {
    "street": "address",
    "city": "city",
    "region": "region",
    "postal_code": "postalCode",
    "country": "countryCode",
}
NETWORKS = {"linkedin": "LinkedIn", "github": "GitHub", "portfolio": "Portfolio"}
WORK = {"company": "name", "title": "position", "start": "startDate", "end": "endDate"}
EDUCATION = {"school": "institution", "degree": "studyType", "field": "area", "end_year": "endDate"}


# ---------------------------------------------------------------- out


def export(user: User, candidate: Candidate) -> dict[str, Any]:
    """Return what the person has said as a JSON Resume document; what they have not said is left out."""
    basics = {
        "name": f"{candidate.first_name} {candidate.last_name}".strip(),
        "label": candidate.current_title,
        "email": user.email,
        "phone": candidate.phone,
        "url": candidate.website,
        "location": _said({theirs: getattr(candidate, ours) for ours, theirs in LOCATION.items()}),
        "profiles": [
            {"network": network, "url": url} for name, network in NETWORKS.items() if (url := getattr(candidate, name))
        ],
    }
    document = {
        "basics": _said(basics),
        "work": [_renamed(row, WORK) for row in candidate.work_history],
        "education": [_renamed(row, EDUCATION) for row in candidate.education],
        "skills": candidate.skills,
        "languages": [{"language": name} for name in candidate.languages],
    }
    return {"$schema": SCHEMA, **_said(document), "meta": {"version": "v1.0.0"}}


def _renamed(row: dict[str, Any], names: dict[str, str]) -> dict[str, Any]:
    return {theirs: str(row[ours]) for ours, theirs in names.items() if row.get(ours)}


def _said(values: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in values.items() if value not in (None, "", [], {})}


# ---------------------------------------------------------------- in


def read_json_resume(content: bytes) -> list[Finding]:
    """Return what a JSON Resume document says, as proposals. Raises InvalidInput for what is none."""
    try:
        document = json.loads(content) if len(content) <= LONGEST else None
    except (ValueError, RecursionError):
        document = None
    if not isinstance(document, dict) or not isinstance(document.get("basics", {}), dict):
        raise InvalidInput(
            gettext("This is no JSON Resume: a document with “basics”, “work” and “education” is expected.")
        )
    findings = [*_basics(document.get("basics", {})), *_rows(document)]
    if not findings:
        raise InvalidInput(gettext("There is nothing in this JSON Resume that the profile has a place for."))
    return findings


def _basics(basics: dict[str, Any]) -> Iterator[Finding]:
    if parts := split_name(_text(basics, "name")):
        yield Finding("first_name", parts[0], _text(basics, "name"), parts[2])
        yield Finding("last_name", parts[1], _text(basics, "name"), parts[2])
    location = basics.get("location") if isinstance(basics.get("location"), dict) else {}
    values = {ours: _text(location, theirs) for ours, theirs in LOCATION.items()}
    values |= {"phone": _text(basics, "phone"), "website": _text(basics, "url")}
    for profile in _objects(basics, "profiles"):
        name = _text(profile, "network").casefold()
        if name in NETWORKS:
            values[name] = _text(profile, "url")
    yield from (Finding(name, value, value) for name, value in values.items() if value)


def _rows(document: dict[str, Any]) -> Iterator[Finding]:
    for row in _objects(document, "work"):
        job = {ours: value[:7] if ours in {"start", "end"} else value for ours, value in _ours(row, WORK).items()}
        if job.get("company") or job.get("title"):
            yield Finding("work_history", job, _line(job))
            if not job.get("end"):
                yield from _present(job)
    for row in _objects(document, "education"):
        study: dict[str, Any] = _ours(row, EDUCATION)
        year = str(study.pop("end_year", ""))[:4]
        if study.get("school"):
            yield Finding("education", study | ({"end_year": int(year)} if year.isdecimal() else {}), _line(study))
    if skills := list(_skills(document)):
        yield Finding("skills", skills, ", ".join(one["name"] for one in skills))
    if languages := [name for row in _objects(document, "languages") if (name := _text(row, "language"))]:
        yield Finding("languages", languages, ", ".join(languages))


def _present(job: dict[str, Any]) -> Iterator[Finding]:
    for name, value in (("current_company", job.get("company")), ("current_title", job.get("title"))):
        if value:
            yield Finding(name, value, _line(job))


def _skills(document: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """A skill may be a group: then its keywords are the skills."""
    for row in _objects(document, "skills"):
        keywords = row.get("keywords") if isinstance(row.get("keywords"), list) else []
        years = row.get("years")
        for name in [one for one in keywords or [] if isinstance(one, str)] or [_text(row, "name")]:
            if name.strip():
                is_number = isinstance(years, int | float) and not isinstance(years, bool)
                yield {"name": name.strip()[:100], **({"years": years} if is_number else {})}


def _ours(row: dict[str, Any], names: dict[str, str]) -> dict[str, str]:
    return {ours: value for ours, theirs in names.items() if (value := _text(row, theirs))}


def _objects(holder: dict[str, Any], name: str) -> list[dict[str, Any]]:
    found = holder.get(name)
    return [one for one in found if isinstance(one, dict)][:50] if isinstance(found, list) else []


def _text(holder: Any, name: str) -> str:
    value = holder.get(name)
    return value.strip()[:200] if isinstance(value, str) else ""


def _line(row: dict[str, Any]) -> str:
    return " / ".join(str(value) for value in row.values())
