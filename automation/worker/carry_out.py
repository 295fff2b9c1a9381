"""Carry out one claimed application: from its packet, through the engine, to its outcome."""

import logging
import tempfile
import threading
from dataclasses import replace
from datetime import datetime
from itertools import count
from pathlib import Path
from typing import Any

from django.conf import settings
from structlog.contextvars import bound_contextvars

from accounts.models import Resume
from automation.engine.browser.orphans import named
from automation.engine.host import Stopped
from automation.engine.packet import Incomplete, task_of
from automation.engine.result import FailureKind, Outcome
from automation.engine.run import run
from automation.leases import LeaseLost, begin_submit, give_back, start
from automation.models import Attempt
from automation.outcomes import finish
from automation.reports import Step, add_evidence, report_steps
from automation.worker.lease_keeper import LeaseKeeper
from automation.worker.patience import patiently
from automation.worker.slot import Slot
from automation.worker.way_out import way_out
from proxies.waiting import MustWait

logger = logging.getLogger(__name__)


def carry_out(attempt: Attempt, slot: Slot, stopping: threading.Event) -> None:
    """Run the attempt to its end, whatever that is. Nothing is raised: the outcome is in the database."""
    ids = {"attempt": attempt.pk, "application": attempt.application_id, "person": attempt.application.user_id}
    with bound_contextvars(**ids):
        _carry_out(attempt, slot, stopping)


def _carry_out(attempt: Attempt, slot: Slot, stopping: threading.Event) -> None:
    try:
        result = _run(attempt, slot, stopping)
        patiently(lambda: finish(attempt_id=attempt.pk, lease=attempt.lease, result=result))
    except LeaseLost:
        logger.info("Attempt %s is no longer ours", attempt.pk)
    except MustWait as wait:
        logger.info("Attempt %s waits: %s", attempt.pk, wait)
        _give_back(attempt, wait.sentence, wait.until)
    except Stopped:
        _give_back(attempt, "Our server is restarting; this goes on shortly.")
    except Exception:  # the top of a worker: one broken attempt must not end the loop
        logger.exception("Attempt %s of application %s broke", attempt.pk, attempt.application_id)
        _report_crash(attempt)


def _run(attempt: Attempt, slot: Slot, stopping: threading.Event) -> dict[str, Any]:
    with tempfile.TemporaryDirectory(prefix=named("work")) as folder, LeaseKeeper(attempt) as keeper:
        try:
            task = task_of(
                attempt.packet,
                Path(folder),
                content_of=_content,
                pace=settings.ENGINE_PACE,
                time_limit=settings.ATTEMPT_TIME_LIMIT,
            )
        except Incomplete as lacking:
            return {"outcome": Outcome.NEEDS_ANSWERS, "message": str(lacking), "questions": []}
        with way_out(attempt) as way:
            keeper.exit_lease = way.exit.lease
            patiently(lambda: start(attempt_id=attempt.pk, lease=attempt.lease))
            browser = slot.browser()
            keeper.watch(browser)
            task = replace(task, context=way.context)
            result = run(task, browser=browser, host=LeaseHost(attempt, stopping)).to_json()
            way.judge(result)
            return result


def _content(resume: dict[str, Any]) -> bytes:
    with patiently(lambda: Resume.objects.get(pk=resume["id"])).file.open() as file:
        return bytes(file.read())


class LeaseHost:
    """The engine's host on a server: what it tells goes to the database, under the attempt's lease."""

    def __init__(self, attempt: Attempt, stopping: threading.Event) -> None:
        self._attempt = attempt
        self._stopping = stopping
        self._numbers = count(1)
        self._granted = False

    def step(self, name: str, message: str, percent: int) -> None:
        if self._stopping.is_set() and not self._granted:
            raise Stopped
        step = Step(next(self._numbers), name, message, percent)
        patiently(lambda: report_steps(attempt_id=self._attempt.pk, lease=self._attempt.lease, steps=[step]))

    def begin_submit(self) -> bool:
        try:
            patiently(lambda: begin_submit(attempt_id=self._attempt.pk, lease=self._attempt.lease))
        except LeaseLost:
            return False
        self._granted = True
        return True

    def evidence(self, path: Path, kind: str) -> None:
        content = path.read_bytes()
        patiently(lambda: add_evidence(attempt=self._attempt, name=path.name, kind=kind, content=content))


def _give_back(attempt: Attempt, message: str, until: datetime | None = None) -> None:
    try:
        give_back(attempt_id=attempt.pk, lease=attempt.lease, message=message, until=until)
    except LeaseLost:
        logger.info("Attempt %s could not be given back: it is over", attempt.pk)


def _report_crash(attempt: Attempt) -> None:
    """Close a broken attempt; should that fail too, its lease runs out and the sweep does it."""
    result = {
        "outcome": Outcome.FAILED,
        "failure_kind": FailureKind.RUNNER_LOST,
        "message": "Something broke on our side before this was sent.",
    }
    try:
        finish(attempt_id=attempt.pk, lease=attempt.lease, result=result)
    except Exception:  # still the top of the worker
        logger.exception("Attempt %s could not be closed", attempt.pk)
