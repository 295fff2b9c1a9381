"""Copperline: the markup and manners of a posting on Lever.

The server sends the whole form. A resume is read as soon as it is chosen, and what was read goes over what was typed;
the place is taken only from the list of those that were looked up; "Submit" is a button that asks a service for a
token, and sends the form after that.
"""

import asyncio
from secrets import token_hex

from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.routing import Route

from automation.sandbox.catalogue import Opening, opening
from automation.sandbox.hosted import Submission, Verdict, board, errors_in, judge, page, unavailable
from automation.sandbox.inbox import read_form
from automation.sandbox.places import looked_up
from automation.sandbox.questions import ANY, CONSTELLATION, YES_NO, Question
from automation.sandbox.switches import Switches

EMPLOYER = "copperline"
PARSING = 0.8  # seconds that reading a resume takes
WORK, SKILLS, STARS = (f"cards[{number}0f7a1c2-5b1e-4d53-9a55-0c5d8e3b{number}a11]" for number in (1, 2, 3))
DECLINE = "Decline to self-identify"
DISABILITY = "eeo[disability]"

WHO = (
    Question("name", "Full name", True),
    Question("email", "Email", True),
    Question("phone", "Phone", True),
    Question("location", "Current location", kind="location"),
    Question("org", "Current company"),
)
LINKS = (
    Question("urls[LinkedIn]", "LinkedIn URL"),
    Question("urls[GitHub]", "GitHub URL"),
    Question("urls[Other]", "Other website"),
)
CARDS: dict[str, tuple[Question, ...]] = {
    "Compliance with work authorization": (
        Question(
            f"{WORK}[field0]", "Are you authorized to work in the United States?", True, YES_NO, kind="multiple-choice"
        ),
        Question(
            f"{WORK}[field1]", "Will you require sponsorship for employment now or in the future?", True,
            ("Yes ", "No "), kind="multiple-choice",
        ),
        Question(f"{WORK}[field2]", "If yes, what type of sponsorship?", kind="textarea"),
    ),
    "About your work": (
        Question(f"{SKILLS}[field0]", "Are you willing to relocate?", True, YES_NO, kind="dropdown"),
        Question(
            f"{SKILLS}[field1]", "Which of these do you know? (Select all that apply)",
            options=("Python", "PostgreSQL", "Fortran", "Other "), many=True, kind="multiple-select",
        ),
        Question(f"{SKILLS}[field2]", "How many years of Python experience do you have?", True),
    ),
}  # fmt: skip
ASKS: dict[str, tuple[Question, ...]] = {
    "One more": (Question(f"{STARS}[field0]", CONSTELLATION, True, kind="textarea"),)
}
EEO = (
    Question("eeo[gender]", "Gender", options=("Male", "Female", DECLINE), kind="dropdown"),
    Question(
        "eeo[race]",
        "Race",
        kind="multiple-choice",
        options=(
            "Hispanic or Latino",
            "White (Not Hispanic or Latino)",
            "Black or African American (Not Hispanic or Latino)",
            "Asian (Not Hispanic or Latino)",
            "Two or More Races (Not Hispanic or Latino)",
            DECLINE,
        ),
    ),
    Question(
        "eeo[veteran]",
        "Veteran status",
        kind="dropdown",
        options=("I am a Protected Veteran", "I am not a Protected Veteran", DECLINE),
    ),
    Question(
        DISABILITY,
        "Disability status",
        kind="dropdown",
        options=("Yes, I have a disability", "No, I don't have a disability", "I don't wish to answer"),
    ),
)
SIGNED = (  # asked once the question of disability has an answer, whatever it is
    Question("eeo[disabilitySignature]", "Name", True, after=(DISABILITY, ANY)),
    Question("eeo[disabilitySignatureDate]", "Date", True, after=(DISABILITY, ANY)),
)  # fmt: skip
MORE = Question("comments", "Additional information")


async def openings(request: Request) -> Response:
    return board(request, EMPLOYER)


async def posting_page(request: Request) -> Response:
    return await _page(request, "copperline/posting.html")


async def form_page(request: Request) -> Response:
    return await _page(request, "copperline/form.html")


async def parse_resume(request: Request) -> Response:
    """Say what a hasty reader makes of a resume."""
    await asyncio.sleep(PARSING)
    return JSONResponse(
        {
            "name": "Ada M. Moreno CV", "email": "ada.old@example.org", "phone": "555 0100", "org": "Old Works Inc.",
            "location": "Nowhere", "urls[LinkedIn]": "linkedin.com/in/somebody", "selectedLocation": "",
            "resumeStorageId": token_hex(12),
        }
    )  # fmt: skip


async def places(request: Request) -> Response:
    found = looked_up(request.query_params.get("text", ""))
    return JSONResponse([{"name": place, "id": f"{number:040x}"} for number, place in enumerate(found, 1)])


async def submit(request: Request) -> Response:
    switches = Switches.of(request)
    await switches.delay()
    async with request.form() as form:
        fields, files = await read_form(form)
    asked = [*WHO, *(one for card in _cards(switches).values() for one in card), *EEO, *SIGNED]
    errors = errors_in(asked, fields, files, "resume")
    if fields.get("location") and not fields.get("selectedLocation"):
        errors["location"] = "Please select a location from the dropdown menu and try again."
    sent = Submission(_opening(request), fields, files, str(fields.get("email", "")), errors)
    verdict = judge(request, switches, sent)
    match verdict:
        case Verdict.RECEIVED:
            return RedirectResponse(f"{sent.opening.path}/thanks", 303)
        case Verdict.SILENT | Verdict.SWALLOWED:
            return Response(status_code=204)
        case Verdict.CLOSED:
            return _gone(request)
        case Verdict.REFUSED:
            return page(request, EMPLOYER, "hosted/error.html", switches.submit)
        case Verdict.APPLIED:
            return page(request, EMPLOYER, "copperline/received.html", opening=sent.opening)
    said = "" if verdict is Verdict.INVALID else "There was an error verifying your application. Please try again."
    return _form(request, switches, sent, said or next(iter(errors.values()), "Please attach a resume"))


async def thanks(request: Request) -> Response:
    return page(request, EMPLOYER, "copperline/thanks.html", opening=_opening(request))


async def _page(request: Request, template: str) -> Response:
    switches = Switches.of(request)
    await switches.delay()
    if switches.closed:
        return _gone(request)
    if refused := unavailable(request, EMPLOYER, switches):
        return refused
    if template.endswith("form.html"):
        return _form(request, switches, Submission(_opening(request), {}, [], ""), "")
    return page(request, EMPLOYER, template, opening=_opening(request))


def _form(request: Request, switches: Switches, sent: Submission, said: str) -> Response:
    """Return the form with what was sent, but for the resume: that is lost."""
    return page(
        request, EMPLOYER, "copperline/form.html", opening=sent.opening, switches=switches, values=sent.fields,
        said=said, who=WHO, links=LINKS, cards=_cards(switches), eeo=EEO, signed=SIGNED, more=MORE,
    )  # fmt: skip


def _cards(switches: Switches) -> dict[str, tuple[Question, ...]]:
    return CARDS | ASKS if switches.ask else CARDS


def _gone(request: Request) -> Response:
    return page(request, EMPLOYER, "copperline/gone.html", 404)


def _opening(request: Request) -> Opening:
    return opening(EMPLOYER, request.path_params["id"])


LABELS = {
    one.name: one.label for one in (*WHO, *LINKS, *EEO, MORE, *(one for card in CARDS.values() for one in card))
} | {one.name: one.label for one in ASKS["One more"]}
routes = [
    Route("/", openings),
    Route("/parseResume", parse_resume, methods=["POST"]),
    Route("/searchLocations", places),
    Route("/{id}", posting_page),
    Route("/{id}/apply", form_page),
    Route("/{id}/apply", submit, methods=["POST"]),
    Route("/{id}/thanks", thanks),
]
