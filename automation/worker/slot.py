"""A place to work: one warm browser."""

from django.conf import settings

from automation.engine.browser import session


class Slot:
    """One browser, started when first needed and replaced when it has died. Each application has its own way out."""

    def __init__(self) -> None:
        self._browser: session.Browser | None = None

    def browser(self) -> session.Browser:
        """Return a live browser."""
        if self._browser and not self._browser.alive:
            self.close()
        if self._browser is None:
            self._browser = session.start(driver=settings.BROWSER_DRIVER)
        return self._browser

    def close(self) -> None:
        """Quit the browser, if there is one."""
        if self._browser:
            self._browser.quit()
            self._browser = None
