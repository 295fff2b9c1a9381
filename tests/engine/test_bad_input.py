"""Pages that no application can be sent to, or hardly: each has a clear outcome, and the browser serves the next."""

import threading

import pytest

from automation.engine.browser.session import Browser
from automation.engine.result import FailureKind, Outcome
from tests.engine.conftest import Apply
from tests.engine.site import THANKS, Reply, Site, document

CONTACT = "<label>E-mail <input name=email></label><label>CV <input type=file name=cv></label>"


@pytest.fixture(autouse=True)
def _short_limits(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("automation.engine.run.FORM_LIMIT", 0.5)


@pytest.fixture
def _soon_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("automation.engine.browser.page.LOAD_LIMIT", 2.0)


@pytest.mark.usefixtures("_soon_given_up")
def test_a_page_that_never_stops_loading_is_given_up(pages: Site, apply: Apply, browser: Browser) -> None:
    never = threading.Event()
    pages.pages["/slow"] = Reply(document("<p>At last"), wait=never)

    result = apply(f"{pages.url}/slow")
    never.set()

    assert (result.outcome, result.failure_kind) == (Outcome.FAILED, FailureKind.TIMEOUT)
    assert result.retryable
    assert browser.alive


def test_a_page_without_a_form_says_so(pages: Site, apply: Apply) -> None:
    result = apply(pages.page("<h1>About us</h1><p>We build maps.</p>"))

    assert (result.outcome, result.failure_kind) == (Outcome.FAILED, FailureKind.FORM_UNSUPPORTED)


def test_all_of_three_hundred_questions_are_asked_at_once(pages: Site, apply: Apply) -> None:
    lands = "".join(f"<option>Land {number}</option>" for number in range(200))
    questions = "".join(
        f"<label>Riddle {number} *<select name=q{number} required><option value=''>Select{lands}</select></label>"
        if number % 10 == 0
        else f"<label>Riddle {number} *<input name=q{number} required></label>"
        for number in range(300)
    )

    result = apply(pages.form(CONTACT + questions))

    assert result.outcome is Outcome.NEEDS_ANSWERS
    assert [one.label for one in result.questions] == [f"Riddle {number}" for number in range(300)]
    assert pages.sent == []


def test_a_page_that_loads_itself_anew_is_begun_again(pages: Site, apply: Apply) -> None:
    once = (
        "<script>document.querySelector('[name=email]').oninput = () => {"
        "if (!sessionStorage.once) { sessionStorage.once = 1; document.querySelector('form').remove();"
        " location.reload(); } }</script>"
    )

    result = apply(pages.form(CONTACT, button=f"<button>Submit application</button>{once}"))

    assert result.outcome is Outcome.SUBMITTED, result.message
    assert [one["email"] for one in pages.sent] == ["ada@example.com"]


@pytest.mark.usefixtures("_soon_given_up")
def test_a_page_that_works_without_end_loses_its_tab_alone(pages: Site, apply: Apply, browser: Browser) -> None:
    result = apply(pages.page("<p>Wait<script>while (true) {}</script>"))

    assert (result.outcome, result.failure_kind) == (Outcome.FAILED, FailureKind.TIMEOUT)
    assert browser.alive


def test_a_style_sheet_that_never_comes_is_done_without(
    pages: Site, apply: Apply, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("automation.engine.browser.page.DRAW_LIMIT", 0.5)
    never = threading.Event()
    pages.pages["/never.css"] = Reply("", wait=never)
    url = pages.form(CONTACT)
    pages.pages["/job"].html = pages.pages["/job"].html.replace("<body>", "<link rel=stylesheet href=/never.css><body>")

    result = apply(url)
    never.set()

    assert result.outcome is Outcome.SUBMITTED, result.message


def test_what_a_drawn_page_sends_is_not_broken_off(
    pages: Site, browser: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("automation.engine.browser.page.DRAW_LIMIT", 0.5)
    never, slow = threading.Event(), threading.Event()
    pages.pages["/never.png"] = Reply("", wait=never)
    pages.on_post = lambda sent: Reply(document(THANKS), wait=slow)

    with browser.context() as page:
        page.open(pages.form(CONTACT, before="<img src=/never.png>"))
        page.draw()
        # The driver answers nothing while the page waits for its site, so the page does this by itself.
        page.script(
            "setTimeout(() => document.forms[0].submit(), 100);"
            "setTimeout(() => fetch('/later', {keepalive: true}), 1000)"
        )
        assert page.wait_for(lambda: "/later" in pages.asked, 20)
        slow.set()
        assert page.wait_for(lambda: "Thank you" in page.text(), 20)
    never.set()
