"""Company scripts: one module for each applicant tracking system, and the table that chooses among them."""

from collections.abc import Collection

from automation.engine.browser.page import Page
from automation.engine.companies.ashby import Ashby
from automation.engine.companies.base import CompanyScript
from automation.engine.companies.generic import Generic
from automation.engine.companies.greenhouse import Greenhouse
from automation.engine.companies.lever import Lever
from automation.engine.companies.smartrecruiters import SmartRecruiters
from automation.engine.companies.workable import Workable
from automation.engine.companies.workday import Workday
from automation.engine.result import Ended, FailureKind, Outcome

MARKED = "return arguments[0].findIndex((marks) => document.querySelector(marks) !== null)"
GENERIC = Generic()
SCRIPTS: dict[str, CompanyScript] = {
    script.name: script
    for script in (Greenhouse(), Lever(), Ashby(), SmartRecruiters(), Workable(), Workday(), GENERIC)
}


def script_for(page: Page, name: str | None, off: Collection[str] = ()) -> CompanyScript:
    """Return the script that is asked for by name, else the one that knows this address, else this page.

    Raises Ended for one that is switched off.
    """
    script = SCRIPTS.get(name or "") or _recognized(page)
    if script.name in off:
        raise Ended(
            Outcome.FAILED,
            f"Applications through {script.name} are switched off at the moment. Try again later, or apply on the"
            " employer's own page.",
            FailureKind.FORM_UNSUPPORTED,
        )
    return script


def _recognized(page: Page) -> CompanyScript:
    known, url = [script for script in SCRIPTS.values() if script is not GENERIC], page.url
    if by_address := next((script for script in known if script.knows_address(url)), None):
        return by_address
    number: int = page.script(MARKED, [script.marks for script in known])
    return known[number] if number >= 0 else GENERIC
