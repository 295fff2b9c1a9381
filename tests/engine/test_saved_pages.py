"""`python -m automation.engine.read`: what is read on saved pages is printed, so that a misread field is found."""

import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from automation.engine import read
from automation.engine.browser.session import Browser

FORMS = Path(__file__).parent / "forms"
NOBODY_S = """<!doctype html><form><input type="file" name="cv"><div role="group" aria-label="Where do you live?">
<div><span>Example: Austin</span><input name="q7"></div></div><button>Submit application</button></form>"""


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, browser: Browser) -> Path:
    monkeypatch.setattr(browser, "quit", lambda: None)
    monkeypatch.setattr(read, "start", lambda: browser)
    for name in ("bootstrap", "listboxes"):
        shutil.copy(FORMS / f"{name}.html", tmp_path)
    (tmp_path / "bootstrap_files").mkdir()
    (tmp_path / "bootstrap_files" / "ad.html").write_text("<p>An advertisement</p>")
    (tmp_path / "named.html").write_text(NOBODY_S)
    return tmp_path


def printed(capsys: pytest.CaptureFixture[str]) -> dict[str, dict[str, Any]]:
    pages = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    return {Path(page["page"]).stem: {field["label"]: field for field in page["fields"]} for page in pages}


def test_each_page_s_fields_are_printed_with_what_they_are(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert read.main([str(folder), "--json"]) == 0

    pages = printed(capsys)
    assert list(pages) == ["bootstrap", "listboxes", "named"]
    degree = pages["bootstrap"]["Highest level of education completed"]
    assert (degree["kind"], degree["required"], degree["meaning"]) == ("single_choice", True, "degree")
    assert degree["options"][2] == "Bachelor of Science or equivalent"
    assert pages["named"]["Where do you live?"]["meaning"] == "location"


def test_with_scripts_the_lists_are_opened_and_read(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert read.main([str(folder / "listboxes.html"), "--json", "--scripts"]) == 0

    assert "Canada" in printed(capsys)["listboxes"]["Country"]["options"]


def test_a_page_without_a_form_is_told_by_the_exit_code(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "ad.html").write_text("<p>Nothing to fill in</p>")

    assert read.main([str(folder / "ad.html")]) == 1
    assert "no application form" in capsys.readouterr().out
