"""How fast the engine acts: as a person does, or as fast as the page allows."""

import random
import time
from enum import StrEnum


class Pace(StrEnum):
    HUMAN = "human"
    FAST = "fast"


class Rhythm:
    """Pauses between actions, the same for the same seed; none at all at `fast`."""

    def __init__(self, pace: Pace, seed: int | None = None) -> None:
        self.pace = pace
        self._random = random.Random(seed)  # noqa: S311 spreads pauses, guards nothing

    def before_field(self) -> None:
        """Pause as a person does who reads the next label."""
        self._pause(0.6, 0.25)

    def between_keys(self) -> None:
        """Pause as a typist does between two keys: some 60 words a minute."""
        self._pause(0.07, 0.03)

    def before_submit(self) -> None:
        """Pause as a person does who looks the form over."""
        self._pause(1.5, 0.5)

    def _pause(self, mean: float, deviation: float) -> None:
        if self.pace is Pace.HUMAN:
            time.sleep(min(max(self._random.gauss(mean, deviation), mean / 4), mean * 3))
