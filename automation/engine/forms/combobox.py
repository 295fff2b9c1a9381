"""Comboboxes of component libraries, by the ARIA pattern that they share (w3.org/WAI/ARIA/apg, "Combobox").

The value is set only by choosing an option of the list; typed text is a search. The list may be inside the field, at
the end of the body, or fetched while one types.
"""

import time
from collections.abc import Sequence

from selenium.common.exceptions import ElementClickInterceptedException, ElementNotInteractableException
from selenium.webdriver.common.keys import Keys

from automation.engine.browser.page import Page
from automation.engine.browser.scripts import beside
from automation.engine.forms.answer import Reply
from automation.engine.forms.field import FormField, Option, clean

OPEN_LIMIT = 1.0  # seconds for a list to come up
LOOKUP_LIMIT = 4.0  # seconds for a list that is fetched
DEBOUNCE = 0.5  # seconds after the last key in which such a list begins to ask
MOST_OPTIONS = 500

LIST = beside(__file__, "combobox_list.js")
HELD = beside(__file__, "combobox_held.js")


class Combobox:
    """One combobox of the page."""

    def __init__(self, page: Page, field: FormField) -> None:
        self.page = page
        self.field = field
        self._searched = False

    def options(self) -> tuple[Option, ...]:
        """Open the list, read it, and close it again."""
        found = self._open()
        self._close()
        return tuple(found)

    def pick(self, reply: Reply) -> str:
        """Choose what says the same as the reply, one or many; return what the field then holds."""
        chosen: set[str] = set()
        while options := [option for option in self._matching(reply, again=bool(chosen)) if option.label not in chosen]:
            self._click(options[0])
            chosen.add(options[0].label)
            if not (self.field.multiple and reply.is_many):
                break
        if not chosen:
            return self._give_up()
        if self.field.multiple:
            self._close()
        return self.page.wait_for(self._held, OPEN_LIMIT) or ""

    def _give_up(self) -> str:
        """Leave the field as it was: what was typed was a search, and is no answer."""
        if self._searched:
            self._type("")
        self._close()
        return ""

    def _matching(self, reply: Reply, *, again: bool) -> list[Option]:
        """Return the options on show that fit; types the text as a search if none of them does."""
        found = self._fitting(reply, self._open())
        if not found and reply.text and self._takes_text() and not again:
            found = self._search(reply)
        return found

    def _takes_text(self) -> bool:
        element = self.field.element
        return element.tag_name == "input" and element.get_attribute("readonly") is None

    def _search(self, reply: Reply) -> list[Option]:
        """Type the text, then ever less of it: a look-up may know "Austin" and not "Austin, TX"."""
        self._searched = True
        for text in dict.fromkeys((reply.text, reply.text.partition(",")[0], reply.text.split(" ")[0].rstrip(","))):
            mark, typed = len(self.page.network.responses), time.monotonic()
            self._type(text)
            self.page.wait_for(
                lambda: self._fitting(reply, self._shown() or []) or self._is_looked_up(mark, typed),  # noqa: B023
                LOOKUP_LIMIT,
            )
            if found := self._fitting(reply, self._shown() or []):
                return found
        return []

    def _type(self, text: str) -> None:
        self.field.element.send_keys(Keys.CONTROL, "a", Keys.NULL, Keys.BACKSPACE, text)

    def _is_looked_up(self, mark: int, typed: float) -> bool:
        """Whether the list has had the time to ask for what was typed, and shows what it was answered."""
        asked = time.monotonic() - typed > DEBOUNCE
        return asked and self._shown() is not None and self.page.network.is_quiet_since(mark)

    @staticmethod
    def _fitting(reply: Reply, options: Sequence[Option]) -> list[Option]:
        picks = reply.picks([option.label for option in options])
        return [option for option in options if option.label in picks]

    def _open(self) -> list[Option]:
        if shown := self._shown():
            return shown
        self.page.script("arguments[0].scrollIntoView({block: 'center', behavior: 'instant'})", self.field.element)
        try:
            self.field.element.click()
        except (ElementClickInterceptedException, ElementNotInteractableException):
            self.page.script("arguments[0].focus()", self.field.element)
        if not self._expanded():
            self.field.element.send_keys(Keys.ARROW_DOWN)
        if self._expanded():
            self.page.wait_for(lambda: self._shown() is not None, OPEN_LIMIT)
        return self._shown() or []

    def _expanded(self) -> bool:
        return bool(self.page.wait_for(lambda: self.field.element.get_attribute("aria-expanded") == "true", 0.3))

    def _shown(self) -> list[Option] | None:
        """Return the options of the open list; None while no list is open, or it is still being looked up."""
        if self.field.element.get_attribute("aria-expanded") == "false":
            return None
        found = self.page.script(LIST, self.field.element, MOST_OPTIONS)
        return found and [Option(clean(one["label"]), "", one["element"]) for one in found if one["label"]]

    def _click(self, option: Option) -> None:
        if option.element is None:
            raise TypeError("Only an option that was read from an open list can be chosen")
        self.page.script("arguments[0].scrollIntoView({block: 'nearest'})", option.element)
        try:
            option.element.click()
        except (ElementClickInterceptedException, ElementNotInteractableException):
            self.page.script(
                "for (const type of ['pointerdown', 'mousedown', 'pointerup', 'mouseup', 'click'])"
                " arguments[0].dispatchEvent(new MouseEvent(type, {bubbles: true, cancelable: true, view: window}))",
                option.element,
            )

    def _close(self) -> None:
        if self.field.element.get_attribute("aria-expanded") == "true":
            self.field.element.send_keys(Keys.ESCAPE)
        self.page.script("arguments[0].blur()", self.field.element)

    def _held(self) -> str:
        return str(self.page.script(HELD, self.field.element) or "")
