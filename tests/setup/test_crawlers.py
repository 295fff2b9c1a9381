"""Search engines find the pages for everybody, and ask for nobody's own."""

import re

import pytest
from django.test import Client

OPEN_TO_ALL = ["/", "/static/css/site.css"]
PEOPLES = ["/jobs", "/applications/7", "/profile", "/api/v1/jobs/", "/admin/", "/accounts/login/", "/evidence/3"]


def may_ask(rules: str, path: str) -> bool:
    """Read the rules as RFC 9309 has it (section 2.2.2): the longest that matches decides."""
    found = re.findall(r"^(Allow|Disallow): (\S+)$", rules, re.MULTILINE)
    matching = [(len(rule), verb) for verb, rule in found if re.match(re.escape(rule).replace(r"\$", "$"), path)]
    return bool(max(matching)[1] == "Allow")


@pytest.mark.parametrize("path", [*OPEN_TO_ALL, *PEOPLES])
def test_search_engines_are_let_to_what_is_for_everybody_alone(path: str) -> None:
    answer = Client().get("/robots.txt")
    assert answer.status_code == 200
    assert answer["Content-Type"].startswith("text/plain")
    assert answer["Cache-Control"].startswith("public")
    rules = answer.content.decode()
    assert rules.startswith("User-agent: *\n")
    assert may_ask(rules, path) == (path in OPEN_TO_ALL)
