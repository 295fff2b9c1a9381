"""What came of a run."""

from enum import StrEnum


class Outcome(StrEnum):
    SUBMITTED = "submitted"
    UNCONFIRMED = "unconfirmed"
    NEEDS_ANSWERS = "needs_answers"
    CHALLENGE = "challenge"
    POSTING_CLOSED = "posting_closed"
    ALREADY_APPLIED = "already_applied"
    BLOCKED = "blocked"
    FAILED = "failed"
    DRY_RUN = "dry_run"


class FailureKind(StrEnum):
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
