"""Fernhall: the markup and manners of a posting on SmartRecruiters.

Every control is inside open shadow roots, one in another. There are two inputs for a file, of which the first only
reads it; the e-mail address is asked for twice; questions come on a second page, from a definition in an attribute.
"""

import json
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from automation.sandbox.catalogue import Opening, opening
from automation.sandbox.hosted import Submission, Verdict, board, errors_in, judge, page, unavailable
from automation.sandbox.inbox import ReceivedFile, upload
from automation.sandbox.places import looked_up
from automation.sandbox.questions import CONSTELLATION, YES_NO, Question
from automation.sandbox.switches import Switches

EMPLOYER = "fernhall"
PERSONAL = (
    Question("firstName", "First name", True, kind="text"),
    Question("lastName", "Last name", True, kind="text"),
    Question("email", "Email", True, kind="email"),
    Question("confirmEmail", "Confirm your email", True, kind="email"),
    Question("city", "City", True, kind="autocomplete"),
    Question("phone", "Phone number", True, kind="phone"),
    Question("linkedin", "LinkedIn", kind="text"),
    Question("facebook", "Facebook", kind="text"),
    Question("website", "Website", kind="text"),
)
MESSAGE = Question("message", "Let the company know about your interest working there", kind="textarea")
SCREENING = (
    Question("a81c", "Are you legally authorized to work in the United States?", True, YES_NO, kind="radio"),
    Question("b2d0", "Will you now or in the future require sponsorship?", True, YES_NO, kind="radio"),
    Question("c39f", "How many years of Python experience do you have?", True, kind="text"),
    Question(
        "d4e1", "What is your highest level of education?", True,
        ("High School", "Associate's degree", "Bachelor's degree", "Master's degree", "Doctorate"), kind="select",
    ),
    Question(
        "e5b7", "Gender", kind="radio", options=("Female", "Male", "I prefer not to say"),
    ),
    Question(
        "consent", "I have read the privacy notice and consent to the processing of my data.", True, kind="checkbox"
    ),
    Question("pool", "Keep me informed about other openings in the talent community.", kind="checkbox"),
)  # fmt: skip
ASKS = Question("f600", CONSTELLATION, True, kind="textarea")
PUBLICATION = "/oneclick-ui/company/Fernhall/publication/{id}"


async def openings(request: Request) -> Response:
    return board(request, EMPLOYER)


async def ad_page(request: Request) -> Response:
    return await _page(request, "fernhall/posting.html")


async def form_page(request: Request) -> Response:
    return await _page(request, "fernhall/form.html")


async def places(request: Request) -> Response:
    return JSONResponse(looked_up(request.query_params.get("q", "")))


async def submit(request: Request) -> Response:
    switches = Switches.of(request)
    await switches.delay()
    body: dict[str, Any] = json.loads(await request.body())
    kept: dict[str, ReceivedFile] = request.app.state.uploads
    fields = body["values"]
    files = [kept[body["resume"]]] if body["resume"] in kept else []
    errors = errors_in([*PERSONAL, MESSAGE, *_screening(switches)], fields, files, "resume")
    if fields.get("email") != fields.get("confirmEmail"):
        errors["confirmEmail"] = "The addresses differ"
    sent = Submission(_opening(request), fields, files, str(fields.get("email", "")), errors)
    match judge(request, switches, sent):
        case Verdict.RECEIVED:
            return JSONResponse({"status": "NEW"}, 201)
        case Verdict.SILENT | Verdict.SWALLOWED:
            return JSONResponse({})
        case Verdict.APPLIED:
            return JSONResponse({"message": "You have already applied to this job."}, 409)
        case Verdict.REFUSED:
            return JSONResponse({"message": "Please try again in a while."}, switches.submit)
        case Verdict.CAPTCHA:
            return JSONResponse({"url": "/static/challenge.html?geo.captcha-delivery.com"}, 403)
    return JSONResponse({"message": next(iter(errors.values()), "Something is not right with your answers.")}, 422)


async def _page(request: Request, template: str) -> Response:
    switches = Switches.of(request)
    await switches.delay()
    if switches.closed:
        return page(request, EMPLOYER, "fernhall/closed.html")
    return unavailable(request, EMPLOYER, switches) or page(
        request, EMPLOYER, template, opening=_opening(request), personal=PERSONAL, message=MESSAGE,
        definition=[_defined(one) for one in _screening(switches)], publication=PUBLICATION,
    )  # fmt: skip


def _defined(one: Question) -> dict[str, Any]:
    return {
        "id": one.name, "type": one.kind, "label": one.label, "required": one.required,
        "fields": [{"values": [{"label": option} for option in one.options]}],
    }  # fmt: skip


def _screening(switches: Switches) -> tuple[Question, ...]:
    return (ASKS, *SCREENING) if switches.ask else SCREENING


def _opening(request: Request) -> Opening:
    return opening(EMPLOYER, request.path_params["id"])


LABELS = {one.name: one.label for one in (*PERSONAL, MESSAGE, *SCREENING, ASKS)}
routes = [
    Route("/", openings),
    Route("/oneclick-ui/api/places", places),
    Route("/oneclick-ui/api/upload", upload, methods=["POST"]),
    Route(PUBLICATION, form_page),
    Route(PUBLICATION, submit, methods=["POST"]),
    Route("/{id}", ad_page),
]
