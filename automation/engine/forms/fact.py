"""What may be written into a field, as text or as a choice."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

Choose = Callable[[Sequence[str]], str | None]


@dataclass(frozen=True)
class Fact:
    """What the candidate said: the text for a text field, and how to pick an option that says the same."""

    text: str
    choose: Choose
