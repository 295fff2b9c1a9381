"""Workday: a posting, a choice of ways, an account that only the person can make, and a wizard at one address."""

import re
from urllib.parse import urlsplit, urlunsplit

from automation.engine.browser.page import Page
from automation.engine.companies.base import CompanyScript
from automation.engine.forms.reading.read import Form, read_form

SPINNER_LIMIT = 15.0  # seconds
SHOWN = """
return [...document.querySelectorAll(arguments[0])].some((one) => one.checkVisibility() && one.getClientRects().length);
"""
LOADING = "[data-automation-id=loadingSpinner], [data-automation-id=resumeParsing]"
WIZARD = (
    "[data-automation-id^=applyFlow][data-automation-id$=Page], [data-automation-id=pageFooterNextButton],"
    " [data-automation-id=bottom-navigation-next-button]"
)
ACCOUNT = "[data-automation-id=signInContent], [data-automation-id=signInFormo]"
MANUALLY = """
const link = document.querySelector('a[data-automation-id=applyManually]');
return /^(#|javascript:|$)/.test(link?.getAttribute('href') || '') ? '' : link.href;
"""


class Workday(CompanyScript):
    name = "workday"
    version = 4
    address = re.compile(r"^https?://[\w.-]+\.myworkday(?:jobs|site)\.com/")
    marks = (
        "[data-automation-id=jobPostingPage], [data-automation-id=adventureButton],"
        f" [data-automation-id=applyAdventurePage], {WIZARD}, {ACCOUNT}"
    )

    def other_addresses(self, url: str) -> list[str]:
        """A posting's address works with a language before it and without, and without what comes behind it."""
        parts = urlsplit(url)
        posting = re.sub(r"/apply(/.*)?$", "", parts.path.rstrip("/"))
        without = re.sub(r"^/[a-z]{2}-[A-Z]{2}(?=/)", "", posting)
        return [urlunsplit(parts._replace(path=path)) for path in (posting, without) if path not in {"", parts.path}]

    def find_form(self, page: Page) -> Form | None:
        """Return the wizard's step, also one without a question: the last one has only what was said before."""
        page.top()
        page.wait_for(lambda: not page.script(SHOWN, LOADING), SPINNER_LIMIT)
        if page.script(SHOWN, ACCOUNT):
            return None
        return read_form(page) if page.script(SHOWN, WIZARD) else None

    def follow_apply_link(self, page: Page) -> bool:
        """Of the ways to apply take the one by hand: the others fill fields in from elsewhere."""
        if by_hand := page.script(MANUALLY):
            page.open(by_hand)
            return True
        return super().follow_apply_link(page)

    def challenge(self, page: Page) -> str | None:
        """An account at this employer is the person's own to make; what surrounds its button is no captcha."""
        if page.script(SHOWN, ACCOUNT):
            return "This employer wants you to sign in, or to make an account, before you can apply."
        return super().challenge(page)
