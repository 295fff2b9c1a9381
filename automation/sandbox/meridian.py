"""Meridian Labs: a plain HTML form with every native control, checked on the server."""

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from automation.sandbox.catalogue import Opening, by_team, opening
from automation.sandbox.inbox import Fields, Inbox, ReceivedFile, Sender, read_form
from automation.sandbox.pages import query_of, render
from automation.sandbox.questions import HONEYPOT, MERIDIAN, MERIDIAN_ASKS, refusals, refused_files
from automation.sandbox.switches import Switches

EMPLOYER = "meridian"
SOLVED = "h-captcha-response"  # the field that the widget fills in, as hCaptcha does


async def careers(request: Request) -> Response:
    words = request.query_params.get("q", "")
    return render(request, "meridian/careers.html", teams=by_team(EMPLOYER, words), words=words)


async def posting_page(request: Request) -> Response:
    switches = Switches.of(request)
    await switches.delay()
    return _unavailable(request, switches) or render(
        request, "meridian/posting.html", opening=_opening(request), query=query_of(request)
    )


async def form_page(request: Request) -> Response:
    switches = Switches.of(request)
    await switches.delay()
    return _unavailable(request, switches) or _form(request, switches, {}, {})


async def submit(request: Request) -> Response:
    switches = Switches.of(request)
    await switches.delay()
    if switches.closed:
        return render(request, "meridian/closed.html", 404)
    async with request.form() as form:
        fields, files = await read_form(form)
    inbox: Inbox = request.app.state.inbox
    sender = Sender(EMPLOYER, _opening(request).key, str(fields.get("email", "")))
    if refusal := _refusal(request, switches, sender, fields, files):
        inbox.reject(sender)
        return refusal
    inbox.receive(request, sender, fields, files)
    return _nothing() if switches.silent else RedirectResponse(f"{_opening(request).path}/thanks", 303)


async def thanks(request: Request) -> Response:
    return render(request, "meridian/thanks.html", opening=_opening(request))


def _refusal(
    request: Request, switches: Switches, sender: Sender, fields: Fields, files: list[ReceivedFile]
) -> Response | None:
    """Return the answer to a submission that is turned away, None for one that is received."""
    if errors := _errors(fields, files, switches):
        return _form(request, switches, fields, errors, 422)
    if switches.submit != 200:
        return render(request, "meridian/error.html", switches.submit)
    if switches.error_once and request.app.state.inbox.is_first(sender):
        return render(request, "meridian/error.html", 500)
    if switches.applied:
        return render(request, "meridian/applied.html", opening=_opening(request))
    return _nothing() if switches.swallow else None


def _nothing() -> Response:
    return Response(status_code=204)  # the browser stays where it is


def _opening(request: Request) -> Opening:
    return opening(EMPLOYER, request.path_params["slug"])


def _unavailable(request: Request, switches: Switches) -> Response | None:
    if switches.closed:
        return render(request, "meridian/closed.html", 404)
    if switches.status != 200:
        return render(request, "meridian/error.html", switches.status)
    return None


def _form(request: Request, switches: Switches, values: Fields, errors: dict[str, str], status: int = 200) -> Response:
    return render(
        request,
        "meridian/form.html",
        status,
        opening=_opening(request),
        query=query_of(request),
        switches=switches,
        values=values,
        errors=errors,
        questions={question.name: question for question in (*MERIDIAN, MERIDIAN_ASKS)},
        honeypot=HONEYPOT,
    )


def _errors(fields: Fields, files: list[ReceivedFile], switches: Switches) -> dict[str, str]:
    """Return what is wrong, by the control's name."""
    asked = (*MERIDIAN, MERIDIAN_ASKS) if switches.ask else MERIDIAN
    wrong = refusals(asked, fields) | refused_files(files, ["resume"])
    if fields.get(HONEYPOT):
        wrong[HONEYPOT] = "Automated submission"
    if switches.captcha and not fields.get(SOLVED):
        wrong["captcha"] = "Please show that you are a person"
    return wrong


routes = [
    Route("/", careers),
    Route("/jobs/{slug}", posting_page),
    Route("/jobs/{slug}/apply", form_page),
    Route("/jobs/{slug}/apply", submit, methods=["POST"]),
    Route("/jobs/{slug}/thanks", thanks),
]
