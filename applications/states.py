"""The state machine: every legal move, in one table. The database trigger on `Application` is made from it."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Status(models.TextChoices):
    PENDING = "PENDING", _("Swiped")
    QUEUED = "QUEUED", _("Queued")
    CLAIMED = "CLAIMED", _("Starting")
    PROCESSING = "PROCESSING", _("Applying")
    COMPLETED = "COMPLETED", _("Applied")
    FAILED = "FAILED", _("Failed")
    REVIEW = "REVIEW", _("Needs you")
    CANCELLED = "CANCELLED", _("Withdrawn")


class ReviewKind(models.TextChoices):
    """What an application in REVIEW waits for."""

    QUESTION = "question", "A question"
    CHALLENGE = "challenge", _("A check that only you can pass")
    UNCONFIRMED = "unconfirmed", _("Did it go through?")


MOVES: dict[Status, frozenset[Status]] = {
    Status.PENDING: frozenset({Status.QUEUED, Status.CANCELLED}),
    Status.QUEUED: frozenset({Status.CLAIMED, Status.CANCELLED}),
    # Back to QUEUED: a retry, a lease that ran out before the submit, or a runner that gave it back.
    Status.CLAIMED: frozenset({Status.PROCESSING, Status.QUEUED, Status.FAILED}),
    Status.PROCESSING: frozenset({Status.COMPLETED, Status.FAILED, Status.REVIEW, Status.QUEUED}),
    Status.REVIEW: frozenset({Status.QUEUED, Status.COMPLETED, Status.FAILED, Status.CANCELLED}),
    # Put back by its person or by staff; nothing was sent.
    Status.FAILED: frozenset({Status.QUEUED}),
    Status.COMPLETED: frozenset(),
    Status.CANCELLED: frozenset(),
}

HELD = frozenset({Status.CLAIMED, Status.PROCESSING})  # a runner has it
OVER = frozenset(status for status, moves in MOVES.items() if not moves)
