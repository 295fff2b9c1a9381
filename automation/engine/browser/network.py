"""The page's traffic, as Chromium's DevTools protocol reports it (chromedevtools.github.io, domain Network)."""

import json
import time
from collections import Counter
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any

from selenium.webdriver.chrome.webdriver import WebDriver

QUIET = 0.25  # seconds without traffic that count as quiet
POLLED = 6  # times that a page asks one address for, from which on it is a clock's tick and no news
CUT_OFF = 0
SENDS = frozenset({"POST", "PUT", "PATCH"})


@dataclass(frozen=True)
class Request:
    """What was asked of a server, and is sent along. The browser withholds the body of what holds a file."""

    method: str = "GET"
    url: str = ""
    kind: str = ""  # Document, XHR, Fetch, …
    body: str = ""
    has_file: bool = False  # beside the fields of a form


@dataclass(frozen=True)
class Response:
    """An answer of a server: to what was asked, and whether it was a document of the top frame.

    The status is CUT_OFF where something was sent, and the line broke before an answer came.
    """

    url: str
    status: int
    method: str
    kind: str  # Document, XHR, Fetch, …
    frame: str
    retry_after: str = ""  # the header, as it stands
    request: Request = Request()


class Network:
    """What a tab asked and was answered since it was opened. Reads the driver's log when asked for news.

    The log holds the events of every tab of the browser; only this tab's count, frames of other sites included.
    """

    def __init__(self, driver: WebDriver) -> None:
        self._driver = driver
        self._tab = driver.current_window_handle
        self._requests: dict[str, Request] = {}  # by id, what has no answer yet
        self._open: dict[str, int] = {}  # id -> how many responses there were before it
        self._asked: Counter[str] = Counter()  # how often each address was asked for
        self.responses: list[Response] = []
        self.last_change = time.monotonic()

    def read(self) -> None:
        """Take in what has happened since the last time."""
        for entry in self._driver.get_log("performance"):  # type: ignore[no-untyped-call]
            event = json.loads(entry["message"])
            if event["webview"] == self._tab:
                self._take(event["message"]["method"], event["message"]["params"])

    def _take(self, event: str, params: dict[str, Any]) -> None:
        number = params.get("requestId", "")
        if event == "Network.requestWillBeSent" and self._is_polled(params["request"]):
            return
        if event == "Network.requestWillBeSent":
            if redirect := params.get("redirectResponse"):
                self._answered(number, redirect, params)
            self._requests[number] = _request(params)
            self._open[number] = len(self.responses)
        elif event == "Network.responseReceived" and number in self._open:
            self._answered(number, params["response"], params)
        elif event in {"Network.loadingFinished", "Network.loadingFailed"} and number in self._open:
            del self._open[number]
            self._cut_off(number)
        else:
            return
        self.last_change = time.monotonic()

    def _is_polled(self, request: dict[str, Any]) -> bool:
        if request["method"] in SENDS:
            return False
        self._asked[request["url"]] += 1
        return self._asked[request["url"]] > POLLED

    def _answered(self, number: str, response: dict[str, Any], params: dict[str, Any]) -> None:
        request = self._requests.pop(number, Request())
        frame = params.get("frameId", "")
        headers = {name.lower(): value for name, value in response.get("headers", {}).items()}
        self.responses.append(
            Response(
                response["url"],
                int(response["status"]),
                request.method,
                params.get("type", request.kind),
                frame,
                headers.get("retry-after", ""),
                request,
            )
        )

    def _cut_off(self, number: str) -> None:
        request = self._requests.pop(number, Request())
        if request.method in SENDS:
            self.responses.append(_cut_off(request))

    def unanswered(self) -> frozenset[str]:
        """Return what waits for its answer by now."""
        self.read()
        return frozenset(self._open)

    def awaits(self, mark: int, aside: frozenset[str] = frozenset()) -> bool:
        """Whether something that was asked after `mark` responses has no answer yet.

        What is set aside waited for its answer before, and may do so for ever.
        """
        self.read()
        return any(before >= mark for number, before in self._open.items() if number not in aside)

    def unanswered_sends(self, aside: frozenset[str]) -> list[Response]:
        """Return what the page sent (not fetched) and waits for the answer to, each as if the line had broken."""
        self.read()
        waiting = [self._requests[one] for one in self._open if one in self._requests and one not in aside]
        return [_cut_off(request) for request in waiting if request.method in SENDS]

    def is_quiet_since(self, mark: int, aside: frozenset[str] = frozenset()) -> bool:
        """Whether all that was asked after `mark` responses is answered, and nothing has happened for a moment."""
        return not self.awaits(mark, aside) and time.monotonic() - self.last_change > QUIET

    def retry_after(self) -> float | None:
        """Return how many seconds the newest 429 or 503 asks to wait (RFC 9110, 10.2.3); None if none does."""
        asked = [one.retry_after for one in self.responses if one.status in {429, 503} and one.retry_after]
        return seconds_of(asked[-1]) if asked else None

    def sent_since(self, mark: int) -> list[Response]:
        """Return the answers to what the page sent (not fetched) after `mark` responses, CUT_OFF ones too."""
        self.read()
        return [one for one in self.responses[mark:] if one.method in SENDS]


def _request(params: dict[str, Any]) -> Request:
    request = params["request"]
    headers = {name.lower(): value for name, value in request["headers"].items()}
    is_form = headers.get("content-type", "").startswith("multipart/form-data")
    body = request.get("postData", "")
    return Request(request["method"], request["url"], params.get("type", ""), body, is_form and not body)


def _cut_off(request: Request) -> Response:
    return Response(request.url, CUT_OFF, request.method, request.kind, "", request=request)


def seconds_of(retry_after: str) -> float | None:
    """Return what a Retry-After header means, in seconds from now: a number, or a date. None for what is neither."""
    if retry_after.isascii() and retry_after.isdigit():
        return float(retry_after)
    try:
        at = parsedate_to_datetime(retry_after)
    except ValueError:
        return None
    return max((at - datetime.now(UTC)).total_seconds(), 0) if at.tzinfo else None
