"""The whole way of one swipe, as its user goes it: real web, worker, browsers and employer."""

from selenium.webdriver.common.by import By

from accounts.models import Candidate, User
from applications.models import Application
from applications.states import Status
from automation.models import Evidence
from tests.conftest import PASSWORD, make_job
from tests.processes import Employers, Person, StartWorker, until


def test_a_right_swipe_becomes_one_submitted_application_seen_live(
    person: Person, alice: User, employers: Employers, start_worker: StartWorker
) -> None:
    Candidate.objects.filter(user=alice).update(undo_window=5, linkedin="https://www.linkedin.com/in/alice")
    alice.answers.create(question="Why do you want to work at Meridian?", normalized="x", answer="Weather matters.")
    job = make_job(title="Rain Engineer", apply_url=f"{employers.url}/meridian/jobs/rain-engineer")

    person.sign_in(alice.email, PASSWORD)
    person.go("/jobs")
    person.sees("Rain Engineer", ".card")
    person.one(".card button[value=right]").click()
    until(lambda: alice.applications.exists(), "the swipe is recorded")

    person.go("/applications")
    person.script("window.sameDocument = true")
    person.sees("Swiped", ".ticket")
    start_worker()  # not before: while the page is loaded the five seconds may be over
    person.sees("Applied", ".ticket")
    assert person.script("return window.sameDocument") is True
    assert person.one("live-feed").text == "live"

    application = Application.objects.get(job=job)
    assert (application.status, application.confirmation) == (Status.COMPLETED, "response")
    [received] = employers.inbox("rain-engineer")
    assert received["fields"]["email"] == alice.email
    assert received["fields"]["authorized"] == "yes"
    assert received["fields"]["why"] == "Weather matters."
    assert received["files"][0]["sha256"] == alice.resumes.get().sha256

    person.press(".ticket a")
    person.sees("What was sent")
    person.sees("Weather matters.", ".facts")
    picture = person.one(".shots img")
    until(lambda: person.script("return arguments[0].naturalWidth", picture) > 0, "the screenshot opens")
    assert {one.name for one in Evidence.objects.all()} == {
        "before-submit.png", "after-submit.png", "form.json", "response.json",
    }  # fmt: skip
    assert person.driver.find_element(By.CSS_SELECTOR, ".state").text.startswith("Applied")
