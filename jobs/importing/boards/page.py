"""Any careers page with schema.org JobPosting as JSON-LD (schema.org/JobPosting, Google's job posting guide)."""

import html
import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import urljoin, urlsplit

from jobs.importing.boards.base import BoardGone, Client, Reading, Row, a_dict
from jobs.importing.posting import Draft
from jobs.normalize.pay import NOT_SAID, Pay, pay_of
from jobs.normalize.places import Place, place_of
from jobs.normalize.problems import BadRow
from jobs.normalize.text import parsed

HOST = ""  # the page's own
MOST_PAGES = 200
_SCRIPTS = re.compile(
    r"<script[^>]*type=[\"']?application/ld\+json[\"']?[^>]*>(.*?)</script>", re.IGNORECASE | re.DOTALL
)
_LINKS = re.compile(r"<a\b[^>]*href=[\"']([^\"'#]+)", re.IGNORECASE)
_JOB_PATH = re.compile(r"/(jobs?|careers?|positions?|openings?|vacanc\w+|stellen\w*|postings?)/[^/?]+", re.IGNORECASE)


def read(token: str, client: Client) -> Reading:
    """Read the postings of a page; if it has none itself, those of the job pages that it links to on its own host."""
    page = client.page(token, conditional=True)
    if page is None:
        raise BoardGone("The page is not there any more.")
    rows = postings_in(page, token)
    if rows:
        return Reading(iter(rows), len(rows), is_complete=False)
    links = _job_links(page, token)
    return Reading(_linked(links[:MOST_PAGES], client), len(links), is_complete=0 < len(links) <= MOST_PAGES)


def _linked(links: list[str], client: Client) -> Iterator[Row]:
    for link in links:
        page = client.page(link)
        if page is not None:
            yield from postings_in(page, link)


def _job_links(page: str, base: str) -> list[str]:
    links = (urljoin(base, html.unescape(link)) for link in _LINKS.findall(page))
    host = urlsplit(base).hostname
    return list(
        dict.fromkeys(
            link for link in links if urlsplit(link).hostname == host and _JOB_PATH.search(urlsplit(link).path)
        )
    )


def postings_in(page: str, url: str) -> list[Row]:
    """Return every JobPosting of the page's JSON-LD; a block that is no JSON becomes a row that says so."""
    rows: list[Row] = []
    for block in _SCRIPTS.findall(page):
        try:
            rows += [{**one, "page": url} for one in _walk(parsed(block, strict=False))]
        except (ValueError, RecursionError):
            if "JobPosting" in block:
                rows.append({"page": url, "broken": True})
    return rows


def _walk(node: Any) -> Iterator[Row]:
    if isinstance(node, list):
        for one in node:
            yield from _walk(one)
    elif isinstance(node, dict):
        kind = node.get("@type")
        if kind == "JobPosting" or (isinstance(kind, list) and "JobPosting" in kind):
            yield node
        else:
            for name in ("@graph", "itemListElement", "item", "mainEntity"):
                yield from _walk(node.get(name))


def parse(row: Row, token: str) -> Draft:
    if row.get("broken"):
        raise BadRow("The JSON-LD of the page is broken.")
    employer = _one(row.get("hiringOrganization"))
    employer = {"name": employer} if isinstance(employer, str) else a_dict(employer, "employer")
    url = row.get("url") or row.get("page")
    places = [_place(one) for one in _many(row.get("jobLocation"))]
    places = places or [_place(one) for one in _many(row.get("applicantLocationRequirements"))]
    return Draft(
        external_id=_identifier(row.get("identifier")) or url,
        title=row.get("title") or row.get("name"),
        apply_url=urljoin(str(row.get("page") or ""), url) if isinstance(url, str) else url,
        description=_unescaped(row.get("description")),
        places=[place for place in places if place.label],
        remote=row.get("jobLocationType") == "TELECOMMUTE",
        employment=[str(one).replace("_", " ") for one in _many(row.get("employmentType"))],
        department=_text(row.get("occupationalCategory")) or _text(row.get("industry")),
        pay=_pay(row.get("baseSalary")),
        posted_at=row.get("datePosted"),
        benefits=[one for one in _many(row.get("jobBenefits")) if isinstance(one, str) and len(one) <= 200],
        company=employer.get("name") or "",
        domain=_domain(employer.get("sameAs") or employer.get("url")),
        closed=False,
    )


def _many(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [] if value in (None, "") else [value]


def _one(value: Any) -> Any:
    return next(iter(_many(value)), None)


def _text(value: Any) -> str:
    first = _one(value)
    return first if isinstance(first, str) else ""


def _unescaped(value: Any) -> Any:
    """Return the description as HTML; some pages escape it once more."""
    return html.unescape(value) if isinstance(value, str) and "&lt;" in value and "<p" not in value else value or ""


def _identifier(value: Any) -> Any:
    first = _one(value)
    return first.get("value") if isinstance(first, dict) else first


def _place(given: Any) -> Place:
    if isinstance(given, str):
        return place_of(given, "", "")
    one = a_dict(given, "location")
    address = one.get("address", one)
    if isinstance(address, str):
        return place_of(address, "", "")
    parts = [
        _one(a_dict(address, "address").get(name)) for name in ("addressLocality", "addressRegion", "addressCountry")
    ]
    words = [part.get("name") if isinstance(part, dict) else part for part in parts]
    if not any(words) and isinstance(one.get("name"), str):
        return place_of("", "", one["name"])
    return place_of(*(word if isinstance(word, str) else "" for word in words))


def _pay(value: Any) -> Pay:
    given = _one(value)
    if given is None or isinstance(given, str):
        return NOT_SAID
    if isinstance(given, int | float):
        return NOT_SAID  # a figure without a currency says nothing
    salary = a_dict(given, "salary")
    amount = _one(salary.get("value"))
    currency = salary.get("currency")
    if isinstance(amount, dict):
        low, high = amount.get("minValue", amount.get("value")), amount.get("maxValue", amount.get("value"))
        return pay_of(low, high, currency or amount.get("currency"), amount.get("unitText") or salary.get("unitText"))
    return pay_of(amount, amount, currency, salary.get("unitText"))


def _domain(url: Any) -> str:
    first = _one(url)
    host = urlsplit(first).hostname if isinstance(first, str) else None
    return (host or "").removeprefix("www.")
