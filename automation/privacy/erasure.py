"""The one way in which what never changes is deleted: with its person, or when it has been kept long enough."""

import logging
from collections.abc import Iterable, Sequence

from django.db import connection, transaction
from django.db.models.fields.files import FieldFile

from automation.models import Evidence

logger = logging.getLogger(__name__)


@transaction.atomic
def erase(application_ids: Sequence[int], *, with_events: bool) -> None:
    """Delete all attempts of these applications, with packets, logs, evidence and files; the feed's lines if asked for.

    A function of the database does it, with rights that we do not have.
    """
    files = [one.file for one in Evidence.objects.filter(attempt__application__in=application_ids)]
    with connection.cursor() as cursor:
        cursor.execute("SELECT jobswipe_erase(%s::bigint[], %s)", [list(application_ids), with_events])
    delete_files_on_commit(files)


def erase_snapshots(job_ids: Sequence[int]) -> None:
    """Delete the snapshots of these jobs; the database refuses while an application needs one."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT jobswipe_erase_snapshots(%s::bigint[])", [list(job_ids)])


def delete_files_on_commit(files: Iterable[FieldFile]) -> None:
    """Delete files once their rows are gone for good."""
    transaction.on_commit(lambda: _delete(files))


def _delete(files: Iterable[FieldFile]) -> None:
    for file in files:
        try:
            file.storage.delete(file.name or "")
        except OSError:  # the row is gone all the same; an operator removes what is left
            logger.exception("The file %s of a deleted row is left", file.name)
