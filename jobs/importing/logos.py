"""Logos of employers, from the JSON-LD of their own job pages (schema.org: hiringOrganization.logo).

The boards' posting APIs have none, but the pages that they host do. What is fetched passes the same checks as every
other request: a public host, HTTPS, a limit of size, and only what its own content shows to be a picture is kept.
"""

import posixpath
from collections.abc import Iterator
from datetime import timedelta
from typing import Any
from urllib.parse import urljoin

from django.conf import settings
from django.core.files.base import ContentFile
from django.db.models import Q
from django.utils import timezone

from jobs.importing.boards.page import postings_in
from jobs.importing.fetch import Client, FetchError
from jobs.logos import LARGEST, media_type
from jobs.models import Board, Company, Job

AT_ONCE = 3  # employers of one board whose logos are looked for after one reading
AGAIN = timedelta(days=7)  # until a logo that was not found is looked for again
ENDINGS = {"image/png": "png", "image/jpeg": "jpg", "image/webp": "webp"}  # no drawings: those can hold scripts


def fetch_logos(board: Board, client: Client) -> None:
    """Look for the logos of the board's employers that have none; a failure costs nothing but the logo."""
    if not settings.IMPORT_LOGOS:
        return
    asked_long_ago = Q(logo_asked_at__isnull=True) | Q(logo_asked_at__lt=timezone.now() - AGAIN)
    here = Job.objects.filter(board=board, status=Job.Status.OPEN)
    without = Company.objects.filter(asked_long_ago, logo="", pk__in=here.values("company"))
    for company in without.order_by("pk")[:AT_ONCE]:
        Company.objects.filter(pk=company.pk).update(logo_asked_at=timezone.now())
        job = here.filter(company=company).order_by("-id").first()
        if job is not None and (content := _logo_of(job, client)):
            _keep(company, content)


def _logo_of(job: Job, client: Client) -> bytes | None:
    for page in [*job.other_urls[:1], job.apply_url]:
        try:
            for url in _named_in(client.page(page) or "", page):
                content = client.picture(url, LARGEST)
                if content and media_type(content) in ENDINGS:
                    return content
        except FetchError:
            continue
    return None


def _named_in(page: str, address: str) -> Iterator[str]:
    for posting in postings_in(page, address):
        employer = posting.get("hiringOrganization")
        logo: Any = employer.get("logo") if isinstance(employer, dict) else None
        logo = (logo.get("url") or logo.get("contentUrl")) if isinstance(logo, dict) else logo
        if isinstance(logo, str) and logo:
            yield urljoin(address, logo)
            return


def _keep(company: Company, content: bytes) -> None:
    """Keep a logo, unless staff gave the employer one in the meantime."""
    name = posixpath.join("logos", f"{company.slug}.{ENDINGS[media_type(content)]}")
    kept = Company.logo.field.storage.save(name, ContentFile(content))
    if not Company.objects.filter(pk=company.pk, logo="").update(logo=kept):
        Company.logo.field.storage.delete(kept)
