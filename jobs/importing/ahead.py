"""Something that is made while what was made before it is in use."""

import queue
import threading
from collections.abc import Iterable, Iterator
from contextlib import suppress
from typing import Generic, TypeVar

Item = TypeVar("Item")
SOON = 0.1  # seconds after which the thread sees that nobody takes what it makes


class Ahead(Generic[Item]):
    """Items, made by a thread of their own that is one ahead: while we wait for PostgreSQL, it works.

    An error in their making is raised after the items before it. The thread has ended when the context is left.
    """

    def __init__(self, items: Iterable[Item]) -> None:
        self._items = items
        self._made: queue.Queue[list[Item] | BaseException] = queue.Queue(maxsize=1)  # an item alone; none at the end
        self._is_left = threading.Event()
        self._thread = threading.Thread(target=self._make, name="made ahead", daemon=True)

    def __enter__(self) -> Iterator[Item]:
        self._thread.start()
        return self._taken()

    def __exit__(self, *error: object) -> None:
        self._is_left.set()
        self._thread.join()

    def _taken(self) -> Iterator[Item]:
        while made := self._made.get():
            if isinstance(made, BaseException):
                raise made
            yield made[0]

    def _make(self) -> None:
        try:
            for item in self._items:
                self._put([item])
                if self._is_left.is_set():
                    return
            self._put([])
        except BaseException as error:  # noqa: BLE001 raised where the items are taken
            self._put(error)

    def _put(self, made: "list[Item] | BaseException") -> None:
        while not self._is_left.is_set():
            with suppress(queue.Full):
                self._made.put(made, timeout=SOON)
                return
