"""What tests of the desktop program share."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import keyring
import pytest
from keyring.backends import fail

from automation.agent.outbox import Outbox

OpenOutbox = Callable[[Path], Outbox]


def claimed(number: int) -> dict[str, Any]:
    """Return an attempt as `POST claims/` gives it."""
    company = {"name": "Meridian Labs", "domain": "", "about": "They measure rain."}
    packet = {"url": "https://employer.example/1", "snapshot": {"title": "Engineer", "company": company}}
    return {"id": number, "application": number + 100, "token": 1, "packet": packet}


@pytest.fixture
def open_outbox() -> Iterator[OpenOutbox]:
    """Open the outbox of a folder; it is closed with the test."""
    opened: list[Outbox] = []

    def open_one(folder: Path) -> Outbox:
        opened.append(Outbox(folder))
        return opened[-1]

    yield open_one
    for outbox in opened:
        outbox.close()


@pytest.fixture
def outbox(tmp_path: Path, open_outbox: OpenOutbox) -> Outbox:
    """An outbox that holds attempt 1."""
    outbox = open_outbox(tmp_path)
    outbox.take(claimed(1))
    return outbox


@pytest.fixture
def no_keyring() -> Iterator[None]:
    known = keyring.get_keyring()
    keyring.set_keyring(fail.Keyring())  # type: ignore[no-untyped-call]
    yield
    keyring.set_keyring(known)
