"""What is asked of the engine at a practice employer: the outcome, each value in the inbox, and never more than one.

The trials stand in several files, so that they run side by side.
"""

from collections.abc import Callable

import pytest

from automation.engine.browser.pace import Pace
from automation.engine.result import Outcome
from automation.sandbox.bundle import bundle
from automation.sandbox.trials import TRIALS, Trial
from tests.engine.conftest import Apply, Listener
from tests.processes import Employers

CLICKED = {Outcome.SUBMITTED, Outcome.UNCONFIRMED}
Check = Callable[[Trial], None]


def trials_of(*employers: str) -> pytest.MarkDecorator:
    """Run a test with each trial of these employers."""
    chosen = [trial for trial in TRIALS if trial.employer in employers]
    return pytest.mark.parametrize("trial", chosen, ids=lambda trial: trial.name)


@pytest.fixture
def check(employers: Employers, apply: Apply, listener: Listener, monkeypatch: pytest.MonkeyPatch) -> Check:
    """Go through a trial."""
    bundle()  # the pages that are made with component libraries: once for each of their versions

    def check(trial: Trial) -> None:
        if trial.outcome == Outcome.UNCONFIRMED:  # there is nothing to wait for
            monkeypatch.setattr("automation.engine.submit.CONFIRM_LIMIT", {Pace.FAST: 1.2})
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

    return check
