"""What only a person can do is handed to the one at the browser, if there is one; the engine goes on after it."""

import time
from collections.abc import Callable
from typing import Protocol

from automation.engine.browser.page import Page
from automation.engine.companies.base import CompanyScript
from automation.engine.result import Ended, FailureKind, Outcome


class Person(Protocol):
    """Somebody who may sit at the browser."""

    def your_turn(self, what: str, show: Callable[[], None], is_done: Callable[[], bool]) -> bool:
        """Ask for the person, call `show` to bring the page before their eyes, wait; True once `is_done` is."""


def challenged(text: str) -> Ended:
    """Return the end of a run that meets a challenge and nobody to solve it."""
    return Ended(Outcome.CHALLENGE, text, FailureKind.CHALLENGE)


def hand_over(page: Page, script: CompanyScript, what: str, person: Person | None, *, was: str, url_was: str) -> bool:
    """Let the person pass the challenge `what`; the time they take is not the run's. Raises Ended if nobody did.

    Return whether the page, which read `was` at `url_was`, confirms the application now: the person may press the
    button as well.
    """
    if person is None:
        raise challenged(what)
    asked, deadline, page.deadline = time.monotonic(), page.deadline, float("inf")

    def is_confirmed() -> bool:
        return bool(page.wait_for(lambda: script.is_confirmed(page, was=was, url_was=url_was), 0))

    def is_past() -> bool:
        # A page that is being left shows nothing for a moment, so look twice.
        return is_confirmed() or all(page.wait_for(lambda: script.challenge(page) is None, 0) for _ in range(2))

    passed = person.your_turn(what, page.show, is_past)
    page.deadline = deadline + time.monotonic() - asked
    if not passed:
        raise challenged(what)
    return is_confirmed()
