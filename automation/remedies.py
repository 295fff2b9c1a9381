"""What becomes of an application whose attempt did not submit it: one table decides, by `failure_kind`."""

import random
from datetime import timedelta
from enum import Enum, auto

from django.conf import settings

from automation.engine.result import FailureKind


class Remedy(Enum):
    RETRY = auto()
    GIVE_UP = auto()
    ASK = auto()


REMEDIES: dict[FailureKind, Remedy] = {
    FailureKind.NETWORK: Remedy.RETRY,
    FailureKind.TIMEOUT: Remedy.RETRY,
    FailureKind.SITE_ERROR: Remedy.RETRY,
    FailureKind.RATE_LIMITED: Remedy.RETRY,
    FailureKind.PROXY_BLOCKED: Remedy.RETRY,
    FailureKind.BROWSER_CRASH: Remedy.RETRY,
    FailureKind.RUNNER_LOST: Remedy.RETRY,
    FailureKind.POSTING_CLOSED: Remedy.GIVE_UP,
    FailureKind.ALREADY_APPLIED: Remedy.GIVE_UP,
    FailureKind.FORM_UNSUPPORTED: Remedy.GIVE_UP,
    FailureKind.QUESTION: Remedy.ASK,
    FailureKind.CHALLENGE: Remedy.ASK,
    FailureKind.UNCONFIRMED: Remedy.ASK,
}

# After the grant these leave open whether the employer took the application, so the person is asked and nothing is
# sent again. The others are the site's own refusal: it said what was wrong, so it did not take it.
DOUBTFUL_AFTER_GRANT = frozenset(
    {
        FailureKind.NETWORK,
        FailureKind.TIMEOUT,
        FailureKind.SITE_ERROR,
        FailureKind.BROWSER_CRASH,
        FailureKind.RUNNER_LOST,
        FailureKind.UNCONFIRMED,
    }
)

# The employer ended these, not we: there is nothing for staff to mend.
ENDED_BY_THE_SITE = frozenset({FailureKind.POSTING_CLOSED, FailureKind.ALREADY_APPLIED})


def wait_before_retry(tries: int) -> timedelta:
    """Return how long to wait after the try number `tries`: the stated wait, more or less a fifth of it."""
    waits = settings.RETRY_WAITS
    seconds = waits[min(tries, len(waits)) - 1]
    return timedelta(seconds=seconds * random.uniform(0.8, 1.2))  # noqa: S311 spreads load, guards nothing
