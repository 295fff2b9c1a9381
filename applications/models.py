"""A person's decisions on jobs, where each application stands, and the feed of what happened."""

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import F, Func
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from accounts.models import Resume
from applications.states import MOVES, ReviewKind, Status
from jobs.models import Job, JobSnapshot

PREMIUM_HEAD_START = "1 hour"  # what a premium application is ahead of others that were queued at the same time


class Lane(models.TextChoices):
    """Who may carry an application out."""

    SERVER = "server", _("Our server")
    DEVICE = "device", _("Your computer")


class Stage(models.TextChoices):
    """Where a sent application stands with the employer: what its person says, since no robot knows."""

    APPLIED = "", _("Applied")
    INTERVIEW = "interview", _("Interview")
    OFFER = "offer", _("Offer")
    CLOSED = "closed", _("Closed")


class Swipe(models.Model):
    """One decision of a person on a job. `key` is made by the client, so that a repeat changes nothing."""

    class Direction(models.TextChoices):
        RIGHT = "right", _("Apply")
        LEFT = "left", _("Pass")
        SAVE = "save", _("Save")

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="swipes")
    job = models.ForeignKey(Job, on_delete=models.PROTECT, related_name="swipes")
    direction = models.CharField(max_length=5, choices=Direction)
    key = models.UUIDField()
    created_at = models.DateTimeField(db_default=Now(), editable=False)
    retracted_at = models.DateTimeField(null=True, blank=True, help_text="Undone, or replaced by a later decision")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["user", "key"], name="one_swipe_per_key"),
            models.UniqueConstraint(
                fields=["user", "job"],
                condition=models.Q(retracted_at__isnull=True),
                name="one_decision_per_job",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.direction} on job {self.job_id}"


class Application(models.Model):
    """The intent to apply to one job. `status` is changed by `applications.machine.transition` alone."""

    user = models.ForeignKey(  # found by `applications_of_a_person`
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="applications", db_index=False
    )
    job = models.ForeignKey(Job, on_delete=models.PROTECT, related_name="applications")
    snapshot = models.ForeignKey(JobSnapshot, on_delete=models.PROTECT, related_name="applications")
    swipe = models.OneToOneField(Swipe, on_delete=models.CASCADE, related_name="application")
    resume = models.ForeignKey(Resume, on_delete=models.PROTECT, null=True, blank=True, related_name="applications")
    cover_letter = models.TextField(blank=True)

    status = models.CharField(max_length=10, choices=Status, default=Status.PENDING, editable=False)
    lane = models.CharField(max_length=6, choices=Lane)
    priority = models.PositiveSmallIntegerField(default=1, help_text="0: premium, 1: the rest")
    available_at = models.DateTimeField(
        null=True,
        blank=True,
        help_text="PENDING: when the undo window ends, empty means on review. QUEUED: not before.",
    )
    # A head start instead of a strict order: under a steady stream of premium work the others still get their turn.
    # By way of UTC, since PostgreSQL generates columns from immutable expressions only.
    turn_at = models.GeneratedField(
        expression=Func(
            Func(F("available_at"), template="%(expressions)s AT TIME ZONE 'UTC'"),
            Func(F("priority"), template=f"(%(expressions)s - 1) * INTERVAL '{PREMIUM_HEAD_START}'"),
            template="(%(expressions)s) AT TIME ZONE 'UTC'",
            arg_joiner=" + ",
        ),
        output_field=models.DateTimeField(null=True),
        db_persist=True,
        help_text="QUEUED: who comes first",
    )
    lease = models.PositiveIntegerField(default=0, editable=False, help_text="Raised by each claim: the fencing token")
    tries = models.PositiveSmallIntegerField(
        default=0, editable=False, help_text="Attempts since it was last queued by a person"
    )

    review_kind = models.CharField(max_length=11, choices=ReviewKind, blank=True, editable=False)
    failure_kind = models.CharField(max_length=20, blank=True, editable=False)
    confirmation = models.CharField(max_length=10, blank=True, editable=False, help_text="How we know that it arrived")
    message = models.TextField(blank=True, editable=False, help_text="Why it stands where it stands, for the person")
    questions = models.JSONField(
        default=list, blank=True, editable=False, help_text="What the form asked and nobody has answered"
    )
    submitted_at = models.DateTimeField(null=True, blank=True, editable=False)
    stage = models.CharField(max_length=10, choices=Stage, blank=True, default=Stage.APPLIED, editable=False)
    notes = models.TextField(blank=True, help_text="The person's own, for nobody else")
    created_at = models.DateTimeField(db_default=Now(), editable=False)
    updated_at = models.DateTimeField(db_default=Now(), editable=False)

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["user", "job"],
                condition=~models.Q(status__in=[Status.FAILED, Status.CANCELLED]),
                name="one_live_application_per_job",
            )
        ]
        indexes = [
            models.Index(
                fields=["lane", "turn_at", "id"],
                condition=models.Q(status=Status.QUEUED),
                name="queued_applications",
            ),
            models.Index(
                fields=["available_at"],
                condition=models.Q(status=Status.PENDING),
                name="pending_applications",
            ),
            models.Index(fields=["user", "-id"], name="applications_of_a_person"),
        ]
        triggers = [
            pgtrigger.FSM(
                name="only_legal_moves",
                field="status",
                transitions=[(old.value, new.value) for old, news in MOVES.items() for new in sorted(news)],
            )
        ]

    def __str__(self) -> str:
        return f"Application {self.pk}: {self.status}"

    @property
    def ended_unsent(self) -> bool:
        """Whether nothing came of it, so that its person may swipe right on the job anew."""
        return self.status in {Status.FAILED, Status.CANCELLED} and self.submitted_at is None


class EventCounter(models.Model):
    """The number of a person's newest event; its row lock makes the numbers gap-free and in commit order."""

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, primary_key=True, related_name="event_counter"
    )
    last_seq = models.PositiveBigIntegerField(default=0)
    # Whether notifications have yet to look: they ask who of millions it is. The row is written with each event anyway.
    has_news = models.BooleanField(default=True, db_default=True)

    class Meta:
        indexes = (models.Index(fields=["user"], condition=models.Q(has_news=True), name="people_with_news"),)

    def __str__(self) -> str:
        return f"{self.last_seq} events of user {self.pk}"


class Event(models.Model):
    """One line of a person's feed."""

    class Type(models.TextChoices):
        STATUS = "status", "An application changed its status"
        STEP = "step", "A robot took a step"
        STAGE = "stage", "Its person moved it on"

    YOUR_TURN = "your_turn"  # the step by which a device asks its person to come to it

    user = models.ForeignKey(  # found by `one_event_per_number`
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="events", db_index=False
    )
    seq = models.PositiveBigIntegerField()
    at = models.DateTimeField(db_default=Now(), editable=False)
    type = models.CharField(max_length=10, choices=Type)
    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="events")
    data = models.JSONField(default=dict)

    class Meta:
        ordering = ["seq"]
        constraints = [models.UniqueConstraint(fields=["user", "seq"], name="one_event_per_number")]
        triggers = [pgtrigger.Protect(name="events_never_change", operation=pgtrigger.Update | pgtrigger.Delete)]

    def __str__(self) -> str:
        return f"Event {self.seq} of user {self.user_id}"
