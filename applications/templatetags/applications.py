"""How an application reads on a page."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from django import template
from django.utils import timezone
from django.utils.timesince import timesince
from django.utils.translation import gettext
from django_stubs_ext import StrOrPromise

from applications.board import column_of
from applications.models import Application, Lane, Stage
from applications.states import Status

register = template.Library()

QUIET = timedelta(weeks=3)  # without a word from the employer
WAITING = timedelta(days=2)


@register.filter
def status(value: str) -> str:
    """Return the status in words."""
    return str(Status(value).label)


@register.filter
def column(application: Application) -> str:
    """Return the key of the board's column where it stands."""
    return column_of(application)


@register.filter
def percent_of(progress: Mapping[int, int], application: Application) -> int:
    """Return how far the application is; 0 while nobody works on it."""
    return progress.get(application.pk, 0) if progress else 0


@register.filter
def stages(application: Application) -> list[tuple[str, StrOrPromise]]:
    """Return where its person may move it, as (value, name)."""
    return [(value, name) for value, name in Stage.choices if value != application.stage]


@register.filter
def told(sentence: str) -> str:
    """Return what was kept for the person, in English, in the language of their page where it is known in that."""
    return gettext(sentence) if sentence else ""


@register.filter
def ago(time: datetime) -> str:
    """Return how long ago that was, in its largest unit."""
    since = timesince(time, depth=1)
    return gettext("just now") if timezone.now() - time < timedelta(minutes=1) else gettext("%s ago") % since


@register.filter
def stale(application: Application) -> str:
    """Return what has not happened for too long, empty when all is as it should be."""
    age = timezone.now() - application.updated_at
    since = timesince(application.updated_at, depth=1)
    if column_of(application) == "applied" and age > QUIET:
        return gettext("No word for %s") % since
    if application.status == Status.REVIEW and age > WAITING:
        return gettext("Has waited %s for you") % since
    if application.status == Status.QUEUED and application.lane == Lane.DEVICE and age > WAITING:
        return gettext("Has waited %s for your computer") % since
    return ""


@register.filter
def is_ahead(moment: datetime | None) -> bool:
    """Whether the moment is still to come."""
    return moment is not None and moment > timezone.now()
