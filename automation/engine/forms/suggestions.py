"""Text fields that take only what is chosen from a list below them, though no attribute says that there is one.

Such fields look places up while one types, hear only keys, and lose what was typed without a choice.
"""

from selenium.common.exceptions import WebDriverException
from selenium.webdriver.common.keys import Keys

from automation.engine.browser.page import Page
from automation.engine.browser.scripts import beside
from automation.engine.forms.answer import Reply
from automation.engine.forms.field import FormField, Option

SUGGESTED = beside(__file__, "suggestions.js")
LOOKUP_LIMIT = 3.0  # seconds for the list to come


def take_suggestion(page: Page, field: FormField, reply: Reply) -> str:
    """Type until something is suggested that says what the reply says, and choose it; return what the field holds."""
    element = field.element
    for text in dict.fromkeys((reply.text.partition(",")[0], reply.text)):
        before = [one.label for one in _suggested(page, field, text, [])]
        element.send_keys(Keys.CONTROL, "a", Keys.NULL, Keys.BACKSPACE, text)
        found = page.wait_for(lambda: _fitting(page, field, reply, text, before), LOOKUP_LIMIT)  # noqa: B023
        if found and found.element:
            found.element.click()
            page.script("arguments[0].blur()", element)
            return str(page.script("return arguments[0].value", element))
    page.script("arguments[0].blur()", element)
    return ""


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
