"""Templates of the practice employers."""

from pathlib import Path
from typing import Any

from starlette.requests import Request
from starlette.responses import Response
from starlette.templating import Jinja2Templates

RETRY_AFTER = "30"  # seconds

templates = Jinja2Templates(Path(__file__).parent / "templates")


def render(request: Request, name: str, status: int = 200, **context: Any) -> Response:
    headers = {"Retry-After": RETRY_AFTER} if status in {429, 503} else None
    return templates.TemplateResponse(request, name, context, status_code=status, headers=headers)


def query_of(request: Request) -> str:
    """Return the query with its question mark, so that switches go along; empty if there is none."""
    return f"?{request.url.query}" if request.url.query else ""
