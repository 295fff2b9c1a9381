"""What the engine asks of whoever runs it."""

from pathlib import Path
from typing import Protocol


class Stopped(Exception):
    """Stop now: the lease is lost, the person withdrew, or the runner has to go. Raised by a host, before the grant."""


class Host(Protocol):
    """A server worker, the desktop agent, or the command line."""

    def step(self, name: str, message: str, percent: int) -> None:
        """Hear what the engine does now, in a sentence for the person. May raise Stopped."""

    def begin_submit(self) -> bool:
        """Grant the one click that submits; without True there is no click."""

    def evidence(self, path: Path, kind: str) -> None:
        """Take a file that shows what was seen or sent; it may be gone when the run is over."""
