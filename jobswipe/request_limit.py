"""Requests that are too large, refused before they are read."""

import json
from typing import Any

from django.conf import settings


class RequestLimit:
    """ASGI: answer 413 to a request that says it is over REQUEST_MAX_BYTES, and cut off one that turns out to be.

    Django writes a whole body to a file before a view sees any of it, so no view can do this.
    """

    def __init__(self, app: Any) -> None:
        self.app = app

    async def __call__(self, scope: dict[str, Any], receive: Any, send: Any) -> None:
        said = dict(scope["headers"]).get(b"content-length", b"0")
        if said.isdigit() and int(said) > settings.REQUEST_MAX_BYTES:
            await _refuse(send)
            return
        await self.app(scope, _counted(receive), send)


def _counted(receive: Any) -> Any:
    left = settings.REQUEST_MAX_BYTES

    async def receive_some() -> dict[str, Any]:
        nonlocal left
        message: dict[str, Any] = await receive()
        left -= len(message.get("body", b""))
        return message if left >= 0 else {"type": "http.disconnect"}

    return receive_some


async def _refuse(send: Any) -> None:
    most = settings.REQUEST_MAX_BYTES // 2**20
    problem = {
        "type": "about:blank",
        "title": "Content Too Large",
        "status": 413,
        "code": "too_large",
        "detail": f"A request is at most {most} MB. Send a smaller file.",
    }
    headers = [(b"content-type", b"application/problem+json")]
    await send({"type": "http.response.start", "status": 413, "headers": headers})
    await send({"type": "http.response.body", "body": json.dumps(problem).encode()})
