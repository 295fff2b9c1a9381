"""A warm Chromium that serves many applications, each in an isolated context of its own."""

import ctypes
import os
import shutil
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from selenium import webdriver
from selenium.common.exceptions import WebDriverException
from selenium.webdriver.chrome.webdriver import WebDriver
from urllib3.exceptions import HTTPError

from automation.engine.browser.context import USUAL, ContextOptions
from automation.engine.browser.devtools import DevTools
from automation.engine.browser.installed import browser_path, driver_path
from automation.engine.browser.orphans import end_all_of, named
from automation.engine.browser.page import Page

PR_CAPBSET_DROP, CAP_SYS_NICE = 24, 23  # linux/prctl.h, linux/capability.h
OUT_OF_SIGHT = -10_000  # pixels
ANSWER_LIMIT = 40.0  # seconds for the driver to answer: more than a document may take to be read
NICENESS = 15  # a browser may take what the web leaves over
ARGUMENTS = (
    "--no-first-run",
    "--no-default-browser-check",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-quic",
    "--disable-dev-shm-usage",
    # A frame of another site would have a process that the driver tells nothing of: no request of it would be seen, so
    # not whether its form was sent, and no header or language of ours would reach it.
    "--disable-site-isolation-trials",
    # The last two are lists below the address bar, for which a renderer of 50 MB stands by.
    "--disable-features=Translate,OptimizationHints,MediaRouter,WebUIOmniboxPopup,WebUIOmniboxAimPopup",
    "--force-webrtc-ip-handling-policy=disable_non_proxied_udp",
    "--window-size=1280,1600",
)


PREFERENCES = {
    "net.network_prediction_options": 2,  # 2: predict nothing, and open no connection in advance
    "webrtc.ip_handling_policy": "disable_non_proxied_udp",  # or pages learn this machine's own address
}
BROKEN = (WebDriverException, HTTPError, OSError)  # what a browser or a driver that died raises


class BrowserError(Exception):
    """No browser could be started; the text says what to do."""


class Browser:
    """One Chromium and its driver. `kill` may be called from another thread than the one that works."""

    def __init__(self, driver: WebDriver, profile: Path, *, out_of_sight: bool = False) -> None:
        self._driver = driver
        _limit_answers(driver)
        self._profile = profile
        self._place = {"newWindow": True, "left": OUT_OF_SIGHT, "top": OUT_OF_SIGHT} if out_of_sight else {}
        self._home = driver.current_window_handle
        if out_of_sight:
            driver.set_window_position(OUT_OF_SIGHT, OUT_OF_SIGHT)
        driver.get("about:blank")  # in place of the browser's own start page
        self._devtools = DevTools(driver.capabilities["goog:chromeOptions"]["debuggerAddress"])
        self._version = self._devtools.ask("Browser.getVersion")

    @contextmanager
    def context(self, options: ContextOptions = USUAL) -> Iterator[Page]:
        """Give a page in a context of its own (cookies, storage, way out), which is destroyed after the block."""
        context = self._devtools.ask("Target.createBrowserContext", **options.creation())["browserContextId"]
        try:
            where = {"url": "about:blank", "browserContextId": context, **self._place}
            tab = self._devtools.ask("Target.createTarget", **where)
            self._driver.switch_to.window(tab["targetId"])
            self._use_each_connection_once()
            for command, params in options.overrides(self._version):
                self._driver.execute_cdp_cmd(command, params)
            yield Page(self._driver)
        finally:
            with suppress(*BROKEN):  # a browser that died took it along
                self._devtools.ask("Target.disposeBrowserContext", browserContextId=context)
                self._driver.switch_to.window(self._home)

    def _use_each_connection_once(self) -> None:
        """Keep Chromium from sending a form twice by itself.

        When a connection that it had used, or opened in advance, breaks before an answer comes, it sends the request
        once more, a POST too. So none is kept (HTTP/1.1), and none is opened in advance (PREFERENCES).
        """
        self._driver.execute_cdp_cmd("Network.enable", {})
        self._driver.execute_cdp_cmd("Network.setExtraHTTPHeaders", {"headers": {"Connection": "close"}})

    @property
    def alive(self) -> bool:
        """Whether the browser still answers."""
        try:
            return bool(self._devtools.ask("Browser.getVersion") and self._driver.window_handles)
        except BROKEN:
            return False

    def quit(self) -> None:
        """End the browser politely, then surely."""
        self._devtools.close()
        with suppress(*BROKEN):
            self._driver.quit()
        self.kill()

    def kill(self) -> None:
        """End the browser and its driver at once. A call that waits for it fails; nothing more is clicked."""
        end_all_of(self._profile)


def start(
    *, headed: bool = False, out_of_sight: bool = False, proxy: str | None = None, driver: str = "chrome"
) -> Browser:
    """Start a browser: the installed one, else the one that Selenium Manager fetches.

    `out_of_sight` puts the windows of a headed one beside the screen, until `Page.show`. `proxy` is a URL without
    credentials. `driver` is "chrome" or "undetected" (undetected-chromedriver with the installed driver, which
    downloads nothing). Raises BrowserError.
    """
    profile = Path(tempfile.mkdtemp(prefix=named("browser")))
    try:
        started = _undetected(profile, headed, proxy) if driver == "undetected" else _chrome(profile, headed, proxy)
        return Browser(started, profile, out_of_sight=out_of_sight)
    except BROKEN as error:
        end_all_of(profile)
        reason = str(getattr(error, "msg", None) or error).splitlines()[0]
        raise BrowserError(
            f"The browser does not start: {reason}. Install Chromium and its driver, for example with"
            " `apt-get install chromium chromium-driver`."
        ) from error
    except BaseException:  # the owner was told to end meanwhile: what has started goes with it
        end_all_of(profile)
        raise


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
    options.page_load_strategy = "eager"
    options.unhandled_prompt_behavior = "accept"
    options.add_experimental_option("prefs", PREFERENCES)
    options.set_capability("goog:loggingPrefs", {"performance": "ALL"})
    return options


def _chrome(profile: Path, headed: bool, proxy: str | None) -> WebDriver:
    service = webdriver.ChromeService(
        driver_path(),
        service_args=[f"--log-path={profile / 'driver.log'}", "--log-level=SEVERE"],  # and so the driver is known
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


def _limit_answers(driver: WebDriver) -> None:
    """Give a page that stopped working less than the two minutes that Selenium waits for each answer."""
    executor: Any = driver.command_executor
    executor.client_config.timeout = ANSWER_LIMIT
    executor._conn = executor._get_connection_manager()  # which has the limit of its beginning


def _step_back() -> None:
    """Let everything else go first: runs in the driver's process before it starts, and the browser inherits it."""
    os.nice(NICENESS)
    if sys.platform == "linux":
        # Run by root, Chromium would raise its own priority above all others: take away what it needs for that.
        ctypes.CDLL(None).prctl(PR_CAPBSET_DROP, CAP_SYS_NICE)
        # Where the kernel groups tasks by session (sched(7), "The autogroup feature"), only the group's niceness
        # counts between this session and the web's.
        with suppress(OSError):
            Path("/proc/self/autogroup").write_text(str(NICENESS))
