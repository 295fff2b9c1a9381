"""Every practice employer with every quirk: the outcome, each value in the inbox, and never more than one."""

import pytest

from automation.engine.browser.pace import Pace
from automation.engine.result import Outcome
from automation.sandbox.bundle import bundle
from automation.sandbox.trials import TRIALS, Trial
from tests.engine.conftest import Apply, Listener
from tests.processes import Employers


@pytest.fixture(scope="module", autouse=True)
def _component_libraries() -> None:
    """Have the pages bundled that are made with them: once for each of their versions."""
    bundle()


CLICKED = {Outcome.SUBMITTED, Outcome.UNCONFIRMED}


@pytest.mark.parametrize("trial", TRIALS, ids=lambda trial: trial.name)
def test_the_engine_does_right_by(
    trial: Trial, employers: Employers, apply: Apply, listener: Listener, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("automation.engine.submit.CONFIRM_LIMIT", {Pace.FAST: 2.5})

    result = apply(employers.url + trial.path, ada=trial.candidate)

    came_of_it = (result.outcome, result.failure_kind)
    assert came_of_it == (trial.outcome, trial.failure_kind), f"{result.message} {result.questions}"
    if result.fields:  # an error's page does not tell whose it is
        assert result.company_script.partition("@")[0] == trial.script
    received = [one for one in employers.inbox(trial.key) if one["employer"] == trial.employer]
    assert len(received) == trial.arrives
    for one in received:
        assert trial.wrong(one["fields"]) == {}
        assert [file["name"] for file in one["files"]] == ["resume.pdf"]
    assert listener.asked <= 1
    if result.outcome in CLICKED:
        assert listener.asked == 1
