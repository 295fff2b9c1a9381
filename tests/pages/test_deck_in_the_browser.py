"""The deck under a person's hands: drag, flick, buttons, keys, undo, offline, without JavaScript."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from selenium.webdriver.common.action_chains import ActionChains
from selenium.webdriver.common.actions.action_builder import ActionBuilder
from selenium.webdriver.common.actions.interaction import POINTER_TOUCH
from selenium.webdriver.common.actions.pointer_input import PointerInput
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys

from accounts.models import Resume, User
from applications.models import Application, Swipe
from jobs.models import Job
from jobs.services import close_jobs
from tests.conftest import PASSWORD, make_job
from tests.processes import Person, until

OFFLINE = {"offline": True, "latency": 0, "downloadThroughput": -1, "uploadThroughput": -1}
ONLINE = {**OFFLINE, "offline": False}


@pytest.fixture
def jobs(transactional_db: None) -> list[Job]:
    """Eight open jobs, the top card's first."""
    return [make_job(title=f"Job {number}") for number in range(8)][::-1]


@pytest.fixture
def deck(person: Person, alice: User, jobs: list[Job]) -> Person:
    person.sign_in(alice.email, PASSWORD)
    person.go("/jobs")
    person.sees(jobs[0].title, ".card:first-child")
    return person


def swipes() -> list[tuple[int, str]]:
    return list(Swipe.objects.filter(retracted_at__isnull=True).order_by("id").values_list("job_id", "direction"))


def top(deck: Person) -> str:
    return str(deck.script("return document.querySelector('.card:not(.card--going) h2')?.innerText || ''"))


def outbox_is_empty(deck: Person) -> bool:
    return bool(deck.script("return Object.values(localStorage).every((kept) => kept === '[]')"))


def drag(deck: Person, *, share: float, milliseconds: int, kind: str = "mouse", up: int = 0) -> None:
    """Drag the top card sideways by a share of its width (or upwards), at an even speed, and let go."""
    card = deck.one(".card:first-child")
    box = card.rect
    x, y = int(box["x"] + box["width"] / 2), int(box["y"] + box["height"] * 0.35)
    way = int(box["width"] * share)
    name = POINTER_TOUCH if kind == "touch" else "mouse"
    pointer = PointerInput(name, kind)  # type: ignore[no-untyped-call]
    actions = ActionBuilder(deck.driver, mouse=pointer, duration=milliseconds // 5)
    hand: Any = actions.pointer_action
    hand.move_to_location(x, y)
    hand.pointer_down()
    for step in range(1, 6):
        hand.move_to_location(x + way * step // 5, y - up * step // 5)
    hand.pointer_up()
    actions.perform()


@pytest.mark.parametrize("kind", ["mouse", "touch"])
@pytest.mark.parametrize(("share", "direction"), [(0.45, "right"), (-0.45, "left")])
def test_a_slow_drag_past_the_threshold_decides(
    deck: Person, jobs: list[Job], share: float, direction: str, kind: str
) -> None:
    drag(deck, share=share, milliseconds=600, kind=kind)
    until(lambda: swipes() == [(jobs[0].pk, direction)], "the drag is a decision")
    assert top(deck) == jobs[1].title


def test_under_the_top_card_lies_the_next_one(deck: Person, jobs: list[Job]) -> None:
    lifted = deck.script(
        "const [top, ...below] = document.querySelectorAll('.card'), box = top.getBoundingClientRect();"
        "top.style.visibility = 'hidden'; below.forEach(card => card.inert = false);"
        "return document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2).closest('.card').innerText"
    )
    assert jobs[1].title in str(lifted)


@pytest.mark.parametrize(("way", "stamp"), [(1, "right"), (-1, "left")])
def test_on_a_phone_a_drag_shows_what_letting_go_would_decide_and_makes_the_page_no_wider(
    deck: Person, way: int, stamp: str
) -> None:
    with screen(deck):
        deck.script(
            "const card = document.querySelector('.card'); card.setPointerCapture = () => {};"
            "const at = (x) => ({bubbles: true, pointerId: 7, clientX: x, clientY: 300});"
            "card.dispatchEvent(new PointerEvent('pointerdown', at(195)));"
            f"card.dispatchEvent(new PointerEvent('pointermove', at({195 + 120 * way})));"
        )
        box = deck.one(f".card:first-child .card__stamp--{stamp}").rect
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= deck.script("return innerWidth")
        assert deck.script("return document.documentElement.scrollWidth - innerWidth") <= 0


def test_a_short_slow_drag_springs_back(deck: Person, jobs: list[Job]) -> None:
    drag(deck, share=0.2, milliseconds=800)
    until(lambda: deck.script("return document.querySelector('.card').style.transform") == "", "the card is back")
    assert (top(deck), swipes()) == (jobs[0].title, [])


def test_a_flick_decides_before_the_threshold(deck: Person, jobs: list[Job]) -> None:
    def flick() -> bool:
        if top(deck) == jobs[0].title:  # again, where a busy machine moved the hand too slowly for a flick
            drag(deck, share=0.25, milliseconds=60)
        return swipes() == [(jobs[0].pk, "right")]

    until(flick, "the flick is a decision")


def test_a_vertical_move_and_typing_filters_decide_nothing_and_each_choice_is_counted(
    deck: Person, jobs: list[Job]
) -> None:
    drag(deck, share=0, milliseconds=300, up=200, kind="touch")
    for title, mode in (("Fitter", "remote"), ("Baker", "remote"), ("Cook", "hybrid")):
        make_job(title=title, work_mode=mode)
    deck.press("job-filters summary")
    deck.sees("11 jobs", "[data-count='all=']")
    deck.one("#q").send_keys("fitter", Keys.ARROW_LEFT)
    deck.sees("0", "[data-count='mode=hybrid']")
    assert [deck.one(f"[data-count='{choice}']").text for choice in ("all=", "mode=remote")] == ["1 job", "1"]
    assert "choice--empty" in str(
        deck.script("return document.querySelector('[value=hybrid]').closest('label').className")
    )
    ActionChains(deck.driver).send_keys(Keys.ESCAPE).perform()
    closed = "return [document.querySelector('job-filters details').open, document.activeElement.tagName]"
    assert deck.script(closed) == [False, "SUMMARY"]
    assert (top(deck), swipes()) == (jobs[0].title, [])


def test_a_cancelled_pointer_decides_nothing(deck: Person, jobs: list[Job]) -> None:
    deck.script(
        "const card = document.querySelector('.card'); card.setPointerCapture = () => {};"
        "const at = (x) => ({bubbles: true, pointerId: 7, clientX: x, clientY: 300});"
        "card.dispatchEvent(new PointerEvent('pointerdown', at(200)));"
        "card.dispatchEvent(new PointerEvent('pointermove', at(390)));"
        "card.dispatchEvent(new PointerEvent('pointercancel', at(390)));"
    )
    assert (top(deck), swipes()) == (jobs[0].title, [])


def test_a_link_in_a_card_is_a_link(deck: Person, jobs: list[Job]) -> None:
    deck.one(".card:first-child .card__more").click()
    until(lambda: deck.driver.current_url.endswith(f"/jobs/{jobs[0].pk}"), "the details open")
    assert swipes() == []


def test_buttons_and_keys_decide_and_move_the_focus_on(deck: Person, jobs: list[Job]) -> None:
    deck.one(".card:first-child button[value=save]").click()
    until(
        lambda: deck.script("return document.activeElement.innerText") == jobs[1].title, "the focus is on the next card"
    )
    ActionChains(deck.driver).send_keys(Keys.ARROW_LEFT, Keys.ARROW_UP, Keys.ARROW_RIGHT).perform()
    decided = [(job.pk, direction) for job, direction in zip(jobs, ("save", "left", "save", "right"), strict=False)]
    until(lambda: swipes() == decided, "every decision arrives, in order")
    deck.sees("Queued: Job", "[data-say]")  # not "Applied": nobody knows that yet


# Within 300 ms by the page's clock, which two clicks from here are not on a busy machine.
DOUBLE_CLICK = """
const save = document.querySelector('.card:not(.card--going) button[value=save]');
const { x, y, width, height } = save.getBoundingClientRect();
for (const _ of [1, 2]) document.elementFromPoint(x + width / 2, y + height / 2).closest('button').click();
"""


def test_a_key_that_is_held_down_and_a_double_click_decide_once(deck: Person, jobs: list[Job]) -> None:
    press = {"type": "keyDown", "key": "ArrowLeft", "code": "ArrowLeft", "windowsVirtualKeyCode": 37}
    for is_repeat in (False, True, True):
        deck.driver.execute_cdp_cmd("Input.dispatchKeyEvent", {**press, "autoRepeat": is_repeat})
    deck.driver.execute_cdp_cmd("Input.dispatchKeyEvent", {**press, "type": "keyUp"})
    assert top(deck) == jobs[1].title
    deck.script(DOUBLE_CLICK)
    assert top(deck) == jobs[2].title
    until(lambda: swipes() == [(jobs[0].pk, "left"), (jobs[1].pk, "save")], "each is decided once")


def test_cards_that_lie_below_take_no_focus_and_are_not_read_out(deck: Person, jobs: list[Job]) -> None:
    last = deck.one(".card:first-child button[value=right]")
    last.send_keys(Keys.TAB)
    assert deck.script("return document.activeElement.closest('.card')") is None
    read = deck.driver.execute_cdp_cmd("Accessibility.getFullAXTree", {})["nodes"]
    titles = [one["name"]["value"] for one in read if one.get("role", {}).get("value") == "heading"]
    assert [title for title in titles if title.startswith("Job ")] == [jobs[0].title]
    last.click()
    until(lambda: deck.script("return document.activeElement.innerText") == jobs[1].title, "the next one is there")


def test_a_swipe_takes_along_its_own_resume_and_note_and_waits_to_be_looked_at(
    deck: Person, alice: User, jobs: list[Job]
) -> None:
    other = Resume.objects.create(user=alice, name="short.pdf", file="short.pdf", size=1)
    deck.go("/jobs")
    deck.one(".card:first-child .card__how summary").click()
    deck.one(".card:first-child select[name=resume]").send_keys("short.pdf")
    deck.one(".card:first-child textarea").send_keys("I built one of these.", Keys.TAB)
    deck.driver.switch_to.active_element.send_keys(Keys.SPACE)
    deck.one(".card:first-child button[value=right]").click()
    until(lambda: swipes() == [(jobs[0].pk, "right")], "the decision is taken")

    sent = Application.objects.get()
    assert (sent.resume_id, sent.cover_letter) == (other.pk, "I built one of these.")
    assert (sent.status, sent.available_at) == ("PENDING", None)


@contextmanager
def screen(deck: Person, width: int = 360, height: int = 560, *, mobile: bool = True) -> Iterator[None]:
    """Show the page on a screen of that size: a small phone's unless another is named."""
    size = {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": mobile}
    deck.driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", size)
    try:
        yield
    finally:
        deck.driver.execute_cdp_cmd("Emulation.clearDeviceMetricsOverride", {})


IN_SIGHT = """
const { x, y, width, height } = arguments[0].getBoundingClientRect();
return width > 0 && arguments[0].contains(document.elementFromPoint(x + width / 2, y + height / 2));
"""


def test_what_was_decided_and_the_way_back_are_in_sight_on_a_small_phone(deck: Person, jobs: list[Job]) -> None:
    with screen(deck):
        deck.script("scrollTo(0, 150)")
        deck.one(".card:first-child button[value=right]").click()
        deck.sees(f"Queued: {jobs[0].title}", "[data-say]")
        for selector in ("[data-say]", "[data-undo] button"):
            assert deck.script(IN_SIGHT, deck.one(selector)), selector


def test_the_list_of_keys_comes_into_sight_by_its_own_key_and_goes_by_it_or_escape(
    deck: Person, jobs: list[Job]
) -> None:
    keys = deck.driver.find_element(By.CSS_SELECTOR, ".deck__keys")
    with screen(deck, 1280, 720, mobile=False):
        for closing in ("?", Keys.ESCAPE):
            assert not deck.script(IN_SIGHT, keys)
            ActionChains(deck.driver).send_keys("?").perform()
            assert deck.script(IN_SIGHT, keys)
            ActionChains(deck.driver).send_keys(closing).perform()
    assert (top(deck), swipes()) == (jobs[0].title, [])


def test_undo_takes_back_several_steps(deck: Person, jobs: list[Job]) -> None:
    ActionChains(deck.driver).send_keys(Keys.ARROW_RIGHT, Keys.ARROW_LEFT).perform()
    until(lambda: len(swipes()) == 2, "both are recorded")
    deck.one("[data-undo] button").click()
    until(lambda: top(deck) == jobs[1].title, "the last card is back")
    ActionChains(deck.driver).send_keys("z").perform()
    until(lambda: top(deck) == jobs[0].title, "the one before is back")
    until(lambda: swipes() == [], "nothing is decided any more")


def test_a_refused_swipe_brings_its_own_card_back_with_the_reason(deck: Person, jobs: list[Job]) -> None:
    close_jobs([jobs[0].pk], reason="Filled")
    deck.one(".card:first-child button[value=right]").click()
    deck.sees("This job takes no more applications", "[data-refusal]")
    assert top(deck) == jobs[0].title


def test_a_job_that_was_applied_to_elsewhere_does_not_come_back_and_the_reason_is_in_sight(
    deck: Person, alice: User, jobs: list[Job], swipe_right: Callable[..., object]
) -> None:
    swipe_right(alice, jobs[0])  # in another tab
    with screen(deck):
        deck.one(".card:first-child button[value=left]").click()
        deck.sees(f"{jobs[0].title} at Meridian Labs: This job is among your applications already.", "[data-refusal]")
        assert deck.script(IN_SIGHT, deck.one("[data-refusal]"))
    assert top(deck) == jobs[1].title
    assert deck.script("return document.querySelector('[data-say]').textContent") == ""  # it was not passed


def test_without_a_connection_the_deck_does_not_say_that_it_is_at_its_end(deck: Person, jobs: list[Job]) -> None:
    deck.driver.execute_cdp_cmd("Network.enable", {})
    deck.driver.execute_cdp_cmd("Network.emulateNetworkConditions", OFFLINE)
    for number in range(6):
        until(lambda: top(deck) == jobs[number].title, f"card {number} is on top")  # noqa: B023 asked at once
        ActionChains(deck.driver).send_keys(Keys.ARROW_LEFT).perform()
    deck.sees("More jobs are on their way")
    deck.driver.execute_cdp_cmd("Network.emulateNetworkConditions", ONLINE)
    until(lambda: top(deck) == jobs[6].title, "the next ones come by themselves")
    assert deck.script("return document.activeElement.innerText") == jobs[6].title
    until(lambda: len(swipes()) == 6, "all are recorded")


def test_what_could_not_be_taken_back_offline_is_taken_back_later(deck: Person, jobs: list[Job]) -> None:
    deck.one(".card:first-child button[value=save]").click()
    until(lambda: swipes() == [(jobs[0].pk, "save")], "it is recorded")
    deck.driver.execute_cdp_cmd("Network.enable", {})
    deck.driver.execute_cdp_cmd("Network.emulateNetworkConditions", OFFLINE)
    deck.one("[data-undo] button").click()
    deck.sees("Undo it when you are back", "[data-refusal]")
    deck.driver.execute_cdp_cmd("Network.emulateNetworkConditions", ONLINE)
    deck.one("[data-undo] button").click()
    until(lambda: swipes() == [], "it is taken back")
    assert top(deck) == jobs[0].title
    deck.sees("Taken back", "[data-say]")


def test_a_decision_after_the_session_has_ended_is_sent_after_the_sign_in(
    deck: Person, alice: User, jobs: list[Job]
) -> None:
    deck.go("/jobs?q=job")
    decided = top(deck)
    deck.driver.delete_cookie("sessionid")
    deck.one(".card:first-child button[value=left]").click()
    deck.sees("Nothing that you decided is lost")
    deck.one("[name=login]").send_keys(alice.email)
    deck.one("[name=password]").send_keys(PASSWORD)
    deck.one("main form .button--main").click()
    until(lambda: deck.driver.current_url.endswith("/jobs?q=job"), "it goes on where the person was")
    until(lambda: outbox_is_empty(deck), "the decision is taken")
    assert [Job.objects.get(pk=job).title for job, _ in swipes()] == [decided]


def test_the_next_cards_come_before_the_deck_runs_out(deck: Person, jobs: list[Job]) -> None:
    for number in range(8):
        until(lambda: top(deck) == jobs[number].title, f"card {number} is on top")  # noqa: B023 asked at once
        ActionChains(deck.driver).send_keys(Keys.ARROW_LEFT).perform()
    deck.sees("That is all for now")
    until(lambda: len(swipes()) == 8, "all are recorded")


def test_offline_decisions_outlive_a_reload_and_arrive_once_and_in_order(deck: Person, jobs: list[Job]) -> None:
    deck.driver.execute_cdp_cmd("Network.enable", {})
    deck.driver.execute_cdp_cmd("Network.setBlockedURLs", {"urls": ["*/api/v1/swipes/*"]})
    ActionChains(deck.driver).send_keys(Keys.ARROW_RIGHT, Keys.ARROW_LEFT).perform()
    until(lambda: top(deck) == jobs[2].title, "the cards go on")
    deck.go("/jobs")
    until(lambda: top(deck) == jobs[2].title, "decided cards do not come again")
    assert swipes() == []
    deck.driver.execute_cdp_cmd("Network.setBlockedURLs", {"urls": []})
    deck.script("dispatchEvent(new Event('online'))")
    until(lambda: swipes() == [(jobs[0].pk, "right"), (jobs[1].pk, "left")], "they arrive in order")
    until(lambda: outbox_is_empty(deck), "the outbox is empty")


def test_without_javascript_the_card_is_a_form(
    person: Person, alice: User, jobs: list[Job], swipe_right: Callable[..., object]
) -> None:
    person.driver.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": True})
    try:
        person.sign_in(alice.email, PASSWORD)
        person.go("/jobs")
        person.one(".card button[value=right]").click()
        until(lambda: swipes() == [(jobs[0].pk, "right")], "the form is a decision")
        person.sees(jobs[1].title, ".card")
        person.one("[data-undo] button").click()
        until(lambda: swipes() == [], "the form takes it back")
        person.sees(jobs[0].title, ".card")
    finally:
        person.driver.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": False})
