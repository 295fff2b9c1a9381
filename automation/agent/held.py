"""One attempt under way: whether it may go on, and the one moment from which it must."""

import logging
import threading

from structlog.contextvars import bound_contextvars

from automation.agent.outbox import Kept, Outbox
from automation.engine.browser.session import Browser

logger = logging.getLogger(__name__)


class Held:
    """Until the click is granted it can be stopped from any thread, at once; from then on it goes to its end."""

    def __init__(self, attempt: Kept, outbox: Outbox) -> None:
        self.attempt = attempt
        self.stopped = threading.Event()
        self.reason = ""  # why it was stopped
        self.granted = False
        self._outbox = outbox
        self._browser: Browser | None = None
        self._lock = threading.Lock()

    def work_with(self, browser: Browser) -> bool:
        """Say which browser is at work on it; False if it has been stopped already."""
        with self._lock:
            self._browser = browser
            return not self.stopped.is_set()

    def leave(self) -> None:
        """Say that the browser is at work on something else from here on."""
        with self._lock:
            self._browser = None

    def stop(self, reason: str) -> bool:
        """Stop it and its browser; False if the click may have been made, so that it has to go on."""
        with self._lock:
            if self.granted:
                return False
            if not self.stopped.is_set():
                with bound_contextvars(**self.attempt.ids):
                    logger.info("Attempt %s is stopped: %s", self.attempt.id, reason)
                self.reason = reason
                self.stopped.set()
                if self._browser:
                    self._browser.kill()
            return True

    def grant(self) -> bool:
        """Keep the site's word, on disk before anything is clicked; False if it was stopped meanwhile."""
        with self._lock:
            if self.stopped.is_set():
                return False
            self._outbox.grant(self.attempt.id)
            self.granted = True
            return True
