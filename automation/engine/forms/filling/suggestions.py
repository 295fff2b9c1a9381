"""Text fields that take only what is chosen from a list below them, though no attribute says that there is one.

Such fields look places up while one types, hear only keys, and lose what was typed without a choice.
"""

from functools import partial

from selenium.common.exceptions import WebDriverException
from selenium.webdriver.common.keys import Keys

from automation.engine.browser.page import Page
from automation.engine.browser.scripts import beside
from automation.engine.forms.answers.answer import Reply
from automation.engine.forms.field import FormField, Option
from automation.engine.forms.filling.lookup import look_up

HELD = beside(__file__, "../look.js", "../held.js") + "return heldBy(arguments[0])"
SUGGESTED = beside(__file__, "suggestions.js")


def take_suggestion(page: Page, field: FormField, reply: Reply) -> str:
    """Type until something is suggested that says what the reply says, and choose it; return what the field holds."""
    element = field.element
    if element.get_attribute("value"):  # what is suggested for that already would not count as new
        page.hand.type(element, Keys.CONTROL, "a", Keys.NULL, Keys.BACKSPACE)
        page.catches_up()
    for text in dict.fromkeys((reply.text.partition(",")[0], reply.text)):
        before = [one.label for one in _suggested(page, field, text, [])]
        look = partial(_fitting, page, field, reply, text, before)
        found = look_up(
            page, partial(page.hand.type, element, Keys.CONTROL, "a", Keys.NULL, Keys.BACKSPACE, text), look
        )
        if not found and not page.script("return Boolean(arguments[0].form)", element):  # where it sends no form
            found = look_up(page, partial(page.hand.type, element, Keys.ENTER), look)
        if found and found.element:
            page.hand.press(found.element)
            held = str(page.script(HELD, element))
            page.script("arguments[0].blur()", element)
            return held
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
