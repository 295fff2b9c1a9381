"""Waits between tries: twice as long each time, up to a limit, spread so that many do not come at once."""

import random
from dataclasses import dataclass, field


@dataclass
class Backoff:
    """Seconds."""

    first: float = 0.5
    most: float = 30.0
    _next: float = field(default=0.0, init=False)

    def wait(self) -> float:
        """Return how long to wait now: between half of the wait and all of it."""
        self._next = min(self._next * 2 or self.first, self.most)
        return self._next * random.uniform(0.5, 1.0)  # noqa: S311 spreads load, guards nothing

    def reset(self) -> None:
        """Begin anew: it has worked."""
        self._next = 0.0
