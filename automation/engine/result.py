"""What came of a run: the outcome, why, what was filled in, and what is left to ask."""

from dataclasses import asdict, dataclass, field
from enum import StrEnum
from typing import Any


class Outcome(StrEnum):
    """How a run ended."""

    SUBMITTED = "submitted"
    UNCONFIRMED = "unconfirmed"
    NEEDS_ANSWERS = "needs_answers"
    CHALLENGE = "challenge"
    POSTING_CLOSED = "posting_closed"
    ALREADY_APPLIED = "already_applied"
    BLOCKED = "blocked"
    FAILED = "failed"
    DRY_RUN = "dry_run"


EXIT_CODES: dict[Outcome, int] = {
    Outcome.SUBMITTED: 0,
    Outcome.DRY_RUN: 0,
    Outcome.FAILED: 1,
    Outcome.UNCONFIRMED: 3,
    Outcome.NEEDS_ANSWERS: 4,
    Outcome.CHALLENGE: 5,
    Outcome.POSTING_CLOSED: 6,
    Outcome.ALREADY_APPLIED: 7,
    Outcome.BLOCKED: 8,
}
BAD_ARGUMENTS = 2


class FailureKind(StrEnum):
    """Why a run did not end in a confirmed submission."""

    NETWORK = "network"
    TIMEOUT = "timeout"
    SITE_ERROR = "site_error"
    RATE_LIMITED = "rate_limited"
    PROXY_BLOCKED = "proxy_blocked"
    BROWSER_CRASH = "browser_crash"
    RUNNER_LOST = "runner_lost"
    POSTING_CLOSED = "posting_closed"
    ALREADY_APPLIED = "already_applied"
    FORM_UNSUPPORTED = "form_unsupported"
    QUESTION = "question"
    CHALLENGE = "challenge"
    UNCONFIRMED = "unconfirmed"


RETRYABLE = frozenset(
    {
        FailureKind.NETWORK,
        FailureKind.TIMEOUT,
        FailureKind.SITE_ERROR,
        FailureKind.RATE_LIMITED,
        FailureKind.PROXY_BLOCKED,
        FailureKind.BROWSER_CRASH,
        FailureKind.RUNNER_LOST,
    }
)


class Source(StrEnum):
    """Where the value of a field came from."""

    PROFILE = "profile"
    ANSWER = "answer"
    RESUME = "resume"
    DEFAULT = "default"
    SKIPPED = "skipped"


class Why(StrEnum):
    """Why a question is asked of the person."""

    UNKNOWN = "unknown"
    AMBIGUOUS = "ambiguous"
    LEGAL = "legal"


@dataclass(frozen=True)
class FieldReport:
    """One field of the form, with what the page held after it was filled."""

    label: str
    kind: str
    required: bool
    value: str
    source: Source


@dataclass(frozen=True)
class Question:
    """A required field that only the person can answer."""

    label: str
    kind: str
    options: list[str]
    required: bool
    why: Why


@dataclass
class Result:
    """The end of a run, as the CLI prints it and as runners report it."""

    outcome: Outcome
    message: str
    url: str = ""
    final_url: str = ""
    confirmation: str = "none"  # "response", "page" or "none"
    company_script: str = ""
    failure_kind: FailureKind | None = None
    fields: list[FieldReport] = field(default_factory=list)
    questions: list[Question] = field(default_factory=list)
    evidence: list[str] = field(default_factory=list)
    retry_after: float | None = None  # seconds that the site asked us to wait
    seconds: float = 0.0

    @property
    def retryable(self) -> bool:
        return self.failure_kind in RETRYABLE

    @property
    def exit_code(self) -> int:
        return EXIT_CODES[self.outcome]

    def to_json(self) -> dict[str, Any]:
        """Return the result as plain JSON values."""
        body = asdict(self)
        body["outcome"] = str(self.outcome)
        body["seconds"] = round(self.seconds, 1)
        if self.retry_after is None:
            del body["retry_after"]
        if self.failure_kind is None:
            del body["failure_kind"]
        else:
            body |= {"failure_kind": str(self.failure_kind), "retryable": self.retryable}
        return body


class Ended(Exception):
    """The run is over: raised by whichever part finds out, and turned into the Result by `run`."""

    def __init__(
        self,
        outcome: Outcome,
        message: str,
        kind: FailureKind | None = None,
        *,
        confirmation: str = "none",
        questions: list[Question] | None = None,
    ) -> None:
        super().__init__(message)
        self.outcome = outcome
        self.message = message
        self.kind = kind
        self.confirmation = confirmation
        self.questions = questions or []
