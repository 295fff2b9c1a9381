"""The quirks that a test or a demo can ask for in the address of a posting."""

import asyncio
from dataclasses import dataclass

from starlette.requests import Request


@dataclass(frozen=True)
class Switches:
    """What this address behaves like. They stay in the query, so the submit behaves the same."""

    slow: float = 0  # seconds until a page or the submit answers
    status: int = 200  # the page answers this
    error_once: bool = False  # the first submit of an e-mail answers 500, and is not received
    closed: bool = False
    captcha: bool = False
    silent: bool = False  # the submit is received, and nothing says so
    applied: bool = False  # the submit answers "already applied"
    ask: bool = False  # one more required question, which nobody can know
    drop_once: bool = False  # a drop-down loses its value shortly after the first pick

    @classmethod
    def of(cls, request: Request) -> "Switches":
        query = request.query_params
        flags = ("error_once", "closed", "captcha", "silent", "applied", "ask", "drop_once")
        return cls(
            slow=min(float(query.get("slow", 0)), 60),
            status=int(query.get("status", 200)),
            **{name: query.get(name) == "1" for name in flags},
        )

    async def delay(self) -> None:
        await asyncio.sleep(self.slow)
