"""A resume is taken for what it is, kept for its owner alone, and a bad one changes nothing."""

import io
import zipfile
from collections.abc import Callable

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from rest_framework.test import APIClient

from accounts.models import Resume, User
from accounts.services import DOCX
from tests.conftest import PDF

UPLOAD = "/profile/resumes"


def docx() -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        archive.writestr("word/document.xml", "<w:document/>")
    return held.getvalue()


@pytest.fixture
def client(alice: User, client_of: Callable[[User], APIClient]) -> Client:
    return client_of(alice)


def upload(client: Client, name: str, content: bytes) -> str:
    """Upload a file; return what the page then says."""
    answer = client.post(
        UPLOAD,
        {"file": SimpleUploadedFile(name, content)},
        follow=True,
        headers={"Referer": "http://testserver/profile"},
    )
    return answer.content.decode()


def test_a_pdf_becomes_the_resume_that_is_sent(client: Client, alice: User) -> None:
    assert "new.pdf is now the resume that is sent" in upload(client, "new.pdf", PDF + b"more")
    assert alice.resumes.get(is_default=True).name == "new.pdf"
    assert alice.resumes.count() == 2


def test_a_word_document_is_known_by_its_content_whatever_its_name(client: Client, alice: User) -> None:
    upload(client, "cv.pdf", docx())
    resume = alice.resumes.get(is_default=True)
    assert (resume.content_type, resume.name) == (DOCX, "cv.docx")


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("cv.pdf", b"MZ\x90\x00 a program", "neither a PDF nor a Word document"),
        ("cv.docx", b"PK\x03\x04 not really", "neither a PDF nor a Word document"),
        ("cv.pdf", b"%PDF-" + b"0" * (10 * 2**20), "over 10 MB"),
        ("cv.pdf", b"", "must not be empty"),
    ],
)
def test_what_is_no_resume_is_refused_with_a_sentence_and_changes_nothing(
    client: Client, alice: User, name: str, content: bytes, sentence: str
) -> None:
    before = alice.resumes.get()
    assert sentence in upload(client, name, content)
    assert alice.resumes.get() == before
    assert before.is_default


def test_a_file_name_cannot_leave_its_folder(client: Client, alice: User) -> None:
    upload(client, "..\\..\\etc/pass wd.pdf", PDF + b"x")
    name = alice.resumes.get(is_default=True).name
    assert "/" not in name
    assert "\\" not in name


def test_the_file_opens_for_its_owner_alone(
    client: Client, resume: Resume, bob: User, client_of: Callable[[User], APIClient]
) -> None:
    url = f"{UPLOAD}/{resume.pk}"
    answer = client.get(url)
    assert (answer.content, answer["Content-Type"]) == (PDF, "application/pdf")
    assert "attachment" in answer["Content-Disposition"]
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert client_of(bob).get(url).status_code == 404
    assert Client().get(url).status_code == 302


@pytest.mark.parametrize("action", ["default", "retire"])
def test_a_stranger_cannot_change_it(
    resume: Resume, bob: User, client_of: Callable[[User], APIClient], action: str
) -> None:
    assert client_of(bob).post(f"{UPLOAD}/{resume.pk}/{action}").status_code == 404
    resume.refresh_from_db()
    assert (resume.is_default, resume.retired_at) == (True, None)


def test_a_removed_resume_is_not_sent_any_more(client: Client, resume: Resume, alice: User) -> None:
    client.post(f"{UPLOAD}/{resume.pk}/retire")
    assert not alice.resumes.filter(is_default=True).exists()
