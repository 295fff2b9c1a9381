"""A place to work: one warm browser."""

from django.conf import settings

from automation.engine.browser import session


class Slot:
    """One browser, started when first needed and replaced when it has died or has to go out through another proxy."""

    def __init__(self) -> None:
        self._browser: session.Browser | None = None
        self._proxy: str | None = None

    def browser(self, proxy: str | None) -> session.Browser:
        """Return a live browser that goes out through `proxy`."""
        if self._browser and (not self._browser.alive or proxy != self._proxy):
            self.close()
        if self._browser is None:
            self._browser = session.start(proxy=proxy, driver=settings.BROWSER_DRIVER)
            self._proxy = proxy
        return self._browser

    def close(self) -> None:
        """Quit the browser, if there is one."""
        if self._browser:
            self._browser.quit()
            self._browser = None
