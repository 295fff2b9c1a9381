"""Lever: the Postings API (github.com/lever/postings-api)."""

import html
from collections.abc import Iterator
from typing import Any
from urllib.parse import quote

from jobs.importing.boards.base import BadAnswer, BoardGone, Client, Reading, Row, a_dict, a_list, rows_of
from jobs.importing.posting import Draft
from jobs.normalize.pay import pay_of
from jobs.normalize.places import place_of

HOST = "api.lever.co"
PAGE = 100
MOST_PAGES = 200


def read(token: str, client: Client) -> Reading:
    """Read the board page by page. A token that starts with “eu/” is one of the European service."""
    site, host = (token[3:], "api.eu.lever.co") if token.startswith("eu/") else (token, HOST)
    address = f"https://{host}/v0/postings/{quote(site, safe='')}?mode=json&limit={PAGE}"
    first = client.json(f"{address}&skip=0", conditional=False)
    if first is None:
        raise BoardGone("Lever has no board of this name.")
    reading = Reading(iter(()))
    reading.rows = _rows(reading, rows_of(first), address, client)
    return reading


def _rows(reading: Reading, rows: list[Row], address: str, client: Client) -> Iterator[Row]:
    for page in range(1, MOST_PAGES + 1):
        yield from rows
        if len(rows) < PAGE:
            return
        following = client.json(f"{address}&skip={page * PAGE}")
        if following is None:
            raise BadAnswer("A later page is missing.")
        rows = rows_of(following)
    reading.is_complete = False


def parse(row: Row, token: str) -> Draft:
    categories = a_dict(row.get("categories"), "categories")
    places = a_list(categories.get("allLocations"), "locations") or [categories.get("location")]
    pay = a_dict(row.get("salaryRange"), "salary range")
    return Draft(
        external_id=row.get("id"),
        title=row.get("text"),
        apply_url=row.get("applyUrl") or row.get("hostedUrl"),
        other_urls=[row.get("hostedUrl")],
        description=_description(row),
        plain=row.get("descriptionPlain") or "",
        locations=places,
        address=place_of("", "", row["country"])
        if isinstance(row.get("country"), str) and len(places) == 1
        else place_of("", "", ""),
        mode="" if row.get("workplaceType") == "unspecified" else row.get("workplaceType") or "",
        employment=[categories.get("commitment")],
        department=categories.get("department") or categories.get("team") or "",
        pay=pay_of(pay.get("min"), pay.get("max"), pay.get("currency"), pay.get("interval")),
        posted_at=row.get("createdAt"),
    )


def _description(row: Row) -> Any:
    """Return all parts of the text: Lever keeps the introduction, the lists and the end apart."""
    if not isinstance(row.get("description"), str):
        return row.get("description") or ""
    lists = [one for one in a_list(row.get("lists"), "lists") if isinstance(one, dict)]
    parts = [
        row["description"],
        *(f"<h3>{html.escape(str(one.get('text', '')))}</h3><ul>{one.get('content', '')}</ul>" for one in lists),
    ]
    if isinstance(row.get("salaryDescription"), str):
        parts.append(row["salaryDescription"])
    if isinstance(row.get("additional"), str):
        parts.append(row["additional"])
    return "".join(parts)
