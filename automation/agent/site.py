"""The site's REST interface as calls (docs/devices.md), with one error for each thing that can be done about it."""

import platform
import threading
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

import requests
from requests.auth import AuthBase

from automation.agent import __version__

USER_AGENT = f"jobswipe-agent/{__version__} ({platform.system()} {platform.release()})"
CONNECT_LIMIT = 5.0  # seconds
ANSWER_LIMIT = 20.0
SOMEBODY_ELSE = "Not the site has answered but something on the way to it ({}), such as a sign-in page of a network."


class SiteError(Exception):
    """The site did not do what was asked; the text is a sentence for the person."""


class Unreachable(SiteError):
    """No answer, one of trouble that passes (5xx, 429), or one of somebody in between: try again later."""


class SignedOut(SiteError):
    """The token is void: stop, and pair again."""


class TooOld(SiteError):
    """This version may not claim any more."""


class LeaseLost(SiteError):
    """The attempt is no longer ours; `reason` says why."""

    def __init__(self, sentence: str, reason: str) -> None:
        super().__init__(sentence)
        self.reason = reason


class Refused(SiteError):
    """The message itself was wrong: sending it again would not help. `body` is the problem document."""

    def __init__(self, status: int, body: dict[str, Any]) -> None:
        super().__init__(str(body.get("detail") or f"The site answered with an error ({status})."))
        self.status = status
        self.code = str(body.get("code", ""))
        self.body = body


@dataclass(frozen=True)
class _Bearer(AuthBase):
    """Set the header itself: a session's own would give way to a .netrc file."""

    token: str

    def __call__(self, request: requests.PreparedRequest) -> requests.PreparedRequest:
        if self.token:
            request.headers["Authorization"] = f"Bearer {self.token}"
        return request


class Site:
    """One site, as one device. May be used by several threads."""

    def __init__(self, address: str, token: str = "") -> None:
        self.address = address
        self.token = token
        self._local = threading.local()

    def call(self, method: str, path: str, *, answer_limit: float = ANSWER_LIMIT, **request: Any) -> Any:
        """Return the JSON of the answer, None for an empty one. Raises SiteError."""
        answer = self._answer(method, path, answer_limit, **request)
        try:
            return answer.json() if answer.content else None
        except requests.JSONDecodeError as error:
            raise Unreachable(SOMEBODY_ELSE.format(answer.status_code)) from error

    def _answer(self, method: str, path: str, answer_limit: float = ANSWER_LIMIT, **request: Any) -> requests.Response:
        from structlog.contextvars import bind_contextvars  # when something is asked: `status` asks nothing

        number = uuid4().hex
        bind_contextvars(request=number)  # of what this thread logs from here on, as of what the site does
        try:
            answer = self._session.request(
                method,
                f"{self.address}/api/v1/{path}",
                headers={"X-Request-ID": number},
                auth=_Bearer(self.token),
                timeout=(CONNECT_LIMIT, answer_limit),
                allow_redirects=False,
                **request,
            )
        except requests.RequestException as error:
            raise Unreachable(f"{self.address} cannot be reached.") from error
        if answer.status_code >= 300:
            raise _error(answer)
        return answer

    @property
    def _session(self) -> requests.Session:
        """Return this thread's own session: they keep connections and are not made to be shared."""
        session: requests.Session | None = getattr(self._local, "session", None)
        if session is None:
            session = self._local.session = requests.Session()
            session.headers["User-Agent"] = USER_AGENT
        return session

    # ---------------------------------------------------------------- the device

    def me(self) -> dict[str, Any]:
        body: dict[str, Any] = self.call("GET", "devices/me/")
        return body

    def sign_out(self) -> None:
        self.call("DELETE", "devices/me/")

    def work(self, *, room: int, holding: Sequence[int], wait: float = 0) -> dict[str, Any]:
        """Return what waits, what the site counts as ours, and what is ours no longer."""
        query = {"room": room, "holding": ",".join(map(str, holding)), "wait": wait}
        body: dict[str, Any] = self.call("GET", "devices/work/", params=query, answer_limit=wait + ANSWER_LIMIT)
        return body

    def claim(self, most: int) -> list[dict[str, Any]]:
        attempts: list[dict[str, Any]] = self.call("POST", "claims/", json={"max": most})["attempts"]
        return attempts

    def held(self) -> list[dict[str, Any]]:
        attempts: list[dict[str, Any]] = self.call("GET", "attempts/")["attempts"]
        return attempts

    def resume(self, sha256: str) -> bytes:
        return self._answer("GET", f"resumes/{sha256}/").content

    # ---------------------------------------------------------------- under a lease

    def heartbeat(self, attempt: int, token: int, *, step: str = "", percent: int = 0) -> None:
        self.call("POST", f"attempts/{attempt}/heartbeat/", json={"token": token, "step": step, "percent": percent})

    def log(self, attempt: int, token: int, entries: list[dict[str, Any]]) -> None:
        self.call("POST", f"attempts/{attempt}/log/", json={"token": token, "entries": entries})

    def evidence(self, attempt: int, token: int, *, name: str, kind: str, file: bytes) -> None:
        fields = {"token": token, "name": name, "kind": kind}
        self.call("POST", f"attempts/{attempt}/evidence/", data=fields, files={"file": (name, file)})

    def begin_submit(self, attempt: int, token: int) -> None:
        """Return when the click is granted. Raises LeaseLost when it is not."""
        self.call("POST", f"attempts/{attempt}/begin-submit/", json={"token": token})

    def give_back(self, attempt: int, token: int, message: str) -> None:
        self.call("POST", f"attempts/{attempt}/give-back/", json={"token": token, "message": message})

    def finish(self, attempt: int, token: int, result: dict[str, Any]) -> None:
        self.call("POST", f"attempts/{attempt}/finish/", json={"token": token, **result})


def _error(answer: requests.Response) -> SiteError:
    body = _problem(answer)
    sentence = str(body.get("detail", ""))
    if answer.status_code >= 500 or answer.status_code == 429:
        return Unreachable(sentence or f"The site has trouble at the moment ({answer.status_code}).")
    if "code" not in body:  # each refusal of the site has one: what others refuse says nothing about our message
        return Unreachable(SOMEBODY_ELSE.format(answer.status_code))
    if answer.status_code == 401:
        return SignedOut("This computer is signed out. Sign in again: jobswipe-agent login")
    if body.get("code") == "agent_too_old":
        return TooOld(sentence)
    if body.get("code") == "lease_lost":
        return LeaseLost(sentence, str(body.get("reason", "")))
    return Refused(answer.status_code, body)


def _problem(answer: requests.Response) -> dict[str, Any]:
    try:
        body = answer.json()
    except requests.JSONDecodeError:
        return {}
    return body if isinstance(body, dict) else {}
