"""Workable: a posting with its form in a second tab; a dialog about cookies may lie over both."""

import re
from urllib.parse import urlsplit, urlunsplit

from automation.engine.browser.page import Page
from automation.engine.companies.base import CompanyScript
from automation.engine.forms.reading.read import Form

DECLINE_COOKIES = """
document.querySelector('[data-ui=cookie-consent-decline]')?.click();
"""


class Workable(CompanyScript):
    name = "workable"
    version = 1
    address = re.compile(r"^https?://(?:apply|[\w-]+)\.workable\.com/")
    marks = "form[data-ui=application-form], [data-ui=job-description], [data-ui=application-form] [data-ui=section]"

    def other_addresses(self, url: str) -> list[str]:
        """The posting and its form are two addresses, with the account's name before them or without."""
        parts = urlsplit(url)
        found = re.match(r"^(/[\w-]+)?/j/(\w+)", parts.path)
        if not found:
            return []
        home = f"{found[1] or ''}/j/{found[2]}/"
        return [urlunsplit(parts._replace(path=path)) for path in (home, f"{home}apply/") if path != parts.path]

    def find_form(self, page: Page) -> Form | None:
        """The dialog about cookies is declined first: a form that it covers cannot be clicked."""
        page.top()
        page.script(DECLINE_COOKIES)
        return super().find_form(page)
