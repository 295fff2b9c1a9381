"""Lists that a page fetches for what is typed: when one has come, and when none will."""

import time
from collections.abc import Callable
from typing import TypeVar

from automation.engine.browser.page import Page

T = TypeVar("T")
LOOKUP_LIMIT = 8.0  # seconds for the answer of a site that is asked
SETTLE_LIMIT = 2.0  # seconds for a list that has what is looked for to get its last answer
DEBOUNCE = 0.7  # seconds after the last key in which a page begins to ask
SILENCE = 2.5  # seconds for a list that shows nothing for what was typed, not even that it found nothing


def look_up(
    page: Page, enter: Callable[[], None], found: Callable[[], T], has_answered: Callable[[], bool] = lambda: True
) -> T:
    """Enter a text and return what is then found, as soon as that is true or nothing more is to come.

    Each letter may be asked for, and each answer draws the list anew: what is found meanwhile would slip away under
    the hand, and another option be there instead.
    """
    mark = len(page.network.responses)
    enter()
    entered = time.monotonic()  # when the last key was pressed: on a slow machine that takes a while

    def is_over() -> bool:
        passed = time.monotonic() - entered
        if found():
            return passed > SETTLE_LIMIT or not page.network.awaits(mark)
        return passed > (DEBOUNCE if has_answered() else SILENCE) and page.network.is_quiet_since(mark)

    page.wait_for(is_over, LOOKUP_LIMIT)
    page.catches_up()
    return found()
