"""Assisted mode: what only a person can do is handed to the one who sits at this computer."""

import logging
import time
from collections.abc import Callable

from automation.agent.held import Held
from automation.agent.notify import notify
from automation.agent.outbox import Outbox

logger = logging.getLogger(__name__)

LOOK_EVERY = 0.5  # seconds


class AtTheComputer:
    """Waits for the person for at most `patience` seconds; 0 is for a computer at which nobody sits."""

    def __init__(self, held: Held, outbox: Outbox, patience: float) -> None:
        self._held = held
        self._outbox = outbox
        self._patience = patience

    def your_turn(self, what: str, show: Callable[[], None], is_done: Callable[[], bool]) -> bool:
        """Show the page, tell the person on this computer and on the phone, and wait; True once it is done."""
        if not self._patience:
            return False
        attempt = self._held.attempt
        show()
        self._outbox.step(attempt.id, "your_turn", f"Your turn, at your computer. {what}", self._percent())
        notify("Your turn", f"{attempt.title}: {what}")
        until = time.monotonic() + self._patience
        while time.monotonic() < until and not self._held.stopped.wait(LOOK_EVERY):
            if is_done():
                self._outbox.step(attempt.id, "thanks", "Thank you. Going on.", self._percent())
                return True
        return False

    def _percent(self) -> int:
        return self._outbox.attempt(self._held.attempt.id).percent
