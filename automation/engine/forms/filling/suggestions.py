"""Text fields that take only what is chosen from a list below them, though no attribute says that there is one.

Such fields look places up while one types, hear only keys, and lose what was typed without a choice.
"""

from functools import partial

from selenium.common.exceptions import WebDriverException
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.remote.webelement import WebElement

from automation.engine.browser.page import Page
from automation.engine.browser.scripts import beside
from automation.engine.forms.answers.answer import Reply
from automation.engine.forms.field import FormField
from automation.engine.forms.filling.lookup import look_up

HELD = beside(__file__, "../look.js", "../held.js") + "return heldBy(arguments[0])"
Saying = dict[WebElement, str]
SAYING = beside(__file__, "suggestions.js")


def take_suggestion(page: Page, field: FormField, reply: Reply) -> str:
    """Type until something is suggested that says what the reply says, and choose it; return what the field holds."""
    element = field.element
    texts = list(dict.fromkeys((reply.text.partition(",")[0], reply.text)))
    was: dict[str, Saying] = {}
    if element.get_attribute("value"):  # what is suggested for that goes with it, and may come again for the text
        was = {text: _on_show(page, field, text) for text in texts}
        page.hand.type(element, Keys.CONTROL, "a", Keys.NULL, Keys.BACKSPACE)
        page.catches_up()
    for text in texts:
        now = _on_show(page, field, text)
        before = now.items() & was.get(text, now).items()
        look = partial(_fitting, page, field, reply, text, before)
        found = look_up(
            page, partial(page.hand.type, element, Keys.CONTROL, "a", Keys.NULL, Keys.BACKSPACE, text), look
        )
        if not found and not page.script("return Boolean(arguments[0].form)", element):  # where it sends no form
            found = look_up(page, partial(page.hand.type, element, Keys.ENTER), look)
        if found:
            page.hand.press(found)
            held = str(page.script(HELD, element))
            page.script("arguments[0].blur()", element)
            return held
    page.script("arguments[0].blur()", element)
    return ""


def _fitting(
    page: Page, field: FormField, reply: Reply, text: str, before: set[tuple[WebElement, str]]
) -> WebElement | None:
    new = {element: label for element, label in _on_show(page, field, text).items() if (element, label) not in before}
    picks = reply.picks(list(new.values()))
    return next((element for element, label in new.items() if label in picks), None)


def _on_show(page: Page, field: FormField, text: str) -> Saying:
    """Return what on the page says the text, be it suggested or not, by the elements that say it."""
    try:
        found = page.script(SAYING, field.element, text)
    except WebDriverException:  # the page is drawing
        return {}
    return {one["element"]: one["text"] for one in found}
