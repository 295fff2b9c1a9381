"""The canary: a synthetic application a minute, on a practice employer, the whole way that a person's goes.

It sings as long as swipes become submissions. Configured by CANARY_URL, the address of a practice employer's form.
"""

from datetime import timedelta
from uuid import uuid4

from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.db.models.functions import Now

from accounts.models import Candidate, User
from accounts.services import add_resume
from applications import services
from applications.models import Application, Swipe
from applications.standing import circumstances_of
from applications.states import Status
from automation.models import Alarm
from automation.operations.alarms import clear_alarm, raise_alarm
from automation.privacy.erasure import erase, erase_snapshots
from jobs.models import Company, Job

EMAIL = "canary@jobswipe.invalid"  # a name that exists nowhere (RFC 2606)
NAME = "canary"
KEPT = timedelta(hours=6)  # what is older is forgotten: one a minute would fill the tables
RESUME = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"


def fly() -> None:
    """Judge the last canary, forget old ones, and send the next when CANARY_EVERY seconds have passed."""
    if not settings.CANARY_URL:
        return
    canary = _canary()
    last = canary.applications.first()
    if last:
        _judge(last)
        _forget_old(canary)
    if last is None or _may_be_followed(last):
        _send(canary)


def _may_be_followed(last: Application) -> bool:
    over = Application.objects.filter(
        pk=last.pk,
        status__in=[Status.COMPLETED, Status.FAILED, Status.REVIEW, Status.CANCELLED],
        created_at__lt=Now() - timedelta(seconds=settings.CANARY_EVERY),
    )
    return over.exists()


def _judge(last: Application) -> None:
    if last.status == Status.COMPLETED:
        clear_alarm(Alarm.Name.CANARY)
    elif last.status in {Status.FAILED, Status.REVIEW} or _is_late(last):
        raise_alarm(
            Alarm.Name.CANARY,
            f"The canary, application {last.pk}, stands at {last.get_status_display()}: {last.message or 'no word'}",
        )


def _is_late(last: Application) -> bool:
    late = Now() - timedelta(seconds=settings.STALL_ALARM)
    return Application.objects.filter(pk=last.pk, created_at__lt=late).exists()


def _send(canary: User) -> None:
    company, _ = Company.objects.get_or_create(slug=NAME, defaults={"name": "Canary"})
    with transaction.atomic():
        # Closed, so that it is in nobody's deck; a job of its own, since a person applies to a job once.
        job = Job.objects.create(
            company=company,
            title="Canary",
            description="<p>Tests the way.</p>",
            apply_url=settings.CANARY_URL,
            status=Job.Status.CLOSED,
            closed_reason="A synthetic job",
        )
        swipe = Swipe.objects.create(user=canary, job=job, direction=Swipe.Direction.RIGHT, key=uuid4())
        if at := circumstances_of(canary, job.pk, in_turn=True):
            services.apply(canary, swipe, at)


def _canary() -> User:
    """Return the synthetic person: nobody can sign in as them, and no mail is sent to them."""
    canary, is_new = User.objects.get_or_create(email=EMAIL, defaults={"is_active": False, "server_limit": 32767})
    if is_new:
        canary.set_unusable_password()
        canary.save()
        Candidate.objects.create(
            user=canary,
            first_name="Canary",
            last_name="Bird",
            phone="+15125550100",
            city="Austin",
            region="TX",
            postal_code="78701",
            country="US",
            experience_years=8,
            work_authorization=[{"country": "US", "authorized": True, "needs_sponsorship": False}],
            consents={"privacy": True, "truthful": True},
            undo_window=0,
        )
        add_resume(user=canary, upload=SimpleUploadedFile("canary.pdf", RESUME))
    return canary


def _forget_old(canary: User) -> None:
    """Delete canaries that are long over, with their files and postings."""
    old = canary.applications.filter(created_at__lt=Now() - KEPT)
    if not (jobs := list(old.values_list("job_id", flat=True)[:100])):
        return
    with transaction.atomic():
        applications = Application.objects.filter(job__in=jobs, user=canary)
        erase(list(applications.values_list("pk", flat=True)), with_events=True)
        applications.delete()
        Swipe.objects.filter(job__in=jobs, user=canary).delete()
        erase_snapshots(jobs)
        Job.objects.filter(pk__in=jobs).delete()
