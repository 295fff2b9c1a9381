"""A place to work: one warm browser."""

from automation.engine.browser import session


class Slot:
    """One browser, started when first needed and replaced when it has died."""

    def __init__(self, headed: bool, *, in_sight: bool) -> None:
        self._headed = headed
        self._in_sight = in_sight
        self._browser: session.Browser | None = None

    def browser(self) -> session.Browser:
        """Return a live browser. Raises BrowserError."""
        if self._browser and not self._browser.alive:
            self.close()
        if self._browser is None:
            self._browser = session.start(headed=self._headed, out_of_sight=self._headed and not self._in_sight)
        return self._browser

    def close(self) -> None:
        if self._browser:
            self._browser.quit()
            self._browser = None
