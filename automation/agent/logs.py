"""The program's own log: a file in its folder that does not grow for ever.

Lines to read, or JSON as the site writes it: `application`, `attempt`, `person` and `device` are the site's ids, and
`request` is what that thread last asked the site, so that one application is followed from its log to this one.
"""

import logging
import sys
import time
from collections import deque
from collections.abc import Iterator, MutableMapping
from logging.handlers import RotatingFileHandler
from pathlib import Path
from typing import Any

from automation.engine.redaction import removed, without_personal_data

FORMAT = "%(asctime)s %(levelname)s %(message)s"
MOST_BYTES = 1024 * 1024
POLL = 0.3  # seconds

owner: dict[str, Any] = {}  # `person` and `device`, once the site has told them: they hold for every thread


class Line(logging.Formatter):
    """A line to read, without what looks like the person's own: it may be shown to whoever helps them."""

    def format(self, record: logging.LogRecord) -> str:
        return removed(super().format(record))


def path(folder: Path) -> Path:
    return folder / "agent.log"


def start(folder: Path, *, on_screen: bool, as_json: bool) -> None:
    """Write to the file from here on, and to stderr where no view is shown."""
    handlers: list[logging.Handler] = [
        RotatingFileHandler(path(folder), maxBytes=MOST_BYTES, backupCount=2, encoding="utf-8")
    ]
    if on_screen:
        handlers.append(logging.StreamHandler(sys.stderr))
    formatter = _json() if as_json else Line(FORMAT)
    for handler in handlers:
        handler.setFormatter(formatter)
    logging.basicConfig(level=logging.INFO, handlers=handlers)
    for noisy in ("urllib3", "selenium", "websockets"):
        logging.getLogger(noisy).setLevel(logging.ERROR)


def _json() -> logging.Formatter:
    import structlog  # only where work is done: it takes longer to load than `status` may take

    return structlog.stdlib.ProcessorFormatter(
        foreign_pre_chain=[
            structlog.contextvars.merge_contextvars,
            _with_owner,
            structlog.stdlib.add_log_level,
            structlog.stdlib.add_logger_name,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
        ],
        processors=[
            structlog.stdlib.ProcessorFormatter.remove_processors_meta,
            structlog.processors.format_exc_info,
            without_personal_data,
            structlog.processors.JSONRenderer(default=str),
        ],
    )


def _with_owner(_: Any, __: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    return {**event, **owner}


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
