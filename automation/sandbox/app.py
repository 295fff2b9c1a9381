"""The site: the employers, their shared inbox, and the page that lists them."""

from pathlib import Path

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles

from automation.sandbox import birchmoor, copperline, fernhall, graniteco, harborlight, meridian, saltmarsh, tessera
from automation.sandbox.catalogue import NAMES, by_team, opening
from automation.sandbox.inbox import Inbox, ReceivedFile
from automation.sandbox.pages import render
from automation.sandbox.questions import LABELS

HERE = Path(__file__).parent
HOSTED = {
    "copperline": copperline,
    "saltmarsh": saltmarsh,
    "fernhall": fernhall,
    "birchmoor": birchmoor,
    "graniteco": graniteco,
}


async def home(request: Request) -> Response:
    return render(request, "home.html", names=NAMES, teams={employer: by_team(employer) for employer in NAMES})


async def inbox_page(request: Request) -> Response:
    return render(
        request,
        "inbox.html",
        received=request.app.state.inbox.newest_first(),
        opening=opening,
        names=NAMES,
        labels=LABELS | {name: module.LABELS for name, module in HOSTED.items()},
        code=harborlight.CODE,
    )


async def inbox_json(request: Request) -> Response:
    """`{"applications": [...], "rejected": N}`, narrowed by `?employer=&job=&email=`."""
    return JSONResponse(request.app.state.inbox.as_json(dict(request.query_params)))


async def inbox_clear(request: Request) -> Response:
    request.app.state.inbox.clear()
    request.app.state.uploads.clear()
    return RedirectResponse("/inbox", 303)


def create_app() -> Starlette:
    """Return the site with an empty inbox, which lives in memory."""
    routes: list[BaseRoute] = [
        Route("/", home),
        Route("/inbox", inbox_page),
        Route("/inbox.json", inbox_json),
        Route("/inbox/clear", inbox_clear, methods=["POST"]),
        Mount("/static", StaticFiles(directory=HERE / "static")),
        Route("/meridian", meridian.careers),
        Mount("/meridian", routes=meridian.routes),
        Route("/harborlight", harborlight.board),
        Mount("/harborlight", routes=harborlight.routes),
        Mount("/tessera", routes=tessera.routes),
        *(Route(f"/{name}", module.openings) for name, module in HOSTED.items()),
        *(Mount(f"/{name}", routes=module.routes) for name, module in HOSTED.items()),
    ]
    app = Starlette(routes=routes)
    app.state.inbox = Inbox()
    uploads: dict[str, ReceivedFile] = {}
    app.state.uploads = uploads
    return app
