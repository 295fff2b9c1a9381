"""What may be written into a field, as text or as a choice."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from automation.engine.forms.answers import choices

Choose = Callable[[Sequence[str]], str | None]


@dataclass(frozen=True)
class Fact:
    """What the candidate said: the text for a text field, and how to pick an option that says the same."""

    text: str
    choose: Choose


def yes_no(said: bool | None) -> Fact | None:
    """Return a yes or a no; None if neither was said."""
    if said is None:
        return None
    return Fact("Yes" if said else "No", lambda options: choices.choose_yes_no(said, options))
