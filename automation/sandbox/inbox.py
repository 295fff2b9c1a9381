"""What the practice employers have received. Nothing is merged: an application that came twice is listed twice."""

import hashlib
from collections import Counter
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from pathlib import PurePath
from secrets import token_hex
from typing import Any, NamedTuple

from starlette.datastructures import FormData, UploadFile
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

Fields = dict[str, str | list[str]]  # a control's name: its value, or a list of them


class Sender(NamedTuple):
    """Who applied for what; the inbox is narrowed by these."""

    employer: str
    job: str
    email: str

    def fits(self, wanted: dict[str, str]) -> bool:
        return all(wanted.get(name, value) == value for name, value in self._asdict().items())


@dataclass(frozen=True)
class ReceivedFile:
    """A file as it arrived: the control's name, the file's own name, bytes, and the hash in hexadecimal."""

    field: str
    name: str
    size: int
    sha256: str

    @property
    def suffix(self) -> str:
        return PurePath(self.name).suffix.lower()


@dataclass(frozen=True)
class Received:
    """One application as it arrived; `received_at` is UTC in ISO 8601."""

    id: int
    employer: str
    job: str
    email: str
    fields: Fields
    files: list[ReceivedFile]
    peer: str
    user_agent: str
    received_at: str = field(default_factory=lambda: datetime.now(UTC).isoformat())

    @property
    def sender(self) -> Sender:
        return Sender(self.employer, self.job, self.email)


class Inbox:
    """Applications in the order in which they came, and how many were turned away."""

    def __init__(self) -> None:
        self._received: list[Received] = []
        self._rejected: Counter[Sender] = Counter()
        self._seen: set[Sender] = set()

    def receive(self, request: Request, sender: Sender, fields: Fields, files: list[ReceivedFile]) -> None:
        self._received.append(
            Received(
                id=len(self._received) + 1,
                employer=sender.employer,
                job=sender.job,
                email=sender.email,
                fields=fields,
                files=files,
                peer=f"{request.client.host}:{request.client.port}" if request.client else "",
                user_agent=request.headers.get("user-agent", ""),
            )
        )

    def reject(self, sender: Sender) -> None:
        """Count a submission that was turned away."""
        self._rejected[sender] += 1

    def is_first(self, sender: Sender) -> bool:
        """Say whether this was not asked about the sender before: True once."""
        if sender in self._seen:
            return False
        self._seen.add(sender)
        return True

    def newest_first(self) -> list[Received]:
        return self._received[::-1]

    def as_json(self, wanted: dict[str, str]) -> dict[str, Any]:
        """Return what fits `wanted` (employer, job, email; other keys mean nothing), oldest first."""
        return {
            "applications": [asdict(one) for one in self._received if one.sender.fits(wanted)],
            "rejected": sum(count for sender, count in self._rejected.items() if sender.fits(wanted)),
        }

    def clear(self) -> None:
        self._received.clear()
        self._rejected.clear()
        self._seen.clear()


async def read_form(form: FormData) -> tuple[Fields, list[ReceivedFile]]:
    """Return the fields and the files of a posted form; a file control that was left empty counts as absent."""
    fields: Fields = {}
    files: list[ReceivedFile] = []
    for name in dict.fromkeys(form.keys()):
        values = form.getlist(name)
        texts = [value for value in values if isinstance(value, str)]
        if texts:
            fields[name] = texts[0] if len(texts) == 1 else texts
        files += [await read_file(name, value) for value in values if isinstance(value, UploadFile) and value.filename]
    return fields, files


async def read_file(name: str, upload: UploadFile) -> ReceivedFile:
    content = await upload.read()
    return ReceivedFile(name, upload.filename or "", len(content), hashlib.sha256(content).hexdigest())


async def upload(request: Request) -> Response:
    """Keep a file that a form sends ahead of itself, and answer with the key by which the form names it later."""
    async with request.form() as form:
        sent = form.get("file")
        if not isinstance(sent, UploadFile):
            raise HTTPException(400, "No file.")
        key = token_hex(8)
        request.app.state.uploads[key] = await read_file("resume", sent)
    return JSONResponse({"key": key})
