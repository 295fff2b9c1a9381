"""The board: where every application of a person stands, from saved to closed; as columns, a list and a file."""

import csv
import io
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrOrPromise

from accounts.models import User
from applications.models import Application, Lane, Stage, Swipe
from applications.selectors import applications_of
from applications.states import Status

MOST = 500  # applications on one page, the newest
MOST_SAVED = 100
COLUMNS: tuple[tuple[str, StrOrPromise, StrOrPromise], ...] = (
    ("queued", _("Queued"), _("Nothing is waiting to be sent.")),
    ("needs-you", _("Needs you"), _("Nothing waits for you.")),
    ("applying", _("Applying"), _("No robot is at work.")),
    ("applied", _("Applied"), _("Nothing has been confirmed yet.")),
    ("interview", _("Interview"), _("Move an application here when they invite you.")),
    ("offer", _("Offer"), _("Move an application here when they want you.")),
    ("closed", _("Closed"), _("Nothing has ended.")),
)
COLUMN_OF_STATUS = {
    Status.PENDING: "queued",
    Status.QUEUED: "queued",
    Status.REVIEW: "needs-you",
    Status.CLAIMED: "applying",
    Status.PROCESSING: "applying",
    Status.FAILED: "closed",
    Status.CANCELLED: "closed",
}
# Taken back before any robot had it: as if it had never been. It stays on its own page and in REST.
UNDONE = Q(status=Status.CANCELLED, lease=0, submitted_at__isnull=True, swipe__retracted_at__isnull=False)


@dataclass(frozen=True)
class Column:
    """One column; `takes` says whether people may move applications into it."""

    key: str
    name: StrOrPromise
    empty: StrOrPromise
    applications: list[Application]

    @property
    def takes(self) -> str | None:
        stage = "" if self.key == "applied" else self.key
        return stage if stage in Stage.values else None


def column_of(application: Application) -> str:
    """Return the key of the column where an application stands: the machine's up to "applied", then its person's."""
    return COLUMN_OF_STATUS.get(Status(application.status), application.stage or "applied")


def board_of(user: User, *, text: str = "", lane: str = "") -> list[Column]:
    """Return the person's applications that match, by where they stand."""
    applications = list(matching(user, text=text, lane=lane).order_by("-updated_at")[:MOST])
    return [
        Column(key, name, empty, [one for one in applications if column_of(one) == key]) for key, name, empty in COLUMNS
    ]


def matching(user: User, *, text: str = "", lane: str = "") -> "QuerySet[Application]":
    """Return what the board has of a person, whose title or employer has each word of `text`, in one lane or both."""
    applications = applications_of(user).filter(~UNDONE)
    for word in text.split():
        applications = applications.filter(
            Q(snapshot__content__title__icontains=word) | Q(job__company__name__icontains=word)
        )
    return applications.filter(lane=lane) if lane in Lane.values else applications


def saved_by(user: User, *, text: str = "") -> "QuerySet[Swipe]":
    """Return what the person saved for later and whose title or employer has each word of `text`."""
    swipes = user.swipes.filter(direction=Swipe.Direction.SAVE, retracted_at__isnull=True)
    for word in text.split():
        swipes = swipes.filter(Q(job__title__icontains=word) | Q(job__company__name__icontains=word))
    return swipes.select_related("job__company").order_by("-id")[:MOST_SAVED]


# ---------------------------------------------------------------- as a file

HEADER = ("company", "title", "stands at", "lane", "swiped", "sent", "confirmed by", "why", "address", "notes")
NAMES = {key: name for key, name, _ in COLUMNS}


def as_csv(applications: Iterable[Application]) -> str:
    """Return the applications as comma-separated values with a header, times in ISO 8601."""
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(HEADER)
    writer.writerows([_harmless(cell) for cell in _row(one)] for one in applications)
    return text.getvalue()


def _row(application: Application) -> tuple[str, ...]:
    posting = application.snapshot.content
    return (
        application.job.company.name,
        posting["title"],
        str(NAMES[column_of(application)]),
        str(application.get_lane_display()),
        application.created_at.isoformat(),
        application.submitted_at.isoformat() if application.submitted_at else "",
        application.confirmation,
        application.message,
        posting["apply_url"],
        application.notes,
    )


def _harmless(cell: str) -> str:
    """Keep a spreadsheet from running a posting's text as a formula (OWASP, "CSV Injection")."""
    return f"'{cell}" if cell.startswith(("=", "+", "-", "@", "\t", "\r")) else cell
