"""One warm browser for many applications: each in a context of its own, and nothing of it left at the end."""

import os
from pathlib import Path

import psutil
import pytest

from automation.engine.browser.orphans import NAME
from automation.engine.browser.page import Page
from automation.engine.browser.session import Browser, start
from automation.engine.result import FailureKind, Outcome
from automation.engine.run import Task, run
from tests.engine.conftest import Listener, candidate
from tests.engine.site import Site

MARK = f"{NAME}browser-{os.getpid()}-"


def processes() -> set[int]:
    return {one.pid for one in psutil.process_iter(["cmdline"]) if MARK in " ".join(one.info["cmdline"] or [])}


def test_an_application_sees_nothing_of_the_one_before(browser: Browser, pages: Site) -> None:
    url = pages.page("<p>Hello")

    def leave_and_look(page: Page) -> list[str]:
        page.open(url)
        seen: list[str] = page.script("return [document.cookie, localStorage.kept || '']")
        page.script("document.cookie = 'kept=1'; localStorage.kept = '1'")
        return seen

    for _ in range(2):
        with browser.context() as page:
            assert leave_and_look(page) == ["", ""]


def test_a_context_is_gone_after_its_block(browser: Browser) -> None:
    before = browser._driver.window_handles
    with browser.context():
        assert len(browser._driver.window_handles) == len(before) + 1

    assert browser._driver.window_handles == before
    assert browser.alive


def test_no_page_of_the_browser_s_own_takes_memory(browser: Browser) -> None:
    targets = browser._devtools.ask("Target.getTargets", filter=[{}])["targetInfos"]

    assert [one["url"] for one in targets if one["url"].startswith("chrome:")] == []


@pytest.mark.parametrize("end", ["quit", "kill"])
def test_no_process_and_no_profile_is_left(end: str) -> None:
    before = processes()
    browser = start()
    mine = processes() - before
    assert len(mine) > 2

    getattr(browser, end)()

    assert not processes() & mine
    assert not browser._profile.exists()
    assert not browser.alive


def test_a_browser_steps_back_behind_the_web(browser: Browser) -> None:
    assert all(psutil.Process(pid).nice() >= 10 for pid in processes())


class Killer(Listener):
    """A host that loses its browser at a step, as when the machine runs out of memory."""

    def __init__(self, browser: Browser, at: str) -> None:
        super().__init__()
        self._browser = browser
        self._at = at

    def step(self, name: str, message: str, percent: int) -> None:
        super().step(name, message, percent)
        if name == self._at:
            self._browser.kill()


@pytest.mark.parametrize(
    ("at", "outcome", "kind", "retryable"),
    [
        ("filling", Outcome.FAILED, FailureKind.BROWSER_CRASH, True),
        ("confirming", Outcome.UNCONFIRMED, FailureKind.UNCONFIRMED, False),
    ],
)
def test_a_browser_that_dies_may_be_retried_only_before_the_grant(
    at: str, outcome: Outcome, kind: FailureKind, retryable: bool, pages: Site, resume: Path, tmp_path: Path
) -> None:
    url = pages.form("<label>E-mail <input name=email></label><label>CV <input type=file name=cv></label>")
    browser = start()
    task = Task(url=url, candidate=candidate(), resume=resume, evidence_dir=tmp_path, pace="fast")  # type: ignore[arg-type]

    result = run(task, browser=browser, host=Killer(browser, at))

    assert (result.outcome, result.failure_kind, result.retryable) == (outcome, kind, retryable)


def test_a_window_that_is_out_of_sight_comes_before_the_person_when_it_is_shown() -> None:
    def left(page: Page) -> int:
        return int(page.driver.execute_cdp_cmd("Browser.getWindowForTarget", {})["bounds"]["left"])

    browser = start(out_of_sight=True)
    try:
        with browser.context() as page:
            assert left(page) < -1000
            page.show()
            assert left(page) >= 0
            assert page.script("return document.hasFocus()")
    finally:
        browser.quit()
