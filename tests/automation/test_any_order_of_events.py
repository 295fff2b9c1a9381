"""Whatever happens, in whatever order: two runners, a person, the sweep and the passing of time drive the services.

`pytest --hypothesis-profile long` looks far longer (tests/conftest.py).
"""

from collections import Counter, defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import connection, transaction
from django.db.models import F
from django.db.models.functions import Now
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    rule,
    run_state_machine_as_test,
)

from applications import services
from applications.models import Application, Event, EventCounter, Lane, Swipe
from applications.states import HELD, MOVES, ReviewKind, Status
from automation import leases
from automation.leases import LeaseLost
from automation.models import Attempt, DeadLetter, Device
from automation.outcomes import finish, return_stuck
from automation.reports import Step, report_steps
from automation.sweep import queue_due
from jobswipe.problems import Problem
from tests.conftest import make_job, make_person

RUNNERS = ("one", "another")
QUESTION = {"label": "Your favourite constellation?", "kind": "text", "options": [], "required": True, "why": "unknown"}
REFUSALS = ("rate_limited", "proxy_blocked", "posting_closed", "already_applied", "form_unsupported")  # the site's own
TROUBLES = ("network", "timeout", "site_error", "browser_crash")
NOT_YET_SENT = frozenset({Status.PENDING, Status.QUEUED, Status.CLAIMED})
KINDS = (*REFUSALS, *TROUBLES, "question", "challenge", "unconfirmed", *["submitted"] * 3)
WORDS = ("went_through", "did_not", "retry", "answer", "release", "withdraw", "undo")
ACTS = ("start", "grant", "finish", "rush", "beat", "step", "give_back", "die")
EVENTS = (
    *["rush"] * 6, *["grant"] * 2, *["finish"] * 2, "start", "beat", "step", "give_back", "die",
    *["claim"] * 5, *["time"] * 3, *["swipe"] * 2, *["did_not"] * 2,
    "went_through", "retry", "answer", "release", "withdraw", "undo", "staff", "lane",
)  # fmt: skip


@dataclass
class Held:
    """What a runner believes to hold, rightly or not."""

    attempt: Attempt
    granted: bool = False
    clicked: bool = False
    arrived: bool = False
    steps: int = 0


class World(RuleBasedStateMachine):
    """`arrived` counts what reached the employer of each application since its person's last word about it."""

    def __init__(self) -> None:
        super().__init__()
        self.rollback = transaction.atomic()
        self.rollback.__enter__()
        self.person = make_person("world")
        self.jobs = [make_job() for _ in range(3)]
        self.held: dict[str, list[Held]] = {runner: [] for runner in RUNNERS}
        self.swiped: dict[UUID, int] = {}  # key -> job
        self.arrived: Counter[int] = Counter()
        self.ever_arrived: Counter[int] = Counter()
        self.seen = 0  # the newest event that was looked at
        self.stands: dict[int, str] = defaultdict(str)  # as the events tell it

    def teardown(self) -> None:
        transaction.set_rollback(True)
        self.rollback.__exit__(None, None, None)

    @initialize()
    def swipes_on_everything(self) -> None:
        for number in range(len(self.jobs)):
            self._swipes(number, window=0, device=False)

    # One rule, so that each event is as likely as its weight: hypothesis switches whole rules off at times.
    @rule(
        event=st.sampled_from(EVENTS),
        which=st.integers(0, 2**16),
        kind=st.sampled_from(KINDS),
        lane=st.sampled_from(list(Lane)),
        runner=st.sampled_from(RUNNERS),
        flag=st.booleans(),
    )
    def something_happens(self, event: str, which: int, kind: str, lane: Lane, runner: str, flag: bool) -> None:
        everything = self.held[runner]
        if event in WORDS:
            self._says(event, self._application(which))
        elif event in ACTS:
            if everything:
                self._acts(event, everything[which % len(everything)], kind, flag)
        else:
            happens: dict[str, Callable[[], object]] = {
                "swipe": lambda: self._swipes(which, window=(0, 5, None)[which % 3], device=flag),
                "staff": lambda: self._staff_put_it_back(self._application(which)),
                "time": lambda: self._time_passes((1, 6, 100, 150, 700, 2000)[which % 6], sweep=flag),
                "lane": lambda: self._changes_lane(self._application(which), lane),
                "claim": lambda: self._claims(runner, lane, limit=1 + which % 3, start=flag),
            }
            happens[event]()

    # ------------------------------------------------------------ the person

    def _swipes(self, job: int, *, window: int | None, device: bool) -> None:
        self.person.candidate.undo_window = window
        self.person.candidate.save(update_fields=["undo_window"])
        self._pair(device)
        chosen = self.jobs[job % len(self.jobs)]
        key = uuid4()
        if self._may(services.AlreadyDecided, lambda: self._swipe(chosen.pk, key)):
            self.swiped[key] = chosen.pk
            assert Application.objects.filter(swipe__key=key, job=chosen).exists()
            before = _state()
            self._swipe(chosen.pk, key)  # the answer was lost: the same again
            assert _state() == before

    def _swipe(self, job: int, key: UUID) -> None:
        services.swipe(actor=self.person, job_id=job, direction=Swipe.Direction.RIGHT, key=key)

    def _pair(self, device: bool) -> None:
        if device:
            Device.objects.get_or_create(user=self.person, name="laptop", revoked_at=None)
        else:
            Device.objects.filter(user=self.person).update(revoked_at=Now())

    def _says(self, word: str, application: Application) -> None:
        who: dict[str, Any] = {"actor": self.person, "application_id": application.pk}
        words: dict[str, Callable[[], object]] = {
            "undo": lambda: services.undo(actor=self.person, key=application.swipe.key),
            "withdraw": lambda: services.withdraw(**who),
            "retry": lambda: services.retry(**who),
            "release": lambda: services.release(**who),
            "went_through": lambda: services.confirm(**who, went_through=True),
            "did_not": lambda: services.confirm(**who, went_through=False),
            "answer": lambda: services.answer(**who, answers=[(str(QUESTION["label"]), "Lyra")]),
        }
        being_sent = application.attempts.filter(finished_at=None, submit_started_at__isnull=False).exists()
        if self._may((services.NotWaiting, services.TooLate, services.AlreadyDecided), words[word]):
            assert not being_sent, "taken back in the middle of the submit"
            self.arrived[application.pk] = 0

    def _staff_put_it_back(self, application: Application) -> None:
        self._may((services.NotWaiting, services.AlreadyDecided), lambda: services.put_back_failed(application.pk))

    # ------------------------------------------------------------ time, and who looks after things

    def _time_passes(self, seconds: int, *, sweep: bool) -> None:
        gone = timedelta(seconds=seconds)
        Application.objects.update(available_at=F("available_at") - gone)
        Attempt.objects.update(lease_expires_at=F("lease_expires_at") - gone)
        if sweep:
            queue_due()
            return_stuck()

    def _changes_lane(self, application: Application, lane: Lane) -> None:
        Application.objects.filter(pk=application.pk).exclude(status__in=HELD).update(lane=lane)

    # ------------------------------------------------------------ the runners

    def _claims(self, runner: str, lane: Lane, *, limit: int, start: bool) -> None:
        for attempt in leases.claim(lane=lane, runner=runner, limit=limit, user=self.person):
            assert not self.arrived[attempt.application_id], "what arrived is worked on again"
            self.held[runner].append(held := Held(attempt))
            if start:
                self._starts(held)

    def _acts(self, act: str, held: Held, kind: str, flag: bool) -> None:
        acts: dict[str, Callable[[], object]] = {
            "start": lambda: self._starts(held),
            "beat": lambda: self._write(held, lambda: leases.heartbeat(**_token(held))),
            "step": lambda: self._tells_a_step(held, again=flag),
            "grant": lambda: self._asks_for_the_grant(held, clicks=kind != "browser_crash", accepts=flag),
            "finish": lambda: self._finishes(held, kind),
            "rush": lambda: self._rushes(held, kind, accepts=flag),
            "give_back": lambda: self._gives_back(held),
            "die": lambda: self._drop(held),
        }
        acts[act]()

    def _starts(self, held: Held) -> None:
        self._write(held, lambda: leases.start(**_token(held)))

    def _rushes(self, held: Held, kind: str, *, accepts: bool) -> None:
        self._starts(held)
        self._asks_for_the_grant(held, clicks=True, accepts=accepts)
        self._finishes(held, kind)

    def _tells_a_step(self, held: Held, again: bool) -> None:
        held.steps += not (again and held.steps)
        step = Step(held.steps, "filling", "Filling in the form", 40)
        self._write(held, lambda: report_steps(**_token(held), steps=[step]))

    def _asks_for_the_grant(self, held: Held, *, clicks: bool, accepts: bool) -> None:
        if not self._write(held, lambda: leases.begin_submit(**_token(held)), may_be_refused=True):
            return
        held.granted = True
        if clicks and not held.clicked:
            held.clicked, held.arrived = True, accepts
            self.arrived[held.attempt.application_id] += accepts
            self.ever_arrived[held.attempt.application_id] += accepts

    def _finishes(self, held: Held, kind: str) -> None:
        if held.arrived and kind not in {*TROUBLES, "unconfirmed"}:
            kind = "submitted"  # a runner tells no lies
        if kind == "submitted" and not held.arrived:
            kind = "unconfirmed" if held.clicked else "browser_crash"
        result = _result(kind)
        if self._write(held, lambda: finish(**_token(held), result=result), is_proof=kind == "submitted"):
            finish(**_token(held), result=result)  # the answer was lost: the same again
            self._drop(held)
            self._is_settled(held, kind)

    @staticmethod
    def _is_settled(held: Held, kind: str) -> None:
        application = Application.objects.get(pk=held.attempt.application_id)
        if held.granted and kind in {*TROUBLES, "unconfirmed"}:
            assert (application.status, application.review_kind) == (Status.REVIEW, ReviewKind.UNCONFIRMED)
        if application.status == Status.FAILED and kind not in {"posting_closed", "already_applied"}:
            assert DeadLetter.objects.filter(application=application, lease=held.attempt.lease).exists()

    def _gives_back(self, held: Held) -> None:
        if self._write(
            held, lambda: leases.give_back(**_token(held), message="Restarting."), may_be_refused=held.granted
        ):
            self._drop(held)

    # ------------------------------------------------------------ what holds at every moment

    @invariant()
    def moves_are_legal_and_events_have_no_gaps(self) -> None:
        new = Event.objects.filter(user=self.person, seq__gt=self.seen).order_by("seq")
        for seq, type_, pk, data in new.values_list("seq", "type", "application_id", "data"):
            assert seq == self.seen + 1, "a gap"
            self.seen = seq
            if type_ == Event.Type.STATUS:
                assert data["from"] == self.stands[pk]
                assert not data["from"] or data["to"] in MOVES[Status(data["from"])]
                self.stands[pk] = data["to"]
        assert list(EventCounter.objects.values_list("last_seq", flat=True)) == [self.seen]
        assert self.stands == dict(Application.objects.values_list("pk", "status")), "the events tell where each stands"

    @invariant()
    def nothing_is_lost_nothing_is_sent_twice_and_nothing_untrue_is_said(self) -> None:
        applications = {one.pk: one for one in Application.objects.select_related("swipe")}
        assert {one.swipe.key for one in applications.values()} == set(self.swiped)
        open_attempts = Counter(Attempt.objects.filter(finished_at=None).values_list("application_id", flat=True))
        for pk, application in applications.items():
            assert open_attempts[pk] == (application.status in HELD), "one open attempt for what is held, else none"
            assert self.arrived[pk] <= 1, "sent twice without a person's word"
            if application.status in NOT_YET_SENT or application.status == Status.FAILED:
                assert not self.arrived[pk], "sent, and called unsent"
            if application.status == Status.COMPLETED and application.confirmation != "person":
                assert self.ever_arrived[pk], "never sent, and called sent"

    # ------------------------------------------------------------ helpers

    def _application(self, which: int) -> Application:
        applications = Application.objects.order_by("id")
        return applications[which % applications.count()]

    def _drop(self, held: Held) -> None:
        for runner in RUNNERS:
            self.held[runner] = [one for one in self.held[runner] if one is not held]

    def _may(self, problems: type[Problem] | tuple[type[Problem], ...], act: Callable[[], object]) -> bool:
        """Return whether it was done. Being refused is fine, and must leave everything as it was."""
        before = _state()
        try:
            act()
        except problems:
            assert _state() == before, "refused, and changed something"
            return False
        return True

    def _write(
        self, held: Held, write: Callable[[], object], *, may_be_refused: bool = False, is_proof: bool = False
    ) -> bool:
        """Return whether the runner's write was taken: it must be if the lease holds, and must not be otherwise.

        But proof counts late too, as long as its application waits to be confirmed.
        """
        attempt = Attempt.objects.select_related("application").get(pk=held.attempt.pk)
        application = attempt.application
        holds = attempt.finished_at is None and application.lease == attempt.lease and application.status in HELD
        taken = self._may(LeaseLost, write)
        unconfirmed = application.lease == attempt.lease and application.review_kind == ReviewKind.UNCONFIRMED
        assert holds or not taken or (is_proof and unconfirmed), "a late holder was heard"
        if not holds:
            self._drop(held)
        elif not taken:
            assert may_be_refused, "a rightful holder was refused"
        return taken


def _token(held: Held) -> dict[str, Any]:
    return {"attempt_id": held.attempt.pk, "lease": held.attempt.lease}


def _result(kind: str) -> dict[str, Any]:
    outcome = {
        "submitted": "submitted", "unconfirmed": "unconfirmed", "question": "needs_answers", "challenge": "challenge",
        "posting_closed": "posting_closed", "already_applied": "already_applied",
    }.get(kind, "failed")  # fmt: skip
    return {
        "outcome": outcome, "failure_kind": "" if outcome == "submitted" else kind, "message": "As it was.",
        "confirmation": "response" if kind == "submitted" else "none",
        "questions": [QUESTION] if kind == "question" else [],
    }  # fmt: skip


def _state() -> object:
    """Return what tells whether a refused call has changed anything."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT (SELECT md5(string_agg(one::text, ';' ORDER BY id)) FROM applications_application AS one),"
            " (SELECT md5(string_agg(one::text, ';' ORDER BY id)) FROM applications_swipe AS one),"
            " (SELECT md5(string_agg(one::text, ';' ORDER BY id)) FROM automation_attempt AS one),"
            " (SELECT count(*) FROM applications_event), (SELECT count(*) FROM automation_logentry)"
        )
        return cursor.fetchone()


@pytest.mark.django_db
def test_the_promise_holds_whatever_happens_in_whatever_order() -> None:
    run_state_machine_as_test(World)
