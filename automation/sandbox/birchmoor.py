"""Birchmoor: the markup and manners of a posting on Workable.

Yes and No are drawn over hidden inputs, a drop-down is an input that takes no keys, boxes are named by their option,
and a dialog about cookies lies over the form until it is answered.
"""

import json
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.routing import Route

from automation.sandbox.catalogue import Opening, opening
from automation.sandbox.hosted import Submission, Verdict, board, errors_in, judge, page, unavailable
from automation.sandbox.inbox import ReceivedFile, upload
from automation.sandbox.questions import CONSTELLATION, YES_NO, Question
from automation.sandbox.switches import Switches

EMPLOYER = "birchmoor"
PERSONAL = (
    Question("firstname", "First name", True),
    Question("lastname", "Last name", True),
    Question("email", "Email", True, kind="email"),
    Question("headline", "Headline"),
    Question("phone", "Phone", True, kind="tel"),
    Question("address", "Address"),
)
PROFILE = (Question("summary", "Summary", kind="paragraph"),)
DETAILS = (
    Question("cover_letter", "Cover letter", kind="paragraph"),
    Question(
        "QA_6143231", "Are you legally authorized to work in the United States?", True, YES_NO, kind="boolean"
    ),
    Question(
        "QA_6143232", "Will you now or in the future require visa sponsorship?", True, YES_NO, kind="boolean"
    ),
    Question(
        "CA_6143237", "How many years of professional experience do you have?", True,
        ("0-2 years", "3-5 years", "6-10 years", "More than 10 years"), kind="dropdown",
    ),
    Question(
        "QA_6143238", "Which of these do you know? (select all that apply)",
        options=("Python", "PostgreSQL", "Delphi"), many=True, kind="multiple",
    ),
    Question("QA_6143241", "What are your salary expectations (yearly, USD)?", True, kind="number"),
    Question(
        "QA_9530809", "What gender do you identify as?", True,
        ("Female", "Male", "Non-binary", "Other", "Prefer not to answer"), kind="single",
    ),
    Question(
        "QA_9530819",
        "I acknowledge that my answers on this application are true and correct.", True, YES_NO, kind="boolean",
    ),
)  # fmt: skip
ASKS = Question("QA_9531000", CONSTELLATION, True, kind="paragraph")


async def openings(request: Request) -> Response:
    return board(request, EMPLOYER)


async def oops(request: Request) -> Response:
    return page(request, EMPLOYER, "birchmoor/oops.html")


async def posting_page(request: Request) -> Response:
    return await _page(request, "birchmoor/posting.html")


async def form_page(request: Request) -> Response:
    return await _page(request, "birchmoor/form.html")


async def submit(request: Request) -> Response:
    switches = Switches.of(request)
    await switches.delay()
    body: dict[str, Any] = json.loads(await request.body())
    kept: dict[str, ReceivedFile] = request.app.state.uploads
    fields = body["candidate"]
    files = [kept[body["resume"]]] if body["resume"] in kept else []
    errors = errors_in([*PERSONAL, *PROFILE, *_details(switches)], fields, files, "resume")
    sent = Submission(_opening(request), fields, files, str(fields.get("email", "")), errors)
    match judge(request, switches, sent):
        case Verdict.RECEIVED:
            return JSONResponse({"status": "received"}, 201)
        case Verdict.SILENT | Verdict.SWALLOWED:
            return JSONResponse({}, 200)
        case Verdict.APPLIED:
            return JSONResponse({"error": "You have already applied for this job."}, 409)
        case Verdict.REFUSED:
            return JSONResponse({"error": "Too many requests"}, switches.submit)
        case Verdict.CAPTCHA:
            return JSONResponse({"turnstile": "/static/challenge.html?challenges.cloudflare.com"}, 403)
        case Verdict.CLOSED:
            return JSONResponse({"error": "Not Found"}, 404)
    return JSONResponse({"errors": errors or {"phone": "Please enter a valid phone number"}}, 422)


async def _page(request: Request, template: str) -> Response:
    switches = Switches.of(request)
    await switches.delay()
    if switches.closed:
        return RedirectResponse(f"/{EMPLOYER}/oops", 302)
    return unavailable(request, EMPLOYER, switches) or page(
        request, EMPLOYER, template, opening=_opening(request), switches=switches, personal=PERSONAL, profile=PROFILE,
        details=_details(switches),
    )  # fmt: skip


def _details(switches: Switches) -> tuple[Question, ...]:
    return (*DETAILS, ASKS) if switches.ask else DETAILS


def _opening(request: Request) -> Opening:
    return opening(EMPLOYER, request.path_params["id"])


LABELS = {one.name: one.label for one in (*PERSONAL, *PROFILE, *DETAILS, ASKS)}
routes = [
    Route("/", openings),
    Route("/oops", oops),
    Route("/uploads", upload, methods=["POST"]),
    Route("/j/{id}/", posting_page),
    Route("/j/{id}/apply/", form_page),
    Route("/api/v1/jobs/{id}/apply", submit, methods=["POST"]),
]
