"""Every quirk of the practice employers Birchmoor and Graniteco."""

from automation.sandbox.trials import Trial
from tests.engine.trials import Check, check, trials_of

__all__ = ["check"]  # a fixture


@trials_of("birchmoor", "graniteco")
def test_the_engine_does_right_by(trial: Trial, check: Check) -> None:
    check(trial)
