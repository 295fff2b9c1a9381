"""Dialogs that a page opens to ask about what was just done: whether this is the file, whether one is sure."""

from selenium.webdriver.remote.webelement import WebElement

from automation.engine.browser.page import Page
from automation.engine.browser.scripts import beside

DIALOG = beside(__file__, "../forms/look.js", "dialog.js")


def dialogs_on_show(page: Page) -> list[WebElement]:
    found: list[WebElement] = page.script(DIALOG)
    return found


def button_of_new_dialog(page: Page, before: list[WebElement], button: str, text: str = "") -> WebElement | None:
    """Return the button whose words match the pattern, in a dialog that was not on show before and holds the text.

    None if there is none or several, or if the dialog asks for more than a press.
    """
    found: WebElement | None = page.script(DIALOG, before, button, text)
    return found
