"""What a person may ask of what we keep about them: a copy of everything, and that all of it goes."""

import tempfile
from collections.abc import Iterator
from typing import IO, Any

from django.db import transaction

from accounts.getting_started import progress_of
from accounts.models import User
from accounts.resume.json_resume import export
from accounts.services import candidate_json, candidate_of
from applications.models import Application
from applications.services import withdraw
from applications.states import HELD
from automation.archive import as_json, bare_name, content_of, files_of, write_archive
from automation.privacy.erasure import delete_files_on_commit, erase
from notifications.forms import WishesForm
from notifications.services import wishes_of

IN_MEMORY = 4 * 2**20  # bytes; a larger copy is written to a temporary file


def everything_of(user: User) -> IO[bytes]:
    """Return a ZIP with all that is kept about a person, as a file at its beginning."""
    copy = tempfile.SpooledTemporaryFile(IN_MEMORY)  # noqa: SIM115 the caller closes it
    write_archive(copy, _files(user))
    copy.seek(0)
    return copy


def _files(user: User) -> Iterator[tuple[str, bytes]]:
    yield "account.json", as_json({"email": user.email, "joined": user.date_joined, "last_sign_in": user.last_login})
    yield "profile.json", as_json(candidate_json(user))
    yield "resume.json", as_json(export(user, candidate_of(user)))
    yield "read-and-not-confirmed.json", as_json(progress_of(user).findings)
    yield "notifications.json", as_json(_notifications(user))
    yield "answers.json", as_json(list(user.answers.values("question", "answer", "source", "updated_at")))
    yield "swipes.json", as_json(_swipes(user))
    devices = user.devices.values("name", "platform", "version", "created_at", "last_seen_at", "revoked_at")
    yield "devices.json", as_json(list(devices))
    for resume in user.resumes.order_by("id"):
        yield f"resumes/{resume.pk}-{bare_name(resume.name)}", content_of(resume.file)
    applications = Application.objects.filter(user=user).select_related("snapshot", "resume").order_by("id")
    for application in applications.iterator(chunk_size=50):
        for name, content in files_of(application):
            yield f"applications/{application.pk}/{name}", content


def _notifications(user: User) -> dict[str, Any]:
    wishes = WishesForm(instance=wishes_of(user)).initial
    return {"wishes": wishes, "browsers": list(user.push_subscriptions.values("name", "endpoint", "created_at"))}


def _swipes(user: User) -> list[dict[str, Any]]:
    swipes = user.swipes.order_by("id").select_related("job__company")
    return [
        {
            "at": swipe.created_at,
            "direction": swipe.direction,
            "company": swipe.job.company.name,
            "title": swipe.job.title,
            "retracted_at": swipe.retracted_at,
        }
        for swipe in swipes
    ]


def delete_account(user: User) -> None:
    """Delete a person with all that is kept about them: rows, the packets that robots were given, and files.

    Raises TooLate while an application of theirs is being sent. Postings and their snapshots stay: they are the
    employers' words and name nobody.
    """
    with transaction.atomic():
        held = Application.objects.select_for_update().filter(user=user, status__in=HELD)
        for application in held.order_by("id"):
            withdraw(actor=user, application_id=application.pk)
        erase(list(user.applications.values_list("pk", flat=True)), with_events=True)
        delete_files_on_commit([one.file for one in user.resumes.all()])
        user.applications.all().delete()
        user.delete()
