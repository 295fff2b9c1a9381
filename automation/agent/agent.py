"""The program at work: claims what waits, carries it out, keeps its leases, and says what came of it."""

import logging
import queue
import shutil
import threading
import time
from typing import Any

import psutil
from structlog.contextvars import bind_contextvars, bound_contextvars

from automation.agent import logs
from automation.agent.carry_out import carry_out, end, give_back, work_folder
from automation.agent.config import Settings
from automation.agent.held import Held
from automation.agent.listener import Listener
from automation.agent.outbox import Outbox
from automation.agent.sender import Sender
from automation.agent.site import LeaseLost, SignedOut, Site, SiteError, TooOld, Unreachable
from automation.agent.slot import Slot
from automation.engine.browser.orphans import reap_orphans
from automation.engine.browser.session import BrowserError

logger = logging.getLogger(__name__)

BROWSER_MEMORY = 700 * 1024 * 1024  # bytes that a browser needs at its worst
AFTER_THE_GRANT = 90.0  # seconds for what was granted to come to its end when the program is told to stop
AFTER_GIVING_BACK = 5.0  # seconds until the next claim: what went back is waiting again at once
LOOK_EVERY = 1.0  # seconds between two looks at what other processes have noted
IDLE = 120.0  # seconds after which the browsers are closed
KILLED = {
    "outcome": "unconfirmed",
    "failure_kind": "unconfirmed",
    "confirmation": "none",
    "message": "Your computer stopped while it was sending this. Have a look whether it arrived, and tell us.",
}


class Agent:
    """Runs in the thread that calls `run`, with threads for hearing, sending, heartbeats and each browser."""

    def __init__(self, settings: Settings, site: Site, outbox: Outbox, headed: bool) -> None:
        self._settings = settings
        self._site = site
        self._outbox = outbox
        self._held: dict[int, Held] = {}
        self._lock = threading.Lock()
        self._wake = threading.Event()
        self._stopping = threading.Event()
        self._next_sync = self._claim_after = 0.0  # on the monotonic clock
        self._was_paused = False
        self._busy_until = time.monotonic()
        self._threads: list[threading.Thread] = []
        self._slots: queue.SimpleQueue[Slot] = queue.SimpleQueue()
        self._size = _room(settings.browsers)
        for _ in range(self._size):
            self._slots.put(Slot(headed, in_sight=settings.window == "always"))
        self._sender = Sender(outbox, site, lost=self.stop_attempt, signed_out=self.signed_out)
        self.is_signed_out = False

    # ---------------------------------------------------------------- the loop

    def run(self) -> None:
        """Work until `stop` is called or the token is void."""
        reap_orphans()
        shutil.rmtree(work_folder(self._settings), ignore_errors=True)
        self._recover()
        self._outbox.tidy()
        self._outbox.note(way="", trouble="", problem="")
        self._sender.start()
        heartbeat = self._introduce()
        listener = Listener(self._site, self, heartbeat)
        pulse = threading.Thread(target=self._keep_leases, args=(heartbeat,), name="pulse", daemon=True)
        listener.start()
        pulse.start()
        try:
            self._loop()
        finally:
            self._stopping.set()
            listener.stop()
            self._finish_up()

    def stop(self) -> None:
        """Give back what is not sent yet, and end. May be called from a signal handler."""
        self._stopping.set()
        self._wake.set()

    def _loop(self) -> None:
        while not self._stopping.is_set():
            hinted = self._wake.wait(LOOK_EVERY)
            self._wake.clear()
            now = time.monotonic()
            again, due = self._may_claim_again(now), now >= self._next_sync
            if hinted or due or again:
                self._look(with_sync=due)
            self._rest()

    def _may_claim_again(self, now: float) -> bool:
        """Whether what held us back has just passed: trouble that is waited out, or a pause that was lifted."""
        paused, was_paused = self._is_paused, self._was_paused
        self._was_paused = paused
        over = 0 < self._claim_after <= now
        if over:
            self._claim_after = 0.0
        return (was_paused and not paused) or over

    def _look(self, *, with_sync: bool) -> None:
        """See how things stand if it is time to, and claim what there is room for."""
        try:
            if with_sync:
                self._next_sync = time.monotonic() + self._settings.sync
                self._sync()
            self._claim()
        except SignedOut:
            self.signed_out()
        except TooOld as error:
            self._hold_back(self._settings.sync, str(error))
        except SiteError as error:
            self._outbox.note(problem=error)

    def _introduce(self) -> float:
        """Ask the site how often it wants to hear from us, until it answers; return the seconds."""
        try:
            me = self._me()
        except SignedOut:
            self.signed_out()
            return 60.0
        except SiteError as error:
            self._outbox.note(problem=str(error))
            return self._settings.heartbeat or 60.0
        self._outbox.note(person=me.get("person", ""), device=me.get("name", ""), needs_you=me.get("needs_you", 0))
        return self._settings.heartbeat or float(me["heartbeat"])

    def _me(self) -> dict[str, Any]:
        """Ask the site who we are; what is logged from here on says so."""
        me = self._site.me()
        logs.owner.update(device=me.get("id"), person=me.get("person_id"))  # an older site does not tell both
        return me

    def _sync(self) -> None:
        """Look at how things stand, by the plainest way there is."""
        answer = self._site.work(room=self._free, holding=self._holding())
        self.heard("sync")
        for stop in answer["stop"]:
            self.stop_attempt(int(stop["attempt"]), str(stop["reason"]))
        if set(answer["held"]) - set(self._held):
            for attempt in self._site.held():  # claimed while the answer was lost
                self._begin(attempt)
        me = self._me()
        self._outbox.note(needs_you=me["needs_you"], waiting=me["waiting"])

    def _claim(self) -> None:
        """Take what waits, as much as there is room for."""
        while not self._is_paused and not self._stopping.is_set() and (room := self._free):
            if self._claim_after:
                return
            attempts = self._site.claim(room)
            for attempt in attempts:
                self._begin(attempt)
            self._outbox.note(trouble="", problem="")
            if len(attempts) < room:
                return

    @property
    def _is_paused(self) -> bool:
        return bool(self._outbox.fact("paused"))

    @property
    def _free(self) -> int:
        with self._lock:
            return max(_room(self._size) - len(self._held), 0)

    def _holding(self) -> list[int]:
        with self._lock:
            return list(self._held)

    # ---------------------------------------------------------------- one attempt

    def _begin(self, attempt: dict[str, Any]) -> None:
        """Write a claimed attempt down and start on it. One that is known already is under way, or over."""
        if not self._outbox.take(attempt):
            return
        held = Held(self._outbox.attempt(attempt["id"]), self._outbox)
        with bound_contextvars(**held.attempt.ids):
            logger.info("Claimed attempt %s: %s", held.attempt.id, held.attempt.title)
        with self._lock:
            self._held[held.attempt.id] = held
        thread = threading.Thread(target=self._work_on, args=(held,), name=f"attempt {held.attempt.id}", daemon=True)
        self._threads = [one for one in self._threads if one.is_alive()] + [thread]
        thread.start()

    def _work_on(self, held: Held) -> None:
        bind_contextvars(**held.attempt.ids)  # the thread is this attempt's alone
        slot = self._slots.get()
        try:
            browser = slot.browser()
            went = carry_out(held, browser, outbox=self._outbox, site=self._site, settings=self._settings)
            if not went and not self._stopping.is_set():
                self._hold_back(AFTER_GIVING_BACK, "The site could not be reached in the middle of an application.")
        except BrowserError as error:
            self._hold_back(self._settings.sync, str(error))
            give_back(self._outbox, held.attempt.id, "No browser starts on your computer.")
        except Exception:  # the top of a worker: what broke one attempt must not end the program
            logger.exception("Attempt %s broke", held.attempt.id)
            end(held, self._outbox, None)
        finally:
            with self._lock:
                del self._held[held.attempt.id]
            self._busy_until = time.monotonic()
            self._slots.put(slot)
            self._wake.set()

    def _recover(self) -> None:
        """Settle what an earlier run left open: after the grant never again by itself, before it from the start."""
        for attempt in self._outbox.open_attempts():
            if attempt.granted_at:
                self._outbox.end(attempt.id, "finish", KILLED, outcome="unconfirmed", message=KILLED["message"])
            else:
                give_back(self._outbox, attempt.id, "Your computer was interrupted; this goes on shortly.")

    def _hold_back(self, seconds: float, trouble: str) -> None:
        """Claim nothing for a while, and say why."""
        logger.error("%s", trouble)
        self._claim_after = time.monotonic() + seconds
        self._outbox.note(trouble=trouble)

    # ---------------------------------------------------------------- what is heard

    def greeting(self) -> dict[str, Any]:
        holding = self._holding()
        state = "paused" if self._is_paused else "working" if holding else "idle"
        return {"room": 0 if self._is_paused else self._free, "holding": holding, "state": state}

    def heard(self, way: str) -> None:
        """Note when and how the site was last heard; a plain sync says nothing about the better ways."""
        known = self._outbox.fact("way")
        self._outbox.note(way=known if way == "sync" and known else way, heard_at=time.time(), problem="")
        if way != known and way != "sync":
            logger.info("The line is %s", way)
        self._sender.hurry()

    def work_waits(self) -> None:
        if self.greeting()["room"]:  # else it is said over and over while it has its hands full
            logger.info("There is work")
        self._wake.set()

    def stop_attempt(self, attempt: int, reason: str) -> None:
        with self._lock:
            held = self._held.get(attempt)
        if held:
            held.stop(reason)

    def signed_out(self) -> None:
        """Stop everything that is not sent yet: the token is void."""
        self.is_signed_out = True
        for attempt in self._holding():
            self.stop_attempt(attempt, "revoked")
        self.stop()

    # ---------------------------------------------------------------- leases

    def _keep_leases(self, every: float) -> None:
        """Renew the leases of all that is under way, also while a browser hangs."""
        while not self._stopping.wait(every):
            with self._lock:
                under_way = list(self._held.values())
            for held in under_way:
                with bound_contextvars(**held.attempt.ids):
                    self._renew(held)

    def _renew(self, held: Held) -> None:
        try:
            self._site.heartbeat(held.attempt.id, held.attempt.token)
        except LeaseLost as loss:
            self.stop_attempt(held.attempt.id, loss.reason)
        except SignedOut:
            self.signed_out()
        except Unreachable as error:
            logger.info("No heartbeat for attempt %s: %s", held.attempt.id, error)
        except SiteError as error:
            logger.warning("Heartbeat of attempt %s was refused: %s", held.attempt.id, error)

    # ---------------------------------------------------------------- the end

    def _rest(self) -> None:
        """Close the browsers when there has been nothing to do for a while: the memory is the person's."""
        if not self._holding() and time.monotonic() - self._busy_until > IDLE:
            self._close_slots()

    def _close_slots(self) -> None:
        slots = [self._slots.get() for _ in range(self._slots.qsize())]
        for slot in slots:
            slot.close()
            self._slots.put(slot)

    def _finish_up(self) -> None:
        """Stop what is not granted, let the rest come to its end, send what can be sent, and close the browsers."""
        for attempt in self._holding():
            self.stop_attempt(attempt, "stopping")
        until = time.monotonic() + AFTER_THE_GRANT
        for thread in self._threads:
            thread.join(max(until - time.monotonic(), 0))
        self._sender.stop()
        self._sender.join(30)
        if not self.is_signed_out:
            self._say_goodbye()
        self._close_slots()

    def _say_goodbye(self) -> None:
        try:
            self._sender.send_all()
        except SiteError as error:
            logger.info("What is unsent is kept for the next time: %s", error)


def _room(browsers: int) -> int:
    """Return how many browsers the memory that is free now allows, at least one, at most `browsers`."""
    return max(min(browsers, int(psutil.virtual_memory().available // BROWSER_MEMORY)), 1)
