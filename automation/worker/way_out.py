"""The way out of one attempt: an exit leased for it, a forwarder that speaks to it, and what its use showed."""

import logging
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.utils import timezone

from automation.engine.browser.context import ContextOptions
from automation.engine.result import FailureKind, Outcome
from automation.models import Attempt
from automation.worker.patience import patiently
from proxies import rotator
from proxies.forwarder import Forwarder, forwarding
from proxies.models import Verdict
from proxies.places import language_of, time_zone_of
from proxies.waiting import MustWait, Reason

logger = logging.getLogger(__name__)

ANOTHER = timedelta(seconds=3)  # until another exit is taken in place of one that broke
VERDICTS: dict[FailureKind, Verdict] = {
    FailureKind.RATE_LIMITED: Verdict.RATE_LIMITED,
    FailureKind.PROXY_BLOCKED: Verdict.REFUSED,
    FailureKind.CHALLENGE: Verdict.CHALLENGE,
    FailureKind.TIMEOUT: Verdict.TIMEOUT,
    FailureKind.NETWORK: Verdict.UNREACHABLE,
    FailureKind.BROWSER_CRASH: Verdict.NONE,
    FailureKind.RUNNER_LOST: Verdict.NONE,
}


@dataclass
class WayOut:
    """A leased exit in use; `context` is how the browser goes out by it."""

    attempt: Attempt
    exit: rotator.Exit
    forwarder: Forwarder | None
    verdict: Verdict = Verdict.NONE
    retry_after: float | None = None
    context: ContextOptions = field(default_factory=ContextOptions)

    def judge(self, result: dict[str, Any]) -> None:
        """Learn from the engine's result. Raises MustWait if the exit broke and nothing was sent: another is taken."""
        self.retry_after = result.get("retry_after")
        kind = result.get("failure_kind")
        failed = result["outcome"] == Outcome.FAILED
        broke = self._trouble() if failed or result["outcome"] == Outcome.UNCONFIRMED else ""
        if not broke:
            self.verdict = VERDICTS.get(FailureKind(kind), Verdict.REACHED) if kind else Verdict.REACHED
            return
        self.verdict = Verdict.EXIT_FAILED
        logger.warning("Proxy %s broke in attempt %s: %s", self.exit.proxy, self.attempt.pk, broke)
        if failed:
            raise MustWait(Reason.EXIT_BROKE, timezone.now() + ANOTHER)

    def _trouble(self) -> str:
        host = urlsplit(self.attempt.packet["url"]).hostname or ""
        return self.forwarder.trouble_at(host) if self.forwarder and self.exit.upstream else ""


@contextmanager
def way_out(attempt: Attempt) -> Iterator[WayOut]:
    """Lease an exit for as long as the block runs. Raises MustWait when there is none to be had now."""
    candidate, url = attempt.packet["candidate"], attempt.packet["url"]
    country = candidate.get("address", {}).get("country", "")
    taken = patiently(
        lambda: rotator.lease(
            attempt.application.user_id,
            rotator.host_of(url),
            employer=attempt.packet["snapshot"]["company"]["name"].casefold(),
            country=country,
            holder=f"attempt {attempt.pk}",
        )
    )
    way = WayOut(attempt, taken, None)
    try:
        with ExitStack() as stack:
            only_public = not settings.BROWSER_MAY_GO_INSIDE
            if taken.upstream or only_public:
                way.forwarder = stack.enter_context(forwarding(taken.upstream, only_public=only_public))
                way.context = ContextOptions(proxy=way.forwarder.url)
            if taken.upstream and way.forwarder:
                way.context = ContextOptions(
                    proxy=way.forwarder.url,
                    time_zone=time_zone_of(taken.country, country, candidate.get("phone", "")),
                    language=language_of(country),
                )
            patiently(lambda: Attempt.objects.filter(pk=attempt.pk).update(proxy=taken.proxy))
            yield way
    finally:
        patiently(lambda: rotator.release(taken.lease, way.verdict, retry_after=way.retry_after))
