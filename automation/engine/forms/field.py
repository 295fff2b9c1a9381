"""A field of a form, whatever it is made of."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import lru_cache
from string import ascii_uppercase
from typing import TYPE_CHECKING, Any

from automation.engine.forms.entry import Past

if TYPE_CHECKING:  # the web asks people the same questions, and needs no Selenium for it
    from selenium.webdriver.remote.webelement import WebElement

_REQUIRED = "required|mandatory|pflichtfeld|erforderlich|obligatoire|requis|obligatorio|verplicht"
_OPTIONAL = "optional|freiwillig|facultatif|opcional|optioneel"
REQUIRED_MARK = re.compile(rf"[*✱∗]|\(\s*(?:{_REQUIRED})\s*\)|\brequired\b\s*$", re.IGNORECASE)
MARKS = re.compile(
    rf"[*✱∗]|\(\s*(?:{_REQUIRED}|{_OPTIONAL})\s*\)|[-–—:]\s*(?:required|optional)\s*$"
    r"|\b\d+ characters? (?:remaining|left)\s*$",
    re.IGNORECASE,
)
# What a list shows while nothing is chosen, in English, German, French, Spanish, Dutch, Portuguese and Italian.
DECLINE = re.compile(
    r"\b(declin\w*|prefer not|rather not|choose not|do ?n[o']?t (wish|want|care) to"
    r"|not (to )?(disclosed?|answer|say|specify|declared?|identify|respond|share|provide)"
    r"|no (answer|response)|undisclosed|^not specified$|wish not|abstain|opt(ing)? out|withh(old|eld)|skip this"
    r"|keine angabe"
    r"|vill (inte|ej) (ange|uppge|svara)|ønsker ikke at (oplyse|svare)"
    r"|preferisco non|prefiro não|wolę nie|m(o|ö)chte ich nicht|ne (souhaite|veux) pas|prefiero no)\b"
)
PLACEHOLDER = re.compile(
    r"^\W*$|^\W*(?:(?:please|bitte|veuillez|por favor|per favore)\W+)?(?:select|choose|pick"
    r"|(?:aus)?wählen|auswahl treffen|treffen sie eine|sélectionne[rz]|choisi(?:r|ssez)|seleccion(?:e|a|ar)|elija"
    r"|elegir|selecteer|kies|maak een keuze|selecion(?:e|ar)|selezion(?:a|are)|scegli"
    r"|escolh(?:a|er)|v[äæe]l[jg]|wybierz)\b(?!.*\b(?:not|all)\b).{0,40}$"
    r"|^\W*(?:[\w-]+ ){1,3}(?:(?:aus)?wählen|kiezen|selecteren)\W*$"
    r"|^\W*(?:make (?:a |your )?selection|no(?:thing)? select(?:ion|ed)|not (?:specified|selected))\W*$",
    re.IGNORECASE,
)


IN_DASHES = re.compile(r"^\W*[-–—]{2}.*[-–—]{2}\W*$")  # as placeholders are: "-- No answer --"
# What is said, at either end of a label, of how the question is answered.
_HOW = r"required(?: to answer)?|(?:single|multiple) choice|(?:single|multi)[- ]line text"
HOW_TO_ANSWER = re.compile(rf"^(?:(?:{_HOW})\.\s*)+(?=\S)|(?<=[?!.:])\s*(?:(?:{_HOW})\b\.?\s*)+$", re.IGNORECASE)
# The number of a question in its form: it is no part of what is asked.
NUMBERING = re.compile(r"^(?:question |q)?\d{1,2}[.):](?: +(?=[^\d\s])|(?=[^\W\d_]))", re.IGNORECASE)


PART = re.compile(r"^(?:part|section|step) (?:\d{1,2}|[A-Z]|[IVX]+)\s*[.:)–-]\s*(?=\S)", re.IGNORECASE)


class Kind(StrEnum):
    """What a field asks for."""

    TEXT = "text"
    LONG_TEXT = "longtext"
    EMAIL = "email"
    PHONE = "phone"
    URL = "url"
    NUMBER = "number"
    DATE = "date"
    FILE = "file"
    SINGLE_CHOICE = "single_choice"
    MULTI_CHOICE = "multi_choice"
    CONSENT = "consent"


class Widget(StrEnum):
    """What a field is made of, and so how it is filled."""

    INPUT = "input"
    FILE = "file"
    SELECT = "select"
    RADIOS = "radios"
    CHECKBOXES = "checkboxes"
    CHECKBOX = "checkbox"
    BUTTONS = "buttons"
    COMBOBOX = "combobox"
    DATE_PARTS = "date_parts"
    SLIDER = "slider"
    TAGS = "tags"
    AGREEMENT = "agreement"  # a link to a dialog that takes a consent


@dataclass(frozen=True)
class Option:
    label: str
    value: str = ""
    element: "WebElement | None" = field(default=None, compare=False, repr=False)


@dataclass(frozen=True)
class FormField:
    """One question of a form. `key` finds it again after the page has redrawn it."""

    key: str
    label: str
    kind: Kind
    widget: Widget
    required: bool
    element: "WebElement" = field(compare=False, repr=False)
    options: tuple[Option, ...] = ()
    value: str = ""
    section: str = ""  # the heading above it
    sections: tuple[str, ...] = ()  # the headings above it, the nearest first
    frames: "tuple[WebElement, ...]" = field(default=(), compare=False, repr=False)  # around it, from the top
    past: Past | None = None  # in a row about a former job or school: what of it is asked
    error: str = ""
    input_type: str = ""
    autocomplete: str = ""
    placeholder: str = ""
    readonly: bool = False
    typed: bool = False  # its control takes a text, if only to search by
    lists: bool = False  # what it takes, while one types (WAI-ARIA, "aria-autocomplete")
    accept: str = ""
    multiple: bool = False
    max_length: int = 0
    hint: str = ""  # what explains it: the page's small print
    beside: Mapping[str, "FormField"] = field(default_factory=dict, compare=False, repr=False)  # `with_neighbours`

    @property
    def option_labels(self) -> list[str]:
        return [option.label for option in self.options]

    @property
    def must_be_one_of(self) -> list[str]:
        """The only answers that there are; of a text that suggests some, none."""
        return [] if self.widget is Widget.INPUT else self.option_labels


def field_from(raw: dict[str, Any]) -> FormField:
    """Make a field of what the scripts in `reading/` found."""
    label = raw["label"] or raw["section"]
    options = _select_options(raw["options"]) if isinstance(raw["options"], str) else _options(raw["options"])
    return FormField(
        key=raw["key"],
        label=NUMBERING.sub("", clean(label)),
        kind=Kind(raw["kind"]),
        widget=Widget(raw["widget"]),
        required=raw["required"] or bool(REQUIRED_MARK.search(raw["label"])),
        element=raw["element"],
        options=options,
        value=""
        if raw["widget"] in {Widget.SELECT, Widget.COMBOBOX} and PLACEHOLDER.match(raw["value"])
        else raw["value"],
        section=_heading(raw["section"]),
        sections=tuple(map(_heading, raw["sections"])),
        error=raw["error"].strip(),
        input_type=raw["type"],
        autocomplete=raw["autocomplete"],
        placeholder=raw["placeholder"],
        readonly=raw["readonly"],
        typed=raw["typed"],
        lists=raw["lists"],
        accept=raw["accept"],
        multiple=raw["multiple"],
        max_length=raw["maxLength"],
        hint=raw["hint"],
    )


def _heading(text: str) -> str:
    return PART.sub("", clean(text))


def _options(raw: list[dict[str, Any]]) -> tuple[Option, ...]:
    named = [(clean(one["label"]), one) for one in raw if one["label"].strip()]
    keys = [f"{letter} " for letter in ascii_uppercase[: len(named)]]
    if len(named) > 1 and keys == [label[:2] for label, _ in named]:
        named = [(label[2:], one) for label, one in named]  # the key that chooses it stands before each
    return tuple(Option(label, one["value"], one.get("element")) for label, one in named)


@lru_cache(maxsize=512)
def _select_options(text: str) -> tuple[Option, ...]:
    """Return the options of a native list, but for its placeholder; the same list is read over and over."""
    rows = [(clean(label), value, blank) for label, value, blank in json.loads(text) if label.strip()]
    if rows and not rows[0][1] and (IN_DASHES.match(rows[0][0]) or not DECLINE.search(rows[0][0].casefold())):
        rows = rows[1:]  # a first option without a value is the list's placeholder, whatever it says (HTML, "select")
    return tuple(Option(label, value) for label, value, blank in rows if not (blank and PLACEHOLDER.match(label)))


def clean(label: str) -> str:
    """Return the label without marks of being required and with single spaces."""
    return re.sub(r"\s+", " ", HOW_TO_ANSWER.sub("", MARKS.sub(" ", label).strip())).strip().removesuffix(":").rstrip()
