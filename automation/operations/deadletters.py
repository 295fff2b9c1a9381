"""Dead letters: applications that ended on our side. They are recorded, their people are told, staff put them back."""

import logging
from collections.abc import Sequence
from smtplib import SMTPException

from django.conf import settings
from django.core.mail import send_mail
from django.db import transaction
from django.db.models.functions import Now
from django.urls import reverse

from accounts.models import User
from applications import live, services
from applications.models import Application
from automation.models import DeadLetter
from automation.remedies import ENDED_BY_THE_SITE
from jobswipe.locks import only_one

logger = logging.getLogger(__name__)

BATCH = 100


def bury(applications: Sequence[Application]) -> None:
    """Record those of the failed applications that the employer did not end, in the transaction of their end."""
    letters = [
        DeadLetter(
            application=application,
            lease=application.lease,
            failure_kind=application.failure_kind,
            reason=application.message,
        )
        for application in applications
        if application.failure_kind not in ENDED_BY_THE_SITE
    ]
    if letters:
        DeadLetter.objects.bulk_create(letters)
        live.announce_dead_letters()


def tell(limit: int = BATCH) -> int:
    """Write to the people whose applications ended on our side, and log each for operators; return how many.

    A letter counts as told once it has left: a crash in between may tell somebody twice, and never nobody.
    """
    with only_one("dead letters") as is_mine:
        if not is_mine:
            return 0
        untold = DeadLetter.objects.filter(told_at__isnull=True).order_by("id")
        letters = untold.select_related("application__user", "application__snapshot")[:limit]
        return sum(_tell_of(letter) for letter in letters)


def _tell_of(letter: DeadLetter) -> bool:
    ids = {"application": letter.application_id, "person": letter.application.user_id}
    logger.error(
        "Application %s ended: %s", letter.application_id, letter.failure_kind, extra=ids
    )  # no words of a page
    try:
        if letter.application.user.is_active:
            _write_to(letter)
    except (SMTPException, OSError) as error:
        logger.warning("Dead letter %s waits for the mail server: %s", letter.pk, error)
        return False
    DeadLetter.objects.filter(pk=letter.pk).update(told_at=Now())
    return True


def _write_to(letter: DeadLetter) -> None:
    posting = letter.application.snapshot.content
    page = settings.SITE_URL + reverse("automation:application", args=[letter.application_id])
    send_mail(
        f"We could not send your application to {posting['company']['name']}",
        f"{posting['title']} at {posting['company']['name']}\n\n{letter.reason}\n\n"
        f"Nothing was sent. You can read what happened, try it again, or apply on their page yourself:\n{page}\n",
        None,
        [letter.application.user.email],
    )


@transaction.atomic
def put_back(letter_id: int, *, actor: User) -> Application:
    """Queue the application of a dead letter anew, by the word of staff. Raises NotWaiting if it has moved on."""
    letter = DeadLetter.objects.get(pk=letter_id)
    application = services.put_back_failed(letter.application_id)
    DeadLetter.objects.filter(application=application, put_back_at__isnull=True).update(
        put_back_at=Now(), put_back_by=actor
    )
    return application
