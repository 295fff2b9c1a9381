"""A warm Chromium that serves many applications, each in an isolated context of its own."""

import logging
import os
import shutil
import signal
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import psutil
from selenium import webdriver
from selenium.common.exceptions import WebDriverException
from selenium.webdriver.chrome.webdriver import WebDriver
from urllib3.exceptions import HTTPError

from automation.engine.browser.page import Page

logger = logging.getLogger(__name__)

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
PROFILE = "jobswipe-browser-"  # then the pid of the owner: how an orphan is known
NICENESS = 10  # a browser may take what the web leaves over
ARGUMENTS = (
    "--no-first-run",
    "--no-default-browser-check",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-quic",
    "--disable-dev-shm-usage",
    "--disable-features=Translate,OptimizationHints,MediaRouter",
    "--force-webrtc-ip-handling-policy=disable_non_proxied_udp",
    "--window-size=1280,1600",
)


class BrowserError(Exception):
    """No browser could be started; the text says what to do."""


class Browser:
    """One Chromium and its driver. `kill` may be called from another thread than the one that works."""

    def __init__(self, driver: WebDriver, profile: Path) -> None:
        self._driver = driver
        self._profile = profile
        self._home = driver.current_window_handle
        self._process = psutil.Process(driver.service.process.pid)

    @contextmanager
    def context(self) -> Iterator[Page]:
        """Give a page in a context of its own (cookies, storage), which is destroyed after the block."""
        context = self._driver.browser.create_user_context()
        try:
            self._driver.switch_to.window(self._driver.browsing_context.create(type="tab", user_context=context))
            yield Page(self._driver)
        finally:
            with suppress(WebDriverException, HTTPError, OSError, AttributeError):  # a browser that died took it along
                self._driver.browser.remove_user_context(context)
                self._driver.switch_to.window(self._home)

    @property
    def alive(self) -> bool:
        """Whether the browser still answers."""
        try:
            return bool(self._process.is_running() and self._driver.window_handles)
        except (WebDriverException, HTTPError, OSError):
            return False

    def quit(self) -> None:
        """End the browser politely, then surely."""
        with suppress(WebDriverException, HTTPError, OSError):
            self._driver.quit()
        self.kill()

    def kill(self) -> None:
        """End the browser and its driver at once. A call that waits for it fails; nothing more is clicked."""
        _kill_tree(self._process)
        shutil.rmtree(self._profile, ignore_errors=True)


def start(*, headed: bool = False, proxy: str | None = None, driver: str = "chrome") -> Browser:
    """Start a browser: the installed one, else the one that Selenium Manager fetches.

    `proxy` is a URL without credentials. `driver` is "chrome" or "undetected" (undetected-chromedriver with the
    installed driver, which downloads nothing). Raises BrowserError.
    """
    profile = Path(tempfile.mkdtemp(prefix=f"{PROFILE}{os.getpid()}-"))
    try:
        started = _undetected(profile, headed, proxy) if driver == "undetected" else _chrome(profile, headed, proxy)
    except (WebDriverException, OSError) as error:
        shutil.rmtree(profile, ignore_errors=True)
        reason = str(getattr(error, "msg", None) or error).splitlines()[0]
        raise BrowserError(
            f"The browser does not start: {reason}. Install Chromium and its driver, for example with"
            " `apt-get install chromium chromium-driver`."
        ) from error
    return Browser(started, profile)


def browser_path() -> str | None:
    """Return where the installed browser is; None if there is none on the PATH."""
    return next(filter(None, map(shutil.which, BROWSERS)), None)


def driver_path() -> str | None:
    """Return where the installed driver is; None if there is none on the PATH."""
    return shutil.which("chromedriver")


def _options(options: Any, profile: Path, headed: bool, proxy: str | None) -> Any:
    for argument in (*ARGUMENTS, f"--user-data-dir={profile}"):
        options.add_argument(argument)
    if not headed:
        options.add_argument("--headless=new")
    if sys.platform == "linux" and os.geteuid() == 0:
        options.add_argument("--no-sandbox")  # Chromium's sandbox cannot be set up by root
    if proxy:
        options.add_argument(f"--proxy-server={proxy}")
        options.add_argument("--proxy-bypass-list=<-loopback>")
    if path := browser_path():
        options.binary_location = path
    options.enable_bidi = True
    options.page_load_strategy = "eager"
    options.unhandled_prompt_behavior = "accept"
    options.set_capability("goog:loggingPrefs", {"performance": "ALL"})
    return options


def _chrome(profile: Path, headed: bool, proxy: str | None) -> WebDriver:
    service = webdriver.ChromeService(
        driver_path(),
        popen_kw={"start_new_session": True, "preexec_fn": _step_back} if os.name == "posix" else {},
    )
    return webdriver.Chrome(options=_options(webdriver.ChromeOptions(), profile, headed, proxy), service=service)


def _undetected(profile: Path, headed: bool, proxy: str | None) -> WebDriver:
    import undetected_chromedriver  # optional: patches a copy of the installed driver

    copy = profile / "chromedriver"
    shutil.copy(driver_path() or "", copy)
    options = _options(undetected_chromedriver.ChromeOptions(), profile, headed, proxy)
    started: WebDriver = undetected_chromedriver.Chrome(
        options=options,
        driver_executable_path=str(copy),
        browser_executable_path=browser_path(),
        headless=not headed,
    )
    return started


def _step_back() -> None:
    os.nice(NICENESS)


def reap_orphans() -> int:
    """End the browsers whose owner was killed, and remove their profiles; return how many processes that were."""
    orphans = [process for process in psutil.process_iter() if _owner_is_gone(process)]
    for process in orphans:
        with suppress(psutil.Error):
            process.send_signal(signal.SIGKILL if os.name == "posix" else signal.SIGTERM)
    for profile in Path(tempfile.gettempdir()).glob(f"{PROFILE}*"):
        if not psutil.pid_exists(_owner(profile.name)):
            shutil.rmtree(profile, ignore_errors=True)
    return len(orphans)


def _owner_is_gone(process: psutil.Process) -> bool:
    try:
        profiles = [part for part in process.cmdline() if part.startswith("--user-data-dir=") and PROFILE in part]
        parent = process.parent()
        is_driver = process.name().startswith("chromedriver") and (parent is None or parent.pid == 1)
        drives_orphans = is_driver and any(map(_owner_is_gone, process.children()))
    except psutil.Error:
        return False
    return drives_orphans or any(not psutil.pid_exists(_owner(part.rpartition("/")[2])) for part in profiles)


def _owner(profile: str) -> int:
    number = profile.removeprefix(PROFILE).partition("-")[0]
    return int(number) if number.isdecimal() else 0


def _kill_tree(process: psutil.Process) -> None:
    with suppress(psutil.NoSuchProcess):
        for one in [*process.children(recursive=True), process]:
            with suppress(psutil.NoSuchProcess):
                one.kill()
        process.wait(5)
