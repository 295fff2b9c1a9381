"""Alarms for staff: raised once, cleared when what raised them has passed."""

import logging
from datetime import timedelta

from django.conf import settings
from django.core.mail import mail_admins
from django.db.models.functions import Now
from django.utils import timezone

from applications.models import Application, Lane
from applications.states import Status
from automation.models import Alarm, Attempt

logger = logging.getLogger(__name__)

NEWEST = 1000  # attempts that are looked at: far more than are ever at work at once


def check_progress() -> None:
    """Raise the alarm when server work has waited for STALL_ALARM seconds and none was finished in that time.

    It looks at what is done, not at who is connected: a worker may look alive and take nothing.
    """
    since = Now() - timedelta(seconds=settings.STALL_ALARM)
    waits = Application.objects.filter(status=Status.QUEUED, lane=Lane.SERVER, available_at__lt=since)
    if waits.exists() and not _has_finished_since(since):
        raise_alarm(
            Alarm.Name.STALLED,
            f"{waits.count()} applications have been waiting for over {settings.STALL_ALARM:.0f} seconds, and no "
            "worker has finished any in that time. Look at the workers' logs; restart them if they are silent.",
        )
    else:
        clear_alarm(Alarm.Name.STALLED)


def _has_finished_since(since: object) -> bool:
    newest = Attempt.objects.filter(lane=Lane.SERVER).order_by("-id").values("id")[:NEWEST]
    return Attempt.objects.filter(pk__in=newest, finished_at__gte=since).exists()


def raise_alarm(name: Alarm.Name, text: str) -> None:
    """Tell staff, in the admin, in the log and by mail, unless this alarm is open already."""
    alarm, is_new = Alarm.objects.get_or_create(name=name, cleared_at=None, defaults={"text": text})
    if is_new:
        logger.critical("Alarm %s (%s): %s", alarm.pk, name, text)
        mail_admins(Alarm.Name(name).label, text, fail_silently=True)  # the row and the log have it


def clear_alarm(name: Alarm.Name) -> None:
    """Close the alarm, if it is open."""
    if Alarm.objects.filter(name=name, cleared_at=None).update(cleared_at=timezone.now()):
        logger.warning("Alarm %s has passed", name)
