"""What a posting tells machines of its job: the countries that it is in."""

from dataclasses import replace

from automation.engine.browser.page import Page
from automation.engine.browser.scripts import beside
from automation.engine.candidate import Candidate
from automation.engine.forms.places import country_of

POSTING = beside(__file__, "posting.js")


def countries_of_job(page: Page) -> frozenset[str]:
    """Return the countries (ISO 3166-1 alpha-2) of the page's one job; none if it tells of none."""
    return frozenset(filter(None, map(country_of, page.script(POSTING))))


def told_in(countries: frozenset[str], candidate: Candidate) -> Candidate:
    """Return the candidate with what they said of the law of work in these countries alone; of all if there are none.

    A form that asks about sponsorship and names no country means its own: "No" for the one is not "no" for the other.
    """
    of_here = tuple(one for one in candidate.work_authorization if one.country.upper() in countries)
    return replace(candidate, work_authorization=of_here) if countries else candidate
