"""The whole story of one application as one file: a ZIP whose manifest has the hash of everything in it."""

import hashlib
import io
import json
import zipfile
from collections.abc import Iterable, Iterator
from pathlib import PurePath
from typing import IO, Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db.models.fields.files import FieldFile

from applications.models import Application
from automation.models import Attempt

MANIFEST = "manifest.json"


def archive_of(application: Application) -> bytes:
    """Return a ZIP with what was swiped, what happened, each attempt, what it sent and its evidence.

    `manifest.json` lists every other file as {"name", "size", "sha256"}, size in bytes.
    """
    buffer = io.BytesIO()
    write_archive(buffer, files_of(application))
    return buffer.getvalue()


def write_archive(target: IO[bytes], files: Iterable[tuple[str, bytes]]) -> None:
    """Write (name, content) one after the other into a ZIP, with the manifest last."""
    listed = []
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files:
            archive.writestr(name, content)
            listed.append({"name": name, "size": len(content), "sha256": hashlib.sha256(content).hexdigest()})
        archive.writestr(MANIFEST, as_json({"files": listed}))


def files_of(application: Application) -> Iterator[tuple[str, bytes]]:
    """Yield the story of an application as (name, content)."""
    yield "application.json", as_json(_application(application))
    yield "posting.json", as_json(application.snapshot.content)
    yield "events.json", as_json(list(application.events.order_by("seq").values("seq", "at", "type", "data")))
    if application.resume:
        yield f"resume/{bare_name(application.resume.name)}", content_of(application.resume.file)
    for attempt in application.attempts.order_by("lease").select_related("device").prefetch_related("log", "evidence"):
        yield from _files_of_attempt(attempt, f"attempts/{attempt.lease}")


def _files_of_attempt(attempt: Attempt, folder: str) -> Iterator[tuple[str, bytes]]:
    yield f"{folder}/attempt.json", as_json(_attempt(attempt))
    lines = [
        {"seq": one.seq, "at": one.at, "step": one.step, "message": one.message, "percent": one.percent}
        for one in attempt.log.all()
    ]
    yield f"{folder}/log.json", as_json(lines)
    for one in attempt.evidence.all():
        yield f"{folder}/evidence/{bare_name(one.name)}", content_of(one.file)


def _application(application: Application) -> dict[str, Any]:
    names = (
        "id", "status", "lane", "cover_letter", "review_kind", "failure_kind", "confirmation", "message", "questions",
        "created_at", "submitted_at", "updated_at",
    )  # fmt: skip
    return {name: getattr(application, name) for name in names}


def _attempt(attempt: Attempt) -> dict[str, Any]:
    names = (
        "lease", "lane", "runner", "claimed_at", "submit_started_at", "finished_at", "outcome", "failure_kind",
        "packet", "packet_sha256", "result",
    )  # fmt: skip
    device = attempt.device.name if attempt.device else None
    return {name: getattr(attempt, name) for name in names} | {"device": device}


def bare_name(name: str) -> str:
    """Return a name that stays in its folder when the archive is unpacked, wherever the name came from."""
    return PurePath(name.replace("\\", "/")).name


def as_json(value: object) -> bytes:
    """Return JSON for people to read."""
    return json.dumps(value, cls=DjangoJSONEncoder, indent=2, ensure_ascii=False).encode()


def content_of(file: FieldFile) -> bytes:
    """Return what is in a private file."""
    with file.open() as content:
        body: bytes = content.read()
    return body
