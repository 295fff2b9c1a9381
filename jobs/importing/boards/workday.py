"""Workday: the service behind its career sites. Undocumented; the traps are the ones that its many readers report."""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

from jobs.importing.boards.base import BadAnswer, BoardGone, Client, Reading, Row, a_dict, a_list, rows_of
from jobs.importing.posting import Draft
from jobs.normalize.places import Place, place_of, where
from jobs.normalize.problems import BadRow
from jobs.normalize.text import moment_ago

HOST = ""  # each tenant has its own
PAGE = 20  # more is refused
MOST = 2000  # rows that a search gives


def read(token: str, client: Client) -> Reading:
    """Read the list page by page, and each posting by itself for its text. `token` is host/site."""
    host, _, site = token.partition("/")
    if not host or not site:
        raise BoardGone("A Workday board is named host/site, as in acme.wd5.myworkdayjobs.com/Careers.")
    root = f"https://{host}/wday/cxs/{host.split('.')[0]}/{site}"
    first = _page(root, 0, client)
    if first is None:
        raise BoardGone("Workday has no such career site.")
    total = first.get("total")
    expected = total if isinstance(total, int) else None
    reading = Reading(iter(()), expected, is_complete=expected is not None and expected < MOST)
    reading.rows = _rows(reading, first, root, client)
    return reading


def _page(root: str, offset: int, client: Client) -> Row | None:
    body = {"appliedFacets": {}, "limit": PAGE, "offset": offset, "searchText": ""}
    answer = client.json(f"{root}/jobs", body=body)
    if answer is not None and not isinstance(answer, dict):
        raise BadAnswer("The answer has no list of postings.")
    return answer


def _rows(reading: Reading, first: Row, root: str, client: Client) -> Iterator[Row]:
    """Give each posting once. Some sites start over past their end, so a page without news is the last."""
    seen: set[str] = set()
    page: Row | None = first
    while page is not None and len(seen) < MOST:
        rows = [
            one for one in rows_of(page, "jobPostings") if isinstance(one, dict) and one.get("externalPath") not in seen
        ]
        if not rows:
            break
        for row in rows:
            seen.add(str(row.get("externalPath")))
            detail = client.json(f"{root}{row.get('externalPath')}")
            if detail is None:  # closed between the list and now
                continue
            yield {**row, **a_dict(detail), "root": root}
        page = _page(root, len(seen), client) if reading.expected is None or len(seen) < reading.expected else None
    reading.is_complete = reading.is_complete and len(seen) >= (reading.expected or 0)


def parse(row: Row, token: str) -> Draft:
    info = a_dict(row.get("jobPostingInfo"), "posting") or row
    country = a_dict(info.get("country"), "country").get("descriptor")
    locations = [
        info.get("location") or row.get("locationsText"),
        *a_list(info.get("additionalLocations"), "locations"),
    ]
    posted = info.get("postedOn")
    return Draft(
        external_id=info.get("jobReqId") or next(iter(a_list(row.get("bulletFields"), "fields")), None),
        title=info.get("title"),
        apply_url=info.get("externalUrl") or _address(row, token),
        description=info.get("jobDescription") or "",
        places=[
            _in_country(where(one).places, country)
            for one in locations
            if isinstance(one, str) and not one[:1].isdigit()
        ],
        locations=[one for one in locations if isinstance(one, str) and not one[:1].isdigit()],
        mode=info.get("remoteType") or row.get("remoteType") or "",
        employment=[info.get("timeType") or row.get("timeType")],
        posted_at=moment_ago(posted, datetime.now(UTC)) if isinstance(posted, str) else None,
        company=a_dict(row.get("hiringOrganization"), "employer").get("name") or "",
        closed=info.get("posted") is False or info.get("canApply") is False,
    )


def _address(row: Row, token: str) -> str:
    path = row.get("externalPath")
    if not isinstance(path, str) or not path.startswith("/"):
        raise BadRow("The path is missing.")
    host, _, site = token.partition("/")
    return f"https://{host}/{site}{path}"


def _in_country(found: tuple[Place, ...], country: Any) -> Place:
    """Return the place with the country that the posting names beside it."""
    first = found[0] if found else Place()
    if not isinstance(country, str) or first.country:
        return first
    return place_of(first.city, first.region, country)
