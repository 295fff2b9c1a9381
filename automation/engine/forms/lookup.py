"""Lists that a page fetches for what is typed: when one has come, and when none will."""

import time
from collections.abc import Callable
from typing import TypeVar

from automation.engine.browser.page import Page

T = TypeVar("T")
LOOKUP_LIMIT = 8.0  # seconds for the answer of a site that is asked
DEBOUNCE = 0.7  # seconds after the last key in which a page begins to ask


def look_up(page: Page, enter: Callable[[], None], found: Callable[[], T]) -> T:
    """Enter a text and return what is then found, as soon as that is true or nothing more is to come."""
    mark = len(page.network.responses)
    enter()
    entered = time.monotonic()  # when the last key was pressed: on a slow machine that takes a while

    def is_over() -> bool:
        has_asked = time.monotonic() - entered > DEBOUNCE
        return has_asked and page.network.is_quiet_since(mark) and page.catches_up()

    page.wait_for(lambda: found() or is_over(), LOOKUP_LIMIT)
    return found()
