"""Meridian Labs: a plain HTML form with every native control, checked on the server."""

import re
from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import Route

from automation.sandbox.catalogue import Opening, opening
from automation.sandbox.inbox import Inbox, read_form
from automation.sandbox.pages import query_of, render, title_of
from automation.sandbox.switches import Switches

EMPLOYER = "meridian"
REQUIRED = {
    "first_name": "First name",
    "last_name": "Last name",
    "email": "E-mail",
    "phone": "Phone",
    "country": "Country",
    "years": "Years of experience",
    "authorized": "Work authorization",
    "sponsorship": "Sponsorship",
    "why": "Why Meridian",
    "privacy": "Privacy consent",
}
COUNTRIES = ["Canada", "France", "Germany", "India", "Mexico", "United Kingdom", "United States of America"]
SOURCES = ["LinkedIn", "Company website", "Friend or colleague", "Job fair", "Other"]


@dataclass(frozen=True)
class Posting:
    slug: str
    opening: Opening

    @classmethod
    def of(cls, request: Request) -> "Posting":
        slug = request.path_params["slug"]
        made_up = Opening(EMPLOYER, slug, title_of(slug), "Engineering", "Austin, TX")
        return cls(slug, opening(EMPLOYER, slug) or made_up)


async def posting_page(request: Request) -> Response:
    switches = Switches.of(request)
    await switches.delay()
    if unavailable := _unavailable(request, switches):
        return unavailable
    return render(request, "meridian/posting.html", posting=Posting.of(request), query=query_of(request))


async def form_page(request: Request) -> Response:
    switches = Switches.of(request)
    await switches.delay()
    return _unavailable(request, switches) or _form(request, switches, {}, {})


async def submit(request: Request) -> Response:
    switches = Switches.of(request)
    await switches.delay()
    inbox: Inbox = request.app.state.inbox
    posting = Posting.of(request)
    async with request.form() as form:
        fields, files = await read_form(form)
    email = str(fields.get("email", ""))
    whose = {"employer": EMPLOYER, "job": posting.slug, "email": email}
    errors = _errors(fields, bool([file for file in files if file.field == "resume"]), switches)
    if errors or switches.captcha:
        inbox.reject(**whose)
        return _form(request, switches, fields, errors, status=422)
    if switches.error_once and not inbox.rejections(**whose):
        inbox.reject(**whose)
        return render(request, "meridian/error.html", status=500)
    if switches.applied:
        return render(request, "meridian/applied.html", posting=posting)
    inbox.receive(request, employer=EMPLOYER, job=posting.slug, fields=fields, files=files)
    if switches.silent:
        return HTMLResponse(status_code=204)  # the browser stays where it is
    return RedirectResponse(f"/meridian/jobs/{posting.slug}/thanks", 303)


async def thanks(request: Request) -> Response:
    return render(request, "meridian/thanks.html", posting=Posting.of(request))


def _unavailable(request: Request, switches: Switches) -> Response | None:
    if switches.closed:
        return render(request, "meridian/closed.html", status=404)
    if switches.status != 200:
        return render(request, "meridian/error.html", status=switches.status)
    return None


def _form(
    request: Request,
    switches: Switches,
    values: dict[str, str | list[str]],
    errors: dict[str, str],
    status: int = 200,
) -> Response:
    return render(
        request,
        "meridian/form.html",
        status,
        posting=Posting.of(request),
        query=query_of(request),
        switches=switches,
        values=values,
        errors=errors,
        countries=COUNTRIES,
        sources=SOURCES,
    )


def _errors(fields: dict[str, str | list[str]], has_resume: bool, switches: Switches) -> dict[str, str]:
    """Return what is wrong, by the control's name."""
    required = REQUIRED | ({"constellation": "Your favourite constellation"} if switches.ask else {})
    errors = {
        name: f"{label} is required." for name, label in required.items() if not str(fields.get(name, "")).strip()
    }
    if not has_resume:
        errors["resume"] = "Resume is required."
    if not re.fullmatch(r"[^@\s]+@[^@\s]+\.[^@\s]+", str(fields.get("email", ""))):
        errors.setdefault("email", "Enter a valid e-mail address.")
    if fields.get("website_url"):
        errors["website_url"] = "Automated submission."
    return errors


routes = [
    Route("/jobs/{slug}", posting_page),
    Route("/jobs/{slug}/apply", form_page),
    Route("/jobs/{slug}/apply", submit, methods=["POST"]),
    Route("/jobs/{slug}/thanks", thanks),
]
