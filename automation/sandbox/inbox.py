"""What the practice employers have received. Nothing is merged: an application that came twice is listed twice."""

import hashlib
from collections import Counter
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from typing import Any

from starlette.datastructures import FormData, UploadFile
from starlette.requests import Request

FILTERS = ("employer", "job", "email")


@dataclass(frozen=True)
class ReceivedFile:
    field: str
    name: str
    size: int
    sha256: str


@dataclass(frozen=True)
class Received:
    """One application as it arrived; `fields` maps a control's name to its value, or to a list of them."""

    id: int
    employer: str
    job: str
    email: str
    fields: dict[str, str | list[str]]
    files: list[ReceivedFile]
    peer: str
    user_agent: str
    received_at: str = field(default_factory=lambda: datetime.now(UTC).isoformat())


class Inbox:
    """Applications in the order in which they came, and how many were turned away."""

    def __init__(self) -> None:
        self._received: list[Received] = []
        self._rejected: Counter[tuple[str, str, str]] = Counter()

    def receive(
        self, request: Request, *, employer: str, job: str, fields: dict[str, Any], files: list[ReceivedFile]
    ) -> None:
        self._received.append(
            Received(
                id=len(self._received) + 1,
                employer=employer,
                job=job,
                email=str(fields.get("email", "")),
                fields=fields,
                files=files,
                peer=f"{request.client.host}:{request.client.port}" if request.client else "",
                user_agent=request.headers.get("user-agent", ""),
            )
        )

    def reject(self, *, employer: str, job: str, email: str) -> int:
        """Count a submission that was turned away; return how many there were from this e-mail for this job."""
        self._rejected[employer, job, email] += 1
        return self._rejected[employer, job, email]

    def rejections(self, *, employer: str, job: str, email: str) -> int:
        return self._rejected[employer, job, email]

    def newest_first(self) -> list[Received]:
        return self._received[::-1]

    def as_json(self, query: dict[str, str]) -> dict[str, Any]:
        wanted = {name: query[name] for name in FILTERS if name in query}
        return {
            "applications": [
                asdict(one)
                for one in self._received
                if all(getattr(one, name) == value for name, value in wanted.items())
            ],
            "rejected": sum(
                count
                for key, count in self._rejected.items()
                if all(dict(zip(FILTERS, key, strict=True))[name] == value for name, value in wanted.items())
            ),
        }

    def clear(self) -> None:
        self._received.clear()
        self._rejected.clear()


async def read_form(form: FormData) -> tuple[dict[str, str | list[str]], list[ReceivedFile]]:
    """Return the fields and the files of a posted form; a file control that was left empty counts as absent."""
    fields: dict[str, str | list[str]] = {}
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
