"""Sends the outbox: in order, each message until the site has taken it or says that it never will."""

import logging
import threading
from collections.abc import Callable, Sequence

from structlog.contextvars import bound_contextvars

from automation.agent.backoff import Backoff
from automation.agent.outbox import Message, Outbox
from automation.agent.site import LeaseLost, Refused, SignedOut, Site, Unreachable

logger = logging.getLogger(__name__)

STOPPED_AT_THE_BARRIER = {
    "outcome": "failed",
    "failure_kind": "runner_lost",
    "message": "Your computer stopped right before it pressed the button.",
}

PLAIN = frozenset({"outcome", "confirmation", "failure_kind", "message"})  # of a result: how it ended


class Sender(threading.Thread):
    """Runs until `stop`. `lost` is told of attempts that are no longer ours, `signed_out` of a void token."""

    def __init__(
        self, outbox: Outbox, site: Site, *, lost: Callable[[int, str], None], signed_out: Callable[[], None]
    ) -> None:
        super().__init__(name="sender", daemon=True)
        self._outbox = outbox
        self._site = site
        self._lost = lost
        self._signed_out = signed_out
        self._stopping = threading.Event()
        self._backoff = Backoff()
        self._is_cut = False

    def stop(self) -> None:
        self._stopping.set()
        self._outbox.grown.set()

    def hurry(self) -> None:
        """Try now: the site has been heard."""
        self._backoff.reset()
        self._outbox.grown.set()

    def run(self) -> None:
        while not self._stopping.is_set():
            self._outbox.grown.clear()
            try:
                wait = None if self.send_all() else self._backoff.wait()
            except SignedOut:
                self._signed_out()
                return
            except Exception:  # the top of a thread: what is unsent must not wait for the program's next start
                logger.exception("Sending broke")
                wait = self._backoff.wait()
            self._outbox.grown.wait(wait)

    def send_all(self) -> bool:
        """Send until nothing is left; False when the site cannot be reached. Raises SignedOut."""
        while messages := self._outbox.next_messages():
            try:
                with bound_contextvars(attempt=messages[0].attempt, application=messages[0].application):
                    self._send(messages)
            except Unreachable as error:
                if not self._is_cut:
                    logger.info("What there is to say waits: %s", error)
                self._is_cut = True
                return False
            self._is_cut = False
            self._backoff.reset()
            if self._stopping.is_set():
                break
        return True

    def _send(self, messages: Sequence[Message]) -> None:
        first = messages[0]
        try:
            self._post(messages)
        except LeaseLost as loss:
            self._drop(first, loss)
        except Refused as refusal:
            logger.warning("The site did not take %s of attempt %s: %s", first.kind, first.attempt, refusal)
            if refusal.status == 404:
                self._outbox.forget(first.attempt)
                self._lost(first.attempt, "unknown")
            elif self._say_plainly(first):
                return
            self._outbox.strike_out(messages)
        else:
            self._outbox.strike_out(messages)

    def _say_plainly(self, message: Message) -> bool:
        """Say no more than how the attempt ended, when the whole of it was refused; False if there is no more."""
        plain = {name: value for name, value in message.body.items() if name in PLAIN}
        if message.kind != "finish" or plain == message.body:
            return False
        self._outbox.replace(message, "finish", plain)
        return True

    def _post(self, messages: Sequence[Message]) -> None:
        first = messages[0]
        match first.kind:
            case "step":
                self._site.log(first.attempt, first.token, [one.body for one in messages])
            case "evidence":
                self._site.evidence(first.attempt, first.token, file=first.file or b"", **first.body)
            case "give_back":
                self._site.give_back(first.attempt, first.token, first.body["message"])
            case _:
                self._site.finish(first.attempt, first.token, first.body)

    def _drop(self, message: Message, loss: LeaseLost) -> None:
        """Let go of an attempt; but one that the site would not take back was granted, so say what became of it."""
        if message.kind == "give_back":
            self._outbox.replace(message, "finish", STOPPED_AT_THE_BARRIER)
            return
        logger.info("Attempt %s is no longer ours: %s", message.attempt, loss.reason)
        if message.kind == "finish":
            self._outbox.strike_out([message])
        self._outbox.drop(message.attempt, loss.reason)
        self._lost(message.attempt, loss.reason)
