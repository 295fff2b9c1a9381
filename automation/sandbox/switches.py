"""The quirks that a test or a demo can ask for in the address of a posting."""

import asyncio
from dataclasses import dataclass

from starlette.exceptions import HTTPException
from starlette.requests import Request

LONGEST = 60  # seconds
FLAGS = (
    "error_once", "closed", "captcha", "code", "silent", "swallow", "applied", "ask", "drop_once", "steps",
    "invalid_once", "spam", "signed_in",
)  # fmt: skip


@dataclass(frozen=True)
class Switches:
    """What this address behaves like. They stay in the query, so the submit behaves the same."""

    slow: float = 0  # seconds until a page or the submit answers
    status: int = 200  # the page answers this
    submit: int = 200  # a complete submit answers this, and is not received
    error_once: bool = False  # the first complete submit of an e-mail answers 500, and is not received
    closed: bool = False
    captcha: bool = False
    code: bool = False  # Harborlight: the submit asks for a code that was sent by e-mail; see `harborlight.CODE`
    silent: bool = False  # the submit is received, and nothing says so
    swallow: bool = False  # the submit is turned away, and nothing says so
    applied: bool = False  # the submit answers "already applied"
    ask: bool = False  # one more required question, which nobody can know
    drop_once: bool = False  # Harborlight: a drop-down loses its value shortly after the first pick
    steps: bool = False  # Meridian: the form comes in steps, with "Next" between them
    invalid_once: bool = False  # the first complete submit comes back with an error, and the form has lost something
    spam: bool = False  # the submit is refused as automated traffic
    signed_in: bool = False  # Graniteco: the person has signed in before, so the way goes straight to the form

    @classmethod
    def of(cls, request: Request) -> "Switches":
        """Raises HTTPException (400) for a switch whose value makes no sense."""
        query = request.query_params
        return cls(
            slow=_number(query.get("slow", "0"), "slow", 0, LONGEST),
            status=int(_number(query.get("status", "200"), "status", 200, 599)),
            submit=int(_number(query.get("submit", "200"), "submit", 200, 599)),
            **{name: query.get(name) == "1" for name in FLAGS},
        )

    async def delay(self) -> None:
        await asyncio.sleep(self.slow)


def _number(text: str, name: str, least: int, most: int) -> float:
    try:
        value = float(text)
    except ValueError:
        value = -1
    if not least <= value <= most:
        raise HTTPException(400, f"{name} is a number from {least} to {most}.")
    return value
