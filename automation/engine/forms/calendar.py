"""Days that can only be pressed: a field into which nothing can be typed opens a calendar."""

from datetime import date
from typing import Any

from automation.engine.browser.page import Page
from automation.engine.browser.scripts import beside
from automation.engine.forms.field import FormField

LOOK = beside(__file__, "look.js") + beside(__file__, "calendar.js")
OPEN_LIMIT = 2.0  # seconds for a calendar to open, and to turn to another month
TAKE_LIMIT = 2.0  # seconds for the day to show in the field
MOST_TURNS = 24  # months


def pick_day(page: Page, field: FormField, day: date) -> str:
    """Open the calendar, turn to the day's month and press the day; return what the field holds, "" if none of that."""
    held = _held(page, field)
    page.hand.press(field.element)
    way = "later" if day >= date.today() else "earlier"
    for _ in range(MOST_TURNS):
        look = page.wait_for(lambda: _looked(page, field, day, way), OPEN_LIMIT)
        if not look:
            return ""
        if look["day"]:
            page.hand.press(look["day"])
            page.wait_for(lambda: _held(page, field) not in {"", held}, TAKE_LIMIT)
            return _held(page, field)
        page.hand.press(look[way])
        page.catches_up()
    return ""


def _looked(page: Page, field: FormField, day: date, way: str) -> dict[str, Any] | None:
    found: dict[str, Any] = page.script(LOOK, field.element, [day.year, day.month, day.day])
    return found if found["day"] or found[way] else None


def _held(page: Page, field: FormField) -> str:
    return str(page.script("return arguments[0].value || ''", field.element))
