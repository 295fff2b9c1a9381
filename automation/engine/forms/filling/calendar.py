"""Days that can only be pressed: a field into which nothing can be typed opens a calendar."""

import re
from collections import Counter
from datetime import date
from typing import Any

from automation.engine.browser.page import Page
from automation.engine.browser.scripts import beside
from automation.engine.forms.field import FormField

LOOK = beside(__file__, "../look.js", "calendar.js")
OPENER = beside(__file__, "../look.js", "calendar_opener.js")
GLANCE = 0.3  # seconds for the calendar of a field that says nothing of one
OPEN_LIMIT = 2.0  # seconds for a calendar to open, and to turn to another month
TAKE_LIMIT = 2.0  # seconds for the day to show in the field
MOST_TURNS = 24  # months


def pick_day(page: Page, field: FormField, day: date) -> str:
    """Open the calendar, turn to the day's month and press the day; return what the field holds, "" if not that day.

    On a busy machine a calendar may open too late, or another day may slide under the hand: so it is tried twice.
    """
    return _pick(page, field, day) or _pick(page, field, day)


def pick_day_if_it_opens(page: Page, field: FormField, day: date) -> str:
    """Press the day where the field opens a calendar once it is pressed: that knows how it is written here; else ""."""
    page.hand.press(field.element)
    came = page.wait_for(lambda: any(_look(page, field, day).values()), GLANCE)
    return pick_day(page, field, day) if came else ""


def _pick(page: Page, field: FormField, day: date) -> str:
    way = "later" if day >= date.today() else "earlier"
    page.hand.press(field.element)
    came = page.wait_for(lambda: _looked(page, field, day, way), OPEN_LIMIT)
    if not came and (opener := page.script(OPENER, field.element)):
        page.hand.press(opener)
    for _ in range(MOST_TURNS):
        page.catches_up()
        look = page.wait_for(lambda: _looked(page, field, day, way), OPEN_LIMIT)
        if not look:
            return ""
        if look["day"]:
            page.hand.press(look["day"])
            page.catches_up()
            page.wait_for(lambda: says(_held(page, field), day), TAKE_LIMIT)
            return now if says(now := _held(page, field), day) else ""
        page.hand.press(look[way])
    return ""


def says(text: str, day: date) -> bool:
    """Whether a text is the day: by three numbers in any order, or by two and the name of a month."""
    numbers = Counter(int(number) for number in re.findall(r"\d+", text))
    has_name = re.search(r"[^\W\d_]{3}", text) is not None
    rest = [] if has_name else [day.month]
    return numbers in (Counter([day.day, day.year, *rest]), Counter([day.day, day.year % 100, *rest]))


def _looked(page: Page, field: FormField, day: date, way: str) -> dict[str, Any] | None:
    found = _look(page, field, day)
    return found if found["day"] or found[way] else None


def _look(page: Page, field: FormField, day: date) -> dict[str, Any]:
    found: dict[str, Any] = page.script(LOOK, field.element, [day.year, day.month, day.day])
    return found


def _held(page: Page, field: FormField) -> str:
    return str(page.script("return arguments[0].value || arguments[0].innerText || ''", field.element))
