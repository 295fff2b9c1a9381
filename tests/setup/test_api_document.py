"""The examples of docs/api.md name operations that REST has."""

import re

import yaml

from tests.processes import ROOT

CALL = re.compile(r'^    (?:\$ )?auth (?P<options>.*?)"\$API(?P<path>/[^"?]*)(?:\?(?P<query>[^"]*))?"', re.MULTILINE)
DOCUMENT = yaml.safe_load((ROOT / "docs/openapi.yaml").read_text())["paths"]


def verb_of(options: str) -> str:
    if named := re.search(r"--request (\w+)", options):
        return named[1].lower()
    return "post" if "--json" in options else "get"


def documented(path: str) -> str:
    """Return the path as the OpenAPI document writes it."""
    found = [one for one in DOCUMENT if re.fullmatch(re.sub(r"\{\w+\}", "[^/]+", one), f"/api/v1{path}")]
    return found[0] if found else ""


def test_each_example_is_an_operation_of_rest_and_asks_what_that_takes() -> None:
    calls = list(CALL.finditer((ROOT / "docs/api.md").read_text()))
    assert len(calls) > 10
    for call in calls:
        operation = DOCUMENT.get(documented(call["path"]), {}).get(verb_of(call["options"]))
        assert operation, call[0]
        known = {one["name"] for one in operation.get("parameters", ()) if one["in"] == "query"}
        asked = set(re.findall(r"(\w+)=", call["query"] or ""))
        assert asked <= known, call[0]
