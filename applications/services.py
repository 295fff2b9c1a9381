"""Every write that a person makes: swipes, undo, and what they say about their applications."""

from collections.abc import Collection, Mapping, Sequence
from datetime import timedelta
from http import HTTPStatus
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import Q
from django.db.models.functions import Now
from django.utils import timezone
from django.utils.translation import gettext, gettext_noop

from accounts.models import Answer, Resume, User
from accounts.services import normalized_question, remember_answer
from applications import live
from applications.machine import note, record, transition, transition_all
from applications.models import Application, Event, Lane, Stage, Swipe
from applications.selectors import waiting_for_device
from applications.standing import Circumstances, Standing, circumstances_of, standing_of, take_turn
from applications.states import HELD, MOVES, OVER, ReviewKind, Status
from jobs.models import Job
from jobs.selectors import Heading, is_same_posting
from jobs.services import take_snapshot
from jobswipe import rows
from jobswipe.measures import SWIPES
from jobswipe.problems import InvalidInput, Problem


class NotFound(Problem):
    code = "not_found"
    status = HTTPStatus.NOT_FOUND


class JobClosed(Problem):
    code = "job_closed"


class AlreadyDecided(Problem):
    code = "already_decided"


class SamePosting(Problem):
    """The person applies to this posting already, on another board; `application` says with which."""

    code = "same_posting"


class KeyReused(Problem):
    code = "key_reused"


class TooLate(Problem):
    code = "too_late"


class NotWaiting(Problem):
    code = "not_waiting"


class NoAllowance(Problem):
    code = "no_allowance"


MOVED_TO = {
    Lane.SERVER: gettext_noop("It is for our server now."),
    Lane.DEVICE: gettext_noop("It is for your own computer now."),
}


STAGE_TOLD = {
    Stage.APPLIED: gettext_noop("You moved it to Applied."),
    Stage.INTERVIEW: gettext_noop("You moved it to Interview."),
    Stage.OFFER: gettext_noop("You moved it to Offer."),
    Stage.CLOSED: gettext_noop("You moved it to Closed."),
}


# ---------------------------------------------------------------- swipes


def swipe(
    *,
    actor: User,
    job_id: int,
    direction: Swipe.Direction,
    key: UUID,
    resume_id: int | None = None,
    cover_letter: str = "",
    again: bool = False,
    review: bool = False,
) -> tuple[Swipe, bool]:
    """Record the decision of `actor` on a job; on a right swipe also the snapshot and the application, or nothing.

    Returns the swipe and whether it is new: the same key again gives the same swipe and changes nothing.
    Raises NotFound, JobClosed, AlreadyDecided, KeyReused, or SamePosting for a posting to which they apply by another
    board already; `again` is their word that they want to apply here as well. With `review` the application waits
    until they have looked at it and release it.
    """
    try:
        with transaction.atomic():
            at = circumstances_of(actor, job_id, in_turn=direction == Swipe.Direction.RIGHT)
            if at is None:
                raise NotFound(gettext("There is no such job."))
            if at.job.status != Job.Status.OPEN and direction != Swipe.Direction.LEFT:
                raise JobClosed(gettext("This job takes no more applications."))
            if at.is_decided:
                _take_back_soft_decision(actor, at.job)
            if direction == Swipe.Direction.RIGHT and not again:
                _ask_about_twin(at.job, at.others)
            swipe = rows.create(Swipe(user=actor, job=at.job, direction=direction, key=key, created_at=at.now))
            if direction == Swipe.Direction.RIGHT:
                apply(actor, swipe, at, resume_id=resume_id, cover_letter=cover_letter, review=review)
        SWIPES.labels(direction).inc()
        return swipe, True
    except (IntegrityError, JobClosed, AlreadyDecided, SamePosting) as error:
        # Is it a repeat? The constraints let one swipe with this key, and one decision on this job, through.
        if known := _same_swipe(actor, key, job_id, direction):
            return known, False
        if isinstance(error, IntegrityError):
            raise AlreadyDecided(gettext("You have decided on this job already.")) from error
        raise


def _same_swipe(actor: User, key: UUID, job_id: int, direction: Swipe.Direction) -> Swipe | None:
    known = Swipe.objects.filter(user=actor, key=key).select_related("application").first()
    if known and (known.job_id, known.direction) != (job_id, direction):
        raise KeyReused(gettext("This key belongs to another swipe. Make a new one for each."))
    return known


def _take_back_soft_decision(actor: User, job: Job) -> None:
    """Take back an earlier "pass" or "save" on the job. A right swipe stands, unless it ended with nothing sent."""
    unsent = Q(application__status__in=[Status.FAILED, Status.CANCELLED], application__submitted_at=None)
    decisions = Swipe.objects.filter(user=actor, job=job, retracted_at__isnull=True)
    if not decisions.filter(~Q(direction=Swipe.Direction.RIGHT) | unsent).update(retracted_at=Now()):
        raise AlreadyDecided(gettext("This job is among your applications already."))


def _ask_about_twin(job: Job, others: list[dict[str, Any]]) -> None:
    heading = Heading(job.title, job.location)
    for other in others:
        if is_same_posting(Heading(other["title"], other["location"]), heading):
            raise SamePosting(
                gettext("%(job)s at %(company)s is among your applications, on another board. Apply here as well?")
                % {"job": other["title"], "company": job.company.name},
                application=other["id"],
            )


def _resume_id(actor: User, resume_id: int | None, standing: Standing) -> int | None:
    """Return the id of the resume to send: the one asked for, else the default one, else None (asked for later)."""
    if resume_id is None:
        return standing.default_resume_id
    if not Resume.objects.filter(user=actor, retired_at__isnull=True, pk=resume_id).exists():
        raise NotFound(gettext("There is no such resume."))
    return resume_id


def apply(
    actor: User,
    swipe: Swipe,
    at: Circumstances,
    *,
    resume_id: int | None = None,
    cover_letter: str = "",
    review: bool = False,
) -> None:
    """Make the application that a right swipe stands for, with its snapshot.

    Belongs into the swipe's transaction, which has the person's turn: the lane is decided here, by what is left.
    """
    standing = at.standing
    resume_id = _resume_id(actor, resume_id, standing)
    window = None if review else standing.undo_window
    application = rows.create(
        Application(
            user_id=standing.user_id,
            job=at.job,
            snapshot_id=take_snapshot(at.job, at.newest_snapshot),
            swipe=swipe,
            resume_id=resume_id,
            cover_letter=cover_letter,
            lane=standing.lane,
            priority=0 if standing.is_premium else 1,
            available_at=None if window is None else timezone.now() + timedelta(seconds=window),
        )
    )
    swipe.application = application
    record(application, Event.Type.STATUS, {"from": "", "to": Status.PENDING, "message": "", "title": at.job.title})
    note([(application.pk, application.user_id)], Status.PENDING)
    if window == 0:
        queue(application)


def undo(*, actor: User, key: UUID) -> Swipe:
    """Take a swipe back: its job returns to the deck, its application is cancelled. Raises NotFound or TooLate."""
    with transaction.atomic():
        swipe = Swipe.objects.select_for_update().filter(user=actor, key=key).first()
        if swipe is None:
            raise NotFound(gettext("There is no such swipe."))
        if swipe.retracted_at:
            return swipe
        _cancel_for_undo(swipe)
        swipe.retracted_at = timezone.now()
        swipe.save(update_fields=["retracted_at"])
    SWIPES.labels("undo").inc()
    return swipe


def _cancel_for_undo(swipe: Swipe) -> None:
    application = Application.objects.select_for_update().filter(swipe=swipe).first()
    if application is None or application.status == Status.CANCELLED:
        return
    if application.status not in {Status.PENDING, Status.QUEUED}:
        raise TooLate(gettext("It is already on its way. You can still withdraw it on its page."))
    transition(application, Status.CANCELLED, message=gettext_noop("You took the swipe back."))


# ---------------------------------------------------------------- the queue


def queue(application: Application, *, message: str = "", fresh: bool = False) -> None:
    """Put `application` in the queue now and hint at it. `fresh`: a person said so, so its tries start anew."""
    enqueue(application, message=message, fresh=fresh)
    if application.lane == Lane.SERVER:
        _announce(application)


def _announce(application: Application) -> None:
    if application.lane == Lane.DEVICE:
        live.announce_to_devices(application.user_id, live.WORK)
    else:
        live.announce_work("application:priority" if application.priority == 0 else "application:processing")


def enqueue(application: Application, *, message: str = "", fresh: bool = False) -> None:
    """Put `application` in the queue without a hint, for whoever is about to look there."""
    transition(
        application,
        Status.QUEUED,
        message=message,
        available_at=Now(),
        review_kind="",
        failure_kind="",
        submitted_at=None,
        tries=0 if fresh else application.tries,
    )
    if application.lane == Lane.DEVICE:
        _announce(application)


def enqueue_all(applications: Sequence[Application]) -> int:
    """Put applications that were swiped in the queue without a hint to workers; return how many."""
    if applications:
        transition_all(applications, Status.QUEUED, available_at=Now())
    for application in applications:
        if application.lane == Lane.DEVICE:
            _announce(application)
    return len(applications)


# ---------------------------------------------------------------- the person's word


def owned(actor: User, application_id: int) -> Application:
    """Return the person's own application, locked until the commit. Raises NotFound for a stranger's."""
    application = Application.objects.select_for_update().filter(user=actor, pk=application_id).first()
    if application is None:
        raise NotFound(gettext("There is no such application."))
    return application


@transaction.atomic
def release(*, actor: User, application_id: int) -> Application:
    """Queue a swiped application without waiting for the rest of its undo window."""
    application = owned(actor, application_id)
    if application.status != Status.PENDING:
        raise NotWaiting(gettext("This application is not waiting for your review."))
    queue(application)
    return application


@transaction.atomic
def withdraw(*, actor: User, application_id: int) -> Application:
    """Cancel an application before it is sent. A runner that holds it loses its lease; after the barrier: TooLate."""
    application = owned(actor, application_id)
    if application.status == Status.CANCELLED:
        return application
    if application.status in HELD:
        _take_back(application)
    if Status.CANCELLED not in MOVES[Status(application.status)]:
        raise TooLate(gettext("This application is over; there is nothing to withdraw."))
    transition(application, Status.CANCELLED, message=gettext_noop("You withdrew it."), review_kind="")
    return application


def _take_back(application: Application) -> None:
    """Void the lease of whoever holds `application`, unless it has been granted the click."""
    attempt = application.attempts.filter(finished_at__isnull=True)
    if attempt.filter(submit_started_at__isnull=False).exists():
        raise TooLate(gettext("It is being sent right now. If it went wrong, you will be asked."))
    attempt_id = attempt.values_list("pk", flat=True).get()
    attempt.update(finished_at=Now(), outcome="withdrawn")
    if application.lane == Lane.DEVICE:
        live.announce_to_devices(application.user_id, live.stop(attempt_id, "withdrawn"))
    transition(application, Status.QUEUED)


@transaction.atomic
def change_lane(*, actor: User, application_id: int, lane: Lane) -> Application:
    """Let the other lane carry it out. Raises NotWaiting while somebody holds it or after its end, NoAllowance."""
    application = owned(actor, application_id)
    if application.lane == lane:
        return application
    if application.status in HELD | OVER:
        raise NotWaiting(gettext("This application is under way or over; it cannot change hands."))
    if lane == Lane.SERVER and not _places_left(actor):
        raise NoAllowance(gettext("Your applications on our server are used up. Your own computer can send it."))
    _hand_over(application, lane)
    return application


@transaction.atomic
def let_server_send(*, actor: User) -> int:
    """Hand over to the server what waits for a computer, the oldest first and as far as the allowance goes.

    Returns how many. Raises NoAllowance if something waits and nothing is left.
    """
    waiting = list(waiting_for_device(actor).select_for_update(skip_locked=True))
    left = _places_left(actor)
    if waiting and not left:
        raise NoAllowance(gettext("Your applications on our server are used up. Pair a computer, and it sends them."))
    for application in waiting[:left]:
        _hand_over(application, Lane.SERVER)
    return len(waiting[:left])


def _places_left(actor: User) -> int:
    """Return how many more the server may take, for good until the commit."""
    take_turn(actor.pk)
    return standing_of(actor).server_left


def _hand_over(application: Application, lane: Lane) -> None:
    Application.objects.filter(pk=application.pk).update(lane=lane)
    application.lane = lane
    record(application, Event.Type.STEP, {"step": "lane", "message": MOVED_TO[lane], "percent": 0})
    if application.status == Status.QUEUED:
        _announce(application)


@transaction.atomic
def retry(*, actor: User, application_id: int) -> Application:
    """Queue a failed application, or one that waited for its challenge, once more."""
    application = owned(actor, application_id)
    if application.status == Status.REVIEW and application.review_kind == ReviewKind.UNCONFIRMED:
        raise NotWaiting(gettext("Say first whether it went through."))
    if application.status not in {Status.FAILED, Status.REVIEW}:
        raise NotWaiting(gettext("This application has nothing to try again."))
    put_back(application, message=gettext_noop("You asked to try again."))
    return application


def put_back(application: Application, *, message: str) -> None:
    """Queue a failed or waiting application with new tries. Raises AlreadyDecided if another one is live by now.

    A failed one gave its place on the server back; without another it waits for the person's computer.
    """
    try:
        with transaction.atomic():
            is_over = application.status == Status.FAILED and application.lane == Lane.SERVER
            if is_over and not _places_left(application.user):
                _hand_over(application, Lane.DEVICE)
            queue(application, message=message, fresh=True)
    except IntegrityError:
        raise AlreadyDecided(gettext("Another application to this job is under way.")) from None


def put_back_failed(application_id: int) -> Application:
    """Queue a failed application with new tries, by the word of staff. Raises NotWaiting if it has not failed."""
    application = Application.objects.select_for_update().get(pk=application_id)
    if application.status != Status.FAILED:
        raise NotWaiting(gettext("it has not failed"))
    put_back(application, message=gettext_noop("Our staff put it back into the queue."))
    return application


@transaction.atomic
def move(*, actor: User, application_id: int, stage: Stage) -> Application:
    """Say where a sent application stands with the employer. Raises NotWaiting for one that has not been sent."""
    application = owned(actor, application_id)
    if application.status != Status.COMPLETED:
        raise NotWaiting(gettext("Only what has been sent can be moved; the rest moves by itself."))
    if application.stage != stage:
        story = {"from": application.stage, "to": stage, "message": STAGE_TOLD[stage]}
        application.stage = stage
        Application.objects.filter(pk=application.pk).update(stage=stage, updated_at=Now())
        record(application, Event.Type.STAGE, story)
    return application


@transaction.atomic
def keep_notes(*, actor: User, application_id: int, notes: str) -> Application:
    """Keep what the person writes about an application for themselves."""
    application = owned(actor, application_id)
    application.notes = notes
    application.save(update_fields=["notes"])
    return application


@transaction.atomic
def answer(*, actor: User, application_id: int, answers: Sequence[tuple[str, str]]) -> Application:
    """Keep the answers in the bank, and queue every application of the person's that waited for nothing else.

    `answers` are (question, answer). Raises InvalidInput for a question that this application did not ask.
    """
    asking = _asking(actor)
    application = asking.get(application_id)
    if application is None:
        owned(actor, application_id)
        raise NotWaiting(gettext("This application asks nothing at the moment."))
    asked = {question["label"] for question in application.questions}
    if unknown := [question for question, _ in answers if question not in asked]:
        raise InvalidInput(gettext("The form did not ask: %s") % unknown[0])
    given = [(question, text) for question, text in answers if text.strip()]
    for question, text in given:
        remember_answer(user=actor, question=question, answer=text, source=Answer.Source.REVIEW)
    answered = {normalized_question(question) for question, _ in given}
    for other in asking.values():
        _take_answers(other, answered)
    return application


@transaction.atomic
def go_on(*, actor: User, answered: Mapping[int, Collection[str]]) -> int:
    """Strike out what the person's profile answers by now, application by application; return how many are queued."""
    asking = _asking(actor)
    known = [asking[pk] for pk in answered if pk in asking]
    for application in known:
        _take_answers(application, {normalized_question(one) for one in answered[application.pk]})
    return sum(application.status == Status.QUEUED for application in known)


def _asking(actor: User) -> dict[int, Application]:
    """Return the person's applications that wait for answers, by id, locked until the commit."""
    waiting = Application.objects.select_for_update().filter(
        user=actor, status=Status.REVIEW, review_kind=ReviewKind.QUESTION
    )
    return {application.pk: application for application in waiting.order_by("id")}


def _take_answers(application: Application, answered: set[str]) -> None:
    """Strike out what is answered now, and queue the application once it asks nothing more."""
    still = [one for one in application.questions if normalized_question(one["label"]) not in answered]
    if len(still) == len(application.questions):
        return
    application.questions = still
    application.save(update_fields=["questions"])
    if not still:
        put_back(application, message=gettext_noop("You answered the questions."))


@transaction.atomic
def confirm(*, actor: User, application_id: int, went_through: bool) -> Application:
    """Settle by the person's word: an unconfirmed application arrived, or is sent once more; or they did it themselves.

    One that waits for a challenge takes only "it went through": the person applied on the employer's own page.
    """
    application = owned(actor, application_id)
    kinds = {ReviewKind.UNCONFIRMED, ReviewKind.CHALLENGE} if went_through else {ReviewKind.UNCONFIRMED}
    if application.status != Status.REVIEW or application.review_kind not in kinds:
        raise NotWaiting(gettext("This application is not waiting for your confirmation."))
    if not went_through:
        put_back(application, message=gettext_noop("You said that it did not arrive."))
    elif application.review_kind == ReviewKind.UNCONFIRMED:
        _complete_by_word(application, message=gettext_noop("You confirmed that it arrived."))
    else:
        # By their own hand, on their own computer: it uses up nothing of the server's allowance.
        _complete_by_word(
            application, message=gettext_noop("You applied yourself."), lane=Lane.DEVICE, submitted_at=Now()
        )
    return application


def _complete_by_word(application: Application, *, message: str, **changes: Any) -> None:
    settled = {"confirmation": "person", "review_kind": "", "failure_kind": "", **changes}
    transition(application, Status.COMPLETED, message=message, **settled)
