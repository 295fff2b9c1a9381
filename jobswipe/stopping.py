"""How a web process ends without anybody noticing: asked to (SIGTERM), it goes on for STOP_AFTER seconds, and leaves.

Meanwhile `/healthz` answers 503 at once, however many requests wait, so that the balancer sends new ones elsewhere;
answers close their connections, so that no request arrives on one that is just being closed; followers of a feed are
sent away one by one, each when it looks next, so that they do not all come back at once.
"""

import asyncio
import signal
from http import HTTPStatus
from types import FrameType
from typing import Any

from django.conf import settings

HEALTH = "/healthz"
SERVICE_RESTART = 1012  # close code of a WebSocket (the registry that RFC 6455, 11.7 has opened)

_is_stopping = False


def is_stopping() -> bool:
    """Say whether this process has been asked to end."""
    return _is_stopping


class GracefulStop:
    """ASGI: the outermost application, which hears of the server's start and sees every answer."""

    def __init__(self, app: Any) -> None:
        self.app = app

    async def __call__(self, scope: dict[str, Any], receive: Any, send: Any) -> None:
        if scope["type"] == "lifespan":
            await _live(receive, send)
        elif scope["type"] == "http":
            send = _telling(send, is_probe=scope["path"] == HEALTH)
            await (_answer(send) if scope["path"] == HEALTH and is_stopping() else self.app(scope, receive, send))
        else:
            await self.app(scope, receive, send)


def _telling(send: Any, *, is_probe: bool) -> Any:
    """Return `send` that tells of the end. Probes that came before may be answered after those that came later."""

    async def send_and_tell(message: dict[str, Any]) -> None:
        if is_stopping() and message["type"] == "http.response.start":
            message = {**message, "headers": [*message.get("headers", ()), (b"connection", b"close")]}
            message |= {"status": HTTPStatus.SERVICE_UNAVAILABLE} if is_probe else {}
        await send(message)

    return send_and_tell


async def _answer(send: Any) -> None:
    await send({"type": "http.response.start", "status": HTTPStatus.SERVICE_UNAVAILABLE})
    await send({"type": "http.response.body", "body": b"stopping"})


async def _live(receive: Any, send: Any) -> None:
    """Speak the lifespan protocol (asgi.readthedocs.io): once for each process, in its main thread."""
    await receive()
    _end_later()
    await send({"type": "lifespan.startup.complete"})
    await receive()
    await send({"type": "lifespan.shutdown.complete"})


def _end_later() -> None:
    """Put a wait of STOP_AFTER before the server's own answer to SIGTERM. A second SIGTERM does not wait."""
    end: Any = signal.getsignal(signal.SIGTERM)
    loop = asyncio.get_running_loop()

    def stop(number: int, frame: FrameType | None) -> None:
        global _is_stopping
        if _is_stopping or not settings.STOP_AFTER:
            end(number, frame)
        else:
            _is_stopping = True
            loop.call_soon_threadsafe(loop.call_later, settings.STOP_AFTER, end, number, None)

    if callable(end):
        signal.signal(signal.SIGTERM, stop)
