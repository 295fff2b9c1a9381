"""Read the form of the page: one call into the browser, whatever the number of fields."""

from dataclasses import dataclass
from typing import Any

from selenium.webdriver.remote.webelement import WebElement

from automation.engine.browser.accessible import accessible
from automation.engine.browser.page import Frames, Page
from automation.engine.browser.scripts import beside
from automation.engine.forms.field import PLACEHOLDER, FormField, Kind, Widget, clean, field_from
from automation.engine.forms.questions.meanings import meaning_of
from automation.engine.forms.questions.neighbours import with_neighbours

FOUND = (
    "controls",
    "reach",
    "labels",
    "sections",
    "marks",
)  # in reading/, in the order in which they build on each other
ASKED = ("field", "choices", "dates", "files", "questions", "frames", "buttons", "form")
READ = beside(__file__, "../look.js", "../held.js", *(f"{part}.js" for part in FOUND + ASKED))
GROUPED = frozenset({Widget.RADIOS, Widget.CHECKBOXES, Widget.BUTTONS, Widget.DATE_PARTS})
NAMES = frozenset({"first_name", "last_name", "full_name"})


@dataclass(frozen=True)
class Frame:
    """A frame, after so many of the form's fields; the label and the mark that stand beside it, not in it."""

    element: WebElement
    label: str
    required: bool
    after: int
    is_in_form: bool


@dataclass(frozen=True)
class RowButton:
    """A button that adds a row to a repeated section, or takes one away; `after` so many of the form's fields."""

    element: WebElement
    text: str
    sections: tuple[str, ...]
    after: int


@dataclass(frozen=True)
class Form:
    """What the page asks at this moment, and the buttons that go on."""

    fields: tuple[FormField, ...]
    submits: tuple[WebElement, ...]
    nexts: tuple[WebElement, ...]
    score: int
    rows: tuple[RowButton, ...] = ()
    frames: tuple[Frame, ...] = ()
    folded: tuple[WebElement, ...] = ()  # what opens parts of it that are folded up
    home: Frames = ()  # the frames around its button

    @property
    def is_application(self) -> bool:
        """Whether this asks what an application asks: a file, or who one is."""
        kinds = {field.kind for field in self.fields}
        asked = {meaning.name for field in self.fields if (meaning := meaning_of(field.label, field.autocomplete))}
        asks_who = Kind.EMAIL in kinds or ("email" in asked and bool(asked & NAMES))
        first = len(self.fields) - sum(field.kind is Kind.CONSENT for field in self.fields)
        is_first_of_many = not self.submits and first == 1 and (bool(asked & NAMES) or "email" in asked | kinds)
        return bool(self.submits or self.nexts or self.folded) and (
            Kind.FILE in kinds or (asks_who and len(self.fields) > 2) or self.score >= 6 or is_first_of_many
        )

    @property
    def errors(self) -> list[FormField]:
        return [field for field in self.fields if field.error]

    def find(self, key: str) -> FormField | None:
        """Return the field as it is now; None if it has gone."""
        return next((field for field in self.fields if field.key == key), None)


def read_form(page: Page) -> Form:
    """Return the form in the frame that is looked at; one without fields if there is none."""
    raw: dict[str, Any] = page.script(READ)
    fields = raw["fields"]
    _ask_the_browser(page, [one for one in fields if not one["labelled"]])
    return Form(
        fields=tuple(with_neighbours(_numbered(fields))),
        submits=tuple(raw["submits"]),
        nexts=tuple(raw["nexts"]),
        folded=tuple(raw["folded"]),
        score=raw["score"],
        rows=tuple(RowButton(one["element"], one["text"], tuple(one["sections"]), one["after"]) for one in raw["rows"]),
        frames=tuple(
            Frame(one["element"], clean(one["label"]), one["required"], one["after"], one["inside"])
            for one in raw["frames"]
        ),
    )


def _ask_the_browser(page: Page, guessed: list[dict[str, Any]]) -> None:
    """Put the browser's own name in the place of a label that was guessed; a name made of a placeholder is none."""
    known = page.accessible
    if new := [one["element"] for one in guessed if one["element"].id not in known]:
        known |= dict.fromkeys((one.id for one in new), None) | accessible(page.driver, new)
    for raw in guessed:
        if not (said := known[raw["element"].id]):
            continue
        name = said.group if raw["widget"] in GROUPED else said.name
        is_no_name = name in {raw["placeholder"], raw["value"], raw["title"], raw["says"]} or PLACEHOLDER.match(name)
        if name and not is_no_name:
            raw["label"] = name
        raw["required"] = raw["required"] or said.required


def _numbered(raw_fields: list[dict[str, Any]]) -> list[FormField]:
    """Make the fields, and tell apart those that look the same, as rows of a repeated section do."""
    seen: dict[str, int] = {}
    for raw in raw_fields:
        seen[raw["key"]] = count = seen.get(raw["key"], 0) + 1
        if count > 1:
            raw["key"] = f"{raw['key']}|{count}"
    return [field_from(raw) for raw in raw_fields if raw["label"] or raw["section"]]
