"""`python -m automation.engine.read FOLDER`: what the engine reads on saved pages, so that a misread field is found.

Each page (.html, .htm or .mhtml; a single file will do, too) is opened as it was saved, without the network and, unless
`--scripts` says otherwise, without its scripts; with them, lists that open are opened. Of each field it prints the
label, the kind, whether it is required, the options, and the meaning by which it would be answered.
"""

import argparse
import json
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

from selenium.common.exceptions import WebDriverException

from automation.engine.browser.orphans import reap_orphans
from automation.engine.browser.page import Page
from automation.engine.browser.session import BrowserError, start
from automation.engine.companies import SCRIPTS, script_for
from automation.engine.forms.answers.answer import meaning_in
from automation.engine.forms.field import FormField
from automation.engine.forms.filling.fill import with_options
from automation.engine.forms.reading.read import Form, read_form
from automation.engine.result import Ended

PAGES = {".html", ".htm", ".mhtml"}
SHOW_LIMIT = 3.0  # seconds for a page to show a form
MOST_OPTIONS = 12  # shown of one list, in the table


def main(arguments: list[str] | None = None) -> int:
    """Print what was read on each page; return 0, or 1 when there is a page without a form, 2 for bad arguments."""
    parser = argparse.ArgumentParser(prog="python -m automation.engine.read", description=__doc__)
    parser.add_argument("folder", type=Path, help="a folder of saved pages, or one of them")
    parser.add_argument("--json", action="store_true", help="print one JSON object for each page")
    parser.add_argument("--scripts", action="store_true", help="let the pages run their scripts")
    options = parser.parse_args(arguments)
    if not (pages := list(_pages(options.folder))):
        parser.error(f"there are no saved pages in {options.folder}")
    reap_orphans()
    try:
        browser = start()
    except BrowserError as error:
        print(error, file=sys.stderr)
        return 1
    try:
        found = [_print(path, _read(browser.context, path, options.scripts), options.json) for path in pages]
    finally:
        browser.quit()
    return 0 if all(found) else 1


def _pages(folder: Path) -> Iterator[Path]:
    files = [folder] if folder.is_file() else sorted(folder.rglob("*"))
    saved_with_a_page = [one for one in files if any(part.endswith("_files") for part in one.parts)]
    yield from (one for one in files if one.suffix.lower() in PAGES and one not in saved_with_a_page)


def _read(context: Any, path: Path, scripts: bool) -> Form | str:
    """Return the form of a saved page, or why there is none."""
    with context() as page:
        try:
            return _form_of(page, path, scripts)
        except (Ended, WebDriverException) as error:
            return str(error).partition("\n")[0]


def _form_of(page: Page, path: Path, scripts: bool) -> Form:
    page.driver.execute_cdp_cmd("Network.setBlockedURLs", {"urls": ["http://*", "https://*"]})
    page.driver.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": not scripts})
    page.open(path.resolve().as_uri(), schemes=frozenset({"file"}))
    script = script_for(page, None) or SCRIPTS["generic"]
    form = page.wait_for(lambda: script.find_form(page), SHOW_LIMIT if scripts else 0) or read_form(page)
    return replace(form, fields=tuple(with_options(page, one) for one in form.fields)) if scripts else form


def _print(path: Path, form: Form | str, as_json: bool) -> bool:
    """Print one page; say whether it had a form."""
    fields = [] if isinstance(form, str) else [_row(one) for one in form.fields]
    is_application = not isinstance(form, str) and form.is_application
    if as_json:
        error = {"error": form} if isinstance(form, str) else {}
        print(json.dumps({"page": str(path), "application": is_application, "fields": fields, **error}))
        return bool(fields)
    print(f"{path}: {form if isinstance(form, str) else _said(form)}")
    for row in fields:
        print("  ", "*" if row["required"] else " ", f"{row['label'][:70]}  [{row['kind']}, {row['meaning'] or '?'}]")
        if row["options"]:
            more = " …" if len(row["options"]) > MOST_OPTIONS else ""
            print("       ", " | ".join(row["options"][:MOST_OPTIONS]) + more)
    return bool(fields)


def _said(form: Form) -> str:
    what = "an application form" if form.is_application else "no application form"
    return f"{what}, {len(form.fields)} fields"


def _row(field: FormField) -> dict[str, Any]:
    meaning = meaning_in(field)
    return {
        "label": field.label,
        "kind": str(field.kind),
        "required": field.required,
        "options": field.option_labels,
        "section": field.section,
        "value": field.value,
        "meaning": meaning.name if meaning else None,
        "risk": str(meaning.risk) if meaning else None,
    }


if __name__ == "__main__":
    sys.exit(main())
