"""The threat model names the test that holds each of its lines, and no document leads nowhere."""

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
DOCUMENTS = sorted([ROOT / "README.md", ROOT / "desktop/README.md", *(ROOT / "docs").rglob("*.md")])
OURS = "accounts|applications|automation|deploy|desktop|docs|jobs|jobswipe|notifications|proxies|script|static|tests"
PLACE = re.compile(rf"`((?:{OURS})/[\w./*-]+)[` :]")
TEST = re.compile(r"`(tests/[\w/]+\.py)::(\w+)`")
WITHOUT_A_TEST = "not part of the tests"


def threats() -> list[str]:
    """Return the lines of the tables whose first column is a threat."""
    tables = re.findall(
        r"^\| threat \|.*\n\|[-|]+\n((?:\|.*\n)+)", (ROOT / "docs/security.md").read_text(), re.MULTILINE
    )
    return [line for table in tables for line in table.splitlines()]


def functions_of(path: Path) -> set[str]:
    tree = ast.parse(path.read_text())
    return {one.name for one in ast.walk(tree) if isinstance(one, ast.FunctionDef | ast.AsyncFunctionDef)}


def test_each_threat_names_its_test_or_says_that_there_is_none() -> None:
    held_by = [line.split(" | ")[-1] for line in threats()]
    assert len(held_by) > 35
    assert [one for one in held_by if not TEST.search(one) and WITHOUT_A_TEST not in one] == []


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_what_a_document_names_exists(document: Path) -> None:
    text = document.read_text()
    assert [one for one in TEST.findall(text) if one[1] not in functions_of(ROOT / one[0])] == []
    assert [one for one in PLACE.findall(text) if "NAME" not in one and not any(ROOT.glob(one))] == []
