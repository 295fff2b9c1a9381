"""Which of a page's requests may have been its form: a page also tells others of what a person does there."""

from collections.abc import Collection
from urllib.parse import quote, urlsplit

from automation.engine.browser.network import Request, Response

SUBMITS = frozenset({"Document", "XHR", "Fetch"})  # kinds of requests; a beacon only tells of something


def to_sites(sites: Collection[str], sent: list[Response]) -> list[Response]:
    """Return those that went to these sites and may have been a form."""
    return [one for one in sent if one.kind in SUBMITS and site_of(one.url) in sites]


def to_others(sites: Collection[str], sent: list[Response], email: str) -> list[Response]:
    """Return those that took a form to another site, as to the address where an employer's system takes them.

    What counts visits, and who asks for a person, get requests as well. They are not told whose application it is.
    """
    return [
        one
        for one in sent
        if one.kind in SUBMITS and site_of(one.url) not in sites and _carries_form(one.request, email.casefold())
    ]


def _carries_form(request: Request, email: str) -> bool:
    body = request.body.casefold()
    return request.has_file or email in body or quote(email, safe="").casefold() in body


def site_of(url: str) -> str:
    """Return the last two labels of the host, near enough the site; an address of numbers as it is."""
    host = urlsplit(url).hostname or ""
    return host if host.replace(".", "").isdigit() else ".".join(host.split(".")[-2:])
