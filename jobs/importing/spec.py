"""How people name a board: "greenhouse:stripe", or the address of its page."""

from urllib.parse import unquote, urlsplit

from jobs.importing.boards import BOARDS
from jobs.models import Board
from jobswipe.problems import InvalidInput

_HOSTS = {
    "boards.greenhouse.io": "greenhouse", "job-boards.greenhouse.io": "greenhouse",
    "job-boards.eu.greenhouse.io": "greenhouse",
    "boards-api.greenhouse.io": "greenhouse", "jobs.lever.co": "lever", "jobs.eu.lever.co": "lever",
    "jobs.ashbyhq.com": "ashby",
    "careers.smartrecruiters.com": "smartrecruiters", "jobs.smartrecruiters.com": "smartrecruiters",
    "apply.workable.com": "workable",
}  # fmt: skip


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
    return (kind, token) if kind != "page" else _from_address(token)


def _from_address(address: str) -> tuple[str, str]:
    parts = urlsplit(address)
    host = (parts.hostname or "").casefold()
    path = [unquote(one) for one in parts.path.split("/") if one]
    if host in _HOSTS and path:
        token = path[2] if host == "boards-api.greenhouse.io" and len(path) > 2 else path[0]
        return _HOSTS[host], f"eu/{token}" if host == "jobs.eu.lever.co" else token
    if host.endswith(".myworkdayjobs.com") and path:
        site = path[1] if len(path) > 1 and len(path[0]) == 5 and path[0][2] == "-" else path[0]
        return "workday", f"{host}/{site}"
    if not host or parts.scheme not in {"https", "http"}:
        raise InvalidInput("This is no web address.")
    return "page", address


def board_of(spec: str) -> Board:
    """Return the board of this name, made if it is new."""
    kind, token = board_named(spec)
    return Board.objects.get_or_create(kind=kind, token=token)[0]
