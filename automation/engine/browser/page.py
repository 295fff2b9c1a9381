"""One page in a context of its own: open, look, wait. What a page says is read as a person sees it."""

import base64
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import Any, TypeVar
from urllib.parse import urlsplit

from selenium.common.exceptions import (
    JavascriptException,
    NoSuchFrameException,
    StaleElementReferenceException,
    TimeoutException,
    WebDriverException,
)
from selenium.webdriver.chrome.webdriver import WebDriver
from selenium.webdriver.remote.webelement import WebElement

from automation.engine.browser.accessible import Accessible
from automation.engine.browser.hand import Hand
from automation.engine.browser.network import Network
from automation.engine.result import Ended, FailureKind, Outcome

T = TypeVar("T")
Frames = tuple[WebElement, ...]
POLL = 0.03  # seconds between the first looks at a condition
RAREST = 0.5  # seconds between two looks at most
PATIENCE = 0.1  # of the time waited so far, until the next look: to ask all the time keeps a whole core busy
WEB = frozenset({"http", "https"})
DEEPEST = 3  # frames within frames
LOAD_LIMIT = 30.0  # seconds for a document to be read
# What can be read, and the frames in which a person can work. Open shadow roots are no part of an `innerText`.
TEXT = """
const inside = (root) => [...root.querySelectorAll('*')].filter((one) => one.shadowRoot && one.checkVisibility())
  .flatMap((one) => [...[...one.shadowRoot.children].map((child) => child.innerText), ...inside(one.shadowRoot)]);
const text = document.body ? [document.body.innerText, ...inside(document)].filter(Boolean).join('\\n') : '';
const frames = [...document.querySelectorAll('iframe')].filter((one) => {
  const { width, height } = one.getBoundingClientRect();
  return width > 200 && height > 150 && one.checkVisibility();
});
return [text, frames];
"""

DRAW_LIMIT = 4.0  # seconds for a page that loads still to be drawn at all
DRAW = """
if (document.readyState === 'complete') return null;
return new Promise((resolve) => {
  // Once it is drawn, nothing is stopped: that would break off what the page sends later as well.
  const patience = setTimeout(() => { window.stop(); resolve(null); }, arguments[0] * 1000);
  requestAnimationFrame(() => { clearTimeout(patience); resolve(null); });
});
"""
# Over once the page has done what was to be done when it was asked, and has drawn that.
CATCH_UP = """
return new Promise((resolve) => {
  requestAnimationFrame(() => requestAnimationFrame(() => resolve(true)));
  setTimeout(() => resolve(true), 1000);
});
"""


class Page:
    """A tab. Times are seconds; `deadline` is on the monotonic clock and ends every wait."""

    def __init__(self, driver: WebDriver) -> None:
        self.driver = driver
        self.network = Network(driver)
        self.hand = Hand(driver)
        self.deadline = float("inf")
        self._frames: Frames = ()  # from the top to the one that is looked at
        self.accessible: dict[str, Accessible | None] = {}  # what the browser said of elements, by their ids

    def open(self, url: str, *, schemes: frozenset[str] = WEB) -> int:
        """Go to `url` and return the HTTP status of the document that came. Raises Ended when none comes.

        What a posting links to is opened too; it may not lead to files of this machine, of which evidence is kept.
        """
        if urlsplit(url).scheme.lower() not in schemes:
            raise Ended(
                Outcome.FAILED, "The posting leads to an address that is not on the web.", FailureKind.FORM_UNSUPPORTED
            )
        self.driver.set_page_load_timeout(max(min(LOAD_LIMIT, self.time_left), 1))
        mark = len(self.network.responses)
        try:
            self.driver.get(url)
        except TimeoutException as error:
            raise Ended(Outcome.FAILED, "The site took too long to answer.", FailureKind.TIMEOUT) from error
        except WebDriverException as error:
            if "net::ERR_" in (error.msg or ""):
                raise _unreachable(error.msg or "") from error
            raise
        if str(self.script("return location.protocol")) == "chrome-error:":  # an error that the driver passes over
            raise _unreachable(str(self.script("return window.loadTimeDataRaw?.errorCode || ''")))
        return self.document_status(mark)

    def document_status(self, mark: int = 0) -> int:
        """Return the status of the newest document of the top frame after `mark` responses; 200 if none was seen."""
        self.network.read()
        top = self.driver.execute_cdp_cmd("Page.getFrameTree", {})["frameTree"]["frame"]["id"]
        documents = [one for one in self.network.responses[mark:] if one.kind == "Document" and one.frame == top]
        return documents[-1].status if documents else 200

    @property
    def time_left(self) -> float:
        return self.deadline - time.monotonic()

    def wait_for(self, condition: Callable[[], T], seconds: float) -> T | None:
        """Return what `condition` gives as soon as that is true; None once the time is over.

        A page that changes under the question is asked again. Raises Ended when the run's own time is over.
        """
        started = time.monotonic()
        while True:
            with suppress(StaleElementReferenceException, JavascriptException, NoSuchFrameException):
                if found := condition():
                    return found
            waited = time.monotonic() - started
            if started + waited >= self.deadline:
                raise Ended(Outcome.FAILED, "The site was too slow for us to finish.", FailureKind.TIMEOUT)
            if waited >= seconds:
                return None
            time.sleep(min(max(POLL, PATIENCE * waited), RAREST))

    def script(self, source: str, *arguments: Any) -> Any:
        """Run JavaScript in the frame that is looked at."""
        return self.driver.execute_script(source, *arguments)

    def text(self) -> str:
        """Return what a person can read on the page, frames included."""
        own, frames = self.script(TEXT)
        return "\n".join([own, *self._texts_of(frames, DEEPEST)])

    def _texts_of(self, frames: list[WebElement], depth: int) -> Iterator[str]:
        for frame in frames if depth else ():
            with suppress(WebDriverException), self.inside(frame):
                own, inner = self.script(TEXT)
                yield "\n".join([own, *self._texts_of(inner, depth - 1)])

    def frames(self) -> list[WebElement]:
        """Return the frames of this document that a person can see and work in."""
        frames: list[WebElement] = self.script(TEXT)[1]
        return frames

    @contextmanager
    def inside(self, frame: WebElement) -> Iterator[None]:
        """Look at a frame's document for the length of the block."""
        self.driver.switch_to.frame(frame)
        try:
            yield
        finally:
            self.driver.switch_to.parent_frame()

    def go(self, frames: Frames) -> None:
        """Look at the document in these frames, each in the one before it, from now on."""
        if frames == self._frames:
            return
        self.driver.switch_to.default_content()
        self._frames = ()
        for frame in frames:
            self.driver.switch_to.frame(frame)
            self._frames += (frame,)

    @contextmanager
    def at(self, frames: Frames) -> Iterator[None]:
        """Look at the document in these frames for the length of the block."""
        before = self._frames
        self.go(frames)
        try:
            yield
        finally:
            self.go(before)

    def top(self) -> None:
        """Look at the top document again."""
        self.go(())

    @property
    def url(self) -> str:
        return self.driver.current_url

    def draw(self) -> None:
        """Have a page drawn that waits for style sheets which never come: it has to do without them."""
        self.script(DRAW, DRAW_LIMIT)

    def catches_up(self) -> bool:
        """Wait until the page shows what it has been told so far: a busy machine draws late. True when it does."""
        return bool(self.script(CATCH_UP))

    def screenshot(self) -> bytes:
        """Return a PNG of the whole page; of what is in view, where the page is too large for a picture."""
        self.draw()
        try:
            return self._picture(captureBeyondViewport=True)
        except WebDriverException:
            return self._picture()

    def _picture(self, **how: bool) -> bytes:
        shot = self.driver.execute_cdp_cmd("Page.captureScreenshot", {"format": "png", **how})
        return base64.b64decode(shot["data"])

    def show(self) -> None:
        """Bring the page's window before the person's eyes, in front of the others."""
        with suppress(WebDriverException):  # a browser without windows
            window = self.driver.execute_cdp_cmd("Browser.getWindowForTarget", {})["windowId"]
            for bounds in ({"windowState": "normal"}, {"left": 60, "top": 40, "width": 1280, "height": 900}):
                self.driver.execute_cdp_cmd("Browser.setWindowBounds", {"windowId": window, "bounds": bounds})
            self.driver.execute_cdp_cmd("Page.bringToFront", {})

    def insert_text(self, text: str) -> None:
        """Put text into the focused element as an input method does: one real input event."""
        self.driver.execute_cdp_cmd("Input.insertText", {"text": text})


def _unreachable(reason: str) -> Ended:
    if "ERR_PROXY" in reason or "ERR_TUNNEL" in reason or "ERR_SOCKS" in reason:
        return Ended(Outcome.FAILED, "Our way out to the site is blocked.", FailureKind.PROXY_BLOCKED)
    if "TIMED_OUT" in reason:
        return Ended(Outcome.FAILED, "The site did not answer in time.", FailureKind.TIMEOUT)
    return Ended(Outcome.FAILED, "The site could not be reached.", FailureKind.NETWORK)
