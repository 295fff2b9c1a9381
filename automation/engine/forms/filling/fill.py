"""Fill fields in, one at a time, and read back what the page then holds.

A field that did not take its value is tried another way; what it still refuses is reported as it stands.
"""

import re
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from datetime import date
from pathlib import Path

from selenium.common.exceptions import (
    ElementNotInteractableException,
    StaleElementReferenceException,
    WebDriverException,
)
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.remote.webelement import WebElement

from automation.engine.browser.dialogs import button_of_new_dialog, dialogs_on_show
from automation.engine.browser.pace import Pace
from automation.engine.browser.page import Page
from automation.engine.browser.scripts import beside
from automation.engine.forms.answers import moments
from automation.engine.forms.answers.answer import Reply
from automation.engine.forms.answers.dates import NATIVE, asks_for_a_day, day_of, written
from automation.engine.forms.answers.profile import national_phone
from automation.engine.forms.field import FormField, Kind, Widget
from automation.engine.forms.filling import agreement
from automation.engine.forms.filling.calendar import pick_day, pick_day_if_it_opens, says
from automation.engine.forms.filling.combobox import AROUND, Combobox
from automation.engine.forms.filling.date_parts import fill_date_parts
from automation.engine.forms.filling.events import BLUR, FOCUS, INSERT, SELECT, SET
from automation.engine.forms.filling.suggestions import take_suggestion
from automation.engine.forms.questions.meanings import normalized

READS_FILE = re.compile(
    r"\b(analy[sz]|pars|upload|read|process|scann)ing (your |the |this )?(resume|résumé|cv|file|document)",
    re.IGNORECASE,
)
UPLOAD_LIMIT = 30.0  # seconds for a site to take a file
MOST_PRESSES = 200  # of a key, to bring a slider to its number
TAKE_BACK_LIMIT = 0.4  # seconds for a field to drop what was typed into it
PRESS_LIMIT = 1.0  # seconds for a button to show that it was pressed
TAKES_FILE = (  # the words of a button
    "^(upload|confirm|continue|ok(ay)?|yes|done|save|attach|use|hochladen|bestätigen|übernehmen|weiter"
    "|importer|confirmer|continuer|subir|confirmar|continuar|uploaden|bevestigen)"
    "( (this|my|the))?( (file|resume|résumé|cv|document|upload))?$"
)
E_164 = re.compile(r"\+\d{7,15}")
DIAL_CODE = beside(__file__, "../look.js", "dial_code.js")

# Where a field does nothing with the Enter key itself, the browser takes it for the button that sends the form.
ENTER_SENDS_NOTHING = """
const [node] = arguments;
const stop = new AbortController();
const hold = (event) => {
  const isOfButton = event.composedPath().some((one) => one.matches?.('button:not([type=button]), [type=submit]'));
  if (event.type === 'click' && !isOfButton) return;
  event.preventDefault();
  event.stopImmediatePropagation();
};
for (const type of ['submit', 'click']) addEventListener(type, hold, { capture: true, signal: stop.signal });
node.addEventListener('blur', () => stop.abort(), { once: true });
node.focus();
"""
IS_ON = """
const node = arguments[0];
const says = ['aria-checked', 'aria-pressed', 'aria-selected'];
return node.checked === true || says.some((name) => node.getAttribute(name) === 'true');
"""
LOOK = """
const box = arguments[0].parentElement;
return [box.innerHTML, ...[...box.querySelectorAll('input')].map((one) => one.checked + one.value)].join('|');
"""
# What a person would press to choose this: the control itself, or its label where there is no link in the way.
PRESSABLE = """
const node = arguments[0];
node.scrollIntoView({block: 'center', behavior: 'instant'});
const label = node.labels?.[0] || node.closest('label');
return [node, label].filter(Boolean).find((one) => {
  const box = one.getBoundingClientRect();
  if (box.width < 5 || box.height < 5) return false;
  const hit = one.getRootNode().elementFromPoint(box.x + box.width / 2, box.y + box.height / 2);
  return hit && one.contains(hit) && !hit.closest('a');
}) || null;
"""


class Filler:
    """Puts replies into the fields of one page."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def fill(self, field: FormField, reply: Reply) -> str:
        """Fill the field and return what it holds afterwards."""
        with self.page.at(field.frames):
            return self._fill(field, reply)

    def _fill(self, field: FormField, reply: Reply) -> str:
        self.page.hand.turn_to(field.element)
        match field.widget:
            case Widget.INPUT:
                return self._text_or_suggestion(field, reply)
            case Widget.SELECT:
                picks = reply.picks(field.option_labels)
                return str(self.page.script(SELECT, field.element, picks)) if picks else ""
            case Widget.COMBOBOX:
                return Combobox(self.page, field).pick(reply) or self._in_own_words(field, reply)
            case Widget.SLIDER:
                return self._slide(field.element, reply.text)
            case Widget.TAGS:
                return self._one_after_another(field, reply)
            case Widget.DATE_PARTS:
                return fill_date_parts(self.page, field, reply.text)
            case Widget.CHECKBOX:
                return "Yes" if self._tick(field.element) else ""
            case Widget.AGREEMENT:
                return "Yes" if agreement.accept_behind(self.page, field.element) else ""
            case Widget.BUTTONS:
                picks = reply.picks(field.option_labels)
                pressed = [pick for pick in picks if self._press(_element_of(field, pick))]
                is_on = [pick for pick in pressed if self.page.script(IS_ON, _element_of(field, pick))]
                return ", ".join(is_on if len(pressed) > 1 else pressed)
            case _:
                picks = reply.picks(field.option_labels)
                return ", ".join(pick for pick in picks if self._turn_on(_element_of(field, pick)))

    def upload(self, field: FormField, path: Path) -> str:
        """Give the file to the site, and wait until it has been taken and the site has done what it does with it."""
        with self.page.at(field.frames):
            return self._upload(field, path)

    def _upload(self, field: FormField, path: Path) -> str:
        aside = self.page.network.unanswered()
        mark = len(self.page.network.responses)
        open_before = dialogs_on_show(self.page)
        field.element.send_keys(str(path))

        def is_done() -> bool:
            return (
                self._took(field, path)
                and self.page.network.is_quiet_since(mark, aside)
                and not READS_FILE.search(self.page.text())
            )

        self.page.wait_for(is_done, UPLOAD_LIMIT)
        if confirm := button_of_new_dialog(self.page, open_before, TAKES_FILE, path.name):
            self.page.hand.press(confirm)
            self.page.wait_for(lambda: not confirm.is_displayed(), PRESS_LIMIT)
            self.page.wait_for(is_done, UPLOAD_LIMIT)
        refused = [one for one in self.page.network.sent_since(mark) if one.status >= 400]
        return "" if refused or not self._took(field, path) else path.name

    def _took(self, field: FormField, path: Path) -> bool:
        try:
            held = self.page.script("return [...arguments[0].files].map(f => f.name)", field.element)
        except WebDriverException:
            held = []  # the input was replaced: then the page names the file
        return path.name in held or path.name in self.page.text()

    def _text_or_suggestion(self, field: FormField, reply: Reply) -> str:
        """A text that stays, or what a list below the field offers: a search is no place for an answer."""
        is_search = field.placeholder.casefold().startswith("search")
        opens_calendar = field.kind is Kind.DATE and field.input_type not in NATIVE
        hints = (field.placeholder, field.label, field.hint)
        day = day_of(reply.text) or day_of(reply.text, *hints)
        if (field.readonly or opens_calendar) and not is_search:
            if day or field.value:  # what a person cannot write over is not ours to change
                return (self._typed_day(field, day, *hints) or pick_day(self.page, field, day)) if day else ""
            return Combobox(self.page, field).pick(replace(reply, text=""))
        is_in_no_form = day and field.kind is Kind.TEXT and reply.text == day.isoformat() and not asks_for_a_day(*hints)
        if day and is_in_no_form and (held := pick_day_if_it_opens(self.page, field, day)):
            return held
        held = self._from_list(field, reply) if is_search else self._text(field, self._worded(field, reply))
        if day and asks_for_a_day(*hints) and field.input_type not in NATIVE and not says(held, day):
            return pick_day(self.page, field, day)  # what it takes instead of a text may look like one: "MM/DD/YYYY"
        if field.kind is not Kind.TEXT or (held and not self._is_taken_back(field)):
            return held
        return take_suggestion(self.page, field, reply)

    def _is_taken_back(self, field: FormField) -> bool:
        """Whether a field that lists what it takes drops, once it is left, what was only typed."""
        return field.lists and self._is_emptied(field)

    def _is_emptied(self, field: FormField) -> bool:
        return bool(self.page.wait_for(lambda: not field.element.get_attribute("value"), TAKE_BACK_LIMIT))

    def choose_if_dropped(self, field: FormField, reply: Reply, held: str) -> str:
        """Choose from its list for a text that was empty again after it was filled, and drops what is typed once more.

        Return what the field then holds: "" where nothing that it offers says what the reply says.
        """
        if field.value or field.widget is not Widget.INPUT or field.kind is not Kind.TEXT:
            return held
        with self.page.at(field.frames), suppress(StaleElementReferenceException):  # drawn anew: it is read once more
            return take_suggestion(self.page, field, reply) if self._is_emptied(field) else held
        return held

    def choose(self, field: FormField, reply: Reply) -> str:
        """Choose a text from the list that comes up while one types it; "" where none does, or none of it fits."""
        if field.widget is not Widget.INPUT or field.kind is not Kind.TEXT:
            return ""
        with self.page.at(field.frames), suppress(StaleElementReferenceException):
            return take_suggestion(self.page, field, reply)
        return ""

    def _in_own_words(self, field: FormField, reply: Reply) -> str:
        """Type what a list does not offer, where that list may be only a help; "" where the field drops it again."""
        element = field.element
        is_plain = element.tag_name == "input" and element.get_attribute("role") is None and not field.readonly
        if not is_plain or reply.is_many or not reply.text:
            return ""
        self._text(field, reply.text)
        self.page.catches_up()
        held = str(self.page.script("return arguments[0].value", element))
        return held if _same(held, reply.text) else ""

    def _typed_day(self, field: FormField, day: date, *hints: str) -> str:
        """Type the day in the form that the field shows; "" if it shows none, or then says another day."""
        if field.readonly or not asks_for_a_day(*hints):
            return ""
        held = self._text(field, written(day, *hints))
        if says(held, day):
            self.page.catches_up()  # some take it back once the field is left
            held = str(self.page.script("return arguments[0].value", field.element))
        return held if says(held, day) else ""

    def press_day(self, field: FormField, reply: Reply) -> str:
        """Press the day in the calendar of a field that dropped what was typed; "" where there is neither."""
        day = day_of(reply.text)
        if not day or field.value or field.widget is not Widget.INPUT or field.input_type in NATIVE:
            return ""
        with self.page.at(field.frames):
            return pick_day(self.page, field, day)

    def _from_list(self, field: FormField, reply: Reply) -> str:
        """Choose from the list that a search opens by itself, before anything is typed; "" if it opens none."""
        return Combobox(self.page, field).pick(replace(reply, text=""))

    def _text(self, field: FormField, text: str) -> str:
        if field.input_type in NATIVE or field.input_type in moments.HELD:
            return str(self.page.script(SET, field.element, text))
        is_human = self.page.hand.rhythm.pace is Pace.HUMAN
        held = self._type(field.element, text) if is_human else self._insert(field.element, text)
        if not _same(held, text):
            held = str(self.page.script(SET, field.element, text))
        is_another = bool(held) and not _same(held, text) and not _lacks_country(held, text)
        if is_another and field.element.tag_name == "input":
            held = self._by_keys(field, text)
        return self._in_its_country(field.element, text, held) if held and E_164.fullmatch(text) else held

    def _in_its_country(self, element: WebElement, text: str, held: str) -> str:
        """Return what holds the number where a country's code stands beside it; nothing if that stays another's."""
        code = self.page.script(DIAL_CODE, element)
        if code and not text.startswith(code):  # it may learn the country only from a number that comes at once
            held = self._insert(element, text)
            code = self.page.script(DIAL_CODE, element)
        if code and not text.startswith(code):
            return str(self.page.script(SET, element, ""))
        has_it_twice = bool(code) and _same(held, text) and "+" not in held
        return self._insert(element, national_phone(text)) if has_it_twice else held

    def _by_keys(self, field: FormField, text: str) -> str:
        """Write over what a field made of another text, as a mask does that listens to nothing but keys."""
        with suppress(ElementNotInteractableException):
            self.page.script(FOCUS, field.element)
            self.page.hand.type(field.element, Keys.CONTROL, "a", Keys.NULL, Keys.BACKSPACE, text)
        return str(self.page.script(BLUR, field.element))

    def _slide(self, element: WebElement, text: str) -> str:
        """Bring a slider to the number by its arrow keys (not all have Home); nothing if it does not come to it."""
        if not re.fullmatch(r"\d+", text):
            return ""
        element.send_keys(Keys.HOME)
        least = self._slid(element)
        element.send_keys(Keys.ARROW_RIGHT)
        now = self._slid(element)
        presses = (float(text) - now) / (now - least) if now > least else 0.0
        if abs(presses) <= MOST_PRESSES and presses.is_integer():
            element.send_keys((Keys.ARROW_RIGHT if presses > 0 else Keys.ARROW_LEFT) * int(abs(presses)))
        return text if self._slid(element) == float(text) else ""

    def _slid(self, element: WebElement) -> float:
        return float(self.page.script("return arguments[0].getAttribute('aria-valuenow')", element) or 0)

    def _one_after_another(self, field: FormField, reply: Reply) -> str:
        """Enter each of several answers with the Enter key; return those that then stand beside the field."""
        self.page.script(ENTER_SENDS_NOTHING, field.element)
        for one in reply.text.split(", ") if reply.is_many else [reply.text]:
            self.page.hand.type(field.element, one, Keys.ENTER)
            self.page.wait_for(lambda: not self.page.script("return arguments[0].value", field.element), PRESS_LIMIT)
        around = str(self.page.script(AROUND, field.element))
        self.page.script("arguments[0].blur()", field.element)
        return ", ".join(one for one in reply.text.split(", ") if one in around)

    def _insert(self, element: WebElement, text: str) -> str:
        held = self.page.script(INSERT, element, text)
        if held is None:  # an editor, which may listen for more than a form's own controls do
            self.page.script(FOCUS, element)
            self.page.insert_text(text)
            held = self.page.script(BLUR, element)
        return str(held)

    def _type(self, element: WebElement, text: str) -> str:
        self.page.hand.press(element)
        self.page.script(FOCUS, element)
        for sign in text:
            if sign == "\n":
                self.page.insert_text(sign)  # as a key it could submit the form
            else:
                self.page.hand.type(element, sign)
            self.page.hand.rhythm.between_keys(sign)
        return str(self.page.script(BLUR, element))

    def _worded(self, field: FormField, reply: Reply) -> str:
        """Return the text as the field suggests it (HTML, "datalist"), where one of its suggestions says the same."""
        picks = reply.picks(field.option_labels) if field.options and not reply.is_many else []
        said = next((one.value for one in field.options if one.label in picks), "")
        return said or self._cut(field, reply.text)

    @staticmethod
    def _cut(field: FormField, text: str) -> str:
        return text[: field.max_length] if field.max_length and field.kind is Kind.LONG_TEXT else text

    def _tick(self, box: WebElement) -> bool:
        """Tick a box; one that opens what is agreed to in a dialog, and is ticked by its button, that way."""
        before = dialogs_on_show(self.page)
        if self._press_in_sight(box):
            self.page.wait_for(
                lambda: self.page.script(IS_ON, box) or dialogs_on_show(self.page) != before, PRESS_LIMIT
            )
        if not self.page.script(IS_ON, box) and agreement.accept(self.page, before):
            self.page.wait_for(lambda: self.page.script(IS_ON, box), PRESS_LIMIT)
        return self._turn_on(box)

    def _turn_on(self, element: WebElement) -> bool:
        """Tick a box or press a choice, as a person does if that can be, until it is on."""
        ways: tuple[Callable[[], object], ...] = (
            lambda: self._press_in_sight(element),
            lambda: self.page.script("arguments[0].click()", element),
            lambda: element.send_keys(Keys.SPACE),
        )
        for way in ways:
            if self.page.script(IS_ON, element):
                return True
            with suppress(ElementNotInteractableException):
                if way() is not False:
                    self.page.wait_for(lambda: self.page.script(IS_ON, element), 0.5)
        return bool(self.page.script(IS_ON, element))

    def _press_in_sight(self, element: WebElement) -> bool:
        pressable = self.page.script(PRESSABLE, element)
        if pressable:
            self.page.hand.press(pressable)
        return bool(pressable)

    def turn_off(self, field: FormField) -> str:
        """Take a tick away that nobody asked for; return what the box then holds."""
        with self.page.at(field.frames):
            pressable = self.page.script(PRESSABLE, field.element)
            self.page.script("arguments[0].click()", pressable or field.element)
            return "Yes" if self.page.script(IS_ON, field.element) else ""

    def _press(self, button: WebElement) -> bool:
        """Press a button that stands for an answer, once: a second press could take it back.

        Where no attribute tells that it is on, a change of it or its neighbours does.
        """
        if self.page.script(IS_ON, button):
            return True
        before = self.page.script(LOOK, button)
        self.page.hand.press(button)
        return bool(
            self.page.wait_for(
                lambda: self.page.script(IS_ON, button) or self.page.script(LOOK, button) != before, PRESS_LIMIT
            )
        )


def with_options(page: Page, field: FormField) -> FormField:
    """Return the field with the options that it shows only when it is opened."""
    if field.widget is not Widget.COMBOBOX:
        return field
    with page.at(field.frames):
        return replace(field, options=Combobox(page, field).options())


def _element_of(field: FormField, label: str) -> WebElement:
    found = next(option.element for option in field.options if option.label == label)
    return found or field.element


def holds(field: FormField, reply: Reply) -> bool:
    """Whether the field holds what the reply says already."""
    if not field.value or field.widget is Widget.COMBOBOX:
        return False
    if field.options:
        return [field.value] == reply.picks(field.option_labels)
    return field.kind is not Kind.CONSENT and field.value == reply.text


def _lacks_country(held: str, text: str) -> bool:
    """Whether the field holds a phone number without its country's code, which stands beside it."""
    digits = "".join(sign for sign in held if sign.isdigit())
    return text.startswith("+") and digits == national_phone(text)


def _same(held: str, text: str) -> bool:
    """Whether the field holds the text: sites may format a number or trim, and lose no letter."""

    def letters(value: str) -> str:
        return "".join(sign for sign in normalized(value) if sign.isalnum())

    return letters(held) == letters(text)
