"""The click, and what comes of it. From here on nothing is tried again unless the site itself refused it."""

from collections.abc import Callable
from contextlib import suppress

from selenium.common.exceptions import StaleElementReferenceException, TimeoutException, WebDriverException
from selenium.webdriver.remote.webelement import WebElement
from urllib3.exceptions import HTTPError

from automation.engine.browser.dialogs import button_of_new_dialog, dialogs_on_show
from automation.engine.browser.evidence import EvidenceFolder
from automation.engine.browser.network import CUT_OFF, Response
from automation.engine.browser.pace import Pace
from automation.engine.browser.page import Page
from automation.engine.browser.sends import site_of, to_others, to_sites
from automation.engine.companies.base import CompanyScript
from automation.engine.companies.notices import SURE, step_told
from automation.engine.forms.field import clean
from automation.engine.forms.reading.read import Form, read_form
from automation.engine.forms.work import FormWork
from automation.engine.handover import Person, hand_over
from automation.engine.result import Ended, FailureKind, Outcome

CONFIRM_LIMIT = {Pace.HUMAN: 30.0, Pace.FAST: 12.0}  # seconds to wait for a sign
# Brings the button into sight. What its form would show in a tab of its own comes in this one, which is looked at.
SHOW = """
const [button] = arguments;
button.scrollIntoView({block: 'center', behavior: 'instant'});
const form = button.form ?? button.closest('form');
const base = document.querySelector('base[target]')?.target;
if (form && /^_blank$/i.test(button.getAttribute('formtarget') || form.getAttribute('target') || base || '')) {
  button.removeAttribute('formtarget');
  form.target = '_self';
}
"""
SENT_LIMIT = 2.0  # seconds for a site to send the form by itself, once its challenge is passed
SHOWN_LIMIT = 1.5  # seconds for a page to show the challenge with which it was answered


class Submission:
    """One submission of one form. `send` ends it by Ended: with the proof, the refusal, or the lack of both."""

    def __init__(
        self,
        page: Page,
        script: CompanyScript,
        work: FormWork,
        evidence: EvidenceFolder,
        pace: Pace,
        clicked: Callable[[], None],
    ) -> None:
        self.page = page
        self.script = script
        self.work = work
        self.evidence = evidence
        self.limit = CONFIRM_LIMIT[pace]
        self.clicked = clicked

    def hand_over(self, form: Form, challenge: str, person: Person | None) -> bool:
        """Let the person pass the challenge; say whether the form was sent then, by them or by the site. Raises Ended.

        Some sites send the form by themselves once that is passed.
        """
        self._look(form)
        is_confirmed = hand_over(self.page, self.script, challenge, person, was=self.was, url_was=self.url_was)
        return is_confirmed or bool(self.page.wait_for(self._is_sent, SENT_LIMIT))

    def send(self, form: Form, *, is_sent: bool = False) -> Form:
        """Click and wait; return the form of the next step if the page says that this was not the last. Raises Ended.

        One that `is_sent` already, since it was looked at last, is only waited for. A form that is refused with fields
        that lost their values, or that it had not marked as required, is mended and sent once more.
        """
        first = self._mark if is_sent else len(self.page.network.responses)
        self._told: set[str] = set()  # what the page has come to say of its answers when it refused the form before
        try:
            for is_last in (False, True):
                refusal = self._click_and_wait(form, is_sent=is_sent and not is_last)
                if isinstance(refusal, Form):
                    return refusal
                if is_last or not self._is_mended(refusal.message):
                    raise refusal
                self._told = {*self.script.complaints(self.page.text())}.difference(self.script.complaints(self.was))
                form = self._form()
            raise AssertionError("a submission ends at its second refusal")
        finally:
            with suppress(WebDriverException, HTTPError):  # a browser that died takes nothing from what is known
                self._keep_response(first)

    def _is_mended(self, said: str) -> bool:
        """Give a refused form what it lost, what it wants after all, and plainly what it could not read.

        Raises Ended if only the person knows that.
        """
        form = self._form()
        is_restored = self.work.restore(form, self.script)
        is_given = self.work.are_wanted(form.errors)
        is_retold = self.work.retell(self._form(), said)
        self.work.ask_or_go_on()
        return is_restored or is_given or is_retold

    def _click_and_wait(self, form: Form, *, is_sent: bool) -> Ended | Form:
        """Return the site's refusal, if it showed what is wrong with the form, or the form of the next step.

        Raises Ended for every other end.
        """
        if not is_sent:
            self._look(form)
            self._click(form)
        self.clicked()
        end = self._what_came(form)
        if isinstance(end, Form):
            return end
        if end is None and self._says_it_arrived():
            raise self._arrived()
        if end is None and self._has_its_word() and (refusal := self._refusal_at_last()):
            return refusal
        if end is None:
            is_kept = self.script.keeps_for_later(self.page, self.was)
            what = (
                "the page keeps it for later instead of sending it"
                if is_kept
                else "nothing on the page confirmed that it arrived"
            )
            raise Ended(Outcome.UNCONFIRMED, f"We pressed the button, and {what}.", FailureKind.UNCONFIRMED)
        if end.kind is not FailureKind.FORM_UNSUPPORTED:
            raise end
        return end

    def _look(self, form: Form) -> None:
        """Keep how things stand before the form is sent."""
        self.was, self.url_was = self.page.text(), self.page.url
        with self.page.at(form.home):
            self._sites = {site_of(self.url_was), site_of(str(self.page.script("return location.href")))}
        self._errors_were = {field.key: field.error for field in form.errors}
        self._aside = self.page.network.unanswered()
        self._mark = len(self.page.network.responses)
        self._dialogs = dialogs_on_show(self.page)

    def _click(self, form: Form) -> None:
        button = self._in_sight(form)
        with suppress(TimeoutException):  # it was pressed, and the site is slow to answer
            self.page.hand.click(button)

    def _in_sight(self, form: Form) -> WebElement:
        """Bring the button into sight, and return it. What is drawn anew before anything was pressed is looked over."""
        try:
            self.page.script(SHOW, form.submits[0])
        except StaleElementReferenceException:
            self.work.restore(self._form(), self.script)
            form = self._form()
            if not form.submits:
                raise
            self.page.script(SHOW, form.submits[0])
        return form.submits[0]

    def _what_came(self, form: Form) -> Ended | Form | None:
        """Wait for the end or the next step, None if neither shows. Whether one is sure is answered once, by yes."""
        came = self.page.wait_for(lambda: self._asks_if_sure(form) or self._end() or self._next_step(), self.limit)
        if not isinstance(came, WebElement):
            return came
        with self.page.at(form.home):
            self.page.hand.press(came)
        return self.page.wait_for(lambda: self._end() or self._next_step(), self.limit)

    def _asks_if_sure(self, form: Form) -> WebElement | None:
        """Return the button that says yes, if the click has sent the site nothing and has opened a dialog instead."""
        if self._is_sent():
            return None
        with suppress(WebDriverException), self.page.at(form.home):  # a frame that has gone asks nothing
            return button_of_new_dialog(self.page, self._dialogs, SURE)
        return None

    # ------------------------------------------------------------ what came of it

    def _end(self) -> Ended | None:
        """Return how it ended, None while nothing shows it."""
        if self._says_it_arrived():
            return None if self._waiting() else self._arrived()  # some thank before they know
        if not self._has_its_word():
            return None
        return self._refusal_by_status() or self._refusal_by_page()

    def _says_it_arrived(self) -> bool:
        return self.script.is_confirmed(self.page, was=self.was, url_was=self.url_was) or self._is_thanked()

    def _arrived(self) -> Ended:
        """Return the end for a page that says so: confirmed, unless all that its site answered was an error."""
        answers = [one.status for one in self._answers() if one.status != CUT_OFF]
        if answers and min(answers) >= 400:
            return Ended(
                Outcome.UNCONFIRMED,
                f"The page thanks for it, but the site answered with an error ({answers[-1]}).",
                FailureKind.UNCONFIRMED,
            )
        return Ended(
            Outcome.SUBMITTED,
            "The employer confirmed your application.",
            confirmation="response" if answers else "page",
        )

    def _next_step(self) -> Form | None:
        """Return the form that the page calls the step after the one which was sent."""
        was, now = step_told(self.was), step_told(self.page.text())
        if not (was and now and now == (was[0] + 1, was[1])):
            return None
        form = self._form()
        return form if self.work.is_new(form) and (form.submits or form.nexts) else None

    def _is_thanked(self) -> bool:
        """Whether thanks stand where the form was: of what the site has taken, that is proof."""
        if not (self.script.new_thanks(self.page, self.was) and any(map(_is_accepted, self._answers()))):
            return False
        form = self._form()
        return not (form.fields or form.submits or form.nexts)

    def _refusal_by_page(self) -> Ended | None:
        if self.script.has_applied(self.page, self.was):
            return _applied_already()
        if challenge := self.script.challenge(self.page):
            return Ended(Outcome.CHALLENGE, challenge, FailureKind.CHALLENGE)
        if self.script.takes_for_robot(self.page):
            return Ended(
                Outcome.BLOCKED,
                "The site took the submission for a machine's and refused it.",
                FailureKind.PROXY_BLOCKED,
            )
        came_back = any(one.kind == "Document" for one in self._answers())
        errors = [one for one in self._form().errors if came_back or self._errors_were.get(one.key) != one.error]
        if errors:
            return self.work.refused(errors)
        said = self.script.new_refusal(self.page, self.was)
        if said and self._form().submits:  # of all: nothing to mend
            raise Ended(Outcome.FAILED, f"The form was not accepted. {said}", FailureKind.FORM_UNSUPPORTED)
        was_refused = came_back or any(one.status < 500 for one in self._errors())
        return (self._refusal_by_notice(came_back) if was_refused else None) or self._refusal_by_words(was_refused)

    def _refusal_by_notice(self, is_anew: bool) -> Ended | None:
        """Return the refusal of a site that shows the form still, with a notice of what is wrong: new, or sent anew."""
        said = self.script.complaint(self.page)
        if not said or (said in self.was and not is_anew) or not self._form().submits:
            return None
        if self.script.has_applied(self.page, self.was):  # the notice came after the page was asked for it
            return _applied_already()
        return Ended(Outcome.FAILED, f"The form was not accepted. {said}", FailureKind.FORM_UNSUPPORTED)

    def _refusal_by_words(self, was_refused: bool) -> Ended | None:
        """Return the refusal of a form that stays, unsent or turned down, with new words about one of its answers."""
        is_idle = not self._answers() and self.page.network.is_quiet_since(self._mark)
        said = self.script.new_complaint(self.page, self.was) if was_refused or is_idle else ""
        form = self._form() if said else None
        if not form or not form.submits:
            return None
        label = _asked_above(said, self.page.text(), [field.label for field in form.fields if not field.value])
        what = f"{label}: {said}" if label else said
        return Ended(Outcome.FAILED, f"The form was not accepted. {what}", FailureKind.FORM_UNSUPPORTED)

    def _refusal_at_last(self) -> Ended | None:
        """Return the refusal of a form that was not sent to its site, or turned down by it, and shows nothing new."""
        if not self._answers():
            return self._refusal_that_stood()
        return self.work.refused(self._form().errors) if self._is_turned_down() else None

    def _refusal_that_stood(self) -> Ended | None:
        """Return the refusal of a form that was not sent to its site, and has said why since before the click.

        What it refused before, with words that stand there still, it has refused again.
        """
        form = self._form()
        if form.errors:
            return self.work.refused(form.errors)
        if self.page.network.sent_since(self._mark):  # to another site, which may take forms for this one
            return None
        empty = [field.label for field in form.fields if not field.value]
        text = self.page.text()
        complaints = self.script.complaints(text)
        said = next((one for one in complaints if one in self._told or _asked_above(one, text, empty)), "")
        what = f"{_asked_above(said, text, empty)}: {said}".removeprefix(": ")
        return (
            Ended(Outcome.FAILED, f"The form was not accepted. {what}", FailureKind.FORM_UNSUPPORTED) if said else None
        )

    def _is_turned_down(self) -> bool:
        """Whether the site refused all that it was sent (RFC 9110, 4xx), and the form stands there still."""
        errors = self._errors()
        is_refused = errors == self._answers() and all(one.status < 500 for one in errors)
        return bool(errors and is_refused and self._form().submits)

    def _has_its_word(self) -> bool:
        """Whether all that was sent is answered: what a page says without its site's answer is a guess."""
        return not self._waiting() and all(one.status != CUT_OFF for one in self._own() + self._others())

    def _is_sent(self) -> bool:
        return bool(self._own() or self._others() or self._waiting())

    def _waiting(self) -> list[Response]:
        """Return what may have been the form and has no answer yet."""
        waiting = self.page.network.unanswered_sends(self._aside)
        return to_sites(self._sites, waiting) + to_others(self._sites, waiting, self.work.candidate.email)

    def _form(self) -> Form:
        return self.script.find_form(self.page) or read_form(self.page)

    def _refusal_by_status(self) -> Ended | None:
        status = next((one.status for one in self._errors()), 0)
        if status >= 500:
            return Ended(
                Outcome.UNCONFIRMED,
                f"We sent it, and the employer's site answered with an error ({status}). It may have arrived or not.",
                FailureKind.UNCONFIRMED,
            )
        if status == 429:
            return Ended(Outcome.BLOCKED, "The site asks us to slow down.", FailureKind.RATE_LIMITED)
        if status in {403, 428} and (text := self.page.wait_for(lambda: self.script.challenge(self.page), SHOWN_LIMIT)):
            return Ended(Outcome.CHALLENGE, text, FailureKind.CHALLENGE)
        if status == 403:
            return Ended(
                Outcome.BLOCKED,
                "The site refused the submission from our address.",
                FailureKind.PROXY_BLOCKED,
            )
        if status == 428:
            return Ended(
                Outcome.CHALLENGE,
                "The site wants to see that you are a person.",
                FailureKind.CHALLENGE,
            )
        return None

    def _answers(self) -> list[Response]:
        """Return the answers to what may have been the form: those of the page's own site; if none, those of others."""
        return self._own() or self._others()

    def _errors(self) -> list[Response]:
        """Return the answers that say no; none where another site took a form beside, maybe the one that counts."""
        is_taken_elsewhere = bool(self._own()) and any(map(_is_accepted, self._others()))
        return [] if is_taken_elsewhere else [one for one in self._answers() if one.status >= 400]

    def _own(self) -> list[Response]:
        return to_sites(self._sites, self.page.network.sent_since(self._mark))

    def _others(self) -> list[Response]:
        return to_others(self._sites, self.page.network.sent_since(self._mark), self.work.candidate.email)

    def _keep_response(self, mark: int) -> None:
        self._mark = mark  # what was sent before a refusal counts, too
        answers = [{"url": one.url, "status": one.status, "method": one.method} for one in self._answers()]
        self.evidence.facts("response", {"final_url": self.page.url, "answers": answers})


def _is_accepted(answer: Response) -> bool:
    return CUT_OFF < answer.status < 400


def _asked_above(said: str, text: str, labels: list[str]) -> str:
    """Return the label that stands in the line above what is said; empty if none does."""
    lines = [clean(one) for one in text.splitlines() if one.strip()]
    at = lines.index(clean(said)) if clean(said) in lines else 0
    return lines[at - 1] if at and lines[at - 1] in labels else ""


def _applied_already() -> Ended:
    return Ended(Outcome.ALREADY_APPLIED, "The employer has your application already.", FailureKind.ALREADY_APPLIED)
