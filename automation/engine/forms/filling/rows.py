"""Repeated sections: a row more for each job and school that the candidate listed, as long as the form has a button.

A row that asks for what the candidate has not said is taken away again: what nobody demands must not become a question.
Some rows are edited in a part of their own, a dialog perhaps, with a button that keeps them; then the part goes away.
"""

import re
from collections import Counter
from collections.abc import Callable
from functools import partial

from selenium.webdriver.remote.webelement import WebElement

from automation.engine.browser.page import Page
from automation.engine.browser.scripts import beside
from automation.engine.candidate import Candidate
from automation.engine.forms.answers.answer import Reply, reply_to
from automation.engine.forms.answers.history import HEADINGS, NO_TITLE, entries, left_over
from automation.engine.forms.entry import History
from automation.engine.forms.field import REQUIRED_MARK, FormField
from automation.engine.forms.filling.lookup import look_up
from automation.engine.forms.reading.read import Form, RowButton

EDITOR = beside(__file__, "../look.js", "row_editor.js")
MOST_ROWS = 10  # of one section
ROW_LIMIT = 4.0  # seconds for a row to go
PRESS = "arguments[0].scrollIntoView({block: 'center'}); arguments[0].click()"
ADD = re.compile(r"^[+\s]*add\b", re.IGNORECASE)
WORDS = {
    History.WORK: re.compile(r"experience|employ|\bjobs?\b|position|work", re.IGNORECASE),
    History.SCHOOL: re.compile(r"educat|school|universit|college|degree", re.IGNORECASE),
}


class Rows:
    """The rows of one form. `look` gives the form as it is, its fields placed (`history.placed`).

    `kept` counts the rows that the form has taken, and shows as text.
    """

    def __init__(self, page: Page, candidate: Candidate, kept: Counter[History], look: Callable[[], Form]) -> None:
        self.page = page
        self.candidate = candidate
        self.look = look
        self.kept = kept
        self._full: set[History] = set()
        self._newest: tuple[History, set[str]] | None = None  # the row added last, with the keys of its fields

    def add(self, form: Form) -> bool:
        """Add one row to the form, as it is now, for what has none yet; say whether there is one now."""
        for history in History:
            if history not in self._full and (button := self._wanted(history, form)):
                if self._add(history, form, button):
                    return True
                form = self.look()
            self._full.add(history)
        return False

    def _wanted(self, history: History, form: Form) -> RowButton | None:
        """Return the button that adds a row, if the candidate listed more than there are rows for."""
        told = entries(self.candidate, history)
        button = _button(form, history)
        if self._is_owed(history, form, button):
            return button
        if not told or left_over(form.fields, self.candidate, history) - self.kept[history] < 1:
            return None
        mine = [one for one in form.fields if _is_in(one, history)]
        return button if _rows(mine) < MOST_ROWS else None

    def _is_owed(self, history: History, form: Form, button: RowButton | None) -> bool:
        """Whether the form wants a row at least, and has none: then what that asks is a question."""
        is_required = button is not None and any(map(REQUIRED_MARK.search, button.sections[:1]))
        return is_required and not self.kept[history] and not any(_is_in(one, history) for one in form.fields)

    def _add(self, history: History, form: Form, button: RowButton) -> bool:
        known = {one.key for one in form.fields}
        press = partial(self.page.script, PRESS, button.element)
        new = look_up(self.page, press, lambda: self._new(known, history))
        if not new:
            return False
        if self._is_owed(history, form, button) or all(self._can_be_answered(one) for one in new):
            self._newest = history, {one.key for one in new}
            return True
        self._take_away(history, {one.key for one in new})
        return False

    def keep(self, form: Form) -> set[str]:
        """Keep the row added last, where it has a button for it; return the keys of the fields that went with it."""
        history, keys = self._newest or (History.WORK, set())
        if not (button := self._button_of(form, keys, keeps=True)):
            return set()
        self.page.script(PRESS, button)
        if not self.page.wait_for(lambda: self._has_gone(keys), ROW_LIMIT):
            return set()
        self._newest = None
        self.kept[history] += 1
        return keys

    def _has_gone(self, keys: set[str]) -> bool:
        return not keys & {one.key for one in self.look().fields}

    def _button_of(self, form: Form, keys: set[str], *, keeps: bool) -> WebElement | None:
        mine = [one.element for one in form.fields if one.key in keys]
        others = [one.element for one in form.fields if one.key not in keys]
        found: WebElement | None = self.page.script(EDITOR, mine, others, keeps) if mine else None
        return found

    def _new(self, known: set[str], history: History) -> list[FormField]:
        """Return the fields of the row that came, once there are as many as before: a row may be drawn in parts."""
        new = [one for one in self.look().fields if one.key not in known]
        return new if any(_is_in(one, history) for one in new) else []

    def _can_be_answered(self, field: FormField) -> bool:
        return not field.required or bool(field.value) or isinstance(reply_to(field, self.candidate), Reply | None)

    def _take_away(self, history: History, keys: set[str]) -> None:
        form = self.look()
        last = max((number for number, one in enumerate(form.fields, 1) if one.key in keys), default=0)
        first = min((number for number, one in enumerate(form.fields) if one.key in keys), default=0)
        near = [one.element for one in form.rows if not ADD.match(one.text) and first <= one.after <= last]
        if button := self._button_of(form, keys, keeps=False) or next(iter(near[-1:]), None):
            self.page.script(PRESS, button)
            self.page.wait_for(lambda: self._has_gone(keys), ROW_LIMIT)


def _is_in(field: FormField, history: History) -> bool:
    return bool(field.past and field.past.history is history)


def _rows(fields: list[FormField]) -> int:
    return len({one.past.row for one in fields if one.past})


def _button(form: Form, history: History) -> RowButton | None:
    """Return the button that adds a row of this history: by its own words, its heading, or the field before it."""
    adds = [one for one in form.rows if ADD.match(one.text)]
    by_words = [one for one in adds if WORDS[history].search(one.text)]
    bare = [one for one in adds if not any(words.search(one.text) for words in WORDS.values())]
    by_heading = [one for one in bare if _heading_of(one) is history]
    others = [one for one in bare if _heading_of(one) is None]
    by_place = [one for one in others if one.after > 0 and _is_in(form.fields[one.after - 1], history)]
    return next(iter((by_words or by_heading or by_place)[-1:]), None)


def _heading_of(button: RowButton) -> History | None:
    heading = next((one for one in button.sections if not NO_TITLE.match(one)), "")
    return next((name for name, pattern in HEADINGS.items() if pattern.match(heading)), None)
