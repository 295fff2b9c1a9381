"""Tessera Tools: the controls that are hard to fill in, made with the component libraries that employers use.

Each page of `widgets/src` and of `widgets/pages` is a posting of its own: `/tessera/jobs/NAME`.
"""

from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles

from automation.sandbox.bundle import DIST, HERE
from automation.sandbox.inbox import Inbox, Sender, read_form
from automation.sandbox.places import looked_up

EMPLOYER = "tessera"
PAGES = HERE / "pages"
SHELL = """<!doctype html><html lang="en"><meta charset="utf-8"><title>Tessera Tools: {name}</title>
<meta name="viewport" content="width=device-width"><link rel="stylesheet" href="/static/practice.css">
<link rel="stylesheet" href="/tessera/dist/{name}.css"><body><div id="root"></div>
<script type="module" src="/tessera/dist/{name}.js"></script></body></html>"""


def page_names() -> list[str]:
    """Return the postings of this employer."""
    return sorted([path.stem for path in (HERE / "src").glob("*.jsx") if path.stem != "application"] + _written())


def _written() -> list[str]:
    return [path.stem for path in PAGES.glob("*.html") if not path.stem.endswith("-inner")]


async def board(request: Request) -> Response:
    rows = "".join(f'<li><a href="/tessera/jobs/{name}">{name}</a></li>' for name in page_names())
    return HTMLResponse(f"<!doctype html><title>Tessera Tools</title><h1>Tessera Tools</h1><ul>{rows}</ul>")


async def posting(request: Request) -> Response:
    name = request.path_params["name"]
    written = PAGES / f"{name}.html"
    if written.is_file():
        return HTMLResponse(written.read_text(encoding="utf-8").replace("OTHER_ORIGIN", _other_origin(request)))
    return HTMLResponse(SHELL.replace("{name}", name), 200 if name in page_names() else 404)


def _other_origin(request: Request) -> str:
    """Return this very site under its other name, which is another site to the browser."""
    name = "localhost" if request.url.hostname == "127.0.0.1" else "127.0.0.1"
    return f"{request.url.scheme}://{name}:{request.url.port or 80}"


async def submit(request: Request) -> Response:
    async with request.form() as form:
        fields, files = await read_form(form)
    sender = Sender(EMPLOYER, request.path_params["name"], str(fields.get("email", "")))
    inbox: Inbox = request.app.state.inbox
    inbox.receive(request, sender, fields, files)
    if "text/html" in request.headers.get("accept", ""):
        return HTMLResponse("<!doctype html><title>Thanks</title><h1>Thank you for applying</h1>")
    return JSONResponse({"ok": True})


async def places(request: Request) -> Response:
    return JSONResponse(looked_up(request.query_params.get("q", "")))


routes: list[BaseRoute] = [
    Route("/", board),
    Route("/places", places),
    Route("/jobs/{name}", posting),
    Route("/jobs/{name}", submit, methods=["POST"]),
    Mount("/dist", StaticFiles(directory=DIST, check_dir=False)),
]
