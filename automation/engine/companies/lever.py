"""Lever: forms that the server sends whole, each at its posting's address with "/apply" behind it."""

import re
from urllib.parse import urlsplit, urlunsplit

from automation.engine.companies.base import CompanyScript


class Lever(CompanyScript):
    name = "lever"
    version = 1
    address = re.compile(r"^https?://jobs(?:\.eu)?\.lever\.co/")
    marks = "form#application-form li.application-question, a.postings-btn[href*='/apply'], .posting-headline"
    settle = 1.0  # what was read from the resume is written over the form a moment after it came
    confirmed_address = re.compile(r"/thanks/?$")

    def other_addresses(self, url: str) -> list[str]:
        """The posting's page and its form are two addresses, and one may be open without the other."""
        parts = urlsplit(url)
        path = parts.path.rstrip("/")
        other = path.removesuffix("/apply") if path.endswith("/apply") else f"{path}/apply"
        return [urlunsplit(parts._replace(path=other))] if path.count("/") > 1 else []
