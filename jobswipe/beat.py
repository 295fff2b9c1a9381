"""What beat is told to do from time to time, entry by entry."""

from typing import Any


def every(seconds: float, task: str, *, expires: float | None = None) -> dict[str, Any]:
    """Return the entry of a task of upkeep. Unless told, a message is void once the next one is due."""
    return {
        "task": task,
        "schedule": seconds,
        "options": {"queue": "maintenance", "expires": seconds if expires is None else expires},
    }
