"""The work on one form: its answers are put in, read back and kept for the report, over all of its steps."""

import re
import time
from collections import Counter
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

from selenium.common.exceptions import StaleElementReferenceException

from automation.engine.browser.page import Page
from automation.engine.browser.scripts import beside
from automation.engine.candidate import Candidate
from automation.engine.companies.base import CompanyScript
from automation.engine.forms.answers import moments
from automation.engine.forms.answers.answer import Reply, is_needed, reply_to
from automation.engine.forms.answers.documents import asks, resume_field, takes
from automation.engine.forms.answers.history import placed
from automation.engine.forms.answers.past import asked_as, is_over
from automation.engine.forms.answers.profile import SALARY_LISTS, dial_code, is_in_its_currency, national_phone
from automation.engine.forms.entry import History
from automation.engine.forms.field import FormField, Kind, Option, Widget
from automation.engine.forms.filling.fill import E_164, Filler, holds, with_options
from automation.engine.forms.filling.rows import Rows
from automation.engine.forms.questions.meanings import meaning_of, normalized
from automation.engine.forms.reading.read import Form, read_form
from automation.engine.result import Ended, FailureKind, FieldReport, Outcome, Question, Source, Why

MOST_ROUNDS = 6  # questions that appear only after an answer, one behind the other
MOST_REDRAWS = 3  # of a field while it is filled
SETTLE_LIMIT = 2.0  # seconds for the page to come to rest after a round of answers
PUT_AWAY_LIMIT = 5.0  # seconds for what takes a file away from its control to have it
ALONE_LIMIT = 1.0  # seconds for a choice to lead on by itself
DRAW_LIMIT = 2.0  # seconds for what took the place of a step to be drawn, if it is another step
STEP_LIMIT = 15.0  # seconds for the next step of a form to show
# Text before lists, since a list may open over the next field; the country before the phone number.
ORDER = {Kind.SINGLE_CHOICE: 2, Kind.MULTI_CHOICE: 2, Kind.PHONE: 3, Kind.CONSENT: 4}
CHOSEN = frozenset({Kind.SINGLE_CHOICE, Kind.MULTI_CHOICE, Kind.CONSENT})
WAGE = re.compile(r"(\d+(?:\.\d+)?) [A-Z]{3} per \w+")
# Of digits: that a number is not valid does not say that it is wanted without its country, where it may be another's.
OF_DIGITS = re.compile(
    r"\bdigits?\b|\bnumbers only\b|\bonly numbers\b|ziffer|chiffre|cifra|dígito|cijfer", re.IGNORECASE
)
CHOSEN_FROM_LIST = re.compile(
    r"\b(select|choose|pick)\b.*\b(list|suggest\w*|options?|drop-?down|results?)\b"
    r"|\baus der liste\b|\bdans la liste\b|\bde la lista\b|\buit de lijst\b|\bdall'elenco\b",
    re.IGNORECASE,
)
OF_NUMBERS = re.compile(
    r"\bnumbers?\b|\bnumeric|\bdigits?\b|\bzahl\b|ziffer|chiffre|nombre\b|número|cifra|\bgetal\b", re.IGNORECASE
)
# Whether an element stays where it is: a part of a form that unfolds moves what is below it.
STILL = """
const [node] = arguments;
const { top } = node.getBoundingClientRect(), { scrollHeight } = document.documentElement;
return new Promise((resolve) => setTimeout(() => resolve(
  node.getBoundingClientRect().top === top && document.documentElement.scrollHeight === scrollHeight), 60));
"""
INVALID = beside(__file__, "invalid.js")


class FormWork:
    """Answers and fills the form of a page, step by step. `reports` and `questions` grow as it goes."""

    def __init__(self, page: Page, candidate: Candidate, resume: Path, cover_letter: str, folder: Path) -> None:
        self.page = page
        self.candidate = candidate
        self.resume = resume
        self.cover_letter = cover_letter
        self.folder = folder  # for files that are made on the way
        self.filler = Filler(page)
        self.questions: dict[str, Question] = {}
        self._reports: dict[str, FieldReport] = {}
        self._replies: dict[str, Reply] = {}
        self._files: dict[str, Path] = {}
        self._mark = 0  # how many answers of servers there were before the last round
        self._offered: dict[str, tuple[Option, ...]] = {}  # what native lists had to choose from when they were filled
        self._unfolded: set[str] = set()  # what has opened a part of the form, by its id
        self._kept: Counter[History] = Counter()  # rows that the form has taken, and shows as text
        self._order: dict[str, None] = {}  # the keys of the fields, first met first

    @property
    def reports(self) -> list[FieldReport]:
        """What was done with each field, in the order in which the form asks."""
        return [self._reports[key] for key in self._order if key in self._reports]

    @property
    def asked(self) -> list[Question]:
        """What only the person can answer, in the order in which the form asks."""
        return [self.questions[key] for key in self._order if key in self.questions]

    # ------------------------------------------------------------ files

    def upload(self, form: Form) -> None:
        """Attach the resume and the letter: first of all, since sites read them and write over other fields."""
        self._order |= dict.fromkeys(field.key for field in form.fields)
        files = [field for field in form.fields if field.widget is Widget.FILE and field.key not in self._reports]
        resume = resume_field(files)
        for field in files:
            if field is resume and (before := self._drawn_anew(form)):
                self._files[field.key] = self._files[before]  # and a form that comes back has the first again
                self._reports[field.key] = self._reports.pop(before)
            elif field is resume:
                self._attach(field, self.resume, Source.RESUME)
            elif asks(field, "cover_letter") and self.cover_letter and takes(field, ".txt"):
                self._attach(field, self._letter_file(), Source.ANSWER)
            else:
                self._leave(field, Why.UNKNOWN)

    def _drawn_anew(self, form: Form) -> str | None:
        """Return the key of the field that took the resume and has gone, where the page still shows it by its name."""
        gone = [key for key, path in self._files.items() if path == self.resume and not form.find(key)]
        return gone[0] if gone and self.resume.name in self.page.text() else None

    def _attach(self, field: FormField, path: Path, source: Source) -> None:
        held = field.value if field.value == path.name else self.filler.upload(field, path)
        self._files[field.key] = path
        self._report(field, held, source)
        if not held and field.required:
            raise Ended(
                Outcome.FAILED,
                f"The site did not take the file for “{field.label}”.",
                FailureKind.FORM_UNSUPPORTED,
            )

    def _letter_file(self) -> Path:
        path = self.folder / "cover-letter.txt"
        path.write_text(self.cover_letter, encoding="utf-8")
        return path

    # ------------------------------------------------------------ fields

    def fill(self, script: CompanyScript) -> Form:
        """Fill what the page asks, and what it asks after that, until it asks nothing new; return the form as it is."""
        rows = Rows(self.page, self.candidate, self._kept, lambda: self.look(script))
        form = self._fill_all(script)
        while rows.add(form):
            form = self._fill_all(script)
            if gone := rows.keep(form):
                self._put_by(gone)
                form = self.look(script)
        while unfolded := self._unfold(form, script):
            self.upload(unfolded)
            form = self._fill_all(script)
        return self.look(script) if self.restore(form, script) else form

    def _put_by(self, gone: set[str]) -> None:
        """Keep apart what was done with fields that went away, since those of the next row may have their keys."""
        kept = {key: f"{key} kept {self._kept.total()}" for key in gone}
        self._order = dict.fromkeys(kept.get(key, key) for key in self._order)
        self._reports = {kept.get(key, key): one for key, one in self._reports.items()}
        self._replies = {key: one for key, one in self._replies.items() if key not in gone}

    def _unfold(self, form: Form, script: CompanyScript) -> Form | None:
        """Open the next part of the form that is folded up, which may fold another; None once all have been open."""
        closed = next((one for one in form.folded if one.id not in self._unfolded), None)
        if closed is None:
            return None
        self._unfolded.add(closed.id)
        known = {field.key for field in form.fields}
        self.page.hand.press(closed)
        self.page.wait_for(lambda: any(one.key not in known for one in self.look(script).fields), SETTLE_LIMIT)
        self.page.wait_for(lambda: self.page.script(STILL, closed), SETTLE_LIMIT)
        return self.look(script)

    def _fill_all(self, script: CompanyScript) -> Form:
        """Fill what comes up, round by round; return the form as it was once it asked nothing more."""
        for _ in range(MOST_ROUNDS):
            form = self._asking_next(script)
            if not (new := self.unseen(form)):
                return form
            for field in sorted(self._with_lists(new), key=_turn):
                self._fill_one(field)
        return self.look(script)

    def _with_lists(self, fields: list[FormField]) -> list[FormField]:
        """Return the fields with what the lists beside a wage offer: it can be told only in their terms."""
        lists = [
            one
            for one in fields
            if one.widget is Widget.COMBOBOX
            and "salary" in one.beside
            and any(asks(one, name) for name in SALARY_LISTS)
        ]
        opened = {one.key: with_options(self.page, one) for one in lists if self.candidate.salary_expectation}
        offering = {meaning.name: one for one in opened.values() if (meaning := meaning_of(one.label))}
        return [
            replace(one, beside={name: offering.get(name, other) for name, other in one.beside.items()})
            for one in (opened.get(field.key, field) for field in fields)
        ]

    def _asking_next(self, script: CompanyScript) -> Form:
        """Return the form with what it asks next; wait while it may still be about to ask."""
        mark, since = self._mark, time.monotonic()

        def settled() -> bool:
            return time.monotonic() - since >= script.settle and self.page.network.is_quiet_since(mark)

        if not self.unseen(form := self.look(script)):
            if _is_one_choice(form):
                self.page.wait_for(lambda: self._has_led_on(self.look(script)), ALONE_LIMIT)
            self.page.wait_for(settled, max(SETTLE_LIMIT, script.settle))
            form = self.look(script)
        self._mark = len(self.page.network.responses)
        return form

    def unseen(self, form: Form) -> list[FormField]:
        """Return what the form asks and has not been looked at yet, but for files.

        A list that was left empty and now offers something else counts: regions come with the country.
        """
        self._order |= dict.fromkeys(field.key for field in form.fields)
        return [one for one in form.fields if one.widget is not Widget.FILE and self._is_unseen(one)]

    def is_new(self, form: Form) -> bool:
        """Whether the form asks what nothing has been done about yet."""
        return any(field.key not in self._reports for field in form.fields)

    def _has_led_on(self, form: Form) -> bool:
        return not _is_one_choice(form) or self.is_new(form)

    def _is_unseen(self, field: FormField) -> bool:
        if field.key not in self._reports:
            return True
        is_empty = field.widget is Widget.SELECT and not self._reports[field.key].value
        return is_empty and field.options != self._offered.get(field.key)

    def _fill_one(self, field: FormField) -> None:
        self.questions.pop(field.key, None)
        self._offered[field.key] = field.options if field.widget is Widget.SELECT else ()
        field = field if field.required else replace(field, required=is_needed(field, self.candidate))
        reply = self._reply(field)
        if isinstance(reply, Reply):
            held = self._put(field, reply)
            if _is_cut(held, reply):
                reply = replace(reply, text=national_phone(reply.text))
                held = self._put(field, reply)
            if not held and field.required and field.widget is Widget.INPUT:  # something may have taken the focus away
                held = self._put(field, reply)
            if asks(field, "salary") and not is_in_its_currency(held, self.candidate):
                held = self._put(replace(field, value=held), replace(reply, text=""))
            if held or not field.required:
                self._replies[field.key] = reply
                self._report(field, held, reply.source if held else Source.SKIPPED)
                return
            reply = Question(field.label, str(field.kind), [], True, Why.AMBIGUOUS)
        self._leave(field, reply.why if reply else Why.UNKNOWN)

    def _put(self, field: FormField, reply: Reply) -> str:
        """Fill the field; one that is drawn anew under the hand, as by an answer before it, is looked up again."""
        for _ in range(MOST_REDRAWS):
            if holds(field, reply):
                return field.value
            with suppress(StaleElementReferenceException):
                return self.filler.fill(field, reply)
            fresh = read_form(self.page).find(field.key)
            if not fresh or (fresh.value and fresh.value in reply.picks([fresh.value])):
                return fresh.value if fresh else ""  # it was drawn anew because it took the choice
            field = fresh
        return self.filler.fill(field, reply)

    def _reply(self, field: FormField) -> Reply | Question | None:
        if field.kind is Kind.LONG_TEXT and asks(field, "cover_letter") and self.cover_letter:
            return Reply(self.cover_letter, lambda options: None, Source.ANSWER)
        reply = reply_to(field, self.candidate)
        if isinstance(reply, Reply) and asks(field, "phone") and self._has_dial_code(field):
            return replace(reply, text=national_phone(reply.text))
        return reply

    def _has_dial_code(self, phone: FormField) -> bool:
        """Whether another field beside the phone number holds its country's code: another country's is none."""
        code = dial_code(self.candidate.phone)
        return any(
            bool(code)
            and re.search(rf"(?<!\w){re.escape(code)}\b", report.value) is not None
            and (report.kind == Kind.SINGLE_CHOICE or _is_dial_code(report.label))
            for key, report in self._reports.items()
            if key != phone.key
        )

    def _leave(self, field: FormField, why: Why) -> None:
        """Leave a field as it is; one that is required becomes a question, unless the site has put a text into it.

        What a form has chosen by itself is nobody's answer: a required choice or slider is asked, a tick is taken away.
        """
        if field.kind is Kind.CONSENT and field.value and not field.required:
            field = replace(field, value=self.filler.turn_off(field))
        self._report(field, field.value, Source.DEFAULT if field.value else Source.SKIPPED)
        is_chosen = field.kind in CHOSEN or field.input_type == "range" or field.widget is Widget.SLIDER
        if field.required and not is_over(field) and (not field.value or is_chosen):
            field = with_options(self.page, field)
            self.questions[field.key] = Question(asked_as(field), str(field.kind), field.must_be_one_of, True, why)

    def _report(self, field: FormField, held: str, source: Source) -> None:
        self._reports[field.key] = FieldReport(field.label, str(field.kind), field.required, held, source)

    def restore(self, form: Form, script: CompanyScript) -> bool:
        """Fill once more what the form has lost, or was written over; say whether there was anything."""
        if attached := self._attach_again(form):
            lost = self.page.wait_for(lambda: self._lost(self.look(script)), script.settle) or []
        else:
            lost = self._lost(form)
        for field, reply in lost:
            held = self.filler.press_day(field, reply) or self._put(field, reply)
            held = held and self.filler.choose_if_dropped(field, reply, held)
            if held or field.widget is not Widget.INPUT:
                self._report(field, held, reply.source)
            else:
                self._leave(replace(field, value=""), Why.AMBIGUOUS)
        return attached or bool(lost)

    def look(self, script: CompanyScript) -> Form:
        """Return the form as it is at this moment."""
        form = script.find_form(self.page) or read_form(self.page)
        return replace(form, fields=tuple(placed(form.fields, self.candidate, self._kept)))

    def _lost(self, form: Form) -> list[tuple[FormField, Reply]]:
        """Return the fields that no longer hold what they were filled with."""
        return [
            (field, reply)
            for field in form.fields
            if (reply := self._replies.get(field.key))
            and self._reports[field.key].value
            and not _kept(field, self._reports[field.key])
        ]

    def _attach_again(self, form: Form) -> bool:
        """Attach files that the page no longer has: neither in their field nor by name anywhere on it."""
        gone = [(one, path) for one in form.fields if (path := self._files.get(one.key)) and not one.value]
        lost = [(field, path) for field, path in gone if path.name not in self.page.text()]
        for field, path in lost:
            source = Source.RESUME if path == self.resume else Source.ANSWER
            self._report(field, self.filler.upload(field, path), source)
        return bool(lost)

    # ------------------------------------------------------------ on

    def next_step(self, form: Form, script: CompanyScript) -> Form:
        """Go to the form's next step and return it. Raises Ended when the step is not accepted.

        One that wants what it did not mark as required gets that, if it is known, and is tried once more.
        """
        now = self._pressed_on(form, script)
        if now and _stays(form, now) and any([self.are_wanted(now.errors), self.retell(now)]):
            self.ask_or_go_on()
            form = self.look(script)
            now = self._pressed_on(form, script)
        if now is None or _stays(form, now):
            raise self.refused(self.look(script).errors)
        return now

    def _pressed_on(self, form: Form, script: CompanyScript) -> Form | None:
        """Press the button that leads on; return the form once it asks something else or complains anew."""
        said = _complaints(form)
        self.page.hand.click(form.nexts[0])

        def changed() -> Form | None:
            now = self.look(script)
            return now if not _asks_the_same(form, now) or (now.errors and _complaints(now) != said) else None

        def drawn() -> Form | None:
            return now if _is_drawn(now := self.look(script)) else None

        now = self.page.wait_for(changed, STEP_LIMIT)
        return now if now is None or _is_drawn(now) else self.page.wait_for(drawn, DRAW_LIMIT) or now

    def are_wanted(self, errors: list[FormField]) -> bool:
        """Fill what was left empty as not required, and was required after all; say whether there was anything."""
        left = [field for field in errors if not field.value and self._was_left(field)]
        for field in left:
            self._fill_one(replace(field, required=True))
        return bool(left)

    def retell(self, form: Form, said: str = "") -> bool:
        """Fill again, plainly or from the list that it wants, what a field or the page complains of; say if any."""
        told = False
        for field in form.fields:
            reply, complaint = self._replies.get(field.key), field.error or said
            if reply and CHOSEN_FROM_LIST.search(field.error) and (held := self.filler.choose(field, reply)):
                self._report(field, held, reply.source)
                told = True
                continue
            plain = _plain(reply.text, complaint) if reply and complaint else ""
            if reply and plain and plain != field.value:
                held = self._put(field, replace(reply, text=plain))
                self._replies[field.key] = replace(reply, text=plain)
                self._report(field, held, reply.source)
                told = told or held == plain
        return told

    def _was_left(self, field: FormField) -> bool:
        report = self._reports.get(field.key)
        return report is not None and report.source is Source.SKIPPED and not report.required

    def ask_or_go_on(self) -> None:
        """End the run with all that only the person can answer; go on if there is nothing."""
        if self.questions:
            raise Ended(
                Outcome.NEEDS_ANSWERS,
                f"The form asks {_count(len(self.questions))} that only you can answer.",
                FailureKind.QUESTION,
                questions=self.asked,
            )

    def check(self, form: Form, script: CompanyScript) -> Form:
        """End the run if the form itself says that it will not be accepted; return it as it is now."""
        self.page.wait_for(lambda: not any(kind == "file" for *_, kind in self._invalid(form)), PUT_AWAY_LIMIT)
        now = self.look(script)
        if self.restore(now, script):  # a slow site may have written over something
            now = self.look(script)
        if wrong := self._invalid(form):
            raise Ended(
                Outcome.FAILED,
                f"The form does not take “{wrong[0][0]}”: {wrong[0][1]}",
                FailureKind.FORM_UNSUPPORTED,
            )
        if (empty := [field for field in now.errors if not field.value]) and not self.are_wanted(empty):
            raise self.refused(empty)
        self.ask_or_go_on()
        return self.look(script) if self.retell(now) else now

    def _invalid(self, form: Form) -> list[tuple[str, str, str]]:
        return [tuple(one) for one in self.page.script(INVALID, form.submits[0])]

    @staticmethod
    def refused(errors: list[FormField]) -> Ended:
        """Return the end of a run whose form was not accepted, in the form's own words."""
        what = "; ".join(f"{field.label}: {field.error}" for field in errors[:3]) or "it does not say why"
        return Ended(Outcome.FAILED, f"The form was not accepted. {what}", FailureKind.FORM_UNSUPPORTED)


def _is_one_choice(form: Form) -> bool:
    """Whether all that the form asks is one choice, and that is made: it may lead on by itself."""
    return len(form.fields) == 1 and form.fields[0].kind is Kind.SINGLE_CHOICE and bool(form.fields[0].value)


def _is_drawn(form: Form) -> bool:
    return bool(form.fields or form.submits or form.nexts)


def _asks_the_same(form: Form, other: Form) -> bool:
    return {field.key for field in form.fields} == {field.key for field in other.fields}


def _stays(form: Form, now: Form) -> bool:
    """Whether a step was not left: it asks the same, or complains of what it asked before."""
    asked = {field.key for field in form.fields}
    return _asks_the_same(form, now) or any(field.key in asked for field in now.errors)


def _plain(text: str, complaint: str) -> str:
    """Return a phone number or a wage as bare digits, or a day as it is wanted, where the complaint is of that."""
    if E_164.fullmatch(text) and OF_DIGITS.search(complaint):
        return national_phone(text)
    wage = WAGE.fullmatch(text)
    return wage[1] if wage and OF_NUMBERS.search(complaint) else moments.day_as_wanted(text, complaint)


def _complaints(form: Form) -> set[tuple[str, str]]:
    return {(field.key, field.error) for field in form.errors}


def _turn(field: FormField) -> int:
    """Return when a field is filled among others. That a job goes on is said first: then nobody asks for its end."""
    return 0 if field.past and field.past.part == "current" else ORDER.get(field.kind, 1)


def _is_cut(held: str, reply: Reply) -> bool:
    """Whether a field took the beginning of a phone number alone, as one does that wants it without the country."""
    digits = "".join(sign for sign in held if sign.isdigit())
    return E_164.fullmatch(reply.text) is not None and bool(digits) and not digits.endswith(national_phone(reply.text))


def _is_dial_code(label: str) -> bool:
    meaning = meaning_of(label)
    return meaning is not None and meaning.name == "phone_country"


def _kept(field: FormField, report: FieldReport) -> bool:
    """Whether the field still holds what it held after it was filled. Some show it elsewhere, or not at all."""
    return (
        field.widget in {Widget.TAGS, Widget.AGREEMENT}
        or normalized(field.value) == normalized(report.value)
        or (field.kind is Kind.CONSENT and bool(field.value))
    )


def _count(questions: int) -> str:
    return "a question" if questions == 1 else f"{questions} questions"
