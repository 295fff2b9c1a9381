"""The browser's own end of the DevTools protocol: contexts are made and destroyed here (domain Target).

The driver speaks only for one page, which may not make contexts. WebDriver BiDi can, and takes four times as long.
"""

import json
from contextlib import ExitStack, closing, suppress
from http.client import HTTPConnection
from typing import Any

from websockets.exceptions import WebSocketException
from websockets.sync.client import connect

ANSWER_LIMIT = 20.0  # seconds


class DevTools:
    """A connection to the browser that listens at `address`, host:port."""

    def __init__(self, address: str) -> None:
        self._open = ExitStack()
        self._socket = self._open.enter_context(
            connect(_socket_of(address), max_size=None, proxy=None, open_timeout=ANSWER_LIMIT)
        )
        self._number = 0

    def ask(self, method: str, **params: Any) -> dict[str, Any]:
        """Send one command and return its result. Raises OSError when the browser refuses, or is gone."""
        self._number += 1
        try:
            self._socket.send(json.dumps({"id": self._number, "method": method, "params": params}))
            return self._answer(method)
        except WebSocketException as error:
            raise ConnectionError(f"The browser is gone: {error}") from error

    def _answer(self, method: str) -> dict[str, Any]:
        while True:
            message = json.loads(self._socket.recv(ANSWER_LIMIT))
            if message.get("id") != self._number:
                continue  # an event, or the late answer to what was given up
            if error := message.get("error"):
                raise OSError(f"{method}: {error.get('message')}")
            result: dict[str, Any] = message["result"]
            return result

    def close(self) -> None:
        with suppress(OSError, WebSocketException):
            self._open.close()


def _socket_of(address: str) -> str:
    """Return the WebSocket address that the browser gives under /json/version."""
    with closing(HTTPConnection(address, timeout=ANSWER_LIMIT)) as connection:
        connection.request("GET", "/json/version")
        return str(json.loads(connection.getresponse().read())["webSocketDebuggerUrl"])
