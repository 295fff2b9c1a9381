"""Harborlight: the markup and manners of a posting on a hosted Greenhouse board.

Selects are comboboxes that take a value only from their list, files are uploaded when they are chosen, and the
submit is a script's request that ends on a confirmation page.
"""

import json
from itertools import count
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.routing import Route

from automation.sandbox.catalogue import OPENINGS, Opening, opening
from automation.sandbox.inbox import Inbox, ReceivedFile, read_file
from automation.sandbox.pages import query_of, render
from automation.sandbox.switches import Switches

EMPLOYER = "harborlight"
REQUIRED = {
    "first_name": "First Name",
    "last_name": "Last Name",
    "email": "Email",
    "phone": "Phone",
    "question_7001": "Are you authorized to work in the United States?",
    "question_7002": "Will you now or in the future require visa sponsorship?",
    "question_7003": "Years of Python experience",
}
PLACES = [
    "Austin, Texas, United States", "Augusta, Maine, United States", "Aurora, Colorado, United States",
    "Berlin, Germany", "Boston, Massachusetts, United States", "Chicago, Illinois, United States",
    "London, England, United Kingdom", "New York, New York, United States", "Paris, France",
    "San Francisco, California, United States", "Seattle, Washington, United States",
]  # fmt: skip
_uploads: dict[str, ReceivedFile] = {}
_numbers = count(1)


async def board(request: Request) -> Response:
    return render(
        request,
        "harborlight/board.html",
        openings=[one for one in OPENINGS if one.employer == EMPLOYER],
        gone="error" in request.query_params,
    )


async def posting_page(request: Request) -> Response:
    switches = Switches.of(request)
    await switches.delay()
    if switches.closed:
        return RedirectResponse("/harborlight?error=true", 302)
    if switches.status != 200:
        return render(request, "harborlight/error.html", status=switches.status)
    return render(
        request,
        "harborlight/posting.html",
        opening=_opening(request),
        switches=switches,
        query=query_of(request),
    )


async def upload(request: Request) -> Response:
    """Take a file as soon as it is chosen, and give the key that the submit names it by."""
    async with request.form() as form:
        file = await read_file(str(form["field"]), form["file"])  # type: ignore[arg-type]  # the page sends a file
    key = f"upload-{next(_numbers)}"
    _uploads[key] = file
    return JSONResponse({"key": key, "name": file.name})


async def places(request: Request) -> Response:
    """Look places up, as the location control does while one types."""
    text = request.query_params.get("text", "").casefold()
    return JSONResponse([place for place in PLACES if text and text in place.casefold()])


async def submit(request: Request) -> Response:
    switches = Switches.of(request)
    await switches.delay()
    inbox: Inbox = request.app.state.inbox
    job = request.path_params["id"]
    sent: dict[str, Any] = json.loads(await request.body())
    fields: dict[str, Any] = sent["fields"]
    files = [_uploads[key] for key in sent["uploads"].values() if key in _uploads]
    whose = {"employer": EMPLOYER, "job": job, "email": str(fields.get("email", ""))}
    if switches.captcha:
        inbox.reject(**whose)
        return JSONResponse({"error": "captcha-failed"}, 428)
    if errors := _errors(fields, files, switches):
        inbox.reject(**whose)
        return JSONResponse({"errors": errors}, 422)
    if switches.error_once and not inbox.rejections(**whose):
        inbox.reject(**whose)
        return JSONResponse({"error": "Internal error"}, 500)
    if switches.applied:
        return JSONResponse({"error": "You have already applied for this job."}, 409)
    inbox.receive(request, employer=EMPLOYER, job=job, fields=fields, files=files)
    return JSONResponse({} if switches.silent else {"confirmation": f"/harborlight/jobs/{job}/confirmation"})


async def confirmation(request: Request) -> Response:
    return render(request, "harborlight/confirmation.html", opening=_opening(request))


def _opening(request: Request) -> Opening:
    key = request.path_params["id"]
    return opening(EMPLOYER, key) or Opening(EMPLOYER, key, f"Engineer {key}", "Ports", "Remote (US)")


def _errors(fields: dict[str, Any], files: list[ReceivedFile], switches: Switches) -> dict[str, str]:
    required = REQUIRED | ({"question_7009": "Your favourite constellation"} if switches.ask else {})
    errors = {name: "This field is required" for name in required if not fields.get(name)}
    if not any(file.field == "resume" for file in files):
        errors["resume"] = "Resume/CV is required"
    return errors


routes = [
    Route("/", board),
    Route("/jobs/{id}", posting_page),
    Route("/jobs/{id}", submit, methods=["POST"]),
    Route("/jobs/{id}/confirmation", confirmation),
    Route("/uploads", upload, methods=["POST"]),
    Route("/places", places),
]
