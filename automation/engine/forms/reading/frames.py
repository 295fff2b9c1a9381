"""Forms that are cut up over several frames: a part of the questions, an uploader, the text of an editor.

The parts are read as one form, in the order in which a person sees them. It is at home in the frame of its button.
"""

from dataclasses import replace

from selenium.common.exceptions import WebDriverException

from automation.engine.browser.page import DEEPEST, Frames, Page
from automation.engine.forms.field import FormField, Kind
from automation.engine.forms.reading.read import Form, Frame, read_form


def read_with_frames(page: Page) -> Form:
    """Return the form of the page with what its frames ask, or the form in one of them; stays where its button is."""
    form = _read(page, ())
    page.go(form.home)
    return form


def _read(page: Page, path: Frames) -> Form:
    page.go(path)
    own = read_form(page)
    own = replace(own, home=path, fields=tuple(replace(one, frames=path) for one in own.fields))
    frames = [one for one in own.frames if one.is_in_form or not own.is_application]
    if not frames or len(path) == DEEPEST:
        return own
    inner = [(frame, _inner(page, (*path, frame.element))) for frame in frames]
    whole = _put_together(own, [(frame, form) for frame, form in inner if form])
    if whole.is_application:
        return whole
    return next((form for _, form in inner if form and form.is_application), own)


def _inner(page: Page, path: Frames) -> Form | None:
    try:
        return _read(page, path)
    except WebDriverException:  # it is just being loaded, or gone
        return None


def _put_together(own: Form, inner: list[tuple[Frame, Form]]) -> Form:
    """Return the form with the fields of frames that have no button of their own, each where its frame stands."""
    fields = list(own.fields)
    parts = [(number, frame, form) for number, (frame, form) in enumerate(inner) if not (form.submits or form.nexts)]
    for number, frame, form in reversed(parts):
        fields[frame.after : frame.after] = [_of(frame, number, one, form) for one in form.fields]
    return replace(own, fields=tuple(fields))


def _of(frame: Frame, number: int, field: FormField, form: Form) -> FormField:
    """Return the field of a frame; what is asked of an editor stands beside its frame."""
    field = replace(field, key=f"frame {number}|{field.key}")
    if len(form.fields) > 1 or not frame.label or field.kind not in {Kind.LONG_TEXT, Kind.FILE}:
        return field
    is_named = field.kind is Kind.FILE and bool(field.label)
    label = field.label if is_named else frame.label
    return replace(field, label=label, required=field.required or frame.required)
