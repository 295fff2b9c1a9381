"""Graniteco: the markup and manners of a posting on Workday.

An account is asked for first; then come steps at one address, each checked when it is left. Lists open at the end of
the page, a prompt looks up on Enter only, a text counts when the focus leaves it, a date is typed in parts.
"""

import json
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from automation.sandbox.catalogue import Opening, opening
from automation.sandbox.hosted import Submission, Verdict, board, errors_in, judge, page, unavailable
from automation.sandbox.inbox import ReceivedFile, upload
from automation.sandbox.questions import CONSTELLATION, YES_NO, Question
from automation.sandbox.switches import Switches

EMPLOYER = "graniteco"
SOURCES = {  # a prompt opens with the categories, and each leads to what can be chosen
    "Company Website": ("Graniteco Careers Site",),
    "Job Board": ("Glassdoor", "Indeed"),
    "Referral": ("Employee Referral", "Friend"),
    "Social Media": ("Facebook", "LinkedIn"),
    "University": ("University Fair",),
}
INFORMATION = (
    Question(
        "source--source",
        "How Did You Hear About Us?",
        True,
        tuple(source for sources in SOURCES.values() for source in sources),
        kind="prompt",
    ),
    Question(
        "previousWorker--candidateIsPreviousWorker",
        "Have you previously worked for Graniteco?",
        True,
        YES_NO,
        kind="radio",
    ),
    Question("country--country", "Country", True, ("Canada", "Mexico", "United States of America"), kind="dropdown"),
    Question("name--legalName--firstName", "Given Name(s)", True),
    Question("name--legalName--lastName", "Family Name", True),
    Question("address--addressLine1", "Address Line 1"),
    Question("address--city", "City"),
    Question(
        "address--countryRegion",
        "State",
        True,
        ("Arkansas", "Kansas", "Louisiana", "Texas", "Utah", "Virginia"),
        kind="dropdown",
        after=("country--country", "United States of America"),
    ),
    Question("address--postalCode", "Postal Code"),
    Question("emailAddress--emailAddress", "Email Address", True),
    Question("phoneNumber--phoneType", "Phone Device Type", True, ("Landline", "Mobile"), kind="dropdown"),
    Question("phoneNumber--phoneNumber", "Phone Number", True),
)
EXPERIENCE = (
    Question("resume", "Resume/CV", kind="file"),
    Question("socialNetworkAccounts--linkedInAccount", "LinkedIn"),
)
PRIMARY = (
    Question("6f2b81d04a", "Are you legally authorized to work in the United States?", True, YES_NO, kind="dropdown"),
    Question(
        "6f2b81d04b",
        "Will you now or in the future require sponsorship for employment visa status?",
        True,
        YES_NO,
        kind="dropdown",
    ),
    Question("6f2b81d04c", "How many years of Python experience do you have?", True),
    Question("6f2b81d04d", "What is your earliest start date?", True, kind="date"),
)
VOLUNTARY = (
    Question(
        "personalInfoUS--gender", "Gender", options=("Female", "Male", "I do not wish to answer"), kind="dropdown"
    ),
    Question(
        "personalInfoUS--veteranStatus",
        "Please select the veteran status which most accurately describes your status.",
        options=("I am a veteran", "I am not a veteran", "I do not wish to self-identify"),
        kind="dropdown",
    ),
    Question(
        "termsAndConditions--acceptTermsAndAgreements",
        "Yes, I certify that the information I have given is true and complete.",
        True,
        ("Yes",),
        kind="checkbox",
    ),
)
IDENTIFY = (
    Question("selfIdentifiedDisabilityData--name", "Name", True),
    Question("selfIdentifiedDisabilityData--dateSignedOn", "Date", True, kind="date"),
    Question(
        "selfIdentifiedDisabilityData--disabilityStatus", "Please check one of the boxes below:", True,
        (
            "Yes, I have a disability, or have had one in the past",
            "No, I do not have a disability and have not had one in the past", "I do not want to answer",
        ),
        kind="boxes",
    ),
)  # fmt: skip
ASKS = Question("6f2b81d04e", CONSTELLATION, True, kind="textarea")
STEPS = {
    "applyFlowMyInfoPage": ("My Information", INFORMATION),
    "applyFlowMyExpPage": ("My Experience", EXPERIENCE),
    "applyFlowPrimaryQuestionsPage": ("Application Questions", PRIMARY),
    "applyFlowVoluntaryDisclosuresPage": ("Voluntary Disclosures", VOLUNTARY),
    "applyFlowSelfIdentifyPage": ("Self Identify", IDENTIFY),
    "applyFlowReviewPage": ("Review", ()),
}
JOB = "/en-US/careers/job/Austin-TX/{id}"


async def openings(request: Request) -> Response:
    return board(request, EMPLOYER)


async def posting_page(request: Request) -> Response:
    """A shell with status 200, whatever there is to show: a script draws it."""
    switches = Switches.of(request)
    await switches.delay()
    if refused := unavailable(request, EMPLOYER, switches):
        return refused
    where = request.path_params.get("where", "")
    views = {"": "posting", "apply": "choice", "apply/applyManually": "wizard" if switches.signed_in else "account"}
    view = "gone" if switches.closed else views.get(where, "gone")
    if view == "wizard" and switches.applied:
        view = "applied"
    return page(
        request, EMPLOYER, "graniteco/shell.html", opening=_opening(request), switches=switches, view=view,
        steps=_steps(switches), sources=SOURCES,
    )  # fmt: skip


async def submit(request: Request) -> Response:
    switches = Switches.of(request)
    await switches.delay()
    body: dict[str, Any] = json.loads(await request.body())
    kept: dict[str, ReceivedFile] = request.app.state.uploads
    fields = body["values"]
    files = [kept[body["resume"]]] if body["resume"] in kept else []
    asked = [one for _, questions in _steps(switches).values() for one in questions]
    errors = errors_in(asked, fields, files, "resume")
    email = str(fields.get("emailAddress--emailAddress", ""))
    match judge(request, switches, Submission(_opening(request), fields, files, email, errors)):
        case Verdict.RECEIVED:
            return JSONResponse({"submitted": True})
        case Verdict.SILENT | Verdict.SWALLOWED:
            return JSONResponse({})
        case Verdict.REFUSED:
            return JSONResponse({"error": "Something went wrong"}, switches.submit)
    return JSONResponse({"error": next(iter(errors.values()), "Something went wrong")}, 422)


def _steps(switches: Switches) -> dict[str, tuple[str, tuple[Question, ...]]]:
    return (
        STEPS | {"applyFlowPrimaryQuestionsPage": ("Application Questions", (*PRIMARY, ASKS))}
        if switches.ask
        else STEPS
    )


def _opening(request: Request) -> Opening:
    return opening(EMPLOYER, request.path_params["id"])


LABELS = {one.name: one.label for _, questions in STEPS.values() for one in questions} | {ASKS.name: ASKS.label}
routes = [
    Route("/", openings),
    Route("/uploads", upload, methods=["POST"]),
    Route(JOB, posting_page),
    Route(JOB + "/{where:path}", posting_page),
    Route(JOB, submit, methods=["POST"]),
]
