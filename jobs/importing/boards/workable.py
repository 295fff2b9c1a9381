"""Workable: the careers page's widget API."""

from typing import Any
from urllib.parse import quote

from jobs.importing import questions
from jobs.importing.boards.base import BoardGone, Client, Reading, Row, a_dict, a_list, rows_of
from jobs.importing.posting import Draft
from jobs.normalize.places import Place, place_of

HOST = "apply.workable.com"


def read(token: str, client: Client) -> Reading:
    """Read the whole board: one request. A posting comes once for each of its cities; they become one."""
    answer = client.json(
        f"https://{HOST}/api/v1/widget/accounts/{quote(token, safe='')}?details=true", conditional=True
    )
    if answer is None:
        raise BoardGone("Workable has no account of this name.")
    rows = together(rows_of(answer, "jobs"), answer.get("name"))
    return Reading(iter(rows), len(rows))


def together(rows: list[Any], company: Any = "") -> list[Any]:
    """Return one row for each shortcode, with the places of all; what is no object stays as it is."""
    odd = [row for row in rows if not isinstance(row, dict)]
    rows = [row for row in rows if isinstance(row, dict)]
    found: dict[Any, Row] = {}
    for row in rows:
        known = found.setdefault(row.get("shortcode") or id(row), {**row, "company_name": company, "all_places": []})
        known["all_places"] += [row, *(one for one in a_list_or_none(row.get("locations")))]
    return [*found.values(), *odd]


def a_list_or_none(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


def ask(token: str, external_id: str, client: Client) -> Any:
    """Read what the form of one posting asks; None when there is no such posting any more."""
    return client.json(f"https://{HOST}/api/v1/jobs/{quote(external_id, safe='')}/form")


def parse(row: Row, token: str) -> Draft:
    a_list(row.get("locations"), "locations")
    return Draft(
        external_id=row.get("shortcode"),
        title=row.get("title"),
        apply_url=row.get("application_url") or row.get("url"),
        other_urls=[row.get("url")],
        description=row.get("description") or "",
        places=list(
            dict.fromkeys(_place(one) for one in row.get("all_places") or [row] if not a_dict(one).get("hidden"))
        ),
        remote=row.get("telecommuting") is True,
        mode=row.get("workplace") or "",
        employment=[row.get("employment_type")],
        department=row.get("department") or row.get("function") or "",
        seniority=row.get("experience") or "",
        posted_at=row.get("published_on") or row.get("created_at"),
        questions=questions.of_workable(row.get("form")),
        company=row.get("company_name") or "",
    )


def _place(given: Row) -> Place:
    parts = (
        given.get("city"),
        given.get("region") or given.get("state"),
        given.get("countryCode") or given.get("country"),
    )
    return place_of(*(part if isinstance(part, str) else "" for part in parts))
