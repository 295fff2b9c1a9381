"""Forms that go to another site than their page's: to the address where the employer's system takes applications."""

import threading

import pytest

from automation.engine.browser.session import Browser
from automation.engine.result import Outcome
from tests.engine.conftest import Apply
from tests.engine.site import Reply, Sent, Site
from tests.engine.test_outcomes import BASICS, CAPTCHA, Solver

OPEN = {"Access-Control-Allow-Origin": "*"}
BODIES = {
    "with the file": "new FormData(f)",
    "as JSON": "JSON.stringify(Object.fromEntries(new FormData(f)))",
    "in the address's way": "new URLSearchParams([...new FormData(f)].filter(([, one]) => !one.size))",
}
FORM = (
    f"<form id=f>{BASICS}<p id=e class=error role=alert></p><button>Submit application</button></form><p id=said></p>"
)
COMPLAINS = (
    "f.email.value = ''; f.email.setAttribute('aria-invalid', 'true'); e.innerText = 'Please enter your e-mail.'"
)
THANKS = "f.remove(); said.innerText = 'Thank you for applying!'"


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Wait one second for a sign, not twelve."""
    monkeypatch.setattr("automation.engine.submit.CONFIRM_LIMIT", {"fast": 1.0})


def elsewhere(pages: Site) -> str:
    """Return the address of the same machine under a name that is another site to a browser."""
    return pages.url.replace("127.0.0.1", "localhost")


def form_to(pages: Site, then: str, body: str = BODIES["with the file"]) -> str:
    """Return the page of a form that is sent to another site when its button is pressed; `then` follows at once."""
    return (
        f"{FORM}<script>const send = (path, body) => fetch('{elsewhere(pages)}' + path, {{method: 'POST', body}});"
        f"f.onsubmit = (event) => {{ event.preventDefault(); const sent = send('/apply', {body}); {then} }}</script>"
    )


@pytest.mark.usefixtures("impatient")
@pytest.mark.parametrize("body", BODIES.values(), ids=BODIES)
def test_a_form_that_complains_before_another_site_answered_is_not_sent_again(
    body: str, pages: Site, apply: Apply
) -> None:
    answer = threading.Event()
    pages.on_post = lambda sent: Reply(wait=answer)

    result = apply(pages.page(form_to(pages, COMPLAINS, body)))
    answer.set()

    assert (result.outcome, len(pages.sent)) == (Outcome.UNCONFIRMED, 1)


@pytest.mark.usefixtures("impatient")
def test_a_form_in_a_frame_that_complains_before_its_site_answered_is_not_sent_again(pages: Site, apply: Apply) -> None:
    answer = threading.Event()
    pages.on_post = lambda sent: Reply(wait=answer)
    last = "JSON.stringify({agreed: true})"  # of a wizard: its site knows the rest
    pages.page(form_to(pages, COMPLAINS, last), path="/frame")

    result = apply(pages.page(f"<iframe width=800 height=600 src='{elsewhere(pages)}/frame'></iframe>"))
    answer.set()

    assert (result.outcome, len(pages.sent)) == (Outcome.UNCONFIRMED, 1)


@pytest.mark.parametrize("status", [500, 422, 200])
def test_thanks_for_what_another_site_answered_with_an_error_are_no_proof(
    status: int, pages: Site, apply: Apply
) -> None:
    pages.on_post = lambda sent: Reply("{}", status, OPEN)

    result = apply(pages.page(form_to(pages, THANKS)))

    wanted = (Outcome.SUBMITTED, "response") if status == 200 else (Outcome.UNCONFIRMED, "none")
    assert (result.outcome, result.confirmation, len(pages.sent)) == (*wanted, 1)


@pytest.mark.parametrize(
    ("shown", "solved"),
    [("", "send()"), ("hidden", "setTimeout(send, 900)"), ("", ""), ("hidden", "")],
    ids=["pressed by the person", "sent later by the site", "not sent, first", "not sent, after"],
)
def test_what_goes_to_another_site_when_the_challenge_is_passed_is_not_sent_again(
    shown: str, solved: str, pages: Site, apply: Apply, browser: Browser
) -> None:
    answer = threading.Event()
    forms: list[Sent] = []

    def answer_late(sent: Sent) -> Reply:
        if "email" not in sent:  # to the one who asks for a person
            return Reply("{}", headers=OPEN)
        forms.append(sent)
        threading.Timer(2.5, answer.set).start()
        return Reply("{}", headers=OPEN, wait=answer)

    pages.on_post = answer_late
    asks = f"fetch('{elsewhere(pages)}/verify', {{method: 'POST', body: 'token=123'}});"
    page = CAPTCHA.replace("'/apply'", f"'{elsewhere(pages)}/apply'")

    result = apply(pages.page(page.replace("SHOWN", shown).replace("SOLVED", asks + solved)), person=Solver(browser))

    assert (result.outcome, result.confirmation, len(forms)) == (Outcome.SUBMITTED, "response", 1)


def test_thanks_after_a_challenge_are_no_proof_while_the_site_answers_with_an_error(
    pages: Site, apply: Apply, browser: Browser
) -> None:
    pages.on_post = lambda sent: Reply("{}", 500)
    shown = "f.remove(); done.innerText = 'Thank you for applying!'"
    thanks = CAPTCHA.replace("SHOWN", "").replace("SOLVED", f"send(); {shown}")

    result = apply(pages.page(thanks), person=Solver(browser))

    assert (result.outcome, len(pages.sent)) == (Outcome.UNCONFIRMED, 1)


def test_one_who_counts_visits_and_never_answers_keeps_no_confirmation_back(pages: Site, apply: Apply) -> None:
    counted = threading.Event()
    pages.on_post = lambda sent: Reply("{}", wait=None if "email" in sent else counted)
    count = "send('/count', 'event=apply'); fetch('/apply', {method: 'POST', body: new FormData(f)});"
    page = form_to(pages, THANKS).replace(f"const sent = send('/apply', {BODIES['with the file']});", count)

    result = apply(pages.page(page))
    counted.set()

    assert (result.outcome, result.confirmation) == (Outcome.SUBMITTED, "response")


@pytest.mark.usefixtures("impatient")
def test_a_refusal_by_its_own_site_of_something_else_does_not_tell_of_what_another_site_took(
    pages: Site, apply: Apply
) -> None:
    pages.on_post = lambda sent: Reply("{}", 200 if "email" in sent else 403, OPEN)

    result = apply(pages.page(form_to(pages, "fetch('/count', {method: 'POST', body: 'event=apply'})")))

    assert result.outcome is Outcome.UNCONFIRMED  # blocked would be tried again
    assert len([one for one in pages.sent if "email" in one]) == 1
