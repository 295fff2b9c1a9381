"""How people name a board: "greenhouse:stripe", or the address of its page, of one of its postings or of its API."""

import re
from urllib.parse import unquote, urlsplit

from jobs.importing.boards import BOARDS
from jobs.importing.fetch import why_refused
from jobs.models import Board
from jobswipe.problems import InvalidInput

# Kind, the address from its host on, and the token made of what the groups hold.
_ADDRESSES = [
    (kind, re.compile(pattern), token)
    for kind, pattern, token in (
        (
            "greenhouse",
            r"(?:job-boards|boards|boards-api|api)(?:\.eu|\.anz)?\.greenhouse\.io/"
            r"(?:v1/boards/|embed/job_(?:board|app)\?(?:.*&)?for=)?(?!embed/)([^/?&]+)",
            "{0}",
        ),
        ("lever", r"(?:jobs|api)\.lever\.co/(?:v0/postings/)?([^/?]+)", "{0}"),
        ("lever", r"(?:jobs|api)\.eu\.lever\.co/(?:v0/postings/)?([^/?]+)", "eu/{0}"),
        ("ashby", r"(?:jobs|api)\.ashbyhq\.com/(?:posting-api/job-board/)?([^/?]+)", "{0}"),
        ("smartrecruiters", r"(?:jobs|careers|api)\.smartrecruiters\.com/(?:v1/companies/)?([^/?]+)", "{0}"),
        ("workable", r"apply\.workable\.com/(?:api/v\d/(?:widget/)?accounts/)?(?!(?:j|api)/)([^/?]+)", "{0}"),
        ("workday", r"([\w.-]+\.myworkdayjobs\.com)/(?:[a-z]{2}-[A-Za-z]{2}/)?([^/?]+)", "{0}/{1}"),
        (
            "workday",
            r"(wd\d+)\.myworkdaysite\.com/(?:[a-z]{2}-[A-Za-z]{2}/)?recruiting/([^/]+)/([^/?]+)",
            "{1}.{0}.myworkdayjobs.com/{2}",
        ),
        ("workday", r"([\w-]+)\|(wd\d+)\|([^|/]+)", "{0}.{1}.myworkdayjobs.com/{2}"),  # as lists of sites write it
    )
]


def board_named(spec: str) -> tuple[str, str]:
    """Return kind and token. Raises InvalidInput with what would be right."""
    spec = spec.strip()
    if "://" in spec:
        return _from_address(spec)
    kind, _, token = spec.partition(":")
    if kind not in BOARDS or not token:
        raise InvalidInput(
            f"Name a board as KIND:NAME, as in greenhouse:stripe; the kinds are {', '.join(BOARDS)}. "
            "Or give the address of its page."
        )
    if kind == "page":
        return _from_address(token)
    return (kind, token) if kind != "workday" else _known(token) or (kind, token)


def _from_address(address: str) -> tuple[str, str]:
    parts = urlsplit(address)
    host = (parts.hostname or "").casefold()
    if not host or parts.scheme not in {"https", "http"}:
        raise InvalidInput("This is no web address.")
    if known := _known(f"{host}{parts.path}?{parts.query}"):
        return known
    if sentence := why_refused(address):
        raise InvalidInput(sentence)
    return "page", address


def _known(address: str) -> tuple[str, str] | None:
    for kind, pattern, token in _ADDRESSES:
        if found := pattern.match(address):
            return kind, token.format(*map(unquote, found.groups()))
    return None


def board_of(spec: str) -> Board:
    """Return the board of this name, made if it is new."""
    kind, token = board_named(spec)
    return Board.objects.get_or_create(kind=kind, token=token)[0]
