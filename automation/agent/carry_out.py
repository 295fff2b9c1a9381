"""Carry out one application: from its packet, through the engine, to its last message in the outbox."""

import hashlib
import logging
import tempfile
import time
from functools import partial
from pathlib import Path
from typing import Any

from automation.agent.backoff import Backoff
from automation.agent.config import Settings
from automation.agent.held import Held
from automation.agent.outbox import Outbox
from automation.agent.person import AtTheComputer
from automation.agent.site import LeaseLost, Refused, Site, Unreachable
from automation.engine.browser.session import Browser
from automation.engine.host import Stopped
from automation.engine.packet import Incomplete, task_of
from automation.engine.result import FailureKind, Outcome
from automation.engine.run import run

logger = logging.getLogger(__name__)

OURS = frozenset({"stopping", "offline"})  # reasons to give an application back; the others took it away from us
CRASHED: dict[str, Any] = {
    "outcome": Outcome.FAILED,
    "failure_kind": FailureKind.RUNNER_LOST,
    "message": "Something broke on your computer before this was sent.",
}


def carry_out(held: Held, browser: Browser, *, outbox: Outbox, site: Site, settings: Settings) -> bool:
    """Run the attempt to its end, whatever that is: it is in the outbox afterwards. False if it had to go back."""
    try:
        result = _run(held, browser, outbox, site, settings)
    except (Stopped, Unreachable):
        result = None
    except Exception:  # the top of a worker: one broken attempt must not end the program
        logger.exception("Attempt %s broke", held.attempt.id)
        result = CRASHED
    finally:
        held.leave()
    return end(held, outbox, result)


def end(held: Held, outbox: Outbox, result: dict[str, Any] | None) -> bool:
    """Close an attempt with what came of it; with None, or after it was stopped, it goes back or is let go."""
    if result is not None and not held.stopped.is_set():
        logger.info("Attempt %s: %s", held.attempt.id, result["outcome"])
        outbox.end(held.attempt.id, "finish", result, outcome=result["outcome"], message=result["message"])
    elif not held.reason or held.reason in OURS:
        give_back(outbox, held.attempt.id, "Your computer stopped before this was sent.")
        return False
    else:
        outbox.drop(held.attempt.id, held.reason)
    return True


def give_back(outbox: Outbox, attempt: int, message: str) -> None:
    """Return an application untried."""
    outbox.end(attempt, "give_back", {"message": message}, outcome="given_back", message=message)


def _run(held: Held, browser: Browser, outbox: Outbox, site: Site, settings: Settings) -> dict[str, Any]:
    with tempfile.TemporaryDirectory(dir=work_folder(settings)) as folder:
        try:
            task = task_of(
                held.attempt.packet,
                Path(folder),
                content_of=partial(_content, site=site),
                pace=settings.pace,
                time_limit=settings.time_limit,
            )
        except Incomplete as lacking:
            return {"outcome": Outcome.NEEDS_ANSWERS, "message": str(lacking), "questions": []}
        if not held.work_with(browser):
            raise Stopped
        host = DeviceHost(held, outbox, site, time.monotonic() + settings.barrier)
        person = AtTheComputer(held, outbox, settings.your_turn)
        return run(task, browser=browser, host=host, person=person).to_json()


def work_folder(settings: Settings) -> Path:
    """Return where resumes and screenshots are while they are worked with; emptied when the program starts."""
    folder = settings.folder / "work"
    folder.mkdir(exist_ok=True)
    return folder


def _content(resume: dict[str, Any], site: Site) -> bytes:
    try:
        content = site.resume(resume["sha256"])
    except Refused as refusal:
        raise Stopped from refusal  # no open attempt of ours names it any more
    if hashlib.sha256(content).hexdigest() != resume["sha256"]:
        raise Unreachable("The resume did not arrive whole.")
    return content


class DeviceHost:
    """The engine's host on a person's computer: what it tells goes to the outbox; the grant is the site's."""

    def __init__(self, held: Held, outbox: Outbox, site: Site, patience: float) -> None:
        self._held = held
        self._outbox = outbox
        self._site = site
        self._patience = patience  # on the monotonic clock: until then it waits for the site's word

    def step(self, name: str, message: str, percent: int) -> None:
        if self._held.stopped.is_set():
            raise Stopped
        self._outbox.step(self._held.attempt.id, name, message, percent)

    def evidence(self, path: Path, kind: str) -> None:
        self._outbox.evidence(self._held.attempt.id, path.name, kind, path.read_bytes())

    def begin_submit(self) -> bool:
        """Ask for the site's word until it comes, or patience is at its end: then there is no click."""
        backoff = Backoff(most=5.0)
        while not self._held.stopped.is_set():
            try:
                return self._asked()
            except Unreachable as error:
                logger.info("Attempt %s waits at the barrier: %s", self._held.attempt.id, error)
            if time.monotonic() > self._patience:
                self._held.stop("offline")
            self._held.stopped.wait(backoff.wait())
        return False

    def _asked(self) -> bool:
        attempt = self._held.attempt
        try:
            # A lease that ran out while the line was cut is renewed, as long as nobody has taken it back.
            self._site.heartbeat(attempt.id, attempt.token, step="submitting", percent=85)
            self._site.begin_submit(attempt.id, attempt.token)
        except LeaseLost as loss:
            self._held.stop(loss.reason)
            return False
        logger.info("Attempt %s may be sent", attempt.id)
        return self._held.grant()
