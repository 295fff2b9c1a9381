"""SmartRecruiters: an ad, and a form in steps at another address, its controls in nested shadow roots."""

import re
from urllib.parse import urlsplit, urlunsplit

from automation.engine.companies.base import CompanyScript


class SmartRecruiters(CompanyScript):
    name = "smartrecruiters"
    version = 1
    address = re.compile(r"^https?://(?:jobs|careers)\.smartrecruiters\.com/")
    marks = "oc-app, oc-oneclick-form, [data-test=footer-next], sr-screening-questions-form, a.js-oneclick, spl-input"

    def other_addresses(self, url: str) -> list[str]:
        """An ad's address works with its number alone, without the words behind it, and on both hosts."""
        parts = urlsplit(url)
        found = re.match(r"^/([\w-]+)/(\d{6,})", parts.path)
        if not found or not self.knows_address(url):
            return []
        hosts = ("jobs.smartrecruiters.com", "careers.smartrecruiters.com")
        known = [urlunsplit(("https", host, f"/{found[1]}/{found[2]}", "", "")) for host in hosts]
        return [one for one in known if one != url]
