"""SmartRecruiters: the Posting API (developers.smartrecruiters.com/docs/posting-api)."""

import html
from collections.abc import Iterator
from typing import Any
from urllib.parse import quote

from jobs.importing.boards.base import BadAnswer, Client, Reading, Row, a_dict, a_list, rows_of
from jobs.importing.posting import Draft
from jobs.normalize.places import place_of
from jobs.normalize.problems import BadRow

HOST = "api.smartrecruiters.com"
PAGE = 100
MOST_PAGES = 100


def read(token: str, client: Client) -> Reading:
    """Read the list page by page, and each posting by itself for its text.

    An unknown company has an empty list here, never a 404; so an empty list is no proof that a board is gone.
    """
    address = f"https://{HOST}/v1/companies/{quote(token, safe='')}/postings"
    first = client.json(f"{address}?limit={PAGE}&offset=0&destination=PUBLIC")
    total = first.get("totalFound") if isinstance(first, dict) else None
    if not isinstance(total, int):
        raise BadAnswer("The answer does not say how many postings there are.")
    reading = Reading(iter(()), total, is_complete=total > 0)
    reading.rows = _rows(reading, rows_of(first, "content"), total, address, client)
    return reading


def _rows(reading: Reading, rows: list[Row], total: int, address: str, client: Client) -> Iterator[Row]:
    seen = 0
    for page in range(1, MOST_PAGES + 1):
        for row in rows:
            seen += 1
            detail = client.json(f"{address}/{quote(str(row.get('id')), safe='')}") if isinstance(row, dict) else row
            yield detail if detail is not None else {**row, "active": False}
        if seen >= total or not rows:
            reading.is_complete = reading.is_complete and seen >= total
            return
        rows = rows_of(client.json(f"{address}?limit={PAGE}&offset={page * PAGE}&destination=PUBLIC"), "content")
    reading.is_complete = False


def parse(row: Row, token: str) -> Draft:
    company = a_dict(row.get("company"), "company")
    identifier = company.get("identifier") or token
    fields = {
        one.get("fieldLabel"): one.get("valueLabel")
        for one in a_list(row.get("customField"), "fields")
        if isinstance(one, dict) and isinstance(one.get("fieldLabel"), str)
    }
    location = a_dict(row.get("location"), "location")
    hosted = (
        row.get("postingUrl") or f"https://jobs.smartrecruiters.com/{quote(str(identifier), safe='')}/{row.get('id')}"
    )
    return Draft(
        external_id=row.get("id"),
        title=row.get("name"),
        apply_url=row.get("applyUrl") or f"{hosted}?oga=true",
        other_urls=[hosted],
        description=_description(row),
        places=[place_of(*(_text(location.get(part)) for part in ("city", "region", "country")))],
        locations=[],
        remote=location.get("remote") is True,
        mode="hybrid" if location.get("hybrid") is True else "",
        employment=[_label(row, "typeOfEmployment"), fields.get("Employment Type")],
        department=_label(row, "department") or _label(row, "function"),
        seniority=_label(row, "experienceLevel"),
        posted_at=row.get("releasedDate"),
        company=company.get("name") or "",
        closed=row.get("active") is False,
    )


def _text(value: Any) -> str:
    if value is not None and not isinstance(value, str):
        raise BadRow("The location is no text.")
    return value or ""


def _label(row: Row, name: str) -> Any:
    return a_dict(row.get(name), name).get("label") or ""


def _description(row: Row) -> str:
    sections = a_dict(a_dict(row.get("jobAd"), "text").get("sections"), "sections")
    order = ("jobDescription", "qualifications", "additionalInformation", "companyDescription")
    parts = [a_dict(sections.get(name), name) for name in order]
    return "".join(
        f"<h3>{html.escape(str(one.get('title') or ''))}</h3>{one['text']}"
        for one in parts
        if isinstance(one.get("text"), str)
    )
