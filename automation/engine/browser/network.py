"""The page's traffic, as Chromium's DevTools protocol reports it (chromedevtools.github.io, domain Network)."""

import json
import time
from dataclasses import dataclass
from typing import Any

from selenium.webdriver.chrome.webdriver import WebDriver

QUIET = 0.25  # seconds without traffic that count as quiet
SENDS = frozenset({"POST", "PUT", "PATCH"})


@dataclass(frozen=True)
class Response:
    """An answer of a server: to what was asked, and whether it was a document of the top frame."""

    url: str
    status: int
    method: str
    kind: str  # Document, XHR, Fetch, …
    frame: str


class Network:
    """What was asked and answered since the page was opened. Reads the driver's log when asked for news."""

    def __init__(self, driver: WebDriver) -> None:
        self._driver = driver
        self._requests: dict[str, tuple[str, str]] = {}  # id -> method, kind
        self._open: set[str] = set()
        self.responses: list[Response] = []
        self.last_change = time.monotonic()
        driver.get_log("performance")  # type: ignore[no-untyped-call]  # what an earlier page left

    def read(self) -> None:
        """Take in what has happened since the last time."""
        for entry in self._driver.get_log("performance"):  # type: ignore[no-untyped-call]
            message = json.loads(entry["message"])["message"]
            self._take(message["method"], message["params"])

    def _take(self, event: str, params: dict[str, Any]) -> None:
        number = params.get("requestId", "")
        if event == "Network.requestWillBeSent":
            if redirect := params.get("redirectResponse"):
                self._answered(number, redirect, params)
            self._requests[number] = (params["request"]["method"], params.get("type", ""))
            self._open.add(number)
        elif event == "Network.responseReceived":
            self._answered(number, params["response"], params)
        elif event in {"Network.loadingFinished", "Network.loadingFailed"}:
            self._open.discard(number)
        else:
            return
        self.last_change = time.monotonic()

    def _answered(self, number: str, response: dict[str, Any], params: dict[str, Any]) -> None:
        method, kind = self._requests.get(number, ("GET", ""))
        self.responses.append(
            Response(
                response["url"],
                int(response["status"]),
                method,
                params.get("type", kind),
                params.get("frameId", ""),
            )
        )

    @property
    def is_quiet(self) -> bool:
        """Whether nothing is on its way and nothing has happened for a moment."""
        self.read()
        return not self._open and time.monotonic() - self.last_change > QUIET

    def sent_since(self, mark: int) -> list[Response]:
        """Return the answers to what the page sent (not fetched) after `mark` responses."""
        self.read()
        return [one for one in self.responses[mark:] if one.method in SENDS]
