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


class InvalidInput(Problem):
    """What was sent cannot be used as it is."""

    code = "invalid"
    status = HTTPStatus.BAD_REQUEST
