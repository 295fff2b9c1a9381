"""What the hosted application sites have in common: the list of openings, and what becomes of a submission."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import Enum, auto

from starlette.requests import Request
from starlette.responses import Response

from automation.sandbox.catalogue import NAMES, Opening, by_team
from automation.sandbox.inbox import Fields, Inbox, ReceivedFile, Sender
from automation.sandbox.pages import query_of, render
from automation.sandbox.questions import Question, refusals, refused_files
from automation.sandbox.switches import Switches


class Verdict(Enum):
    """What becomes of a submission. Only the last two are received."""

    CLOSED = auto()
    INVALID = auto()
    CAPTCHA = auto()
    CODE = auto()
    SPAM = auto()
    APPLIED = auto()
    REFUSED = auto()  # with the status that the address asks for
    SWALLOWED = auto()
    SILENT = auto()
    RECEIVED = auto()


@dataclass(frozen=True)
class Submission:
    """What came, and what is wrong with it, by the question's name."""

    opening: Opening
    fields: Fields
    files: list[ReceivedFile]
    email: str
    errors: dict[str, str] = field(default_factory=dict)

    @property
    def sender(self) -> Sender:
        return Sender(self.opening.employer, self.opening.key, self.email)


def errors_in(questions: Sequence[Question], fields: Fields, files: list[ReceivedFile], resume: str) -> dict[str, str]:
    """Return what is wrong with an application whose resume is the file `resume`."""
    return refusals(questions, fields) | refused_files(files, [resume])


def judge(request: Request, switches: Switches, sent: Submission) -> Verdict:
    """Receive the submission or turn it away, and count it."""
    inbox: Inbox = request.app.state.inbox
    verdict = _verdict(inbox, switches, sent)
    if verdict in {Verdict.RECEIVED, Verdict.SILENT}:
        inbox.receive(request, sent.sender, sent.fields, sent.files)
    else:
        inbox.reject(sent.sender)
    return verdict


def _verdict(inbox: Inbox, switches: Switches, sent: Submission) -> Verdict:
    reasons = (
        (switches.closed, Verdict.CLOSED),
        (bool(sent.errors), Verdict.INVALID),
        (switches.captcha, Verdict.CAPTCHA),
        (switches.spam, Verdict.SPAM),
        (switches.applied, Verdict.APPLIED),
        (switches.submit != 200, Verdict.REFUSED),
        (switches.swallow, Verdict.SWALLOWED),
        (switches.silent, Verdict.SILENT),
    )
    found = next((verdict for holds, verdict in reasons if holds), Verdict.RECEIVED)
    if found is Verdict.RECEIVED and switches.invalid_once and inbox.is_first(sent.sender):
        return Verdict.INVALID
    return found


def board(request: Request, employer: str, *, note: str = "", status: int = 200) -> Response:
    """Return the employer's list of openings, under a note if there is one."""
    return page(request, employer, "hosted/board.html", status, teams=by_team(employer), note=note)


def page(request: Request, employer: str, template: str, status: int = 200, **context: object) -> Response:
    return render(
        request, template, status, employer=employer, company=NAMES[employer], query=query_of(request), **context
    )


def unavailable(request: Request, employer: str, switches: Switches) -> Response | None:
    """Return the page of the status that the address asks for; None for 200."""
    return page(request, employer, "hosted/error.html", switches.status) if switches.status != 200 else None
