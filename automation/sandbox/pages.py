"""Templates of the practice employers."""

from pathlib import Path
from typing import Any

from starlette.requests import Request
from starlette.responses import Response
from starlette.templating import Jinja2Templates

templates = Jinja2Templates(Path(__file__).parent / "templates")


def render(request: Request, name: str, status: int = 200, **context: Any) -> Response:
    return templates.TemplateResponse(request, name, context, status_code=status)


def query_of(request: Request) -> str:
    """Return the query with its question mark, so that switches go along; empty if there is none."""
    return f"?{request.url.query}" if request.url.query else ""
