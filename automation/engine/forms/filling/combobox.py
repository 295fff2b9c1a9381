"""Comboboxes of component libraries, by the ARIA pattern that they share (w3.org/WAI/ARIA/apg, "Combobox").

The value is set only by choosing an option of the list; typed text is a search. The list may be inside the field, at
the end of the body, drawn only in part, or fetched while one types; some options only lead to a list of others.
"""

import json
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from typing import Any

from selenium.common.exceptions import ElementNotInteractableException, StaleElementReferenceException
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.remote.webelement import WebElement

from automation.engine.browser.page import Page
from automation.engine.browser.scripts import beside
from automation.engine.forms.answers.answer import Reply
from automation.engine.forms.field import PLACEHOLDER, FormField, Option, clean
from automation.engine.forms.filling.lookup import look_up
from automation.engine.forms.questions.meanings import normalized

OPEN_LIMIT = 3.0  # seconds for a list to come up
KEY_AFTER = 0.3  # seconds after a click that opened nothing, until a key is tried
SEARCH_AFTER = 0.6  # seconds after that key, until a text is typed where the list opens only for one
FILL_LIMIT = 2.0  # seconds for a list that opened empty to get its options
TAKE_LIMIT = 2.0  # seconds for a choice to show
MOST_LEVELS = 4  # lists, each of which opens by an option of the one before

LOOK = beside(__file__, "../look.js", "../held.js")
STATE = LOOK + beside(__file__, "combobox_state.js")
PRESS = LOOK + beside(__file__, "combobox_press.js")
HELD = LOOK + "return heldBy(arguments[0])"
TWIN = LOOK + "return JSON.stringify(optionsIn(twinOf(arguments[0])))"
# Takes the focus from what has it, the list perhaps.
LEAVE = """
let one = document.activeElement;
while (one?.shadowRoot?.activeElement) one = one.shadowRoot.activeElement;
one?.blur();
"""
TAKES_TEXT = "return arguments[0].matches('input:not([readonly], [role=button])')"
AROUND = LOOK + "return wordsAround(arguments[0])"
# The box for a search that has the focus, if one has.
FOCUSED = (
    LOOK
    + """
let one = document.activeElement;
while (one?.shadowRoot?.activeElement) one = one.shadowRoot.activeElement;
return one?.matches('input:not([readonly], [type=checkbox], [type=radio], [type=button])') && seen(one) ? one : null;
"""
)


@dataclass(frozen=True)
class OpenList:
    """The options on show; `complete` when there are no others, `many` when several may be chosen, `on`: which are.

    `blank` when there are none, and nothing says that there are none; `dialog` when they stand in one.
    """

    labels: Sequence[str]
    complete: bool
    many: bool
    on: Sequence[str] = ()
    blank: bool = False
    dialog: bool = False


class Combobox:
    """One combobox of the page."""

    def __init__(self, page: Page, field: FormField) -> None:
        self.page = page
        self.field = field
        self._box = field.element  # which takes the text of a search, if it takes any
        self._searched = False
        self._taken = ""  # what was held once the newest choice was taken
        self._chosen: list[str] = []
        self._is_many = field.multiple
        self._before = ""
        self._on: set[str] = set()  # what the list itself called chosen
        self._way: list[str] = []  # options that led to the list on show
        self._on_show: OpenList | None = None  # as it was last looked at

    def options(self) -> tuple[Option, ...]:
        """Open the list, read all of it, and close it again. One that it stands for may have more than it shows."""
        found = self._all() if self._open() else None
        self._close()
        labels = max(found.labels if found else (), json.loads(self.page.script(TWIN, self.field.element)), key=len)
        is_first_a_placeholder = bool(labels) and PLACEHOLDER.match(labels[0])
        return tuple(Option(clean(label)) for label in labels[1 if is_first_a_placeholder else 0 :])

    def pick(self, reply: Reply) -> str:
        """Choose what says the same as the reply, one or many; return what the field then holds."""
        self._before = self._held()
        while wanted := self._matching(reply):
            if not (chosen := self._choose(wanted[0], reply)):
                break
            self._chosen.append(chosen)
            self._before = self._taken
            if not self._is_many or not reply.is_many:
                break
        if not self._chosen:
            return self._give_up()
        if not self._is_many:
            return self._taken
        self._confirm()
        self._close()
        held = [label for label in self._chosen if label in self._on or self._times_around(label)]
        return self._held() or ", ".join(held)

    def _give_up(self) -> str:
        """Leave the field as it was: what was typed was a search, and is no answer."""
        if self._searched:
            self._type("")
        self._close()
        return ""

    # ------------------------------------------------------------ looking for the option

    def _matching(self, reply: Reply) -> list[str]:
        """Return what fits and is not chosen yet: of the list as it opens, of a search, of the whole list."""
        shown = self._open()
        if shown and shown.complete and (found := self._fitting(reply, shown)):
            return found
        if self._chosen and shown and shown.complete and not self._searched:
            return []
        if reply.text and self._takes_text() and (found := self._search(reply)):
            return found
        if shown and not shown.complete:
            if self._searched:
                self._type("")
            return self._fitting(reply, self._all())
        return []

    def _fitting(self, reply: Reply, shown: OpenList | None) -> list[str]:
        labels = {clean(label): label for label in shown.labels} if shown else {}
        self._is_many = self._is_many or bool(shown and shown.many)  # some lists show only once one searches
        if reply.is_many and not self._is_many:
            return []  # one place for what are several answers
        picked = [labels[pick] for pick in reply.picks(list(labels))]
        on = [label for label in picked if shown and label in shown.on]  # a press would take them away again
        self._on.update(on)
        self._chosen += [label for label in on if label not in self._chosen]
        return [label for label in picked if label not in self._chosen]

    def _takes_text(self) -> bool:
        return bool(self.page.script(TAKES_TEXT, self._box))

    def _search(self, reply: Reply) -> list[str]:
        """Type the first part of the text, then all: a look-up may know "Austin" and not "Austin, TX"."""
        self._searched = True
        texts = reply.text.split(", ") if reply.is_many else [reply.text.partition(",")[0], reply.text]
        for text in dict.fromkeys(one for one in texts if one not in self._chosen):
            enter = partial(self._type, text)
            if found := look_up(self.page, enter, lambda: self._fitting(reply, self._shown()), self._has_answered):
                return found
        return []

    def _has_answered(self) -> bool:
        """Whether the list, as it was last looked at, shows anything at all for what was typed."""
        return self._on_show is not None and not self._on_show.blank

    def _type(self, text: str) -> None:
        held = self._box.get_attribute("value")  # in an empty box the key takes the last choice away
        self.page.hand.type(self._box, *((Keys.CONTROL, "a", Keys.NULL, Keys.BACKSPACE) if held else ()), text)

    # ------------------------------------------------------------ the list

    def _open(self) -> OpenList | None:
        if self._box != self.field.element and not self._is_seen(self._box):
            self._box = self.field.element
        takes_text = self._box != self.field.element or self.field.typed
        had_focus = None if takes_text else self.page.script(FOCUSED)
        shown = self._opened()
        if not takes_text:
            self._box = self._box_that_came(had_focus) or self.field.element
        if shown and not shown.labels and not self._takes_text():
            return (
                self.page.wait_for(lambda: now if (now := self._shown()) and now.labels else None, FILL_LIMIT) or shown
            )
        return shown

    def _is_seen(self, element: WebElement) -> bool:
        with suppress(StaleElementReferenceException):
            return element.is_displayed()
        return False

    def _box_that_came(self, had_focus: WebElement | None) -> WebElement | None:
        """Return the box for a search that came up with the list of a field which takes no text itself."""
        focused: WebElement | None = self.page.script(FOCUSED)
        return focused if focused != had_focus else None

    def _opened(self) -> OpenList | None:
        if shown := self._shown():
            return shown
        self._press(self.page.script(PRESS, self.field.element))
        came = self.page.wait_for(lambda: self._shown() or self._is_expanded(), KEY_AFTER)
        if isinstance(came, OpenList):
            return came
        if came:
            return self.page.wait_for(self._shown, OPEN_LIMIT)
        return self._opened_by_key()

    def _opened_by_key(self) -> OpenList | None:
        """Open the list by its key; what that chooses in a list that stays closed is nobody's answer."""
        takes_text = self._takes_text()
        held = self._box.get_attribute("value") if takes_text else ""
        self._send_key(Keys.ARROW_DOWN)
        opens_for_text = takes_text and (self._searched or not self._chosen)
        shown = self.page.wait_for(self._shown, SEARCH_AFTER if opens_for_text else OPEN_LIMIT)
        if takes_text and not shown and not held and self._box.get_attribute("value"):
            self._type("")
        return shown

    def _is_expanded(self) -> bool:
        return self.field.element.get_attribute("aria-expanded") == "true"

    def _send_key(self, key: str) -> None:
        try:
            self.page.hand.type(self.field.element, key)
        except ElementNotInteractableException:
            self.page.script("arguments[0].focus()", self.field.element)

    def _shown(self) -> OpenList | None:
        """Return the list as it is on show; None while none is open, or it is still being looked up."""
        self._on_show = _open_list(self.page.script(STATE, self.field.element, "look"))
        return self._on_show

    def _all(self) -> OpenList | None:
        self._on_show = _open_list(self.page.script(STATE, self.field.element, "all"))
        return self._on_show

    def _choose(self, label: str, reply: Reply) -> str:
        """Choose the option, by hand or by its events, or one that it leads to; return which then shows as chosen."""
        around, shown = self._times_around(label), self._on_show
        for press in (self._press, self.page.hand.press_by_events):
            if not (option := self._find(label)):
                break
            press(option)
            came = self.page.wait_for(lambda: self._came_of(label, around, shown), TAKE_LIMIT)
            if isinstance(came, StaleElementReferenceException):
                raise came
            if isinstance(came, OpenList):
                return self._go_on(label, reply, came)
            if came:
                return label
        return ""

    def _came_of(
        self, label: str, around: int, shown: OpenList | None
    ) -> bool | OpenList | StaleElementReferenceException | None:
        """Return what has come of a press, if anything: it was taken, it led to a list, the form is drawn anew."""
        try:
            if not self._is_many:
                self._confirm()
            return self._has_taken(label, around) or self._led_on(label, shown)
        except StaleElementReferenceException as error:
            return error

    def _confirm(self) -> None:
        """Press the button with which a dialog takes what is chosen in it, if the list is one that has it."""
        if (
            self._on_show
            and self._on_show.dialog
            and (button := self.page.script(STATE, self.field.element, "confirm"))
        ):
            self._press(button)

    def _led_on(self, label: str, was: OpenList | None) -> OpenList | None:
        """Return the list of others that has come in the place of the one with the option; None if none has."""
        now = None if self._is_many or not was else self._shown()
        return now if now and was and label not in now.labels and not set(now.labels) <= set(was.labels) else None

    def _go_on(self, label: str, reply: Reply, shown: OpenList) -> str:
        """Choose in the list that an option led to; nothing where it has none that fits."""
        self._way.append(label)
        wanted = [one for one in self._fitting(reply, shown) if one not in self._way]
        return self._choose(wanted[0], reply) if wanted and len(self._way) < MOST_LEVELS else ""

    def _find(self, label: str) -> WebElement | None:
        def find() -> WebElement | None:
            found: WebElement | None = self.page.script(STATE, self.field.element, "find", label)
            return found

        # What closed the list may leave its button thinking that it is open: then the first press only closes it.
        return find() or next((found for _ in range(2) if self._open() and (found := find())), None)

    def _has_taken(self, label: str, around: int) -> bool:
        self._taken = held = self._held()
        if normalized(label) in normalized(held) or (held not in {"", self._before} and not self._searched):
            return True
        return self._times_around(label) > around or (self._is_many and self._is_on(label))

    def _is_on(self, label: str) -> bool:
        """Whether a list for several says of this option that it is chosen: some fields show no more than a number."""
        shown = self._shown()
        if shown and label in shown.on:
            self._on.add(label)
        return label in self._on

    def _times_around(self, label: str) -> int:
        """Return how often the label stands beside a field for several: each library shows what is chosen its way."""
        return str(self.page.script(AROUND, self.field.element)).count(label) if self._is_many else 0

    def _press(self, element: WebElement) -> None:
        with suppress(StaleElementReferenceException):  # it was drawn anew, so a press has done something
            self.page.hand.press(element)

    def _close(self) -> None:
        """Leave the field; one that stays open gets the key that closes lists, which may take back what is chosen."""
        if self._chosen:
            self.page.script(LEAVE)
            self.page.catches_up()
        if self._is_expanded():
            self._send_key(Keys.ESCAPE)
        self.page.script("arguments[0].blur()", self.field.element)

    def _held(self) -> str:
        held = str(self.page.script(HELD, self.field.element) or "")
        return "" if PLACEHOLDER.match(held) else held


def _open_list(raw: dict[str, Any] | None) -> OpenList | None:
    return (
        OpenList(json.loads(raw["labels"]), raw["complete"], raw["many"], raw["on"], raw["blank"], raw["dialog"])
        if raw
        else None
    )
