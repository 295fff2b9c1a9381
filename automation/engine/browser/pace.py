"""How fast the engine acts: as a person does, or as fast as the page allows."""

import math
import random
import time
from collections.abc import Callable, Iterator
from enum import StrEnum

STRIDE = 55.0  # pixels that a hand moves between two of the mouse's reports
MOST_STRIDES = 24


class Pace(StrEnum):
    HUMAN = "human"
    FAST = "fast"


class Rhythm:
    """Pauses and movements, the same for the same seed; none at all at `fast`. Times are seconds."""

    def __init__(self, pace: Pace, seed: int | None = None, *, sleep: Callable[[float], None] = time.sleep) -> None:
        self.pace = pace
        self._random = random.Random(seed)  # noqa: S311 spreads pauses, guards nothing
        self._sleep = sleep

    def before_field(self) -> None:
        """Pause as a person does who reads the next label."""
        self._pause(0.6, 0.4)

    def between_keys(self, sign: str) -> None:
        """Pause as a typist does between two keys, some 80 words a minute, and longer where a word ends."""
        self._pause(0.12 if sign in " \n.,;" else 0.065, 0.35)

    def between_moves(self) -> None:
        """Pause for as long as a mouse takes to report again."""
        self._pause(0.012, 0.2)

    def while_pressed(self) -> None:
        """Hold a button of the mouse as long as a finger does."""
        self._pause(0.08, 0.25)

    def before_submit(self) -> None:
        """Pause as a person does who looks the form over."""
        self._pause(1.5, 0.3)

    def way(self, start: tuple[float, float], end: tuple[float, float]) -> Iterator[tuple[float, float]]:
        """Give the points of a hand's way in pixels: a slight arc, quick in the middle, slow at its ends."""
        if self.pace is not Pace.HUMAN:
            return
        across, down = end[0] - start[0], end[1] - start[1]
        strides = min(max(int(math.hypot(across, down) / STRIDE), 2), MOST_STRIDES)
        bend = self._random.gauss(0, 0.08)
        for number in range(1, strides + 1):
            share = (1 - math.cos(math.pi * number / strides)) / 2
            aside = bend * math.sin(math.pi * share)
            yield start[0] + share * across - aside * down, start[1] + share * down + aside * across

    def _pause(self, median: float, spread: float) -> None:
        """Pause for a time from a log-normal distribution, which is how people's reaction times are spread."""
        if self.pace is Pace.HUMAN:
            self._sleep(min(self._random.lognormvariate(math.log(median), spread), median * 4))
