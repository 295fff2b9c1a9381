"""What services refuse, said once for everyone: a code for programs, a sentence for people, a status for HTTP."""

from http import HTTPStatus
from typing import Any


class Problem(Exception):
    """A request that services refuse. Subclasses name the code; the sentence tells the person the way on."""

    code = "refused"
    status = HTTPStatus.CONFLICT

    def __init__(self, sentence: str, **details: Any) -> None:
        """`details` are for programs: further members of the problem document."""
        super().__init__(sentence)
        self.sentence = sentence
        self.details = details


class TooMany(Problem):
    """Slow down: too many tries."""

    code = "throttled"
    status = HTTPStatus.TOO_MANY_REQUESTS

    def __init__(self, sentence: str, retry_after: int) -> None:
        """`retry_after` is in seconds."""
        super().__init__(sentence, retry_after=retry_after)


class InvalidInput(Problem):
    """What was sent cannot be used as it is."""

    code = "invalid"
    status = HTTPStatus.BAD_REQUEST


def body_of(status: int, code: str, sentence: str, **more: Any) -> dict[str, Any]:
    """Return a problem document (RFC 9457): `{"type", "title", "status", "code", "detail"}` and what is `more`."""
    return {
        "type": "about:blank",
        "title": HTTPStatus(status).phrase,
        "status": int(status),
        "code": code,
        "detail": sentence,
        **more,
    }
