"""The slots of one worker process, and the loop that works in them."""

import logging
import os
import queue
import socket
import threading

from django.db import close_old_connections

from applications.models import Lane
from automation.leases import claim
from automation.worker.carry_out import carry_out
from automation.worker.slot import Slot

logger = logging.getLogger(__name__)


class Workroom:
    """A fixed number of slots. Whoever comes with a hint works in a free one, or leaves: somebody is at it already."""

    def __init__(self, size: int) -> None:
        self.stopping = threading.Event()
        self.runner = f"{socket.gethostname()}:{os.getpid()}"
        self._free: queue.SimpleQueue[Slot] = queue.SimpleQueue()
        for _ in range(size):
            self._free.put(Slot())

    @property
    def has_free_slot(self) -> bool:
        return not self._free.empty()

    def work(self) -> int:
        """Carry out waiting applications until none waits; return how many. 0 at once when no slot is free."""
        try:
            slot = self._free.get_nowait()
        except queue.Empty:
            return 0
        try:
            return self._work_in(slot)
        finally:
            if self.stopping.is_set():
                slot.close()
            self._free.put(slot)
            close_old_connections()

    def _work_in(self, slot: Slot) -> int:
        done = 0
        while not self.stopping.is_set() and (attempts := claim(lane=Lane.SERVER, runner=self.runner)):
            carry_out(attempts[0], slot, self.stopping)
            done += 1
        return done

    def close(self) -> None:
        """Let those who work here give back what they have not sent, and quit the browsers that are free."""
        self.stopping.set()
        while not self._free.empty():
            self._free.get().close()
