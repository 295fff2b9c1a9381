"""Company scripts: one module for each applicant tracking system, and the table that chooses among them."""

from automation.engine.browser.page import Page
from automation.engine.companies.base import CompanyScript
from automation.engine.companies.generic import Generic
from automation.engine.companies.greenhouse import Greenhouse
from automation.engine.companies.lever import Lever

SCRIPTS: dict[str, CompanyScript] = {script.name: script for script in (Greenhouse(), Lever(), Generic())}


def script_for(page: Page, name: str | None) -> CompanyScript:
    """Return the script that is asked for by name, else the one that knows this address, else this page."""
    if name:
        return SCRIPTS[name]
    candidates = [script for script in SCRIPTS.values() if script is not SCRIPTS["generic"]]
    by_address = next((script for script in candidates if script.knows_address(page.url)), None)
    return by_address or next((script for script in candidates if script.knows_page(page)), SCRIPTS["generic"])
