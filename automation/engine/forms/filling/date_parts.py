"""Dates that a form takes in parts: lists, boxes and segments for the day, the month and the year."""

from collections.abc import Sequence
from dataclasses import replace

from automation.engine.browser.page import Page
from automation.engine.browser.scripts import beside
from automation.engine.forms.answers.answer import Reply
from automation.engine.forms.field import FormField, Option
from automation.engine.forms.filling.combobox import Combobox
from automation.engine.forms.filling.events import FOCUS, SELECT
from automation.engine.result import Source

REFILL_LIMIT = 1.0  # seconds for the list of a date's days to get those of its month
PARTS_OF_DATE = ("year", "month", "day")
COMBOBOX = "combobox"  # the value of a date's part that is chosen in one
CHOSEN = "return [...arguments[0].selectedOptions].some(({ text }) => text === arguments[1])"
OPTION_OF_DATE = beside(__file__, "option_of_date.js")


def fill_date_parts(page: Page, field: FormField, text: str) -> str:
    """Put the parts of an ISO 8601 date, a month or a year, each into its own place; nothing if one is missing.

    Of lists the year comes first and the day last, which may have its options by then alone.
    """
    numbers = dict(zip(PARTS_OF_DATE, text.split("-"), strict=False))
    known = [part for part in field.options if part.label != "day" and _said_by(page, part, numbers)]
    if not all(part in known or (part.label == "day" and "day" in numbers) for part in field.options):
        return ""
    for part in sorted(field.options, key=_turn_of_part):
        if not _put_part(page, field, part, numbers):
            return ""
    page.script("document.activeElement?.blur()")
    return text


def _put_part(page: Page, field: FormField, part: Option, numbers: dict[str, str]) -> bool:
    element = part.element or field.element
    said = page.wait_for(lambda: _said_by(page, part, numbers), REFILL_LIMIT)
    if not said:
        return False
    if element.tag_name == "select":
        # A month that is chosen once more would empty the list of days again, a moment after its day was chosen.
        return bool(page.script(CHOSEN, element, said) or page.script(SELECT, element, [said]))
    if part.value == COMBOBOX:
        return bool(_pick_part(page, replace(field, element=element), part.label, said))
    page.script(FOCUS, element)
    page.hand.type(element, said)
    return True


def _pick_part(page: Page, field: FormField, name: str, number: str) -> str:
    """Choose a part of a date in the list that its combobox opens."""

    def choose(options: Sequence[str]) -> str | None:
        return page.script(OPTION_OF_DATE, list(options), number, name == "month") or None

    return Combobox(page, field).pick(Reply("", choose, Source.PROFILE))


def _said_by(page: Page, part: Option, numbers: dict[str, str]) -> str:
    """Return what a part of a date is to hold: the number, or the option of its list that means it."""
    number = numbers.get(part.label, "")
    listed = page.script(OPTION_OF_DATE, part.element, number, part.label == "month") if number else ""
    return number if listed is None else str(listed)


def _turn_of_part(part: Option) -> int:
    is_list = part.element is not None and part.element.tag_name == "select"
    return PARTS_OF_DATE.index(part.label) if is_list else len(PARTS_OF_DATE)
