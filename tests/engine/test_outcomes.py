"""What a page shows decides the outcome: what a person can see there, and nothing that is hidden or only talked about."""

import threading
from collections.abc import Callable
from typing import Any

import pytest

from automation.engine.browser.session import Browser
from automation.engine.host import Stopped
from automation.engine.result import FailureKind, Outcome
from tests.engine.conftest import Apply, Listener
from tests.engine.site import Reply, Sent, Site, document

BASICS = (
    "<label>First name <input name=first required></label><label>E-mail <input name=email type=email required></label>"
    "<label>Resume <input name=cv type=file></label>"
)
TALK = (
    "<h2>About the job</h2><p>You will fight CAPTCHA farms. We are no longer accepting fax. When the position is filled, we"
    " say thank you for applying. You already applied machine learning. Sign in to apply pressure.</p>"
)


def test_what_a_description_says_is_not_what_the_page_is(pages: Site, apply: Apply) -> None:
    assert apply(pages.form(BASICS, before=TALK)).outcome is Outcome.SUBMITTED


@pytest.mark.parametrize(
    "text",
    [
        "This job is no longer available.",
        "This position has been filled.",
        "We are no longer accepting applications for this role.",
        "The form Engineer at Meridian is no longer accepting responses.",
        "Sorry, this posting has expired.",
        "The job you are looking for is no longer open.",
        "Applications for this job are now closed.",
        "Job not found",
        "We have found our new colleague, and this vacancy is now filled.",
        "The application window for this position closed on 12 November.",
        "The job you're looking for has been taken down or is no longer listed.",
        "We are not accepting applications for this role at the moment.",
        "Applications for this role have closed. Join our talent pool to hear of new ones.",
        "This position isn’t accepting applications right now. It may have been filled.",
    ],
)
def test_a_page_that_says_so_is_closed(text: str, pages: Site, apply: Apply) -> None:
    result = apply(pages.page(f"<h1>Careers</h1><p>{text}</p><a href=/>See all jobs</a>"))

    assert (result.outcome, result.failure_kind) == (Outcome.POSTING_CLOSED, FailureKind.POSTING_CLOSED)


def test_a_posting_that_says_it_is_closed_is_not_applied_to(pages: Site, apply: Apply) -> None:
    url = pages.form(BASICS, before="<div class=banner>This job is no longer accepting applications.</div>")

    assert apply(url).outcome is Outcome.POSTING_CLOSED
    assert pages.sent == []


@pytest.mark.parametrize(
    "notice",
    [
        "Applications for this role have closed.",
        "The application window for this position closed on 3 May.",
        "This position isn't accepting applications right now. See our <a href=/2>other openings</a>. <a href=/2>Apply</a>",
        "The role is not currently taking new applicants.",
    ],
)
def test_a_form_below_a_notice_that_applications_are_over_is_not_sent(notice: str, pages: Site, apply: Apply) -> None:
    talk = (
        "<p>When the application period for a role is closed, we say so. We are not accepting applications by fax.</p>"
    )

    assert apply(pages.form(BASICS, before=f"<div>{notice}</div>")).outcome is Outcome.POSTING_CLOSED
    assert apply(pages.form(BASICS, before=talk)).outcome is Outcome.SUBMITTED


@pytest.mark.parametrize("heading", ["Join our Talent Community", "Get job alerts from Meridian"])
def test_a_list_of_people_to_write_to_is_not_the_application(heading: str, pages: Site, apply: Apply) -> None:
    more = "<label>Phone <input name=phone></label><label>City <input name=city></label>"
    pool = f"<form method=post>{BASICS}{more}<input type=hidden name=pool value=1><button>Submit</button></form>"
    url = pages.form(BASICS, before=f"<section><h2>{heading}</h2>{pool}</section>")

    assert apply(url).outcome is Outcome.SUBMITTED
    assert ["pool" in one for one in pages.sent] == [False]


def test_a_posting_that_was_filled_is_closed_beside_a_list_of_people_to_write_to(pages: Site, apply: Apply) -> None:
    notice = "<p>We're sorry… The job you are trying to apply for has been filled.</p>"
    pool = f"<form method=post enctype=multipart/form-data>{BASICS}<button>Submit</button></form>"
    url = pages.page(f"{notice}<h1>Engineer</h1><section><h2>Join our Talent Community</h2>{pool}</section>")

    assert apply(url).outcome is Outcome.POSTING_CLOSED
    assert pages.sent == []


@pytest.mark.parametrize(
    ("form", "button", "head"),
    [("target=_blank", "", ""), ("", "formtarget=_blank", ""), ("", "", "<base target=_blank>")],
)
def test_a_form_that_is_answered_in_a_tab_of_its_own_is_confirmed(
    form: str, button: str, head: str, pages: Site, apply: Apply
) -> None:
    url = pages.page(
        f"{head}<form method=post action=/apply {form} enctype=multipart/form-data>{BASICS}"
        f"<button {button}>Submit application</button></form>"
    )

    assert apply(url).outcome is Outcome.SUBMITTED
    assert len(pages.sent) == 1


def test_a_posting_that_leads_to_the_list_of_openings_is_closed(pages: Site, apply: Apply) -> None:
    pages.page(
        f"<h1>Openings</h1><a href=/jobs/2>Nurse</a> <a href=/jobs/2>Apply</a><form>{BASICS}</form>", path="/jobs"
    )
    pages.pages["/jobs/1"] = Reply(status=302, headers={"Location": "/jobs"})

    assert apply(f"{pages.url}/jobs/1").outcome is Outcome.POSTING_CLOSED


def test_a_posting_that_says_who_has_applied_is_not_applied_to_again(pages: Site, apply: Apply) -> None:
    for notice in ("You have already applied for this job.", "You applied for this job on 3 October 2026."):
        assert apply(pages.form(BASICS, before=f"<p>{notice}</p>")).outcome is Outcome.ALREADY_APPLIED
        assert apply(pages.page(f"<h1>Miller</h1><p>{notice}</p>")).outcome is Outcome.ALREADY_APPLIED
    assert pages.sent == []


def test_a_hidden_closed_banner_closes_nothing(pages: Site, apply: Apply) -> None:
    url = pages.form(BASICS, before="<div style='display:none'>This job is no longer available.</div>")

    assert apply(url).outcome is Outcome.SUBMITTED


@pytest.mark.parametrize(
    ("status", "outcome", "kind"),
    [
        (404, Outcome.POSTING_CLOSED, FailureKind.POSTING_CLOSED),
        (410, Outcome.POSTING_CLOSED, FailureKind.POSTING_CLOSED),
        (429, Outcome.BLOCKED, FailureKind.RATE_LIMITED),
        (403, Outcome.BLOCKED, FailureKind.PROXY_BLOCKED),
        (500, Outcome.FAILED, FailureKind.SITE_ERROR),
        (503, Outcome.FAILED, FailureKind.SITE_ERROR),
    ],
)
def test_a_page_s_status_decides_before_its_words(
    status: int, outcome: Outcome, kind: FailureKind, pages: Site, apply: Apply
) -> None:
    result = apply(pages.page("<p>Something", status=status))

    assert (result.outcome, result.failure_kind) == (outcome, kind)


def test_an_address_where_nobody_answers_is_a_network_failure(apply: Apply) -> None:
    assert apply("http://127.0.0.1:9/job").failure_kind is FailureKind.NETWORK


def test_a_page_without_a_form_is_not_supported(pages: Site, apply: Apply, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("automation.engine.run.FORM_LIMIT", 0.5)
    url = pages.page(
        "<h1>Engineer</h1><p>Mail us.</p><form action=/s><input name=q placeholder=Search><button>Go</button></form>"
    )

    result = apply(url)

    assert (result.outcome, result.failure_kind) == (Outcome.FAILED, FailureKind.FORM_UNSUPPORTED)


def test_a_page_that_never_comes_is_a_timeout(pages: Site, apply: Apply) -> None:
    pages.pages["/never"] = Reply("", wait=threading.Event())

    result = apply(f"{pages.url}/never", time_limit=2.0)

    assert (result.outcome, result.failure_kind) == (Outcome.FAILED, FailureKind.TIMEOUT)
    assert result.seconds < 20  # in which it would come after all


CAPTCHAS = {
    "hCaptcha": "<iframe src='/c?hcaptcha.com' width=303 height=480 title=hCaptcha></iframe>",
    "reCAPTCHA box": "<div class=g-recaptcha><iframe src='/c?recaptcha/api2/anchor' width=304 height=78></iframe></div>",
    "Turnstile": "<div class=cf-turnstile style='width:300px;height:65px'>Verify you are human</div>",
    "picture": "<img src='/captcha.png' alt=captcha width=200 height=60><label>Enter the text <input name=captcha required></label>",
}
NO_CAPTCHAS = {
    "badge": "<div class=grecaptcha-badge style='position:fixed;right:-180px;width:256px;height:60px'><iframe src='/c?recaptcha/enterprise/anchor&size=invisible' width=256 height=60></iframe></div>",
    "unshown challenge": "<div style='visibility:hidden;position:absolute;top:-10000px'><iframe src='/c?recaptcha/api2/bframe' width=400 height=580></iframe></div>",
    "invisible hCaptcha": "<div class=h-captcha data-size=invisible><iframe src='/c?hcaptcha.com' width=0 height=0 style='display:none'></iframe></div>",
    "notice": "<small>This site is protected by reCAPTCHA and the Google Privacy Policy and Terms of Service apply.</small>",
    "hidden input": "<textarea name=g-recaptcha-response style='display:none'></textarea><input type=hidden name=captcha_token>",
}


@pytest.mark.parametrize("name", CAPTCHAS)
def test_a_captcha_that_is_shown_is_for_the_person(name: str, pages: Site, apply: Apply, listener: Listener) -> None:
    pages.page("<p>box", path="/c")

    result = apply(pages.form(BASICS + CAPTCHAS[name]))

    assert (result.outcome, result.failure_kind) == (Outcome.CHALLENGE, FailureKind.CHALLENGE)
    assert (pages.sent, listener.asked) == ([], 0)


@pytest.mark.parametrize("name", NO_CAPTCHAS)
def test_a_captcha_that_nobody_sees_is_none(name: str, pages: Site, apply: Apply) -> None:
    pages.page("<p>box", path="/c")

    assert apply(pages.form(BASICS + NO_CAPTCHAS[name])).outcome is Outcome.SUBMITTED


def test_a_page_that_wants_a_sign_in_is_a_challenge(pages: Site, apply: Apply) -> None:
    url = pages.page(
        "<h1>Sign in to apply</h1><form action=/in method=post><label>E-mail <input name=u></label>"
        "<label>Password <input type=password name=p></label><button>Sign in</button></form>"
    )

    assert apply(url).outcome is Outcome.CHALLENGE


def test_a_code_by_e_mail_after_the_click_is_a_challenge(pages: Site, apply: Apply) -> None:
    pages.on_post = lambda sent: Reply(
        document(
            "<p>A verification code was sent to ada@example.com. Enter it to confirm you are human.</p>"
            "<form method=post action=/code><input autocomplete=one-time-code name=code><button>Confirm</button></form>"
        )
    )

    assert apply(pages.form(BASICS)).outcome is Outcome.CHALLENGE


def test_a_site_that_knows_the_application_says_so(pages: Site, apply: Apply) -> None:
    pages.on_post = lambda sent: Reply(document("<p>You have already applied for this job on 3 May."))

    assert apply(pages.form(BASICS)).outcome is Outcome.ALREADY_APPLIED


def test_what_an_ad_says_of_applications_is_no_word_about_this_one(
    pages: Site, apply: Apply, monkeypatch: pytest.MonkeyPatch
) -> None:
    _be_impatient(monkeypatch)
    ad = "<p>Thank you for applying yourself. Applications already received for the earlier posting stay valid.</p>"
    pages.on_post = lambda sent: Reply(document(ad + "<p>Careers at Meridian</p>"))
    assert apply(pages.form(BASICS, before=ad)).outcome is Outcome.UNCONFIRMED

    pages.on_post = lambda sent: Reply(document(ad + "<h2>Application received</h2>"))
    assert apply(pages.form(BASICS, before=ad)).outcome is Outcome.SUBMITTED


@pytest.mark.parametrize(
    ("status", "outcome", "kind"),
    [
        (429, Outcome.BLOCKED, FailureKind.RATE_LIMITED),
        (403, Outcome.BLOCKED, FailureKind.PROXY_BLOCKED),
        (500, Outcome.UNCONFIRMED, FailureKind.UNCONFIRMED),
    ],
)
def test_the_answer_to_the_submit_decides(
    status: int, outcome: Outcome, kind: FailureKind, pages: Site, apply: Apply
) -> None:
    pages.on_post = lambda sent: Reply(document("<p>Sorry."), status=status)

    result = apply(pages.form(BASICS))

    assert (result.outcome, result.failure_kind) == (outcome, kind)
    assert len(pages.sent) == 1


CONFIRMATIONS = [
    "<h1>Thanks for applying!</h1>",
    "<p>Your application has been submitted.</p>",
    "<p>Application received. We will be in touch.</p>",
    "<h2>We've received your application</h2>",
    "<h2>Thank you for your interest in Meridian</h2>",
    "<h1>You have successfully applied</h1>",
    "<p>Your response has been recorded.</p>",
    "<h1>Thanks, we got your application!</h1>",
    "<h1>High five!</h1><p>Your application has landed in our inbox.</p>",
    "<h1>Thank you!</h1><p>We are delighted.</p>",
    "<h1>You are all set</h1><p>Your application for Miller has been sent to our team.</p>",
    "<p>Wir haben Ihre Bewerbung erhalten.</p>",
    "<p>Votre candidature a bien été transmise.</p>",
    "<p>Hemos recibido tu candidatura.</p>",
]


@pytest.mark.parametrize("text", CONFIRMATIONS)
def test_a_confirmation_in_place_counts(text: str, pages: Site, apply: Apply) -> None:
    pages.on_post = lambda sent: Reply(document(text))

    result = apply(pages.form(BASICS))

    assert (result.outcome, result.confirmation) == (Outcome.SUBMITTED, "response")


def test_thanks_beside_a_form_that_stays_are_no_confirmation(
    pages: Site, apply: Apply, monkeypatch: pytest.MonkeyPatch
) -> None:
    _be_impatient(monkeypatch)
    form = f"<form method=post action=/apply enctype=multipart/form-data>{BASICS}<button>Submit application</button></form>"
    pages.on_post = lambda sent: Reply(document(f"<p>Thank you!</p>{form}"))

    assert apply(pages.form(BASICS)).outcome is Outcome.UNCONFIRMED


@pytest.mark.parametrize(
    "more",
    [
        "<p>This position is no longer accepting applications.</p>",
        f"<p>Please correct the answers below.</p><form>{BASICS}<button>Submit application</button></form>",
    ],
)
def test_thanks_for_an_interest_are_no_confirmation_beside_what_says_otherwise(
    more: str, pages: Site, apply: Apply, monkeypatch: pytest.MonkeyPatch
) -> None:
    _be_impatient(monkeypatch)
    pages.on_post = lambda sent: Reply(document(f"<p>Thank you for your interest in Meridian.</p>{more}"))

    assert apply(pages.form(BASICS)).outcome is not Outcome.SUBMITTED


@pytest.mark.parametrize(
    "said",
    [
        "<p>Your draft application has been saved.</p><p>Status: Draft</p>",
        "<p>Your application has not been submitted yet.</p>",
        "<p>We have received your details. Follow the link in our mail to complete your application.</p>",
        "<p>Ihre Bewerbung wurde als Entwurf gespeichert.</p>",
    ],
)
def test_thanks_for_what_is_only_kept_for_later_are_no_confirmation(
    said: str, pages: Site, apply: Apply, monkeypatch: pytest.MonkeyPatch
) -> None:
    _be_impatient(monkeypatch)
    pages.on_post = lambda sent: Reply(document(f"<h1>Thank you!</h1>{said}"))

    result = apply(pages.form(BASICS))

    assert (result.outcome, len(pages.sent)) == (Outcome.UNCONFIRMED, 1)
    assert "keeps it for later" in result.message


def test_a_confirmation_page_alone_is_told_apart_from_an_answer(pages: Site, apply: Apply) -> None:
    url = pages.page(f"<form action=/thanks method=get>{BASICS}<button>Submit application</button></form>")

    result = apply(url)

    assert (result.outcome, result.confirmation) == (Outcome.SUBMITTED, "page")


def test_a_form_that_sent_nothing_and_said_why_before_the_click_was_not_accepted(
    pages: Site, apply: Apply, monkeypatch: pytest.MonkeyPatch
) -> None:
    _be_impatient(monkeypatch)
    motto = "<div>Motto</div><input id=motto><p id=said>This field is required</p>"
    stays = "<script>document.forms[0].onsubmit = () => Boolean(motto.value)</script>"

    result = apply(pages.form(BASICS + motto, f"<button>Submit application</button>{stays}"))

    assert (result.outcome, result.message) == (
        Outcome.FAILED,
        "The form was not accepted. Motto: This field is required",
    )
    assert pages.sent == []


def test_a_form_that_refuses_twice_with_the_same_words_was_not_sent(
    pages: Site, apply: Apply, monkeypatch: pytest.MonkeyPatch, listener: Listener
) -> None:
    _be_impatient(monkeypatch)
    city = "<label>City <input name=city id=city></label><p id=said></p>"
    loses = "<script>document.forms[0].onsubmit = () => { city.value = ''; said.innerText = 'Some answers are missing.'; return false }</script>"

    result = apply(pages.form(BASICS + city, f"<button>Submit application</button>{loses}"))

    assert (result.outcome, result.message) == (
        Outcome.FAILED,
        "The form was not accepted. Some answers are missing.",
    )
    assert (pages.sent, listener.asked) == ([], 1)


def test_a_click_that_nothing_confirms_is_unconfirmed(
    pages: Site, apply: Apply, monkeypatch: pytest.MonkeyPatch, listener: Listener
) -> None:
    _be_impatient(monkeypatch)
    pages.on_post = lambda sent: Reply(document("<h1>Careers at Meridian</h1>"))

    result = apply(pages.form(BASICS))

    assert (result.outcome, result.confirmation, result.retryable) == (Outcome.UNCONFIRMED, "none", False)
    assert (len(pages.sent), listener.asked) == (1, 1)


def test_a_server_that_hangs_up_after_the_click_leaves_it_unconfirmed(
    pages: Site, apply: Apply, monkeypatch: pytest.MonkeyPatch, listener: Listener
) -> None:
    _be_impatient(monkeypatch)
    pages.on_post = lambda sent: Reply(status=0)

    assert apply(pages.form(BASICS)).outcome is Outcome.UNCONFIRMED
    assert (len(pages.sent), listener.asked) == (1, 1)


def test_a_refused_form_is_told_in_its_own_words(pages: Site, apply: Apply) -> None:
    wrong = BASICS.replace("name=first required", "name=first aria-invalid=true aria-describedby=e") + (
        "<p id=e class=error role=alert>First name is on our list already.</p>"
    )
    pages.on_post = lambda sent: Reply(
        document(f"<form method=post>{wrong}<button>Submit application</button></form>"), 422
    )

    result = apply(pages.form(BASICS))

    assert (result.outcome, result.failure_kind) == (Outcome.FAILED, FailureKind.FORM_UNSUPPORTED)
    assert "First name is on our list already." in result.message


@pytest.mark.parametrize(
    "said",
    [
        "Sorry, something went wrong on our side. Your application was not sent.",
        "We could not process your application: the file could not be read.",
    ],
)
def test_a_site_that_took_it_and_then_says_that_it_did_not_is_believed(said: str, pages: Site, apply: Apply) -> None:
    pages.on_post = lambda sent: Reply("{}", headers={"Content-Type": "application/json"})
    told = (
        "<p id=said></p><script>document.forms[0].onsubmit = async (event) => { event.preventDefault();"
        " await fetch('/apply', {method: 'POST', body: new FormData(document.forms[0])});"
        f" event.target.reset(); said.textContent = '{said}' }}</script>"
    )

    result = apply(pages.form(BASICS, f"<button>Submit application</button>{told}"))

    assert (result.outcome, result.message) == (Outcome.FAILED, f"The form was not accepted. {said}")
    assert len(pages.sent) == 1


@pytest.mark.parametrize(
    "said",
    [
        "Your application could not be sent. Please try again.",
        "Please correct your answers.",
    ],
)
def test_what_a_page_guesses_when_the_line_broke_after_sending_is_no_word_of_the_site(
    said: str, pages: Site, apply: Apply
) -> None:
    pages.on_post = lambda sent: Reply(status=0)
    told = (
        "<p id=said></p><script>document.forms[0].onsubmit = (event) => { event.preventDefault();"
        " fetch('/apply', {method: 'POST', body: new FormData(document.forms[0])})"
        f".catch(() => {{ said.textContent = '{said}' }}) }}</script>"
    )

    result = apply(pages.form(BASICS, f"<button>Submit application</button>{told}"))

    assert (result.outcome, len(pages.sent)) == (Outcome.UNCONFIRMED, 1)


def test_a_form_that_is_opened_anew_before_its_answer_came_was_not_refused(
    pages: Site, apply: Apply, monkeypatch: pytest.MonkeyPatch
) -> None:
    _be_impatient(monkeypatch)
    answer = threading.Event()
    pages.on_post = lambda sent: Reply(wait=answer)
    notice = "<p class=alert-danger role=alert>Please upload your resume.</p>"
    pages.pages["/again"] = Reply(
        document(f"{notice}<form method=post>{BASICS}<button>Submit application</button></form>")
    )
    leaves = "<script>document.forms[0].onsubmit = () => { setTimeout(() => { location = '/again' }, 300) }</script>"

    result = apply(pages.form(BASICS, f"<button>Submit application</button>{leaves}"))
    answer.set()

    assert (result.outcome, len(pages.sent)) == (Outcome.UNCONFIRMED, 1)


def test_a_form_that_complains_before_its_answer_came_was_not_refused(
    pages: Site, apply: Apply, monkeypatch: pytest.MonkeyPatch
) -> None:
    _be_impatient(monkeypatch)
    answer = threading.Event()
    pages.on_post = lambda sent: Reply(wait=answer)
    url = pages.page(
        f"<form id=f>{BASICS}<p id=e class=error role=alert></p><button>Submit application</button></form>"
        "<script>f.onsubmit = (event) => { event.preventDefault(); fetch('/apply', {method: 'POST', body: new FormData(f)});"
        " f.email.value = ''; f.email.setAttribute('aria-invalid', 'true'); e.innerText = 'Please enter your e-mail.' }</script>"
    )

    result = apply(url)
    answer.set()

    assert (result.outcome, len(pages.sent)) == (Outcome.UNCONFIRMED, 1)


@pytest.mark.parametrize(
    "thanks", ["fetch('/apply', how).finally(thank)", "fetch('/apply', how); thank()"], ids=["after", "at once"]
)
@pytest.mark.parametrize("status", [500, 422, 200])
def test_thanks_of_a_page_whose_site_answered_with_an_error_are_no_proof(
    status: int, thanks: str, pages: Site, apply: Apply
) -> None:
    pages.on_post = lambda sent: Reply("{}", status)
    url = pages.page(
        f"<form id=f>{BASICS}<button>Submit application</button></form><p id=said></p>"
        "<script>f.onsubmit = (event) => { event.preventDefault(); const how = {method: 'POST', body: new FormData(f)};"
        f" const thank = () => {{ f.remove(); said.innerText = 'Thank you for applying!' }}; {thanks} }}</script>"
    )

    result = apply(url)

    wanted = (Outcome.SUBMITTED, "response") if status == 200 else (Outcome.UNCONFIRMED, "none")
    assert (result.outcome, result.confirmation, len(pages.sent)) == (*wanted, 1)


def test_a_form_that_comes_back_twice_with_one_notice_was_refused(pages: Site, apply: Apply) -> None:
    notice = "<p class=alert-danger role=alert>Bitte laden Sie Ihren Lebenslauf hoch.</p>"
    pages.on_post = lambda sent: Reply(
        document(f"{notice}<form method=post>{BASICS}<button>Submit application</button></form>")
    )

    result = apply(pages.form(BASICS))

    assert (result.outcome, result.failure_kind) == (Outcome.FAILED, FailureKind.FORM_UNSUPPORTED)
    assert result.message.endswith("Bitte laden Sie Ihren Lebenslauf hoch.")


FETCHED = (
    "<form onsubmit='return send()'>{}<button>Submit application</button></form><script>function send() {{"
    "fetch('/apply', {{method: 'POST', body: new FormData(document.forms[0])}}).then((r) => {{ if (r.ok) location = '/thanks'; else {{ {} }} }});"
    "return false }}</script>"
)


def test_a_form_whose_every_answer_was_a_refusal_did_not_arrive(
    pages: Site, apply: Apply, listener: Listener, monkeypatch: pytest.MonkeyPatch
) -> None:
    _be_impatient(monkeypatch)
    pages.on_post = lambda sent: Reply(status=400)

    result = apply(pages.page(FETCHED.format(BASICS, "")))

    assert (result.outcome, result.failure_kind) == (Outcome.FAILED, FailureKind.FORM_UNSUPPORTED)
    assert (len(pages.sent), listener.asked) == (1, 1)


def test_a_wage_is_written_plainly_where_the_site_wants_a_number(pages: Site, apply: Apply, listener: Listener) -> None:
    pages.on_post = lambda sent: Reply(status=200 if sent["pay"] == "150000" else 400)
    says = "document.querySelector('#e').innerText = 'Please enter a valid number'"

    result = apply(
        pages.page(FETCHED.format(BASICS + "<label>Expected salary <input name=pay></label><p id=e></p>", says))
    )

    assert result.outcome is Outcome.SUBMITTED, result.message
    assert (len(pages.sent), listener.asked) == (2, 1)


def test_words_that_come_up_at_a_question_after_the_press_are_a_refusal(pages: Site, apply: Apply) -> None:
    refusing = (
        "<div>Start day*<button type=button>Pick a day</button><div id=e></div></div>"
        "<script>document.forms[0].onsubmit = () => { e.innerText = 'Required'; return false }</script>"
    )

    result = apply(pages.form(BASICS + refusing))

    assert (result.outcome, result.failure_kind) == (Outcome.FAILED, FailureKind.FORM_UNSUPPORTED)
    assert result.message.endswith("Required")


def test_a_form_that_lost_a_value_is_mended_and_sent_once_more(pages: Site, apply: Apply, listener: Listener) -> None:
    def answer(sent: dict[str, Any]) -> Reply:
        if len(pages.sent) > 1:
            return Reply(status=303, headers={"Location": "/thanks"})
        emptied = BASICS.replace("name=first required", "name=first required aria-invalid=true")
        form = f"<form method=post enctype=multipart/form-data>{emptied}<button>Submit application</button></form>"
        return Reply(document(form), 422)

    pages.on_post = answer

    result = apply(pages.form(BASICS))

    assert (result.outcome, listener.asked) == (Outcome.SUBMITTED, 1)
    assert [(one["first"], one["email"], one["cv"][0]) for one in pages.sent] == [
        ("Ada", "ada@example.com", "resume.pdf")
    ] * 2


def test_without_the_grant_there_is_no_click(pages: Site, apply: Apply, listener: Listener) -> None:
    listener.grants = False

    with pytest.raises(Stopped):
        apply(pages.form(BASICS))
    assert pages.sent == []


def _be_impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Wait one second for a sign, not twelve."""
    monkeypatch.setattr("automation.engine.submit.CONFIRM_LIMIT", {"fast": 1.0})


SURE = (
    "<form id=f>" + BASICS + "<button>Submit application</button></form>"
    "<dialog id=d><h2>Are you sure?</h2><p>Once your application is submitted it cannot be changed.</p>"
    "<button id=no>Cancel</button> <button id=yes>WORD</button></dialog><p id=done></p>"
    "<script>f.onsubmit = (e) => { e.preventDefault(); d.showModal() }; no.onclick = () => d.close(); yes.onclick = () => { d.close();"
    " fetch('/apply', {method: 'POST', body: new FormData(f)}).then(() => { f.remove(); done.innerText = 'Thank you for applying!' }) }</script>"
)


@pytest.mark.parametrize("word", ["Yes, submit", "Submit application", "Confirm", "Ja, absenden"])
def test_a_form_that_asks_whether_one_is_sure_is_sent_by_its_yes(word: str, pages: Site, apply: Apply) -> None:
    pages.on_post = lambda sent: Reply(document("ok"))

    result = apply(pages.page(SURE.replace("WORD", word)))

    assert (result.outcome, result.confirmation, len(pages.sent)) == (Outcome.SUBMITTED, "response", 1)


@pytest.mark.parametrize(
    ("word", "more"),
    [("Start the assessment", ""), ("Yes", "<label>Signature <input></label>"), ("Submit another", "")],
)
def test_a_dialog_that_asks_something_else_is_left_and_what_it_says_of_later_proves_nothing(
    word: str, more: str, pages: Site, apply: Apply, monkeypatch: pytest.MonkeyPatch
) -> None:
    _be_impatient(monkeypatch)
    result = apply(pages.page(SURE.replace("WORD", word).replace("<button id=no>", f"{more}<button id=no>")))

    assert (result.outcome, pages.sent) == (Outcome.UNCONFIRMED, [])


def test_no_dialog_is_answered_once_something_was_sent(pages: Site, apply: Apply) -> None:
    pages.on_post = lambda sent: Reply(document("ok"))
    url = pages.page(
        SURE.replace("WORD", "Confirm").replace("d.showModal()", "yes.onclick(); f.before(d); d.showModal()", 1)
    )

    apply(url)

    assert len(pages.sent) == 1


class Solver:
    """Somebody at the browser who passes the page's challenge."""

    def __init__(self, browser: Browser) -> None:
        self.browser = browser

    def your_turn(self, what: str, show: Callable[[], None], is_done: Callable[[], bool]) -> bool:
        assert not is_done()
        self.browser._driver.execute_script("solve()")
        return is_done()


CAPTCHA = (
    "<form id=f>" + BASICS + "<button>Submit application</button></form>"
    "<div id=box class=h-captcha style='width:300px;height:80px' SHOWN>Are you a person?</div><p id=done></p><script>"
    "const send = () => fetch('/apply', {method: 'POST', body: new FormData(f)})"
    ".then(() => { f.remove(); done.innerText = 'Thank you for applying!' });"
    "let solved = false; const solve = () => { solved = true; box.remove(); SOLVED };"
    "f.onsubmit = (event) => { event.preventDefault(); if (solved) send(); else box.hidden = false }</script>"
)


@pytest.mark.parametrize(
    ("shown", "solved"),
    [("", "send()"), ("hidden", "send()"), ("hidden", "setTimeout(send, 900)"), ("", ""), ("hidden", "")],
    ids=["pressed by the person", "sent by the site", "sent later by the site", "not sent, first", "not sent, after"],
)
def test_what_is_sent_when_the_challenge_is_passed_is_not_sent_again(
    shown: str, solved: str, pages: Site, apply: Apply, browser: Browser
) -> None:
    answer = threading.Event()

    def answer_late(sent: Sent) -> Reply:
        threading.Timer(2.5, answer.set).start()
        return Reply("{}", wait=answer)

    pages.on_post = answer_late

    result = apply(pages.page(CAPTCHA.replace("SHOWN", shown).replace("SOLVED", solved)), person=Solver(browser))

    assert (result.outcome, result.confirmation, len(pages.sent)) == (Outcome.SUBMITTED, "response", 1)


def test_who_signs_in_behind_the_address_is_applied_for_from_there(pages: Site, apply: Apply, browser: Browser) -> None:
    pages.page(
        f"<form method=post action=/apply enctype=multipart/form-data>{BASICS}<button>Submit application</button></form>",
        "/in",
    )
    sign_in = "<form><input type=password name=p><button>Log in</button></form><script>solve = () => location.assign('/in')</script>"
    pages.on_post = lambda sent: Reply(document(sign_in) if len(pages.sent) == 1 else "Thank you for applying!")
    first = (
        "<p>Your e-mail begins the application.</p><form method=post action=/mail><label>E-mail <input name=email></label>"
        "<button>Next</button></form>"
    )

    assert apply(pages.page(first), person=Solver(browser)).outcome is Outcome.SUBMITTED
    assert [sorted(sent) for sent in pages.sent] == [["email"], ["cv", "email", "first"]]


DRAWN = (
    "<div id=root></div><script>const html = `<form id=f method=post enctype=multipart/form-data action=/apply>"
    + BASICS
    + "<button>Submit application</button></form>`; const draw = () => { root.innerHTML = html }; draw()</script>"
)


def _do_before_the_grant(browser: Browser, listener: Listener, what: str) -> None:
    grants = listener.begin_submit

    def do() -> bool:
        browser._driver.execute_script(what)
        return grants()

    listener.begin_submit = do  # type: ignore[method-assign]


def test_a_form_that_is_drawn_anew_before_its_button_is_pressed_is_looked_over_and_sent(
    pages: Site, apply: Apply, listener: Listener, browser: Browser
) -> None:
    _do_before_the_grant(browser, listener, "draw()")

    result = apply(pages.page(DRAWN))

    assert (result.outcome, len(pages.sent)) == (Outcome.SUBMITTED, 1)
    assert (pages.sent[0]["first"], pages.sent[0]["email"]) == ("Ada", "ada@example.com")


def test_a_form_whose_button_has_gone_before_it_is_pressed_leaves_it_unconfirmed(
    pages: Site, apply: Apply, listener: Listener, browser: Browser
) -> None:
    _do_before_the_grant(browser, listener, "root.innerHTML = 'Please wait'")

    assert (apply(pages.page(DRAWN)).outcome, pages.sent) == (Outcome.UNCONFIRMED, [])
