"""Hears from the site: by WebSocket, else by long poll. What it hears are hints; looking is the agent's own."""

import json
import logging
import threading
import time
from contextlib import suppress
from typing import Any, Protocol

from websockets.exceptions import WebSocketException
from websockets.sync.client import ClientConnection, connect

from automation.agent.backoff import Backoff
from automation.agent.site import USER_AGENT, SignedOut, Site, SiteError, Unreachable

logger = logging.getLogger(__name__)

OPEN_LIMIT = 10.0  # seconds for the WebSocket to open
LONG_POLL = 25.0  # seconds that the site may keep a question
BROKEN = (OSError, WebSocketException, TimeoutError)


class Hearer(Protocol):
    """Who is told what was heard."""

    def greeting(self) -> dict[str, Any]:
        """Return `room`, `holding` and `state` as they are now."""

    def heard(self, way: str) -> None:
        """The site has been heard this way: "live" or "long poll"."""

    def work_waits(self) -> None:
        """There is something to claim."""

    def stop_attempt(self, attempt: int, reason: str) -> None:
        """An attempt is no longer ours."""

    def signed_out(self) -> None:
        """The token is void."""


class Listener(threading.Thread):
    """Runs until `stop`, and comes back after every cut."""

    def __init__(self, site: Site, hearer: Hearer, heartbeat: float) -> None:
        super().__init__(name="listener", daemon=True)
        self._site = site
        self._hearer = hearer
        self._heartbeat = heartbeat
        self._stopping = threading.Event()
        self._socket: ClientConnection | None = None

    def stop(self) -> None:
        self._stopping.set()
        if socket := self._socket:
            with suppress(*BROKEN):
                socket.close()

    def run(self) -> None:
        backoff = Backoff(first=1.0, most=60.0)
        try:
            while not self._stopping.is_set():
                if self._listen():
                    backoff.reset()
                self._poll_for(backoff.wait())
        except SignedOut:
            self._hearer.signed_out()

    # ---------------------------------------------------------------- WebSocket

    def _listen(self) -> bool:
        """Listen until the line breaks; return whether it worked at all."""
        address = self._site.address.replace("http", "ws", 1) + "/ws/device/"
        worked = False
        try:
            with connect(
                address,
                additional_headers={"Authorization": f"Bearer {self._site.token}"},
                user_agent_header=USER_AGENT,
                open_timeout=OPEN_LIMIT,
            ) as self._socket:
                worked = True
                self._talk(self._socket)
        except BROKEN as error:
            logger.info("The live line is %s: %s", "cut" if worked else "closed to us", error)
        finally:
            self._socket = None
        return worked

    def _talk(self, socket: ClientConnection) -> None:
        self._say(socket, "hello")
        due = time.monotonic() + self._heartbeat
        while not self._stopping.is_set():
            try:
                message = json.loads(socket.recv(timeout=max(due - time.monotonic(), 0)))
            except TimeoutError:
                self._say(socket, "heartbeat")
                due = time.monotonic() + self._heartbeat
            else:
                self._tell(message)
                self._hearer.heard("live")

    def _say(self, socket: ClientConnection, kind: str) -> None:
        socket.send(json.dumps({"type": kind, **self._hearer.greeting()}))

    def _tell(self, message: dict[str, Any]) -> None:
        if message.get("type") == "stop":
            self._hearer.stop_attempt(int(message["attempt"]), str(message.get("reason", "")))
        if message.get("type") == "work" or message.get("waiting"):
            self._hearer.work_waits()
        for stop in message.get("stop", []):
            self._hearer.stop_attempt(int(stop["attempt"]), str(stop.get("reason", "")))

    # ---------------------------------------------------------------- long poll

    def _poll_for(self, seconds: float) -> None:
        """Ask by long poll for about so long, then let the WebSocket try again. Raises SignedOut."""
        until = time.monotonic() + seconds
        backoff = Backoff()
        while not self._stopping.is_set() and time.monotonic() < until:
            greeting = self._hearer.greeting()
            try:
                answer = self._site.work(
                    room=greeting["room"],
                    holding=greeting["holding"],
                    wait=round(min(LONG_POLL, max(until - time.monotonic(), 1)), 1),
                )
            except Unreachable:
                self._stopping.wait(min(backoff.wait(), max(until - time.monotonic(), 0)))
            except SignedOut:
                raise
            except SiteError as error:
                logger.warning("The site does not answer what we ask: %s", error)
                self._stopping.wait(max(until - time.monotonic(), 0))
            else:
                self._tell(answer)
                self._hearer.heard("long poll")
                # Something that waits, and no room for it by now or a claim under way: do not ask again at once.
                self._stopping.wait(0.5 if answer["waiting"] else 0)
