"""What is deleted because it was kept long enough: how applications were sent, accounts that nobody uses, sessions.

Each step looks anew at what is due, in small transactions, so that it can be broken off and run twice.
"""

import logging
from datetime import timedelta
from smtplib import SMTPException

from django.conf import settings
from django.contrib.sessions.models import Session
from django.core.mail import send_mail
from django.db import transaction
from django.db.models import Exists, F, Max, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Greatest, Now
from django.urls import reverse

from accounts.models import ApiToken, User
from applications.models import Application
from applications.services import TooLate
from applications.states import OVER, Status
from automation.models import Attempt, Device
from automation.privacy.erasure import erase
from automation.privacy.services import delete_account
from jobswipe.locks import only_one

logger = logging.getLogger(__name__)

BATCH = 200
ENDED = [*OVER, Status.FAILED]


def forget() -> None:
    """Delete what is due, and write to those whose account will be. Left to whoever is at it already."""
    with only_one("retention") as is_mine:
        if is_mine:
            forget_sessions()
            forget_stories()
            delete_unused_accounts()
            warn_unused_accounts()


def forget_sessions() -> int:
    """Delete sessions that have run out, of which each sign-in leaves one; return how many."""
    expired = Session.objects.filter(expire_date__lt=Now()).order_by("expire_date")
    forgotten = 0
    while few := list(expired.values_list("pk", flat=True)[:BATCH]):
        forgotten += Session.objects.filter(pk__in=few).delete()[0]
    return forgotten


def forget_stories() -> int:
    """Delete the attempts of applications that ended KEEP_STORIES_DAYS ago; return of how many applications.

    That it was sent, when, and the feed's lines stay with the application.
    """
    if not settings.KEEP_STORIES_DAYS:
        return 0
    old = Application.objects.filter(status__in=ENDED, updated_at__lt=_ago(settings.KEEP_STORIES_DAYS))
    due = old.filter(Exists(Attempt.objects.filter(application=OuterRef("pk")))).order_by("pk")
    forgotten = 0
    while True:
        with transaction.atomic():  # locked: a failed one may just be put back
            few = [one.pk for one in due.select_for_update(skip_locked=True)[:BATCH]]
            if not few:
                return forgotten
            erase(few, with_events=False)
        forgotten += len(few)


def warn_unused_accounts() -> int:
    """Write to people who have not been here for so long that their account will be deleted; return to how many.

    They count as warned once the letter has left: a crash in between may warn somebody twice, and never nobody.
    """
    warned = 0
    unwarned = Q(unused_warned_at=None) | Q(unused_warned_at__lt=F("last_seen"))
    for user in _unused(settings.KEEP_UNUSED_DAYS - settings.WARN_UNUSED_DAYS).filter(unwarned)[:BATCH]:
        try:
            _write_to(user)
        except (SMTPException, OSError) as error:
            logger.warning("User %s is warned later: %s", user.pk, error)
            break
        User.objects.filter(pk=user.pk).update(unused_warned_at=Now())
        warned += 1
    return warned


def delete_unused_accounts() -> int:
    """Delete accounts that were warned WARN_UNUSED_DAYS ago and not used since; return how many."""
    due = _unused(settings.KEEP_UNUSED_DAYS).filter(
        unused_warned_at__gt=F("last_seen"), unused_warned_at__lt=_ago(settings.WARN_UNUSED_DAYS)
    )
    deleted = 0
    for pk in list(due.values_list("pk", flat=True)[:BATCH]):
        try:
            with transaction.atomic():
                user = due.select_for_update(skip_locked=True).filter(pk=pk).first()
                if user:  # still unused, now that signing in has to wait
                    delete_account(user)
                    logger.info("The unused account %s is deleted", pk)
                    deleted += 1
        except TooLate:  # their computer is just sending something: used after all
            continue
    return deleted


def _unused(days: int) -> QuerySet[User]:
    """Return the people, without staff, of whom no sign-in and no device or program was seen for `days`."""
    tokens = ApiToken.objects.filter(user=OuterRef("pk")).values("user").annotate(last=Max("last_used_at"))
    devices = Device.objects.filter(user=OuterRef("pk")).values("user").annotate(last=Max("last_seen_at"))
    signs = (Subquery(found.values("last")) for found in (tokens, devices))
    seen = User.objects.annotate(last_seen=Greatest("date_joined", "last_login", *signs))
    unused = seen.filter(last_seen__lt=_ago(days), is_staff=False, is_active=True).order_by("pk")
    return unused if settings.KEEP_UNUSED_DAYS else unused.none()


def _ago(days: int) -> object:
    return Now() - timedelta(days=days)


def _write_to(user: User) -> None:
    send_mail(
        "Your JobSwipe account will be deleted",
        f"Nobody has signed in to your account for a long time. In {settings.WARN_UNUSED_DAYS} days we delete it, with "
        "your profile, resumes and applications.\n\nTo keep it, sign in once:\n"
        f"{settings.SITE_URL}{reverse('account_login')}\n\n"
        f"To take a copy of everything first:\n{settings.SITE_URL}{reverse('automation:privacy')}\n",
        None,
        [user.email],
    )
