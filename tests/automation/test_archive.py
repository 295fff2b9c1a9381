"""The whole story of an application can be taken away, and checked."""

import hashlib
import io
import json
import zipfile
from collections.abc import Callable
from typing import Any

import pytest

from accounts.models import Resume, User
from applications.models import Application, Lane
from automation import leases
from automation.outcomes import finish
from automation.reports import add_evidence
from jobs.models import Job
from tests.conftest import PDF


@pytest.fixture
def application(alice: User, job: Job, swipe_right: Callable[[User, Job], Application]) -> Application:
    application = swipe_right(alice, job)
    [attempt] = leases.claim(lane=Lane.SERVER, runner="test")
    leases.start(attempt_id=attempt.pk, lease=attempt.lease)
    add_evidence(attempt=attempt, name="before-submit.png", kind="before-submit", content=b"\x89PNG")
    leases.begin_submit(attempt_id=attempt.pk, lease=attempt.lease)
    result = {"outcome": "submitted", "confirmation": "response", "fields": [], "message": "Thanks."}
    finish(attempt_id=attempt.pk, lease=attempt.lease, result=result)
    return application


def unpacked(answer: Any) -> dict[str, bytes]:
    assert (answer.status_code, answer["Content-Type"]) == (200, "application/zip")
    with zipfile.ZipFile(io.BytesIO(answer.content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def test_the_archive_has_all_of_it(application: Application, alice: User, client_of: Any) -> None:
    files = unpacked(client_of(alice).get(f"/applications/{application.pk}/archive"))
    assert files["resume/resume.pdf"] == PDF
    assert files["attempts/1/evidence/before-submit.png"] == b"\x89PNG"
    attempt = json.loads(files["attempts/1/attempt.json"])
    assert (attempt["outcome"], attempt["result"]["message"]) == ("submitted", "Thanks.")
    assert attempt["packet"]["candidate"]["first_name"] == "Alice"
    assert json.loads(files["posting.json"])["title"] == application.job.title
    statuses = [event["data"]["to"] for event in json.loads(files["events.json"]) if event["type"] == "status"]
    assert (statuses[0], statuses[-1]) == ("PENDING", "COMPLETED")


def test_the_manifest_vouches_for_every_file(application: Application, alice: User, client_of: Any) -> None:
    files = unpacked(client_of(alice).get(f"/applications/{application.pk}/archive"))
    manifest = json.loads(files.pop("manifest.json"))
    assert manifest["files"] == [
        {"name": name, "size": len(content), "sha256": hashlib.sha256(content).hexdigest()}
        for name, content in files.items()
    ]


def test_no_name_leads_out_of_the_archive(application: Application, alice: User, client_of: Any) -> None:
    Resume.objects.update(name="../../.ssh/authorized_keys")
    assert "resume/authorized_keys" in unpacked(client_of(alice).get(f"/applications/{application.pk}/archive"))


def test_staff_find_it_on_the_pages_of_an_application_and_of_an_attempt(
    application: Application, charlie: User, client_of: Any
) -> None:
    client = client_of(charlie)
    attempt = application.attempts.get()
    for page in (f"applications/application/{application.pk}", f"automation/attempt/{attempt.pk}"):
        shown = client.get(f"/admin/{page}/change/").content.decode()
        assert f'href="/applications/{application.pk}/archive"' in shown
    assert "events.json" in unpacked(client.get(f"/applications/{application.pk}/archive"))


def test_a_stranger_does_not_get_it(application: Application, bob: User, client_of: Any) -> None:
    assert client_of(bob).get(f"/applications/{application.pk}/archive").status_code == 404
