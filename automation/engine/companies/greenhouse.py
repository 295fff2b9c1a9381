"""Greenhouse: hosted boards, the older boards, and forms embedded in an employer's own page."""

import re
from urllib.parse import parse_qs, urlsplit

from automation.engine.browser.page import Page
from automation.engine.companies.base import CompanyScript
from automation.engine.forms.reading.read import Form

JOB = re.compile(r"^https?://(?:job-)?boards((?:\.eu|\.anz)?)\.greenhouse\.io/(?:v1/boards/)?([\w-]+)/jobs/(\d+)")
EMBEDDED = "return document.querySelector('iframe#grnhse_iframe')?.src || ''"
# The text about the code is always in the page; it counts while its boxes are shown, and not all of them are filled.
ASKS_CODE = """
const boxes = [...document.querySelectorAll('input[id^=security-input-]')].filter((one) => one.checkVisibility());
return boxes.some((one) => !one.value);
"""


class Greenhouse(CompanyScript):
    name = "greenhouse"
    version = 3
    address = re.compile(r"^https?://(?:boards|job-boards)(?:\.eu|\.anz)?\.greenhouse\.io/|[?&]gh_jid=\d")
    marks = "form#application-form .select-shell, form#application_form #s3_upload_for_resume, iframe#grnhse_iframe"
    settle = 1.2  # some of its lists drop a choice about a second after it was made
    confirmed_address = re.compile(r"/confirmation(?:$|[?#])|/embed/job_app/confirmation")

    def other_addresses(self, url: str) -> list[str]:
        """A posting is on the new boards, on the old ones, and as a form alone; an employer's page tells its number."""
        if found := JOB.match(url):
            region, board, number = found.groups()
            hosted = f"https://job-boards{region}.greenhouse.io"
            known = [f"{hosted}/{board}/jobs/{number}", f"{hosted}/embed/job_app?for={board}&token={number}"]
        else:
            numbers = parse_qs(urlsplit(url).query).get("gh_jid", [])
            known = [f"https://boards.greenhouse.io/embed/job_app?token={number}" for number in numbers]
        return [one for one in known if one != url]

    def prepare(self, page: Page) -> None:
        """Leave the employer's page for the form that it embeds: at the top there are no frames to look through."""
        if source := page.script(EMBEDDED):
            page.open(source)

    def find_form(self, page: Page) -> Form | None:
        """The form may be embedded only a while after the employer's page came."""
        page.top()
        self.prepare(page)
        return super().find_form(page)

    def was_turned_away(self, url: str, asked: str) -> bool:
        """A posting that is gone leads to its board, with a mark in the address."""
        return parse_qs(urlsplit(url).query).get("error") == ["true"] or super().was_turned_away(url, asked)

    def challenge(self, page: Page) -> str | None:
        if page.script(ASKS_CODE):
            return "The employer sent a code to your e-mail. Enter it in the form to go on."
        return super().challenge(page)
