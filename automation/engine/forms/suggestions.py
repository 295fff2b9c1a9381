"""Text fields that take only what is chosen from a list below them, though no attribute says that there is one.

Such fields look places up while one types, hear only keys, and lose what was typed without a choice.
"""

import time
from functools import partial

from selenium.common.exceptions import WebDriverException
from selenium.webdriver.common.keys import Keys

from automation.engine.browser.page import Page
from automation.engine.browser.scripts import beside
from automation.engine.forms.answer import Reply
from automation.engine.forms.field import FormField, Option

HELD = beside(__file__, "look.js") + "return heldBy(arguments[0])"
SUGGESTED = beside(__file__, "suggestions.js")
LOOKUP_LIMIT = 3.0  # seconds for the list to come
DEBOUNCE = 0.7  # seconds after the last key in which a page begins to ask for such a list


def take_suggestion(page: Page, field: FormField, reply: Reply) -> str:
    """Type until something is suggested that says what the reply says, and choose it; return what the field holds."""
    element = field.element
    for text in dict.fromkeys((reply.text.partition(",")[0], reply.text)):
        before = [one.label for one in _suggested(page, field, text, [])]
        element.send_keys(Keys.CONTROL, "a", Keys.NULL, Keys.BACKSPACE, text)
        look = partial(_fitting, page, field, reply, text, before)
        is_looked_up = partial(_is_looked_up, page, len(page.network.responses), time.monotonic())
        page.wait_for(lambda: look() or is_looked_up(), LOOKUP_LIMIT)  # noqa: B023
        found = look()
        if not found and not page.script("return Boolean(arguments[0].form)", element):  # where it sends no form
            element.send_keys(Keys.ENTER)
            found = page.wait_for(look, LOOKUP_LIMIT)
        if found and found.element:
            page.hand.press(found.element)
            held = str(page.script(HELD, element))
            page.script("arguments[0].blur()", element)
            return held
    page.script("arguments[0].blur()", element)
    return ""


def _is_looked_up(page: Page, mark: int, typed: float) -> bool:
    """Whether the page has had the time to ask for what was typed, and what it asked is answered."""
    return time.monotonic() - typed > DEBOUNCE and page.network.is_quiet_since(mark)


def _fitting(page: Page, field: FormField, reply: Reply, text: str, before: list[str]) -> Option | None:
    options = _suggested(page, field, text, before)
    picks = reply.picks([option.label for option in options])
    return next((option for option in options if option.label in picks), None)


def _suggested(page: Page, field: FormField, text: str, before: list[str]) -> list[Option]:
    try:
        found = page.script(SUGGESTED, field.element, text, before)
    except WebDriverException:  # the page is drawing
        return []
    return [Option(one["text"], "", one["element"]) for one in found]
