"""The program's own log: a file in its folder that does not grow for ever."""

import logging
import sys
import time
from collections import deque
from collections.abc import Iterator
from logging.handlers import RotatingFileHandler
from pathlib import Path

FORMAT = "%(asctime)s %(levelname)s %(message)s"
MOST_BYTES = 1024 * 1024
POLL = 0.3  # seconds


def path(folder: Path) -> Path:
    return folder / "agent.log"


def start(folder: Path, *, on_screen: bool) -> None:
    """Write to the file from here on, and to stderr where no view is shown."""
    handlers: list[logging.Handler] = [
        RotatingFileHandler(path(folder), maxBytes=MOST_BYTES, backupCount=2, encoding="utf-8")
    ]
    if on_screen:
        handlers.append(logging.StreamHandler(sys.stderr))
    logging.basicConfig(level=logging.INFO, format=FORMAT, handlers=handlers)
    for noisy in ("urllib3", "selenium", "websockets"):
        logging.getLogger(noisy).setLevel(logging.ERROR)


def tail(folder: Path, lines: int) -> list[str]:
    """Return the last lines."""
    try:
        with path(folder).open(encoding="utf-8", errors="replace") as file:
            return list(deque(file, maxlen=lines))
    except FileNotFoundError:
        return []


def follow(folder: Path) -> Iterator[str]:
    """Give the lines that are added from now on, until it is interrupted."""
    path(folder).touch()
    with path(folder).open(encoding="utf-8", errors="replace") as file:
        file.seek(0, 2)
        while True:
            if line := file.readline():
                yield line
            else:
                time.sleep(POLL)
