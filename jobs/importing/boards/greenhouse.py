"""Greenhouse: the Job Board API (developers.greenhouse.io/job-board.html)."""

import html
import re
from decimal import Decimal
from typing import Any
from urllib.parse import quote

from jobs.importing import questions
from jobs.importing.boards.base import BoardGone, Client, Reading, Row, a_dict, a_list, rows_of
from jobs.importing.posting import Draft
from jobs.normalize.pay import Pay, pay_of, widest
from jobs.normalize.places import Place, where

HOST = "boards-api.greenhouse.io"
_REGION = re.compile(r"^https?://(?:job-)?boards(\.eu|\.anz)\.greenhouse\.io/")
_REMOTE_FIELDS = re.compile(r"remote|work ?place|location type|work (mode|model|arrangement)", re.IGNORECASE)
_TYPE_FIELDS = re.compile(r"employment type|time type|job type|commitment|contract type", re.IGNORECASE)


def read(token: str, client: Client) -> Reading:
    """Read the whole board: one request, all postings."""
    answer = client.json(f"https://{HOST}/v1/boards/{quote(token, safe='')}/jobs?content=true", conditional=True)
    if answer is None:
        raise BoardGone("Greenhouse has no board of this name.")
    rows = rows_of(answer, "jobs")
    total = answer["meta"].get("total") if isinstance(answer.get("meta"), dict) else None
    return Reading(
        iter(rows),
        total if isinstance(total, int) else len(rows),
        is_complete=not isinstance(total, int) or total <= len(rows),
    )


def ask(token: str, external_id: str, client: Client) -> Row | None:
    """Read one posting with what its form asks and what it pays."""
    address = f"https://{HOST}/v1/boards/{quote(token, safe='')}/jobs/{quote(external_id, safe='')}"
    answer: Row | None = client.json(f"{address}?questions=true&pay_transparency=true")
    return answer


def parse(row: Row, token: str) -> Draft:
    location = a_dict(row.get("location"), "location").get("name")
    fields = {
        str(one.get("name")): one.get("value")
        for one in a_list(row.get("metadata"), "metadata")
        if isinstance(one, dict)
    }
    hosted = _hosted(row, token) if token else row.get("absolute_url")
    return Draft(
        external_id=row.get("id"),
        title=row.get("title"),
        apply_url=hosted,
        other_urls=[url for url in [row.get("absolute_url")] if url and url != hosted],
        description=html.unescape(row["content"]) if isinstance(row.get("content"), str) else row.get("content") or "",
        locations=[location],
        address=_office(row, location),
        mode=_text_of(fields, _REMOTE_FIELDS),
        employment=[_text_of(fields, _TYPE_FIELDS)],
        department=next(
            (one.get("name") for one in a_list(row.get("departments"), "departments") if isinstance(one, dict)), ""
        ),
        pay=_pay(row, location),
        posted_at=row.get("first_published") or row.get("updated_at"),
        questions=questions.of_greenhouse(row),
        company=row.get("company_name") or "",
    )


def _hosted(row: Row, token: str) -> str:
    """Return the address of the posting on Greenhouse's own pages: an employer's page may show the form or not."""
    region = _REGION.match(str(row.get("absolute_url")))
    host = f"job-boards{region[1] if region else ''}.greenhouse.io"
    return f"https://{host}/{quote(token, safe='')}/jobs/{row.get('id')}"


def _office(row: Row, location: Any) -> Place:
    """Return the place of the only office, for a location that says no country."""
    offices = [
        one.get("location") or one.get("name") for one in a_list(row.get("offices"), "offices") if isinstance(one, dict)
    ]
    named = [one for one in offices if isinstance(one, str) and one]
    if len(named) != 1:
        return Place()
    found = where(named[0]).places
    return found[0] if len(found) == 1 else Place()


def _text_of(fields: dict[str, Any], names: re.Pattern[str]) -> str:
    """Return the first such field's value in words; Greenhouse gives texts, lists, objects and booleans."""
    for name, value in fields.items():
        if not names.search(name):
            continue
        if value is True and "remote" in name.casefold():
            return "remote"
        if isinstance(value, list) and value:
            value = value[0]
        if isinstance(value, str):
            return value
    return ""


def _pay(row: Row, location: Any) -> Pay:
    def units(cents: Any) -> Any:
        return Decimal(cents) / 100 if isinstance(cents, int | float) else cents

    def one(given: Row) -> Pay:
        said = pay_of(units(given.get("min_cents")), units(given.get("max_cents")), given.get("currency_type"), "")
        title = str(given.get("title") or "")
        period = "hour" if "hour" in title.casefold() else "year" if (said.high or said.low or 0) >= 10_000 else ""
        return pay_of(said.low, said.high, said.currency, period)

    country = next((place.country for place in where(location).places), "") if isinstance(location, str) else ""
    ranges = [one(given) for given in a_list(row.get("pay_input_ranges"), "pay") if isinstance(given, dict)]
    return widest(ranges, preferred={"US": "USD", "GB": "GBP", "CA": "CAD", "AU": "AUD"}.get(country, ""))
