"""Real processes for tests: the web, a worker, the practice employers, a browser. Each is stopped by its pid."""

import ctypes
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any, TypeVar

import pytest
import requests
from django.conf import settings
from django.db import connection
from selenium import webdriver
from selenium.common.exceptions import StaleElementReferenceException
from selenium.webdriver.common.by import By
from selenium.webdriver.remote.webelement import WebElement

from automation.engine.browser.installed import browser_path, driver_path
from automation.engine.browser.orphans import reap_orphans
from automation.worker.slot import Slot

T = TypeVar("T")
PR_SET_PDEATHSIG = 1  # prctl(2)
ROOT = Path(__file__).parent.parent
PATIENCE = 300.0  # seconds until what hangs is given up: what goes well waits for none of it, however slow the machine
QUICK = {
    "SERVER_LEASE": "120",  # what is to be given up is so by `tests.whole.leases`, not by a machine that is slow
    "SERVER_HEARTBEAT": "1",
    "DEVICE_LEASE": "120",
    "DEVICE_HEARTBEAT": "1",
    "WORKER_POLL": "0.3",
    "RETRY_WAITS": "0.2",
    "ENGINE_PACE": "fast",
}


def until(condition: Callable[[], T], what: str, seconds: float = PATIENCE) -> T:
    """Return what `condition` gives as soon as it is true; fail when it is not within the time."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if found := condition():
            return found
        time.sleep(0.05)
    raise AssertionError(f"After {seconds} s still not: {what}")


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _end_with_the_tests() -> None:
    """Be killed with who started us: a worker left by a killed run would take part in the next one's tests."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)


class Process:
    """A process of the product, on the database of the tests."""

    def __init__(self, *command: str, log: Path, **environment: str) -> None:
        self.log = log
        with log.open("ab") as output:
            self._process = subprocess.Popen(
                [sys.executable, "-m", *command],
                cwd=ROOT,
                env={**os.environ, **_same_servers(), **QUICK, **environment},
                stdout=output,
                stderr=output,
                start_new_session=True,
                preexec_fn=_end_with_the_tests,
            )

    @property
    def pid(self) -> int:
        return self._process.pid

    def ask_to_end(self) -> None:
        self._process.terminate()

    def stop(self) -> int:
        """End it politely and return its exit code."""
        self.ask_to_end()
        return self.end()

    def end(self) -> int:
        """Return the exit code of one that was asked to end, once it has."""
        try:
            return self._process.wait(PATIENCE)
        except subprocess.TimeoutExpired:
            self.kill()
            raise AssertionError(f"It did not end when asked to:\n{self.log.read_text()[-2000:]}") from None

    def kill(self) -> None:
        """End it as a power cut does."""
        self._process.send_signal(signal.SIGKILL)
        self._process.wait(PATIENCE)

    @property
    def is_running(self) -> bool:
        return self._process.poll() is None


def _same_servers() -> dict[str, str]:
    """Return the environment in which a process uses what this test run uses."""
    name, user, password, host, port = (
        connection.settings_dict[key] for key in ("NAME", "USER", "PASSWORD", "HOST", "PORT")
    )
    return {
        "DATABASE_URL": f"postgresql://{user}:{password}@{host}:{port}/{name}",
        "REDIS_URL": settings.REDIS_URL,
        "REDIS_PREFIX": settings.REDIS_PREFIX,
        "DATA_DIR": str(settings.DATA_DIR),
        "MEDIA_ROOT": str(settings.MEDIA_ROOT),
        "DEBUG": "1",
    }


# ---------------------------------------------------------------- the practice employers


class Employers:
    """The practice employers and their inbox."""

    def __init__(self, url: str) -> None:
        self.url = url

    def inbox(self, job: str) -> list[dict[str, Any]]:
        """Return what has arrived for one opening."""
        answer = requests.get(f"{self.url}/inbox.json", params={"job": job}, timeout=PATIENCE)
        received: list[dict[str, Any]] = answer.json()["applications"]
        return received


@pytest.fixture(scope="session")
def employers(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Employers]:
    log = tmp_path_factory.mktemp("employers") / "log"
    with log.open("wb") as output:
        process = subprocess.Popen(
            [sys.executable, "-m", "automation.sandbox", "--port", "0"], cwd=ROOT, stdout=output, stderr=output
        )
    try:
        line = until(
            lambda: next((row for row in log.read_text().splitlines() if "http" in row), ""), "employers listen"
        )
        yield Employers(line.rpartition(" ")[2])
    finally:
        process.terminate()
        process.wait(PATIENCE)


# ---------------------------------------------------------------- the site


@pytest.fixture(scope="session")
def site(django_db_setup: None, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a real web process on the tests' database."""
    port = free_port()
    log = tmp_path_factory.mktemp("web") / "log"
    process = Process(
        "uvicorn", "jobswipe.asgi:application", "--port", str(port), "--timeout-graceful-shutdown", "1", log=log
    )
    url = f"http://127.0.0.1:{port}"
    try:
        until(lambda: answers(f"{url}/healthz"), "the site answers")
        yield url
    finally:
        process.stop()


def answers(url: str, **headers: str) -> bool:
    try:
        return requests.get(url, headers=headers, timeout=10).ok
    except (requests.ConnectionError, requests.Timeout):
        return False


StartWorker = Callable[..., Process]


@pytest.fixture
def start_worker(transactional_db: None, tmp_path: Path) -> Iterator[StartWorker]:
    """Start worker processes; those that still run at the end are stopped, and no browser of theirs is left."""
    started: list[Process] = []

    def start(*, until_it_says: str = "ready.", **environment: str) -> Process:
        log = tmp_path / f"worker-{len(started)}.log"
        process = Process("celery", "-A", "jobswipe", "worker", "--loglevel", "info", log=log, **environment)
        started.append(process)
        until(lambda: until_it_says in log.read_text(), f"the worker says “{until_it_says}”")
        return process

    try:
        yield start
    finally:
        for process in started:
            if process.is_running:
                process.stop()
        reap_orphans()


@pytest.fixture(scope="session")
def slot() -> Iterator[Slot]:
    """A place to work, of this process: its browser stays warm from test to test, as a worker's does."""
    slot = Slot()
    yield slot
    slot.close()


# ---------------------------------------------------------------- a person's browser


class Person:
    """Somebody at a browser: goes to pages, presses what a person presses, reads what is shown."""

    def __init__(self, driver: webdriver.Chrome, site: str) -> None:
        self.driver = driver
        self.site = site

    def go(self, path: str) -> None:
        self.driver.get(self.site + path)

    def sign_in(self, email: str, password: str) -> None:
        self.driver.delete_all_cookies()
        self.go("/accounts/login/")
        self.one("[name=login]").send_keys(email)
        self.one("[name=password]").send_keys(password)
        self.one("main form .button--main").click()
        until(lambda: "/accounts/login" not in self.driver.current_url, "signed in")

    def all(self, selector: str) -> list[WebElement]:
        return self.driver.find_elements(By.CSS_SELECTOR, selector)

    def one(self, selector: str) -> WebElement:
        """Return the first such element that is shown, as soon as it is."""

        def shown() -> WebElement | None:
            with suppress(StaleElementReferenceException):  # the page goes, or is drawn anew, while one looks
                return next((one for one in self.all(selector) if one.is_displayed()), None)
            return None

        return until(shown, f"shows {selector}")  # type: ignore[return-value]  # `until` gives what is true

    def press(self, selector: str) -> None:
        """Bring the element to the middle of the screen, where no bar lies over it, and click it."""
        element = self.one(selector)
        self.script("arguments[0].scrollIntoView({ block: 'center' })", element)
        element.click()

    def sees(self, text: str, within: str = "body") -> None:
        """Wait until the text is shown."""
        seen = "return [...document.querySelectorAll(arguments[0])].some((one) => one.innerText.includes(arguments[1]))"
        until(lambda: self.script(seen, within, text), f"“{text}” is shown in {within}")

    def script(self, source: str, *arguments: Any) -> Any:
        return self.driver.execute_script(source, *arguments)


@pytest.fixture(scope="session")
def _driver(tmp_path_factory: pytest.TempPathFactory) -> Iterator[webdriver.Chrome]:
    options = webdriver.ChromeOptions()
    if path := browser_path():
        options.binary_location = path
    for argument in (
        "--headless=new", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking",
        "--disable-component-update", "--disable-sync", "--window-size=420,900",
        f"--user-data-dir={tmp_path_factory.mktemp('person')}",
    ):  # fmt: skip
        options.add_argument(argument)
    driver = webdriver.Chrome(options=options, service=webdriver.ChromeService(driver_path()))
    driver.set_script_timeout(PATIENCE)
    yield driver
    driver.quit()


@pytest.fixture
def person(_driver: webdriver.Chrome, site: str, transactional_db: None) -> Iterator[Person]:
    """A person at a browser with nothing left from earlier tests."""
    yield Person(_driver, site)
    _driver.execute_cdp_cmd(
        "Network.emulateNetworkConditions",
        {"offline": False, "latency": 0, "downloadThroughput": -1, "uploadThroughput": -1},
    )
    _driver.execute_cdp_cmd("Network.setBlockedURLs", {"urls": []})
    _driver.execute_script("try { localStorage.clear() } catch {}")
    _driver.get("about:blank")
