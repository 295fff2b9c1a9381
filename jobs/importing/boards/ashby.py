"""Ashby: the public job posting API (developers.ashbyhq.com/docs/public-job-posting-api)."""

from typing import Any
from urllib.parse import quote, unquote

from jobs.importing import questions
from jobs.importing.boards.base import BoardGone, Client, Reading, Row, a_dict, a_list, rows_of
from jobs.importing.posting import Draft
from jobs.normalize.pay import NOT_SAID, Pay, pay_of, widest
from jobs.normalize.places import Place, place_of

HOST = "api.ashbyhq.com"
FORMS = "https://jobs.ashbyhq.com/api/non-user-graphql?op=ApiJobPosting"
QUERY = (
    "query ApiJobPosting($organizationHostedJobsPageName: String!, $jobPostingId: String!) { jobPosting("
    "organizationHostedJobsPageName: $organizationHostedJobsPageName, jobPostingId: $jobPostingId) { id title "
    "applicationForm "
    "{ sections { title fieldEntries { id isRequired descriptionHtml field } } } } }"
)
_CURRENCY = {
    "US": "USD",
    "GB": "GBP",
    "CA": "CAD",
    "AU": "AUD",
    "IN": "INR",
    "DE": "EUR",
    "FR": "EUR",
    "IE": "EUR",
    "NL": "EUR",
    "ES": "EUR",
}


def read(token: str, client: Client) -> Reading:
    """Read the whole board: one request, all postings."""
    answer = client.json(
        f"https://{HOST}/posting-api/job-board/{quote(unquote(token), safe='')}?includeCompensation=true",
        conditional=True,
    )
    if answer is None:
        raise BoardGone("Ashby has no board of this name.")
    listed = [row for row in rows_of(answer, "jobs") if not (isinstance(row, dict) and row.get("isListed") is False)]
    return Reading(iter(listed), len(listed))


def ask(token: str, external_id: str, client: Client) -> Row | None:
    """Read what the form of one posting asks; None when there is no such posting any more."""
    body = {
        "operationName": "ApiJobPosting",
        "variables": {"organizationHostedJobsPageName": unquote(token), "jobPostingId": external_id},
        "query": QUERY,
    }
    answer = client.json(FORMS, body=body)
    data = answer.get("data") if isinstance(answer, dict) else None
    return data.get("jobPosting") if isinstance(data, dict) else None


def parse(row: Row, token: str) -> Draft:
    address = _address(row.get("address"))
    others = [one for one in a_list(row.get("secondaryLocations"), "secondary locations") if one]
    return Draft(
        external_id=row.get("id"),
        title=row.get("title"),
        apply_url=row.get("applyUrl") or row.get("jobUrl"),
        other_urls=[row.get("jobUrl")],
        description=row.get("descriptionHtml") or "",
        plain=row.get("descriptionPlain") or "",
        locations=[row.get("location"), *(one.get("location") if isinstance(one, dict) else one for one in others)],
        address=address,
        remote=row.get("isRemote") if isinstance(row.get("isRemote"), bool) else None,
        mode=row.get("workplaceType") or "",
        employment=[_spaced(row.get("employmentType"))],
        department=row.get("department") or row.get("team") or "",
        pay=_pay(row, address.country),
        posted_at=row.get("publishedAt"),
        questions=questions.of_ashby(row),
    )


def _spaced(value: Any) -> Any:
    """Return "FullTime" as two words; "OnSite" is a mode that we know as it is."""
    return (
        {"FullTime": "full time", "PartTime": "part time", "Intern": "intern"}.get(value, value)
        if isinstance(value, str)
        else value
    )


def _address(value: Any) -> Place:
    given = a_dict(value, "address")
    postal = a_dict(given.get("postalAddress"), "address") if "postalAddress" in given else given
    parts = (postal.get("addressLocality"), postal.get("addressRegion"), postal.get("addressCountry"))
    return place_of(*(part if isinstance(part, str) else "" for part in parts))


def _pay(row: Row, country: str) -> Pay:
    if row.get("shouldDisplayCompensationOnJobPostings") is False:
        return NOT_SAID
    given = a_dict(row.get("compensation"), "compensation")
    tiers = [one for one in a_list(given.get("compensationTiers"), "compensation tiers") if isinstance(one, dict)]
    parts = [part for tier in tiers for part in a_list(tier.get("components"), "components") if isinstance(part, dict)]
    parts = parts or [one for one in a_list(given.get("summaryComponents"), "components") if isinstance(one, dict)]
    ranges = [
        pay_of(part.get("minValue"), part.get("maxValue"), part.get("currencyCode"), part.get("interval"))
        for part in parts
        if part.get("compensationType") == "Salary"
    ]
    return widest(ranges, preferred=_CURRENCY.get(country, ""))
