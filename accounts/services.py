"""Every write to a person's profile, resumes, answers and tokens."""

import hashlib
import re
import secrets
import unicodedata
import zipfile
from collections.abc import Iterable
from typing import Any

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.db.models.functions import Now
from django.utils.text import get_valid_filename
from django.utils.translation import gettext

from accounts.adapters import ENCRYPTED, rotated
from accounts.models import Answer, ApiToken, Candidate, Resume, User
from jobswipe import rows
from jobswipe.problems import InvalidInput

PDF = "application/pdf"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
SUFFIX = {PDF: ".pdf", DOCX: ".docx"}


def candidate_of(user: User) -> Candidate:
    """Return the person's profile, an empty one at first."""
    return Candidate.objects.get_or_create(user=user)[0]


# ---------------------------------------------------------------- resumes


def add_resume(*, user: User, upload: UploadedFile[bytes], make_default: bool = True) -> Resume:
    """Keep an uploaded resume. Raises InvalidInput for what is no PDF or DOCX by its content, or is too large."""
    if (upload.size or 0) > settings.RESUME_MAX_BYTES:
        most = settings.RESUME_MAX_BYTES // 2**20
        raise InvalidInput(gettext("The file is over %s MB. Save a smaller one and try again.") % most)
    content_type = resume_type(upload)
    digest = hashlib.sha256()
    for chunk in upload.chunks():
        digest.update(chunk)
    upload.seek(0)
    with transaction.atomic():
        User.objects.select_for_update().get(pk=user.pk)  # two uploads at once: one default
        first = not user.resumes.filter(is_default=True).exists()
        if make_default:
            user.resumes.filter(is_default=True).update(is_default=False)
        resume = Resume(
            user=user,
            name=safe_name(upload.name or "resume", SUFFIX[content_type]),
            content_type=content_type,
            size=upload.size or 0,
            sha256=digest.hexdigest(),
            is_default=make_default or first,
        )
        resume.file.save(f"{secrets.token_hex(16)}{SUFFIX[content_type]}", upload, save=False)
        resume.save()
    return resume


def resume_type(upload: UploadedFile[bytes]) -> str:
    """Return the media type that the content itself shows, whatever the name says."""
    start = upload.read(5)
    upload.seek(0)
    if start == b"%PDF-":
        return PDF
    try:
        with zipfile.ZipFile(upload) as archive:
            if "word/document.xml" in archive.namelist():
                return DOCX
    except zipfile.BadZipFile:
        pass
    finally:
        upload.seek(0)
    raise InvalidInput(
        gettext("This file is neither a PDF nor a Word document (.docx). Save your resume as one of them.")
    )


def safe_name(name: str, suffix: str) -> str:
    """Return a file name that every site accepts, with the suffix that fits the content."""
    stem = get_valid_filename(name.rsplit(".", 1)[0][:100] or "resume")
    return f"{stem}{suffix}"


@transaction.atomic
def make_default(*, user: User, resume: Resume) -> None:
    """Let this resume be the one that is sent unless a swipe says otherwise."""
    User.objects.select_for_update().get(pk=user.pk)
    user.resumes.filter(is_default=True).update(is_default=False)
    user.resumes.filter(pk=resume.pk, retired_at__isnull=True).update(is_default=True)


def retire_resume(*, user: User, resume: Resume) -> None:
    """Offer this resume no more. Applications that were made with it keep it."""
    user.resumes.filter(pk=resume.pk).update(retired_at=Now(), is_default=False)


# ---------------------------------------------------------------- answers


def remember_answer(*, user: User, question: str, answer: str, source: Answer.Source) -> Answer:
    """Put an answer into the person's bank; the same question again replaces it."""
    return Answer.objects.update_or_create(
        user=user,
        normalized=normalized_question(question),
        defaults={"question": question, "answer": answer, "source": source},
    )[0]


def normalized_question(question: str) -> str:
    """Return `question` as the bank compares it, without case, spacing and end marks; "C++" is not "C#"."""
    text = unicodedata.normalize("NFKC", question).casefold()
    return re.sub(r"\s+", " ", text).strip(" *✱?.:!")[:500]


# ---------------------------------------------------------------- tokens


def issue_token(*, user: User, name: str, scope: ApiToken.Scope = ApiToken.Scope.USER) -> tuple[ApiToken, str]:
    """Make a bearer token; the second value is the token itself, shown once and not kept."""
    secret = f"js_{secrets.token_urlsafe(32)}"
    return ApiToken.objects.create(user=user, name=name, scope=scope, digest=token_digest(secret)), secret


def token_digest(secret: str) -> str:
    """Return what is kept of a token. It is random and long, so a plain hash is enough."""
    return hashlib.sha256(secret.encode()).hexdigest()


def revoke_token(*, user: User, token_id: int) -> None:
    """Refuse this token from now on."""
    user.api_tokens.filter(pk=token_id, revoked_at__isnull=True).update(revoked_at=Now())


# ---------------------------------------------------------------- the profile as forms see it


@transaction.atomic
def rotate_second_factors() -> int:
    """Encrypt each with the key made from SECRET_KEY; return how many. Raises InvalidToken where no key fits."""
    factors = list(Authenticator.objects.select_for_update().exclude(type=Authenticator.Type.WEBAUTHN).order_by("pk"))
    for factor in factors:
        factor.data |= {name: rotated(factor.data[name]) for name in ENCRYPTED if name in factor.data}
    Authenticator.objects.bulk_update(factors, ["data"], batch_size=500)
    return len(factors)


def answers_of(people: Iterable[int]) -> dict[int, list[dict[str, str]]]:
    """Return what each of them has answered as `candidate.json` has it, the oldest first."""
    answers: dict[int, list[dict[str, str]]] = {user_id: [] for user_id in people}
    for user_id, question, answer in rows.run(ANSWERS, [list(answers)]):
        answers[user_id].append({"question": question, "answer": answer})
    return answers


ANSWERS = "SELECT user_id, question, answer FROM accounts_answer WHERE user_id = ANY(%b::bigint[]) ORDER BY id"


def candidate_json(user: User, answers: list[dict[str, str]] | None = None) -> dict[str, Any]:
    """Return the person as the engine's `candidate.json`; what they have not said is left out.

    `answers`: theirs of `answers_of`, where they are read for many.
    """
    candidate = getattr(user, "candidate", None) or Candidate(user=user)
    said = {
        "first_name": candidate.first_name,
        "last_name": candidate.last_name,
        "email": user.email,
        "phone": candidate.phone,
        "preferred_name": candidate.preferred_name,
        "address": _said(candidate, "street", "city", "region", "postal_code", "country"),
        "links": _said(candidate, "linkedin", "github", "website", "portfolio"),
        "current": {
            name: value
            for name, value in (("company", candidate.current_company), ("title", candidate.current_title))
            if value
        },
        **_said(
            candidate,
            "experience_years", "work_history", "education", "skills", "languages", "work_authorization",
            "willing_to_relocate", "work_mode", "notice_period_days", "over_18", "heard_from", "demographics",
            "consents",
        ),
        "earliest_start": candidate.earliest_start.isoformat() if candidate.earliest_start else None,
        "salary_expectation": _salary(candidate),
        "answers": answers_of([user.pk])[user.pk] if answers is None else answers,
    }  # fmt: skip
    return {name: value for name, value in said.items() if value not in (None, "", [], {})}


def _said(candidate: Candidate, *names: str) -> dict[str, Any]:
    return {name: value for name in names if (value := getattr(candidate, name)) not in (None, "", [], {})}


def _salary(candidate: Candidate) -> dict[str, Any] | None:
    if not (candidate.salary_amount and candidate.salary_currency and candidate.salary_period):
        return None
    return {
        "amount": candidate.salary_amount,
        "currency": candidate.salary_currency,
        "period": candidate.salary_period,
    }
