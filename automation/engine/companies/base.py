"""What every company script can do. A script overrides what its system does in another way."""

import re
from collections import Counter
from collections.abc import Iterable
from contextlib import suppress
from typing import ClassVar
from urllib.parse import urlsplit

from selenium.common.exceptions import WebDriverException
from selenium.webdriver.remote.webelement import WebElement

from automation.engine.browser.page import Frames, Page
from automation.engine.browser.scripts import beside
from automation.engine.companies.notices import (
    APPLIED_LINE,
    CLOSED,
    CLOSED_LINE,
    LONGEST_NOTICE,
    NOT_TAKEN,
    TAKEN_FOR_ROBOT,
    THANKS,
    WRONG,
    confirms,
    is_kept_for_later,
    tells_of_earlier,
)
from automation.engine.forms.field import Widget, clean
from automation.engine.forms.filling.agreement import AGREES
from automation.engine.forms.reading.frames import read_with_frames
from automation.engine.forms.reading.read import Form

LED_LIMIT = 2.0  # seconds for a button to show where it leads
NOWHERE = re.compile(r"/(?:oops|404|not-?found)/?(?:[?#]|$)|[?&](?:not_found|error)=true\b")
CONFIRMED_ADDRESS = re.compile(r"thank|confirm|success|submitted|complete", re.IGNORECASE)

APPLY_LINK = beside(__file__, "apply_link.js")
GATE = beside(__file__, "gate.js")
CHALLENGE = beside(__file__, "challenge.js")
COMPLAINT = beside(__file__, "complaint.js")
CHALLENGES = {
    "captcha": "The site wants to see that you are a person. Solve its check, then it can go on.",
    "sign-in": "The site wants you to sign in or to make an account first.",
    "code": "The employer sent you a code. Enter it in the form to go on.",
}


class CompanyScript:
    """A script has a name, a version that is raised when it changes, and the parts below."""

    name: ClassVar[str]
    version: ClassVar[int]
    address: ClassVar[re.Pattern[str]] = re.compile(r"(?!)")
    marks: ClassVar[str] = ""  # a selector that only this system's pages match
    settle: ClassVar[float] = 0.35  # seconds in which the page may still answer to what was filled in, fetches apart
    confirmed_address: ClassVar[re.Pattern[str]] = CONFIRMED_ADDRESS

    def __str__(self) -> str:
        return f"{self.name}@{self.version}"

    def knows_address(self, url: str) -> bool:
        return bool(self.address.search(url))

    def other_addresses(self, url: str) -> list[str]:
        """Return where else the posting of this address may be; they are tried before it is called closed."""
        return []

    def prepare(self, page: Page) -> None:
        """Go from the posting's address to where the form can be worked on."""

    def find_form(self, page: Page) -> Form | None:
        """Return the application form of the page, looking into frames; stays in the frame that has it."""
        form = read_with_frames(page)
        if not form.is_application:
            page.top()
            return None
        is_sign_in = not form.home and _may_be_sign_in(form) and page.script(CHALLENGE) == "sign-in"
        return None if is_sign_in else form

    def has_apply_link(self, page: Page) -> bool:
        page.top()
        return _apply_link(page) is not None

    def follow_apply_link(self, page: Page) -> bool:
        """Go where "Apply" leads; False if the page has no such link."""
        page.top()
        if not (found := _apply_link(page)):
            return False
        frames, link = found
        with page.at(frames):
            href = page.script("return arguments[0].href || ''", link)
        if not frames and urlsplit(href).scheme in {"http", "https"} and _is_elsewhere(href, page.url):
            page.open(href)
        else:
            was = page.text()
            with page.at(frames):
                page.script("arguments[0].click()", link)
            page.wait_for(lambda: page.text() != was, LED_LIMIT)  # pressed twice it could lead too far
        return True

    def has_gate(self, page: Page) -> bool:
        """Whether the page asks for nothing but to take its privacy statement, before it shows the form."""
        page.top()
        return page.script(GATE, AGREES) is not None

    def pass_gate(self, page: Page) -> bool:
        """Take the privacy statement that stands before the form; False if none does any more."""
        if button := page.script(GATE, AGREES):
            was = page.text()
            page.hand.press(button)
            page.wait_for(lambda: page.text() != was, LED_LIMIT)
        return button is not None

    def is_closed(self, page: Page) -> bool:
        """Whether the page says that the posting is gone. Ask only of a page that shows no form: ads talk a lot."""
        if not CLOSED.search(page.text()):
            return False
        return self.says_closed(page) or not self.has_apply_link(page)  # which may have been drawn only now

    def says_closed(self, page: Page) -> bool:
        """Whether a page with a form says by a notice that the posting is closed all the same."""
        return _has_notice(page, CLOSED_LINE)

    def says_applied(self, page: Page) -> bool:
        """Whether a page with a form says by a notice that the person has applied before."""
        return _has_notice(page, APPLIED_LINE)

    def was_turned_away(self, url: str, asked: str) -> bool:
        """Whether the site led from the posting's address to one above it: the list of what is still open."""
        at, wanted = urlsplit(url), urlsplit(asked)
        if url != asked and NOWHERE.search(url):
            return True
        posting = wanted.path.rstrip("/").removesuffix("/apply")
        return at.hostname == wanted.hostname and posting.startswith(at.path.rstrip("/") + "/")

    def has_applied(self, page: Page, was: str = "") -> bool:
        """Whether the page, since it read `was`, has come to say that the person has applied before."""
        return tells_of_earlier(_new_text(page, was))

    def complaint(self, page: Page) -> str:
        """Return what the page itself says is wrong with what was sent; nothing if it says nothing."""
        return str(page.script(COMPLAINT))

    def new_complaint(self, page: Page, was: str) -> str:
        """Return the first line that the page, since it read `was`, has come to say of a missing or wrong answer."""
        return _new_notice(page, WRONG, was)

    def new_refusal(self, page: Page, was: str) -> str:
        """Return the line in which the page, since it read `was`, has come to say that it did not take it."""
        return _new_notice(page, NOT_TAKEN, was)

    def complaints(self, text: str) -> list[str]:
        """Return the lines of a page's text that call an answer missing or wrong."""
        return _notices(text.splitlines(), WRONG)

    def new_thanks(self, page: Page, was: str) -> str:
        """Return the line with which the page, since it read `was`, has come to thank; nothing if it also says no."""
        if _new_notice(page, CLOSED_LINE, was) or self.keeps_for_later(page, was):
            return ""
        return _new_notice(page, THANKS, was)

    def keeps_for_later(self, page: Page, was: str) -> bool:
        """Whether the page, since it read `was`, has come to say that it keeps what is not sent yet."""
        return any(map(is_kept_for_later, Counter(page.text().splitlines()) - Counter(was.splitlines())))

    def takes_for_robot(self, page: Page) -> bool:
        """Whether the page says that it took the submission for a machine's."""
        return _has_notice(page, TAKEN_FOR_ROBOT)

    def challenge(self, page: Page) -> str | None:
        """Return the sentence about what only the person can do here; None if there is nothing."""
        found = page.script(CHALLENGE)
        return CHALLENGES[found] if found else None

    def is_confirmed(self, page: Page, *, was: str, url_was: str) -> bool:
        """Whether the page, since it read `was` at `url_was`, has come to say that the application arrived."""
        page.top()
        if self.keeps_for_later(page, was):
            return False
        moved = page.url.partition("#")[0] != url_was.partition("#")[0]
        if moved and self.confirmed_address.search(urlsplit(page.url).path):
            was = ""
        return confirms(_new_text(page, was))


def _apply_link(page: Page) -> tuple[Frames, WebElement] | None:
    """Return the link to the form with the frames that it stands in: of the top document, else of a frame in it."""
    if link := page.script(APPLY_LINK):
        return (), link
    for frame in page.frames():
        with suppress(WebDriverException), page.at((frame,)):  # it may just be loading
            if link := page.script(APPLY_LINK):
                return (frame,), link
    return None


def _is_elsewhere(href: str, url: str) -> bool:
    return href.partition("#")[0] != url.partition("#")[0]


def _may_be_sign_in(form: Form) -> bool:
    return all(field.widget is not Widget.FILE for field in form.fields)


def _notices(lines: Iterable[str], pattern: re.Pattern[str]) -> list[str]:
    """Return the short lines that say it; an ad may say anything in its prose."""
    return [one.strip() for one in lines if len(one) <= LONGEST_NOTICE and pattern.search(one)]


def _new_text(page: Page, was: str) -> str:
    """Return the lines of the page that were nowhere in what it read before: what an ad says proves nothing."""
    known = clean(was)
    return "\n".join(line for line in page.text().splitlines() if clean(line) not in known)


def _new_notice(page: Page, pattern: re.Pattern[str], was: str) -> str:
    """Return the first line of its own that says it now and was not there before; nothing if none does."""
    new = _notices(Counter(page.text().splitlines()) - Counter(was.splitlines()), pattern)
    return new[0] if new else ""


def _has_notice(page: Page, pattern: re.Pattern[str]) -> bool:
    return bool(_notices(page.text().splitlines(), pattern))
