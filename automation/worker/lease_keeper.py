"""A thread that keeps one lease alive, also while the browser hangs, and ends the attempt when it must end."""

import logging
import threading
import time
from types import TracebackType

from django.conf import settings
from django.db import Error as DatabaseError
from django.db import close_old_connections

from automation.engine.browser.session import Browser
from automation.leases import LeaseLost, heartbeat
from automation.models import Attempt
from proxies import rotator

logger = logging.getLogger(__name__)


class LeaseKeeper:
    """Renews the lease every SERVER_HEARTBEAT seconds for as long as the `with` block runs.

    When the lease is lost or ATTEMPT_TIME_LIMIT is over it kills the browser that it was told to watch: the engine,
    wherever it waits, then comes back with a crash, and no click can follow.
    """

    def __init__(self, attempt: Attempt) -> None:
        self._attempt = attempt
        self._browser: Browser | None = None
        self._is_over = False
        self._lock = threading.Lock()
        self.exit_lease: int | None = None  # the way out that is kept along with it
        self._deadline = time.monotonic() + settings.ATTEMPT_TIME_LIMIT
        self._done = threading.Event()
        self._thread = threading.Thread(target=self._keep, name=f"lease of attempt {attempt.pk}", daemon=True)

    def __enter__(self) -> "LeaseKeeper":
        self._thread.start()
        return self

    def watch(self, browser: Browser) -> None:
        """Know the browser, which may take longer to start than a lease lasts."""
        with self._lock:
            self._browser = browser
            if self._is_over:
                browser.kill()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._done.set()
        self._thread.join()

    def _keep(self) -> None:
        while not self._done.wait(min(settings.SERVER_HEARTBEAT, max(self._deadline - time.monotonic(), 0))):
            if time.monotonic() >= self._deadline or not self._renew():
                logger.warning("Attempt %s is over: its browser is closed", self._attempt.pk)
                self._end()
                self._renew()  # once more, for as long as it takes to report the end
                return

    def _end(self) -> None:
        with self._lock:
            self._is_over = True
            if self._browser:
                self._browser.kill()

    def _renew(self) -> bool:
        try:
            heartbeat(attempt_id=self._attempt.pk, lease=self._attempt.lease)
            if self.exit_lease is not None:
                rotator.renew(self.exit_lease)
        except LeaseLost:
            return False
        except DatabaseError as error:
            # The lease outlives a few missed beats; if the database stays away it runs out, and is swept.
            logger.warning("Heartbeat of attempt %s failed: %s", self._attempt.pk, error)
        finally:
            close_old_connections()
        return True
