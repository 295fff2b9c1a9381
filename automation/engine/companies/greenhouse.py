"""Greenhouse: hosted boards, the older boards, and forms embedded in an employer's own page."""

import re
from urllib.parse import parse_qs, urlsplit

from automation.engine.browser.page import Page
from automation.engine.companies.base import CompanyScript


class Greenhouse(CompanyScript):
    name = "greenhouse"
    version = 1
    address = re.compile(r"^https?://(?:boards|job-boards)(?:\.eu|\.anz)?\.greenhouse\.io/|[?&]gh_jid=\d")
    marks = "form#application-form .select-shell, form#application_form #s3_upload_for_resume, iframe#grnhse_iframe"
    settle = 1.2  # some of its lists drop a choice about a second after it was made
    confirmed_address = re.compile(r"/confirmation(?:$|[?#])|/embed/job_app/confirmation")

    def prepare(self, page: Page) -> None:
        """Leave the employer's page for the form that it embeds: at the top there are no frames to look through."""
        source = page.script("return document.querySelector('iframe#grnhse_iframe')?.src || ''")
        if source:
            page.open(source)

    def was_turned_away(self, url: str, asked: str) -> bool:
        """A posting that is gone leads to its board, with a mark in the address."""
        return parse_qs(urlsplit(url).query).get("error") == ["true"] or super().was_turned_away(url, asked)

    def challenge(self, page: Page) -> str | None:
        """The text about the code is always in the page; it counts when its boxes are shown."""
        if page.script("return document.querySelector('#security-input-0')?.checkVisibility() || false"):
            return "The employer sent a code to your e-mail. Enter it in the form to go on."
        return super().challenge(page)
