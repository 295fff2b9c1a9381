"""Why an application has to wait before it goes out, and until when."""

from datetime import datetime
from enum import StrEnum

from django.utils.translation import gettext_noop


class Reason(StrEnum):
    """What has to pass first."""

    NO_EXIT = "no_exit"
    EXITS_BUSY = "exits_busy"
    EXITS_ILL = "exits_ill"
    EXIT_BROKE = "exit_broke"
    PARALLEL = "parallel"
    GAP = "gap"
    HOUR_FULL = "hour_full"
    DAY_FULL = "day_full"
    QUIET_HOURS = "quiet_hours"
    RETRY_AFTER = "retry_after"
    BREAKER = "breaker"
    TRIAL = "trial"


SENTENCES: dict[Reason, str] = {
    Reason.NO_EXIT: gettext_noop("Our server has no way out at the moment. This goes on by itself once it has one."),
    Reason.EXITS_BUSY: gettext_noop("All our ways to this employer are in use. Yours is next as soon as one is free."),
    Reason.EXITS_ILL: gettext_noop("Our ways to this employer have trouble at the moment. We try again by ourselves."),
    Reason.EXIT_BROKE: gettext_noop("Our way to the employer broke before anything was sent. We take another one."),
    Reason.PARALLEL: gettext_noop(
        "Others are applying to this employer right now, and we do not crowd it. Yours follows."
    ),
    Reason.GAP: gettext_noop("We leave some time between two applications to the same employer. Yours follows."),
    Reason.HOUR_FULL: gettext_noop("This employer has had as many applications this hour as we send. Yours follows."),
    Reason.DAY_FULL: gettext_noop(
        "You have sent this employer as many applications today as is wise. This one goes out tomorrow."
    ),
    Reason.QUIET_HOURS: gettext_noop("It is night where this employer is. Yours goes out when their day begins."),
    Reason.RETRY_AFTER: gettext_noop("The employer's site asked us to slow down, so we wait as long as it asked."),
    Reason.BREAKER: gettext_noop(
        "The employer's site is turning applications away at the moment. Yours waits, and nothing is lost."
    ),
    Reason.TRIAL: gettext_noop("We are trying whether the employer's site takes applications again. Yours follows."),
}


class MustWait(Exception):
    """Nothing goes out now: `reason`, and `until` when to ask again."""

    def __init__(self, reason: Reason, until: datetime) -> None:
        super().__init__(f"{reason} until {until:%Y-%m-%d %H:%M:%S %Z}")
        self.reason = reason
        self.until = until

    @property
    def sentence(self) -> str:
        """What its person is told."""
        return SENTENCES[self.reason]
