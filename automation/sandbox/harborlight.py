"""Harborlight: the markup and manners of a posting on a hosted Greenhouse board.

Selects are comboboxes that take a value only from their list, files are uploaded when they are chosen, and the
submit is a script's request that ends on a confirmation page.
"""

import json
from dataclasses import dataclass
from http import HTTPStatus
from secrets import token_hex
from typing import Any

from starlette.datastructures import UploadFile
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.routing import Route

from automation.sandbox.catalogue import Opening, by_team, opening
from automation.sandbox.inbox import Fields, Inbox, ReceivedFile, Sender, read_file
from automation.sandbox.pages import query_of, render
from automation.sandbox.places import looked_up
from automation.sandbox.questions import HARBORLIGHT, HARBORLIGHT_ASKS, refusals, refused_files
from automation.sandbox.switches import Switches

EMPLOYER = "harborlight"
CODE = "PIER2026"  # what the e-mail would say; the inbox's page tells it


@dataclass(frozen=True)
class Submission:
    """What the page's script sends: the answers, the files that were uploaded before, the code from the e-mail."""

    fields: Fields
    files: list[ReceivedFile]
    code: str

    @classmethod
    async def of(cls, request: Request) -> "Submission":
        """Raises HTTPException (400) for what the page would not send."""
        try:
            sent: dict[str, Any] = json.loads(await request.body())
            fields, keys = dict(sent["fields"]), dict(sent["uploads"]).values()
        except (ValueError, TypeError, KeyError) as error:
            raise HTTPException(400, "Not what the page sends.") from error
        uploads: dict[str, ReceivedFile] = request.app.state.uploads
        return cls(fields, [uploads[key] for key in keys if key in uploads], str(sent.get("security_code", "")))


async def board(request: Request) -> Response:
    query = request.query_params
    words = query.get("keyword", "")
    return render(request, "harborlight/board.html", teams=by_team(EMPLOYER, words), words=words, gone="error" in query)


async def posting_page(request: Request) -> Response:
    switches = Switches.of(request)
    await switches.delay()
    if switches.closed:
        return RedirectResponse("/harborlight?error=true", 302)
    if switches.status != 200:
        return render(request, "harborlight/error.html", switches.status)
    return render(
        request,
        "harborlight/posting.html",
        opening=_opening(request),
        switches=switches,
        query=query_of(request),
        questions={question.name: question for question in (*HARBORLIGHT, HARBORLIGHT_ASKS)},
    )


async def employers_page(request: Request) -> Response:
    """The employer's own page, with the form in a frame of another origin: the same machine by its other name."""
    here = request.url.hostname or ""
    there = request.url.replace(hostname="localhost" if here == "127.0.0.1" else "127.0.0.1")
    number = request.path_params["id"]
    query = f"for={EMPLOYER}&token={number}&{request.url.query}"
    source = there.replace(path=f"/{EMPLOYER}/embed/job_app", query=query)
    return render(request, "harborlight/embedding.html", opening=_opening(request), source=source)


async def embedded_form(request: Request) -> Response:
    request.path_params["id"] = request.query_params.get("token", "")
    return await posting_page(request)


async def old_board(request: Request) -> Response:
    return RedirectResponse(f"{_opening(request).path}{query_of(request)}", 301)


async def upload(request: Request) -> Response:
    """Take a file as soon as it is chosen, and give the key that the submit names it by."""
    async with request.form() as form:
        sent = form.get("file")
        if not isinstance(sent, UploadFile):
            raise HTTPException(400, "No file.")
        file = await read_file(str(form.get("field", "")), sent)
    if wrong := refused_files([file], []):
        return JSONResponse({"error": wrong[file.field]}, HTTPStatus.UNSUPPORTED_MEDIA_TYPE)
    key = token_hex(8)
    request.app.state.uploads[key] = file
    return JSONResponse({"key": key, "name": file.name})


async def places(request: Request) -> Response:
    """Look places up, as the location control does while one types."""
    return JSONResponse(looked_up(request.query_params.get("text", "")))


async def submit(request: Request) -> Response:
    switches = Switches.of(request)
    await switches.delay()
    sent = await Submission.of(request)
    sender = Sender(EMPLOYER, _opening(request).key, str(sent.fields.get("email", "")))
    inbox: Inbox = request.app.state.inbox
    if refusal := _refusal(inbox, switches, sender, sent):
        inbox.reject(sender)
        status, body = refusal
        return JSONResponse(body, status)
    inbox.receive(request, sender, sent.fields, sent.files)
    return JSONResponse({} if switches.silent else {"confirmation": f"{_opening(request).path}/confirmation"})


def _refusal(
    inbox: Inbox, switches: Switches, sender: Sender, sent: Submission
) -> tuple[HTTPStatus, dict[str, Any]] | None:
    """Return status and body of the answer to what is turned away, None for what is received."""
    if switches.closed:
        return HTTPStatus.NOT_FOUND, {"error": "The job you are looking for is no longer open."}
    if errors := _errors(sent, switches):
        return HTTPStatus.UNPROCESSABLE_ENTITY, {"errors": errors}
    if switches.captcha:
        return HTTPStatus.PRECONDITION_REQUIRED, {"error": "captcha-failed"}
    if switches.code and sent.code.upper() != CODE:
        asks = {"error": "captcha-failed", "security_code_recipient": sender.email}
        return HTTPStatus.PRECONDITION_REQUIRED, asks
    if switches.applied:
        return HTTPStatus.CONFLICT, {"error": "You have already applied for this job."}
    if switches.invalid_once and inbox.is_first(sender):
        return HTTPStatus.UNPROCESSABLE_ENTITY, {"errors": {"phone": "Please enter it once more"}, "reset": True}
    if switches.submit != HTTPStatus.OK:
        return HTTPStatus(switches.submit), {"error": "Please try again in a while."}
    if switches.error_once and inbox.is_first(sender):
        return HTTPStatus.INTERNAL_SERVER_ERROR, {"error": "Internal error"}
    return (HTTPStatus.OK, {}) if switches.swallow else None


async def confirmation(request: Request) -> Response:
    return render(request, "harborlight/confirmation.html", opening=_opening(request))


def _opening(request: Request) -> Opening:
    return opening(EMPLOYER, request.path_params["id"])


def _errors(sent: Submission, switches: Switches) -> dict[str, str]:
    asked = (*HARBORLIGHT, HARBORLIGHT_ASKS) if switches.ask else HARBORLIGHT
    written = {"resume"} if sent.fields.get("resume_text") else set()  # "Enter manually" in place of a file
    return refusals(asked, sent.fields) | refused_files(sent.files, sorted({"resume"} - written))


routes = [
    Route("/", board),
    Route("/jobs/{id}", posting_page),
    Route("/jobs/{id}", submit, methods=["POST"]),
    Route("/jobs/{id}/confirmation", confirmation),
    Route("/careers/{id}", employers_page),
    Route("/embed/job_app", embedded_form),
    Route("/boards/{id}", old_board),
    Route("/uploads", upload, methods=["POST"]),
    Route("/places", places),
]
