"""Saltmarsh: the markup and manners of a posting on Ashby.

A script draws the page, without a form element, and keeps each answer on the server as it is given. A file that was
uploaded draws the form anew, which takes answers back. A submission is answered with 200 whatever becomes of it.
"""

import json
from http import HTTPStatus
from secrets import token_hex
from typing import Any

from starlette.datastructures import UploadFile
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from automation.sandbox.catalogue import Opening, opening
from automation.sandbox.hosted import Submission, Verdict, board, errors_in, judge, page, unavailable
from automation.sandbox.inbox import ReceivedFile, read_file
from automation.sandbox.places import looked_up
from automation.sandbox.questions import CONSTELLATION, YES_NO, Question
from automation.sandbox.switches import Switches

EMPLOYER = "saltmarsh"
RESUME = "_systemfield_resume"
AUTHORIZED, SPONSOR, YEARS, START, HEARD, TOOLS, WHY, LINKEDIN, STARS, TRUE = (
    f"{number:08x}-77aa-4e1c-9d3b-5f2a90c1d0{number:02x}" for number in range(0x51, 0x5B)
)
DECLINE = "Decline to self-identify"

FORM = (
    Question("_systemfield_name", "Legal Name", True),
    Question("_systemfield_email", "Email", True, kind="email"),
    Question("_systemfield_phone", "Phone Number", True, kind="tel"),
    Question("_systemfield_location", "Where are you currently located?", True, kind="location"),
    Question(LINKEDIN, "LinkedIn Profile"),
    Question(AUTHORIZED, "Are you legally authorized to work in the United States?", True, YES_NO, kind="yesno"),
    Question(
        SPONSOR, "Will you now or in the future require sponsorship for employment visa status?", True, YES_NO,
        kind="yesno",
    ),
    Question(YEARS, "How many years of Python experience do you have?", True, kind="number"),
    Question(START, "What is your earliest start date?", kind="date"),
    Question(
        HEARD, "How did you hear about us?", True, ("LinkedIn", "Company website", "A friend", "Other"), kind="radio"
    ),
    Question(
        TOOLS, "Which of these do you know? (select all that apply)", options=("Python", "PostgreSQL", "COBOL"),
        many=True, kind="checkbox",
    ),
    Question(WHY, "Why Saltmarsh?", kind="longtext"),
    Question(
        TRUE, "Confirmation", True, ("I certify that what I have told here is true and complete.",), many=True,
        kind="checkbox",
    ),
)  # fmt: skip
SURVEY = (
    Question("_systemfield_eeoc_gender", "Gender", options=("Male", "Female", DECLINE), kind="radio"),
    Question(
        "_systemfield_eeoc_race", "Race", kind="radio",
        options=("Hispanic or Latino", "White", "Black or African American", "Asian", "Two or More Races", DECLINE),
    ),
    Question(
        "_systemfield_eeoc_veteran_status", "Veteran Status", kind="radio",
        options=(
            "I am not a protected veteran",
            "I identify as one or more of the classifications of a protected veteran", DECLINE,
        ),
    ),
)  # fmt: skip
ASKS = Question(STARS, CONSTELLATION, True, kind="longtext")
FAILED = {
    Verdict.CLOSED: "This job posting is closed.",
    Verdict.SPAM: "Your application submission was flagged as possible spam. Please try again later.",
    Verdict.INVALID: "We couldn't submit your application.",
    Verdict.CAPTCHA: "captcha",
}


async def openings(request: Request) -> Response:
    return board(request, EMPLOYER)


async def posting_page(request: Request) -> Response:
    """The overview and the application are tabs of one page; a script draws either."""
    switches = Switches.of(request)
    await switches.delay()
    if refused := unavailable(request, EMPLOYER, switches):
        return refused
    return page(
        request, EMPLOYER, "saltmarsh/posting.html", opening=_opening(request), switches=switches,
        form=_asked(switches), survey=SURVEY, tab=request.path_params.get("tab", ""),
    )  # fmt: skip


async def graphql(request: Request) -> Response:
    """`?op=`: a place is looked up, a file is kept, an answer is kept, an application is submitted."""
    match request.query_params.get("op"):
        case "ApiAutocompleteGeoLocation":
            body = json.loads(await request.body())
            return _data(places=looked_up(str(body["text"])))
        case "ApiCreateFileUploadHandle":
            return await _upload(request)
        case "ApiSetFormValue":
            return _data()
        case "ApiSubmitSingleApplicationFormAction":
            return await _submit(request)
    raise HTTPException(400, "No such operation.")


async def _upload(request: Request) -> Response:
    async with request.form() as form:
        sent = form.get("file")
        if not isinstance(sent, UploadFile):
            raise HTTPException(400, "No file.")
        handle = token_hex(8)
        request.app.state.uploads[handle] = await read_file(RESUME, sent)
    return _data(handle=handle)


async def _submit(request: Request) -> Response:
    body: dict[str, Any] = json.loads(await request.body())
    switches = Switches.of(request)
    await switches.delay()
    kept: dict[str, ReceivedFile] = request.app.state.uploads
    fields = body["values"]
    files = [kept[body["resume"]]] if body["resume"] in kept else []
    errors = errors_in([*_asked(switches), *SURVEY], fields, files, RESUME)
    sent = Submission(opening(EMPLOYER, body["posting"]), fields, files, fields.get("_systemfield_email", ""), errors)
    verdict = judge(request, switches, sent)
    if verdict is Verdict.REFUSED:
        return JSONResponse({"errors": [HTTPStatus(switches.submit).phrase]}, switches.submit)
    if verdict is Verdict.APPLIED:
        return _data(blocked="This job has application limits. Please wait 6 months before reapplying.")
    if verdict in FAILED:
        return _data(failure=FAILED[verdict])
    return _data(success=verdict is Verdict.RECEIVED)


def _data(**data: Any) -> Response:
    return JSONResponse({"data": data})


def _asked(switches: Switches) -> tuple[Question, ...]:
    return (*FORM, ASKS) if switches.ask else FORM


def _opening(request: Request) -> Opening:
    return opening(EMPLOYER, request.path_params["id"])


LABELS = {one.name: one.label for one in (*FORM, *SURVEY, ASKS)}
routes = [
    Route("/", openings),
    Route("/api/non-user-graphql", graphql, methods=["POST"]),
    Route("/{id}", posting_page),
    Route("/{id}/{tab:str}", posting_page),
]
