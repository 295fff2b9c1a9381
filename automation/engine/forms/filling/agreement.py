"""What is agreed to in a dialog: one behind a link, or one that a box opens before it is ticked."""

from selenium.webdriver.remote.webelement import WebElement

from automation.engine.browser.dialogs import button_of_new_dialog, dialogs_on_show
from automation.engine.browser.page import Page

DIALOG_LIMIT = 3.0  # seconds for a dialog to come up
# The words of the button with which a dialog takes a consent, in English, German, French, Spanish, Dutch and Italian.
AGREES = (
    "^(i |yes,? i )?(accept|agree|acknowledge|consent)( (and|&) (close|continue|proceed))?$"
    "|^(ich )?(stimme zu|akzeptiere|akzeptieren|zustimmen)$|^(j'accepte|accepter)$|^(acepto|aceptar)$"
    "|^(akkoord|accepteren|ik ga akkoord)$|^(accetto|accetta)$"
)


def accept_behind(page: Page, link: WebElement) -> bool:
    """Open the dialog behind a link and accept what it says; whether that took it."""
    before = dialogs_on_show(page)
    page.hand.press(link)
    page.wait_for(lambda: button_of_new_dialog(page, before, AGREES), DIALOG_LIMIT)
    return accept(page, before) and bool(page.wait_for(lambda: len(dialogs_on_show(page)) <= len(before), DIALOG_LIMIT))


def accept(page: Page, before: list[WebElement]) -> bool:
    """Press the button that agrees, in a dialog that was not on show before; whether there is one."""
    if button := button_of_new_dialog(page, before, AGREES):
        page.hand.press(button)
    return button is not None
