"""Ashby: pages that a script draws, without a form element; the form is the second of two tabs."""

import re
from urllib.parse import urlsplit, urlunsplit

from automation.engine.browser.page import Page
from automation.engine.companies.base import CompanyScript

BLOCKED = ".ashby-application-form-blocked-application-container"  # limits to how often one may apply


class Ashby(CompanyScript):
    name = "ashby"
    version = 1
    address = re.compile(r"^https?://jobs\.ashbyhq\.com/|[?&]ashby_jid=")
    marks = "[class*=ashby-application-form], [class*=ashby-job-posting], iframe#ashby_embed_iframe"
    settle = 1.0  # a choice lands a moment after the click, and a file takes some back

    def other_addresses(self, url: str) -> list[str]:
        """The overview and the form are two addresses of one posting."""
        parts = urlsplit(url)
        path = parts.path.rstrip("/")
        if path.count("/") < 2:
            return []
        other = path.removesuffix("/application") if path.endswith("/application") else f"{path}/application"
        return [urlunsplit(parts._replace(path=other))]

    def prepare(self, page: Page) -> None:
        """Leave the employer's page for the posting that it embeds."""
        if source := page.script("return document.querySelector('iframe#ashby_embed_iframe')?.src || ''"):
            page.open(source)

    def was_turned_away(self, url: str, asked: str) -> bool:
        return super().was_turned_away(url, asked.rstrip("/").removesuffix("/application"))

    def has_applied(self, page: Page, was: str = "") -> bool:
        is_blocked = bool(page.script(f"return document.querySelector('{BLOCKED}') !== null"))
        return is_blocked or super().has_applied(page, was)
