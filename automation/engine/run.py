"""The one way through an application: open, read, answer, fill, check, ask for the grant, click, look for the proof."""

import logging
import time
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from selenium.common.exceptions import (
    ElementNotInteractableException,
    JavascriptException,
    NoSuchElementException,
    NoSuchFrameException,
    StaleElementReferenceException,
    UnexpectedAlertPresentException,
    WebDriverException,
)
from urllib3.exceptions import HTTPError, ReadTimeoutError

from automation.engine.browser.context import USUAL, ContextOptions
from automation.engine.browser.evidence import EvidenceFolder, sha256_of
from automation.engine.browser.pace import Pace, Rhythm
from automation.engine.browser.page import Page
from automation.engine.browser.session import Browser
from automation.engine.candidate import Candidate
from automation.engine.companies import SCRIPTS, script_for
from automation.engine.companies.base import CompanyScript
from automation.engine.forms.reading.read import Form
from automation.engine.forms.work import FormWork
from automation.engine.handover import Person, challenged, hand_over
from automation.engine.host import Host, Stopped
from automation.engine.posting import countries_of_job, told_in
from automation.engine.result import Ended, FailureKind, Outcome, Result
from automation.engine.submit import Submission

logger = logging.getLogger(__name__)

FORM_LIMIT = 12.0  # seconds for a page to show what it is
MOST_STEPS = 40  # pages of one form: some ask one thing at a time
MOST_HOPS = 4  # links from a posting to its form
MOVED = (  # raised of a page that is no longer what it was a moment before
    ElementNotInteractableException,
    JavascriptException,
    NoSuchElementException,
    NoSuchFrameException,
    StaleElementReferenceException,
    UnexpectedAlertPresentException,
)
# After the grant these leave open whether the application arrived: the click may have been made.
DOUBTFUL = frozenset({FailureKind.NETWORK, FailureKind.TIMEOUT, FailureKind.SITE_ERROR, FailureKind.BROWSER_CRASH})


@dataclass(frozen=True)
class Task:
    """One application to carry out."""

    url: str
    candidate: Candidate
    resume: Path
    evidence_dir: Path
    cover_letter: str = ""
    company: str | None = None  # the script's name; None chooses by address and page
    other_urls: tuple[str, ...] = ()  # tried before the posting is called closed
    pace: Pace = Pace.HUMAN
    seed: int | None = None  # of the pauses and movements at the pace of a person
    dry_run: bool = False
    scripts_off: tuple[str, ...] = ()  # names of company scripts that are not to be used
    time_limit: float = 300.0  # seconds for all of it
    context: ContextOptions = USUAL


def run(task: Task, *, browser: Browser, host: Host, person: Person | None = None) -> Result:
    """Carry out `task` and say what came of it. Whatever a site does is a Result; only Stopped is raised.

    `person` is asked to pass challenges; without one they end the run.
    """
    return _Run(task, host, person).result(browser)


class _Run:
    def __init__(self, task: Task, host: Host, person: Person | None) -> None:
        self.task = task
        self.host = host
        self.person = None if task.dry_run else person
        self.evidence = EvidenceFolder(task.evidence_dir, host)
        self.script: CompanyScript | None = None
        self.work: FormWork | None = None
        self.granted = False
        self.countries: frozenset[str] = frozenset()  # of the job, as its posting tells them
        self.final_url = task.url
        self.retry_after: float | None = None

    def result(self, browser: Browser) -> Result:
        started = time.monotonic()
        try:
            with browser.context(self.task.context) as page:
                page.deadline = started + self.task.time_limit
                end = self._end_of(page)
        except (WebDriverException, HTTPError, OSError) as error:
            logger.warning("The run broke off: %s", str(error).partition("\n")[0])
            end = _broken_off(error)
        if self.granted and end.kind in DOUBTFUL:
            end = Ended(
                Outcome.UNCONFIRMED,
                f"{end.message} We do not know whether it arrived.",
                FailureKind.UNCONFIRMED,
            )
        return Result(
            outcome=end.outcome,
            message=end.message,
            url=self.task.url,
            final_url=self.final_url,
            confirmation=end.confirmation,
            company_script=str(self.script or ""),
            failure_kind=end.kind,
            fields=self.work.reports if self.work else [],
            questions=end.questions,
            evidence=self.evidence.names,
            retry_after=self.retry_after,
            seconds=time.monotonic() - started,
        )

    def _end_of(self, page: Page) -> Ended:
        try:
            self._carry_out_or_begin_again(page)
        except Ended as end:
            with suppress(WebDriverException, HTTPError):  # a page that stopped cannot be looked at, and has ended
                self.final_url = page.url
                self.retry_after = page.network.retry_after()
                self._last_look(page, end)
            return end
        raise AssertionError("an application ends by Ended")

    def _last_look(self, page: Page, end: Ended) -> None:
        """Keep how the page looked at the end, unless that is what "before-submit" shows."""
        if end.outcome is not Outcome.DRY_RUN:
            self.evidence.screenshot(page, "after-submit" if self.granted else "page")

    def _carry_out_or_begin_again(self, page: Page) -> None:
        """Carry the task out; begin once more with a page that loads itself anew or is drawn anew under the hand."""
        try:
            self._carry_out(page)
        except MOVED as error:
            if self.granted:
                raise
            logger.info("The page changed, so we begin again: %s", str(error).partition("\n")[0])
            page.top()
            self._carry_out(page)

    def _carry_out(self, page: Page) -> None:
        self._step("opening", "Opening the posting", 5)
        script, form = self._open(page)
        self._step("reading", "Reading the form", 15)
        task = self.task
        page.hand.rhythm = Rhythm(task.pace, task.seed)
        candidate = told_in(self.countries, task.candidate)
        work = self.work = FormWork(page, candidate, task.resume, task.cover_letter, task.evidence_dir)
        self._submit(page, script, work, self._walked(script, work, form))

    def _walked(self, script: CompanyScript, work: FormWork, form: Form) -> Form:
        """Fill the form step by step, and return the one with the button that sends it."""
        for number in range(MOST_STEPS):
            form = self._fill(work, script, form, number)
            if work.is_new(form):  # it went on by itself
                continue
            if form.submits or not form.nexts:
                break
            form = work.next_step(form, script)
        return form

    # ------------------------------------------------------------ to the form

    def _open(self, page: Page) -> tuple[CompanyScript, Form]:
        """Open the first of the posting's addresses that is not closed, as far as its form."""
        addresses = [self.task.url, *self.task.other_urls]
        for url in addresses:  # which grows by those that the script knows
            try:
                return self._open_at(page, url)
            except Ended as end:
                if end.outcome is not Outcome.POSTING_CLOSED:
                    raise
                closed = end
            known = self.script.other_addresses(url) if self.script else []
            addresses += [one for one in known if one not in addresses]
        raise closed

    def _open_at(self, page: Page, url: str) -> tuple[CompanyScript, Form]:
        status = page.open(url)
        self.countries = countries_of_job(page)
        script = self.script = script_for(page, self.task.company, self.task.scripts_off)
        self._check_status(status, page, script)
        if script.was_turned_away(page.url, url):
            raise _closed()
        script.prepare(page)
        for _ in range(MOST_HOPS):
            form = self._wait_for_form(page, script)
            if isinstance(form, Form):
                page.draw()
            elif form and (script.pass_gate(page) if form == "gate" else script.follow_apply_link(page)):
                self._check_status(page.document_status(), page, script)
            else:
                break
            if (known := self._still(script, page)) is not script:  # which may know a better way to the form
                script = self.script = known
                page.top()
                script.prepare(page)
            elif isinstance(form, Form):
                return script, form
        raise Ended(Outcome.FAILED, "We found no application form on this page.", FailureKind.FORM_UNSUPPORTED)

    def _wait_for_form(self, page: Page, script: CompanyScript) -> "Form | str | None":
        try:
            return page.wait_for(lambda: self._look_around(page, script), FORM_LIMIT)
        except Ended as end:
            if end.outcome is not Outcome.CHALLENGE:
                raise
            self._hand_over(page, script, end.message)
            return page.wait_for(lambda: self._look_around(page, script), FORM_LIMIT)

    def _still(self, script: CompanyScript, page: Page) -> CompanyScript:
        """Return the script for what the page shows by now: some pages show whose they are only when they are drawn."""
        generic = script is SCRIPTS["generic"]
        return script_for(page, self.task.company, self.task.scripts_off) if generic else script

    def _look_around(self, page: Page, script: CompanyScript) -> "Form | str | None":
        """Return the form, "link" or "gate" when the way goes on by one; raise Ended for a page that ends it."""
        if form := script.find_form(page):
            if script.says_closed(page):
                raise _closed()
            if script.says_applied(page):
                raise _applied()
            return form
        if script.has_apply_link(page) and not script.says_closed(page):
            return "link"
        if self.task.candidate.consents.privacy and script.has_gate(page):
            return "gate"
        if script.is_closed(page):
            raise _closed()
        if script.has_applied(page):
            raise _applied()
        if challenge := script.challenge(page):
            raise challenged(challenge)
        return None

    def _check_status(self, status: int, page: Page, script: CompanyScript) -> None:
        """End the run for a document that is none. A challenge may come with any status."""
        if status < 400:
            return
        if challenge := script.challenge(page):
            self._hand_over(page, script, challenge)
        else:
            raise _refused(status)

    # ------------------------------------------------------------ through it

    def _fill(self, work: FormWork, script: CompanyScript, form: Form, number: int) -> Form:
        self._step("answering", "Answering from your profile", min(25 + 5 * number, 60))
        self._step("uploading", "Attaching your resume", min(30 + 5 * number, 62))
        work.upload(form)
        self._step("filling", "Filling in the form", min(40 + 5 * number, 65))
        form = work.fill(script)
        work.ask_or_go_on()
        return form

    def _submit(self, page: Page, script: CompanyScript, work: FormWork, form: Form) -> None:
        self._step("checking", "Checking what the form holds", 75)
        if not form.fields and work.reports and script.is_confirmed(page, was="", url_was=page.url):
            self.granted = self.host.begin_submit()  # nobody can know before that an answer sends it
            raise Ended(Outcome.SUBMITTED, "The form sent itself with its last answer.", confirmation="page")
        if not form.submits:
            form = self._beyond(page, script, work)
        if not self.task.dry_run:
            page.hand.rhythm.before_submit()  # and then look once more: a page may drop something meanwhile
        if work.unseen(work.check(form, script)):  # questions that came up while we looked the form over
            self._fill(work, script, form, MOST_STEPS)
            work.check(form, script)
        self._keep_form(page, script, work)
        challenge = script.challenge(page)
        if challenge and self.person is None:
            raise challenged(challenge)
        if self.task.dry_run:
            raise Ended(Outcome.DRY_RUN, "Filled in and checked. Nothing was sent.")
        self._step("submitting", "Sending it", 85)
        if not self.host.begin_submit():
            raise Stopped
        self.granted = True
        self._send(page, script, work, form, challenge)

    def _beyond(self, page: Page, script: CompanyScript, work: FormWork) -> Form:
        """Return the form behind a step that nothing sends: once it is told who one is, a site may want a sign-in.

        Raises Ended where it says that one has applied, or shows nothing to go on with.
        """
        if script.has_applied(page):
            raise _applied()
        if challenge := script.challenge(page):
            self._hand_over(page, script, challenge)
            found = self._wait_for_form(page, script)
            if isinstance(found, Form) and (form := self._walked(script, work, found)).submits:
                return form
        for frame in page.frames():
            with suppress(WebDriverException), page.at((frame,)):  # it may just be going
                if challenge := script.challenge(page):
                    raise challenged(challenge)
        raise Ended(Outcome.FAILED, "The form has no button that sends it.", FailureKind.FORM_UNSUPPORTED)

    def _send(self, page: Page, script: CompanyScript, work: FormWork, form: Form, challenge: str | None) -> None:
        """Send the form, and what the site then shows as its next step: the click was granted for all of it.

        Whoever passes a challenge may press the button as well. What the site refuses for one is sent once more when
        the person has passed that. Ends by Ended.
        """
        submission = Submission(page, script, work, self.evidence, self.task.pace, self._confirming)

        def passed(challenge: str) -> tuple[Form, bool]:
            is_sent = submission.hand_over(form, challenge, self.person)
            return script.find_form(page) or form, is_sent

        form, is_sent = passed(challenge) if challenge else (form, False)
        for _ in range(MOST_STEPS):
            try:
                form = submission.send(form, is_sent=is_sent)
            except Ended as end:
                if end.outcome is not Outcome.CHALLENGE or self.person is None:
                    raise
                form, is_sent = passed(end.message)
                form = submission.send(form, is_sent=is_sent)
            is_sent = False
            form = self._walked(script, work, form)
            if not form.submits:
                raise Ended(
                    Outcome.UNCONFIRMED,
                    "We sent the first part, and the form then showed no button to go on.",
                    FailureKind.UNCONFIRMED,
                )
            work.check(form, script)

    def _hand_over(self, page: Page, script: CompanyScript, challenge: str) -> None:
        if hand_over(page, script, challenge, self.person, was=page.text(), url_was=page.url):
            raise Ended(Outcome.SUBMITTED, "The employer confirmed your application.", confirmation="page")

    def _confirming(self) -> None:
        self._step("confirming", "Waiting for the employer's confirmation", 95)

    def _keep_form(self, page: Page, script: CompanyScript, work: FormWork) -> None:
        self.evidence.screenshot(page, "before-submit")
        self.evidence.facts(
            "form",
            {
                "url": page.url,
                "company_script": str(script),
                "resume": {"name": self.task.resume.name, "sha256": sha256_of(self.task.resume)},
                "fields": [{"label": one.label, "value": one.value, "source": one.source} for one in work.reports],
            },
        )

    def _step(self, name: str, message: str, percent: int) -> None:
        self.host.step(name, message, percent)


def _broken_off(error: Exception) -> Ended:
    """Return the end of a run in which the page, or the browser, did not do what every one does."""
    if isinstance(error, MOVED):
        return Ended(Outcome.FAILED, "The page kept changing while we worked on it.", FailureKind.SITE_ERROR)
    if isinstance(error, ReadTimeoutError):
        return Ended(Outcome.FAILED, "The page stopped answering.", FailureKind.TIMEOUT)
    return Ended(Outcome.FAILED, "The browser broke down.", FailureKind.BROWSER_CRASH)


def _refused(status: int) -> Ended:
    """Return the end of a run that met an error instead of a page."""
    if status in {404, 410}:
        return Ended(
            Outcome.POSTING_CLOSED,
            "This job is no longer open: its page is gone.",
            FailureKind.POSTING_CLOSED,
        )
    if status == 429:
        return Ended(Outcome.BLOCKED, "The site asks us to slow down.", FailureKind.RATE_LIMITED)
    if status in {401, 403}:
        return Ended(Outcome.BLOCKED, "The site refuses visits from our address.", FailureKind.PROXY_BLOCKED)
    if status >= 500:
        return Ended(Outcome.FAILED, "The employer's site has trouble at the moment.", FailureKind.SITE_ERROR)
    return Ended(Outcome.FAILED, f"The site answered with an error ({status}).", FailureKind.SITE_ERROR)


def _closed() -> Ended:
    return Ended(Outcome.POSTING_CLOSED, "This job is no longer open.", FailureKind.POSTING_CLOSED)


def _applied() -> Ended:
    return Ended(Outcome.ALREADY_APPLIED, "The employer has your application already.", FailureKind.ALREADY_APPLIED)
