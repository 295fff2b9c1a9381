"""Where a job is, as its posting tells machines: the law of work is told for there alone."""

import json
from typing import Any

import pytest

from automation.engine.result import Outcome
from tests.engine.conftest import Apply
from tests.engine.site import Site

ASKED = "Will you now or in the future require visa sponsorship?"
CONTROLS = (
    "<p>E-mail * <input name=email></p><p>Resume * <input type=file name=cv></p>"
    f"<p>{ASKED} * <select name=visa><option value=''>Select<option>Yes<option>No</select></p>"
)


def job(*countries: Any, **more: Any) -> dict[str, Any]:
    places = [{"@type": "Place", "address": {"addressCountry": one}} for one in countries]
    return {"@type": "JobPosting", "title": "Engineer", "jobLocation": places, **more}


@pytest.mark.parametrize(
    ("told", "asked"),
    [
        (job("GB"), [ASKED]),
        (job({"@type": "Country", "name": "Deutschland"}), [ASKED]),
        ({"@graph": [{"@type": "WebPage"}, job("United Kingdom")]}, [ASKED]),
        (job(applicantLocationRequirements={"@type": "Country", "name": "France"}), [ASKED]),
        (job("US"), []),
        (job("GB", "United States"), []),
        ([job("GB"), job("FR")], []),
        (job("Atlantis"), []),
    ],
)
def test_sponsorship_is_told_for_the_countries_of_the_job(
    told: Any, asked: list[str], pages: Site, apply: Apply
) -> None:
    url = pages.form(CONTROLS, before=f"<script type=application/ld+json>{json.dumps(told)}</script>")

    result = apply(url)

    assert [one.label for one in result.questions] == asked
    assert [one["visa"] for one in pages.sent] == ([] if asked else ["No"])
    assert result.outcome is (Outcome.NEEDS_ANSWERS if asked else Outcome.SUBMITTED)
