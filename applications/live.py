"""Hints on their way out: "your feed has grown", "there is work in this lane".

A hint may be lost: readers of the feed and workers look at PostgreSQL by themselves too. So a hint that cannot be
sent is logged and forgotten, and never fails the change that it tells of.
"""

import asyncio
import logging
import os
import queue
import threading
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from celery import current_app
from channels.layers import BaseChannelLayer, get_channel_layer
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db import transaction
from kombu.exceptions import OperationalError

from jobswipe import redis_clients
from jobswipe.redis_clients import redis_now

logger = logging.getLogger(__name__)

UNREACHABLE = (*redis_clients.UNREACHABLE, OperationalError)
BROKER, CHANNELS, LIVE = "broker", "channels", "live"  # the roles: each may have a server of its own (README)
MOST_UNSENT = 1000  # hints that may wait for a server to come back
CONFIRM_LIMIT = 2  # seconds for RabbitMQ to say that it has a hint
FEW = 8  # people, who are told of their feeds without asking whether they listen
Hint = Callable[[asyncio.AbstractEventLoop], object]
# Tasks by name: this app announces work and imports no runner.
RUN_WAITING = "automation.tasks.run_waiting"
DELIVER_NEWS = "notifications.tasks.deliver"
TELL_DEAD_LETTERS = "automation.tasks.tell_dead_letters"
WORK: Mapping[str, Any] = {"notice": "work"}


def announce_events(newest: Mapping[int, int]) -> None:
    """Tell people's open pages how far their feeds have grown: the newest number of each person, by their id.

    Once the transaction is committed.
    """
    transaction.on_commit(lambda: tell(newest))


def tell(newest: Mapping[int, int]) -> None:
    """Tell them now."""
    _sender_of(CHANNELS).tell(newest)


def announce_work(queue_name: str) -> None:
    """Tell a worker that an application waits, once the transaction that queued it is committed."""
    transaction.on_commit(lambda: send_hint(RUN_WAITING, queue_name))


def announce_to_devices(user_id: int, message: Mapping[str, Any]) -> None:
    """Tell the person's connected devices, once the transaction is committed (docs/devices.md, `/ws/device/`)."""
    transaction.on_commit(lambda: send_to_devices(user_id, message))


def send_to_devices(user_id: int, message: Mapping[str, Any]) -> None:
    """Tell the person's connected devices now."""
    send(CHANNELS, lambda loop: loop.run_until_complete(_tell(devices_of(user_id), message)))


def stop(attempt_id: int, reason: str) -> Mapping[str, Any]:
    """Return what tells a device that an attempt is no longer its own."""
    return {"notice": "stop", "attempt": attempt_id, "reason": reason}


def announce_news() -> None:
    """Tell a worker that people are to be told of something, once the transaction that made it is committed."""
    transaction.on_commit(lambda: send_hint(DELIVER_NEWS, "maintenance"))


def announce_dead_letters() -> None:
    """Tell a worker that somebody must hear of an end, once the transaction that made it is committed."""
    transaction.on_commit(lambda: send_hint(TELL_DEAD_LETTERS, "application:deadletter"))


def send_hint(task: str, queue_name: str) -> None:
    """Put the task's name on the Celery queue."""
    send(
        BROKER,
        lambda loop: current_app.send_task(
            task, queue=queue_name, retry=False, ignore_result=True, confirm_timeout=CONFIRM_LIMIT
        ),
    )


class _Sender(threading.Thread):
    """Sends one role's hints one after another, so that nobody who has committed a change waits for a server.

    One for each role, so that those of the others do not wait for a server that is away. It has an event loop of its
    own: the channel layer keeps its connections for as long as the loop lives.
    """

    def __init__(self, role: str) -> None:
        super().__init__(name=f"hints to {role}", daemon=True)
        self.role = role
        self.pid = os.getpid()
        self.hints: queue.Queue[Hint] = queue.Queue(MOST_UNSENT)
        self._grown: dict[int, int] = {}  # each person's newest number that no page has been told of
        self._growing = threading.Lock()
        self.start()

    def run(self) -> None:
        loop = asyncio.new_event_loop()
        while True:
            hint = self.hints.get()
            try:
                hint(loop)
            except UNREACHABLE as error:
                logger.warning("The server of the role “%s” is out of reach, a hint is dropped: %s", self.role, error)
            except Exception:  # the top of a worker: one bad hint must not silence the rest
                logger.exception("A hint could not be sent")

    def send(self, hint: Hint) -> bool:
        """Send it when its turn comes; with too many unsent ones it is dropped, and False returned."""
        try:
            self.hints.put_nowait(hint)
        except queue.Full:
            logger.warning("Too many hints are unsent; one is dropped")
            return False
        return True

    def tell(self, newest: Mapping[int, int]) -> None:
        """Send each person's newest number. What waits to be sent goes along with it: only the newest matters."""
        with self._growing:
            waits = bool(self._grown)
            for user_id, seq in newest.items():
                self._grown[user_id] = max(seq, self._grown.get(user_id, 0))
            if not waits and not self.send(lambda loop: loop.run_until_complete(self._publish())):
                self._grown.clear()

    async def _publish(self) -> None:
        with self._growing:
            newest, self._grown = self._grown, {}
        unsent = 0
        for user_id in _listening(newest) if len(newest) > FEW else newest:
            try:
                await _tell(group_name(user_id), {"seq": newest[user_id]})
            except UNREACHABLE:  # the others' hosts may be there
                unsent += 1
        if unsent:
            logger.warning("A host of the channel layer is out of reach, %s hints are dropped", unsent)


def _listening(people: Iterable[int]) -> list[int]:
    """Return those who have a page open. For many it is quicker to ask that first than to tell each."""
    # As the layer names a group's channel; somebody who comes later reads the feed from PostgreSQL.
    channels = {f"{settings.REDIS_PREFIX}__group__{group_name(user_id)}": user_id for user_id in people}
    listening: list[int] = []
    for host in settings.CHANNEL_URLS:  # a group's listeners are all on one of them, which the layer alone knows
        try:
            heard: Any = redis_now(host).pubsub_numsub(*channels)
        except UNREACHABLE as error:
            logger.warning("A host of the channel layer is out of reach, its pages are not told: %s", error)
        else:
            listening += [channels[channel.decode()] for channel, listeners in heard if listeners]
    return listening


def send(role: str, hint: Hint) -> bool:
    """Hand the hint to this process's sender for the role; False if it is dropped."""
    return _sender_of(role).send(hint)


def _sender_of(role: str) -> _Sender:
    with _starting:
        sender = _senders.get(role)
        if sender is None or sender.pid != os.getpid():
            sender = _senders[role] = _Sender(role)
        return sender


_starting = threading.Lock()
_senders: dict[str, _Sender] = {}


async def _tell(group: str, notice: Mapping[str, Any]) -> None:
    await channel_layer().group_send(group, {"type": "notice", "group": group, **notice})


def channel_layer() -> BaseChannelLayer:
    layer = get_channel_layer()
    if layer is None:
        raise ImproperlyConfigured("CHANNEL_LAYERS has no default layer")
    return layer


def group_name(user_id: int) -> str:
    """The channel layer's group of all that show this person's feed."""
    return f"person.{user_id}"


def devices_of(user_id: int) -> str:
    """The channel layer's group of this person's connected devices."""
    return f"devices.{user_id}"
