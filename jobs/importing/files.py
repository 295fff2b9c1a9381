"""Files of postings: JSON lines, or the JSON that a board answered. What a row is, is told by its own shape."""

import hashlib
import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any
from urllib.parse import unquote, urlsplit

from jobs.importing.boards import BOARDS
from jobs.importing.boards.base import Row, a_dict, a_list
from jobs.importing.boards.page import postings_in
from jobs.importing.boards.workable import together
from jobs.importing.posting import Draft
from jobs.normalize.pay import FROM_EMPLOYER, pay_of
from jobs.normalize.places import place_of
from jobs.normalize.problems import BadRow
from jobs.normalize.text import line, parsed

LONGEST_LINE = 4 * 1024 * 1024  # characters
LARGEST_DOCUMENT = 256 * 1024 * 1024  # bytes of a file that is read whole


@dataclass(frozen=True)
class Found:
    """A row of a file: its number, and what it is, or what is wrong with it."""

    number: int
    row: Any = None
    problem: str = ""


def rows_in(path: Path) -> Iterator[Found]:
    """Give the rows of a file one by one. JSON lines are read line by line, so that their number does not matter."""
    with path.open(encoding="utf-8", errors="replace") as stream:
        start = stream.read(4096).lstrip("\ufeff \t\r\n")
        stream.seek(0)
        if start.startswith("<"):
            yield from _page(stream, path)
        elif _is_lines(start):
            yield from _lines(stream)
        else:
            yield from _document(stream, path)


def _is_lines(start: str) -> bool:
    """Tell JSON lines from one document: the first line alone is a whole object, or it is too long to say."""
    first, newline, rest = start.partition("\n")
    if not start.startswith("{"):
        return False
    try:
        json.loads(first)
    except ValueError:
        return not newline and len(start) > 4000
    return not rest.strip() or rest.lstrip().startswith("{") or "jobs" not in json.loads(first)


def _lines(stream: IO[str]) -> Iterator[Found]:
    number = 0
    while line := stream.readline(LONGEST_LINE):
        number += 1
        if not line.endswith("\n") and len(line) == LONGEST_LINE:
            while (more := stream.readline(LONGEST_LINE)) and not more.endswith("\n"):
                pass
            yield Found(number, problem=f"The row is longer than {LONGEST_LINE:,} characters.")
        elif line.strip():
            for row in _parsed(line):
                yield Found(number, row.row, row.problem)


def _parsed(line: str) -> Iterator[Found]:
    try:
        document = parsed(line)
    except (ValueError, RecursionError) as error:
        yield Found(0, problem=broken(line, error))
        return
    for row in unpacked(document):
        yield Found(0, row)


def _document(stream: IO[str], path: Path) -> Iterator[Found]:
    if path.stat().st_size > LARGEST_DOCUMENT:
        yield Found(1, problem="One document of this size is not read. Write it as JSON lines, one posting a line.")
        return
    content = stream.read()
    if not content.strip():
        return
    try:
        document = parsed(content)
    except (ValueError, RecursionError) as error:
        yield Found(1, problem=broken(content, error))
        return
    for number, row in enumerate(unpacked(document), 1):
        yield Found(number, row)


def _page(stream: IO[str], path: Path) -> Iterator[Found]:
    rows = postings_in(stream.read(LARGEST_DOCUMENT), "")
    if not rows:
        yield Found(1, problem="This is a page of HTML without postings, not JSON.")
    for number, row in enumerate(rows, 1):
        yield Found(number, row)


def broken(content: str, error: Exception) -> str:
    if content.lstrip()[:1] == "<":
        return "This is HTML, not JSON."
    if isinstance(error, json.JSONDecodeError):
        at_end = error.pos >= len(content.rstrip()) - 1 or "Unterminated" in error.msg
        return (
            "The JSON ends in the middle."
            if at_end
            else f"The JSON is broken at line {error.lineno}, column {error.colno}: {error.msg}."
        )
    return "The JSON is nested too deeply."


def unpacked(document: Any) -> list[Any]:
    """Return the postings of a document: a list, a board's whole answer, or a single posting."""
    if isinstance(document, list):
        return document
    if not isinstance(document, dict):
        return [document]
    if isinstance(document.get("jobs"), list):
        if any(isinstance(one, dict) and "shortcode" in one for one in document["jobs"]):
            return together(document["jobs"], document.get("name"))
        return list(document["jobs"])
    if isinstance(document.get("data"), dict) and isinstance(document["data"].get("jobPosting"), dict):
        return [document["data"]["jobPosting"]]
    for name in ("content", "jobPostings", "@graph"):
        if isinstance(document.get(name), list) and "title" not in document:
            return list(document[name])
    return [document]


# ---------------------------------------------------------------- what a row is

Parser = Callable[[Row, str], Draft]


@dataclass(frozen=True)
class Shape:
    """How a row is read, and on which board it lies."""

    kind: str
    token: str
    parse: Parser


def shape_of(row: Any, fallback: str) -> Shape | None:
    """Tell what a row is by the members it has; None when it is no posting. `fallback`: its board if it names none."""
    if not isinstance(row, dict):
        raise BadRow("The row is no object.")
    if isinstance(row.get("ats"), str) and "external_id" in row:
        kind = row["ats"] if row["ats"] in BOARDS else "file"
        return Shape(kind, line(row.get("board"), "board", 400) or fallback, parse_flat)
    if row.get("@type") == "JobPosting" or ("hiringOrganization" in row and "@context" in row):
        return Shape("file", fallback, BOARDS["page"].parse)
    for kind, members, url in _SHAPES:
        if all(one in row for one in members):
            return Shape(kind, _token(kind, row.get(url)) or fallback, BOARDS[kind].parse)
    if "company_name" in row and "url" in row and "locations" in row:
        return Shape("file", fallback, parse_listing)
    if "applicationForm" in row and "title" in row:
        return Shape("ashby", fallback, parse_ashby_form)
    if "title" in row and ("apply_url" in row or "url" in row):
        return Shape("file", fallback, parse_own)
    if said := row.get("error") or row.get("errors"):
        raise BadRow(f"This is an error that a site answered with, not a posting: “{_words_of(said)}”.")
    return None


def _words_of(error: Any) -> str:
    """Return what an error says, of the shapes that sites give it: a text, an object with one, a list of either."""
    if isinstance(error, list):
        error = error[0]
    if isinstance(error, dict):
        error = error.get("message") or error.get("detail") or error
    return line(error if isinstance(error, str) else json.dumps(error), "error", 200, cut=True)


_SHAPES = (
    ("greenhouse", ("id", "title", "absolute_url", "location"), "absolute_url"),
    ("lever", ("id", "text", "categories"), "hostedUrl"),
    ("ashby", ("id", "title", "jobUrl"), "jobUrl"),
    ("workable", ("shortcode", "title"), "url"),
    ("smartrecruiters", ("id", "name", "releasedDate"), "postingUrl"),
    ("workday", ("jobPostingInfo",), ""),
)


def _token(kind: str, url: Any) -> str:
    if not isinstance(url, str):
        return ""
    parts = urlsplit(url)
    path = [unquote(part) for part in parts.path.split("/") if part]
    hosts = {
        "greenhouse": "greenhouse.io",
        "lever": "lever.co",
        "ashby": "ashbyhq.com",
        "smartrecruiters": "smartrecruiters.com",
    }
    return path[0] if kind in hosts and path and (parts.hostname or "").endswith(hosts[kind]) else ""


def parse_flat(row: Row, token: str) -> Draft:
    """Read a row of the flat shape: one line for each posting, with `ats`, `board`, `external_id`, `salary_min`, …"""
    given = a_dict(row.get("address"), "address")
    parts = (given.get("addressLocality"), given.get("addressRegion"), given.get("addressCountry"))
    kind = row.get("employment_type")
    return Draft(
        external_id=row.get("external_id"),
        title=row.get("title"),
        apply_url=row.get("apply_url") or row.get("job_url"),
        other_urls=[row.get("job_url")],
        description=row.get("description_html") or "",
        plain=row.get("description_plain") or "",
        locations=[row.get("location"), *a_list(row.get("secondary_locations"), "secondary locations")],
        address=place_of(*(part if isinstance(part, str) else "" for part in parts)),
        remote=row.get("is_remote") if isinstance(row.get("is_remote"), bool) else None,
        mode=row.get("work_mode") or "",
        employment=[re.sub(r"(?<=[a-z])(?=[A-Z])", " ", kind) if isinstance(kind, str) else kind],
        department=row.get("department") or row.get("team") or "",
        pay=pay_of(
            row.get("salary_min"), row.get("salary_max"), row.get("salary_currency"), row.get("salary_interval")
        ),
        posted_at=row.get("published_at"),
        company=row.get("company") or "",
    )


def parse_own(row: Row, token: str) -> Draft:
    """Read a row with our own names, as the admin's export writes it."""
    where = row.get("location")
    address = line(row.get("apply_url") or row.get("url"), "apply address", 1000)
    if not address:
        raise BadRow("The apply address is missing.")
    return Draft(
        external_id=row.get("external_id") or row.get("id") or _as_key(address),
        title=row.get("title"),
        apply_url=address,
        description=row.get("description") or "",
        plain=row.get("description_plain") or "",
        locations=where.split(" · ") if isinstance(where, str) else a_list(where, "location"),
        mode=row.get("work_mode") or "",
        remote=row.get("remote") if isinstance(row.get("remote"), bool) else None,
        employment=[str(row.get("employment_type") or "").replace("_", " ")],
        seniority=row.get("seniority") or "",
        department=row.get("department") or "",
        pay=pay_of(
            row.get("pay_min"),
            row.get("pay_max"),
            row.get("pay_currency"),
            row.get("pay_period"),
            str(row.get("pay_source") or FROM_EMPLOYER)[:100],
        ),
        posted_at=row.get("posted_at"),
        benefits=a_list(row.get("benefits"), "benefits"),
        company=row.get("company") or "",
    )


def _as_key(address: str) -> str:
    """Return an address as the key of its posting, which has no room for a long one."""
    if len(address) <= 200:
        return address
    return f"{address[:160]}…{hashlib.blake2b(address.encode(), digest_size=16).hexdigest()}"


def parse_listing(row: Row, token: str) -> Draft:
    """Read a row of the community's job listings, which have no text."""
    return Draft(
        external_id=row.get("id"),
        title=row.get("title"),
        apply_url=row.get("url"),
        locations=a_list(row.get("locations"), "locations"),
        posted_at=row.get("date_posted"),
        company=row.get("company_name"),
        closed=row.get("active") is False,
    )


def parse_ashby_form(row: Row, token: str) -> Draft:
    """Read Ashby's answer for one posting with its form."""
    spread = {
        **row,
        "location": row.get("locationName"),
        "secondaryLocations": row.get("secondaryLocationNames") or [],
        "department": row.get("departmentName"),
        "jobUrl": f"https://jobs.ashbyhq.com/{token}/{row.get('id')}",
    }
    return BOARDS["ashby"].parse(spread, token)
