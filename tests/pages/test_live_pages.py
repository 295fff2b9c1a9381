"""What happens reaches the open page without a reload: by WebSocket, else as a stream, else by polling."""

from collections.abc import Callable

import pytest

from accounts.models import User
from applications import services
from applications.machine import record
from applications.models import Application, Event
from jobs.models import Job
from tests.conftest import PASSWORD
from tests.pages.test_deck_in_the_browser import OFFLINE, ONLINE
from tests.processes import Person, until


@pytest.fixture
def application(
    alice: User, job: Job, transactional_db: None, swipe_right: Callable[[User, Job], Application]
) -> Application:
    return swipe_right(alice, job)


def stays(person: Person) -> Callable[[], bool]:
    """Mark the document; the answer says whether it is still the same one."""
    person.script("window.marked = true")
    return lambda: person.script("return window.marked === true")


def test_the_board_follows_by_web_socket(person: Person, alice: User, application: Application) -> None:
    person.sign_in(alice.email, PASSWORD)
    person.go("/applications")
    same = stays(person)
    until(lambda: person.one("live-feed").text == "live", "the socket is open")
    services.withdraw(actor=alice, application_id=application.pk)
    person.sees("Withdrawn", ".ticket")
    assert person.one("[data-column=closed] .ticket")
    assert same()


def test_a_ticket_leaves_the_board_when_its_swipe_is_taken_back(
    person: Person, alice: User, application: Application
) -> None:
    person.sign_in(alice.email, PASSWORD)
    person.go("/applications")
    same = stays(person)
    until(lambda: person.one("live-feed").text == "live", "the socket is open")
    assert person.all(".ticket")
    services.undo(actor=alice, key=application.swipe.key)
    until(lambda: not person.all(".ticket"), "its ticket is gone")
    assert same()


@pytest.mark.parametrize(
    ("cut_off", "says"),
    [(["WebSocket"], "live by stream"), (["WebSocket", "EventSource"], "checking every few seconds")],
)
def test_the_board_follows_by_what_is_not_cut(
    person: Person, alice: User, application: Application, cut_off: list[str], says: str
) -> None:
    person.sign_in(alice.email, PASSWORD)
    broken = "".join(f"window.{one} = class {{ constructor() {{ throw new Error('cut') }} }};" for one in cut_off)
    cut = person.driver.execute_cdp_cmd("Page.addScriptToEvaluateOnNewDocument", {"source": broken})
    try:
        person.go("/applications")
        same = stays(person)
        person.sees(says, "live-feed")
        services.withdraw(actor=alice, application_id=application.pk)
        person.sees("Withdrawn", ".ticket")
        assert same()
    finally:
        person.driver.execute_cdp_cmd("Page.removeScriptToEvaluateOnNewDocument", cut)


def test_an_application_shows_each_step(person: Person, alice: User, application: Application) -> None:
    person.sign_in(alice.email, PASSWORD)
    person.go(f"/applications/{application.pk}")
    same = stays(person)
    until(lambda: person.one("live-feed").text == "live", "the socket is open")
    record(application, Event.Type.STEP, {"step": "opening", "message": "Opening the posting", "percent": 5})
    person.sees("Opening the posting", ".timeline")
    assert same()


def test_a_step_takes_no_focus_away_and_is_read_out(person: Person, alice: User, application: Application) -> None:
    person.sign_in(alice.email, PASSWORD)
    person.go(f"/applications/{application.pk}")
    until(lambda: person.one("live-feed").text == "live", "the socket is open")
    person.script("window.region = document.querySelector('main [role=status][data-said]')")
    person.script("document.querySelector('.state .button--danger').focus()")
    Application.objects.filter(pk=application.pk).update(status="CLAIMED")
    record(application, Event.Type.STEP, {"step": "opening", "message": "Opening the posting", "percent": 5})
    person.sees("Opening the posting", ".timeline")
    assert person.script("return document.activeElement.innerText") == "Withdraw"
    assert person.script("return region.isConnected && region.textContent") == "Starting Opening the posting"


def test_a_page_that_is_cut_off_does_not_call_itself_live(
    person: Person, alice: User, application: Application
) -> None:
    person.sign_in(alice.email, PASSWORD)
    person.go("/applications")
    until(lambda: person.one("live-feed").text == "live", "the socket is open")
    person.driver.execute_cdp_cmd("Network.enable", {})
    person.driver.execute_cdp_cmd("Network.emulateNetworkConditions", OFFLINE)
    until(lambda: person.one("live-feed").text == "offline", "the page says that it is cut off")
    person.driver.execute_cdp_cmd("Network.emulateNetworkConditions", ONLINE)
    until(lambda: person.one("live-feed").text == "live", "it is live again")


def test_what_a_person_is_writing_is_not_drawn_over(person: Person, alice: User, application: Application) -> None:
    question = {"label": "Favourite constellation?", "kind": "text", "options": [], "required": True, "why": "unknown"}
    Application.objects.filter(pk=application.pk).update(status="CLAIMED")
    Application.objects.filter(pk=application.pk).update(status="PROCESSING")
    Application.objects.filter(pk=application.pk).update(status="REVIEW", review_kind="question", questions=[question])
    person.sign_in(alice.email, PASSWORD)
    person.go(f"/applications/{application.pk}")
    until(lambda: person.one("live-feed").text == "live", "the socket is open")
    person.one("textarea[name=answer]").send_keys("Orion, bec")
    record(application, Event.Type.STEP, {"step": "note", "message": "Something happened", "percent": 5})
    until(lambda: person.script("return document.querySelector('live-feed').after") == 3, "the page has heard of it")
    assert person.one("textarea[name=answer]").get_attribute("value") == "Orion, bec"
