"""Employers and what they post."""

from typing import Any

import pgtrigger
from django.db import models
from django.db.models.functions import Now

from accounts.models import PayPeriod, WorkMode


class Company(models.Model):
    """An employer."""

    name = models.CharField(max_length=200)
    slug = models.SlugField(max_length=80, unique=True)
    domain = models.CharField(max_length=200, blank=True)
    about = models.TextField(blank=True)

    class Meta:
        ordering = ["name"]
        verbose_name_plural = "companies"

    def __str__(self) -> str:
        return self.name


class Job(models.Model):
    """One posting of a company. Pay that is absent is unknown, never zero."""

    class Status(models.TextChoices):
        OPEN = "open", "Open"
        CLOSED = "closed", "Closed"

    class EmploymentType(models.TextChoices):
        FULL_TIME = "full_time", "Full time"
        PART_TIME = "part_time", "Part time"
        CONTRACT = "contract", "Contract"
        TEMPORARY = "temporary", "Temporary"
        INTERNSHIP = "internship", "Internship"

    company = models.ForeignKey(Company, on_delete=models.PROTECT, related_name="jobs")
    title = models.CharField(max_length=200)
    location = models.CharField(max_length=200, blank=True)
    work_mode = models.CharField(max_length=10, choices=WorkMode, blank=True)
    employment_type = models.CharField(max_length=12, choices=EmploymentType, blank=True)
    department = models.CharField(max_length=100, blank=True)
    description = models.TextField(help_text="HTML; only harmless tags are kept")
    benefits = models.JSONField(default=list, blank=True, help_text='A list of short texts: ["Health insurance"]')

    pay_min = models.PositiveIntegerField(null=True, blank=True)
    pay_max = models.PositiveIntegerField(null=True, blank=True)
    pay_currency = models.CharField(max_length=3, blank=True)
    pay_period = models.CharField(max_length=5, choices=PayPeriod, blank=True)
    pay_source = models.CharField(max_length=100, blank=True, help_text="Where the figure comes from")

    apply_url = models.URLField("apply address", max_length=1000)
    other_urls = models.JSONField("other addresses", default=list, blank=True)
    company_script = models.CharField(max_length=40, blank=True, help_text="Empty: chosen by the address")
    external_id = models.CharField(max_length=200, blank=True)
    questions = models.JSONField(
        default=list, blank=True, help_text="What the form asks, where the employer publishes it"
    )

    status = models.CharField(max_length=6, choices=Status, default=Status.OPEN)
    closed_reason = models.CharField(max_length=200, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    posted_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField(db_default=Now(), editable=False)
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["company", "external_id"],
                condition=~models.Q(external_id=""),
                name="one_job_per_external_id",
            ),
            models.CheckConstraint(
                condition=models.Q(pay_min__isnull=True)
                | models.Q(pay_max__isnull=True)
                | models.Q(pay_min__lte=models.F("pay_max")),
                name="pay_min_is_not_above_pay_max",
                violation_error_message="The lowest pay is above the highest.",
            ),
        ]
        indexes = [models.Index(fields=["-id"], condition=models.Q(status="open"), name="open_jobs")]

    def __str__(self) -> str:
        return f"{self.title} at {self.company}"


class JobSnapshot(models.Model):
    """A posting as it was at a swipe. Swipes on the same, unchanged posting share one; it never changes."""

    job = models.ForeignKey(Job, on_delete=models.PROTECT, related_name="snapshots")
    digest = models.CharField(max_length=64, help_text="SHA-256 of the content")
    content: "models.JSONField[dict[str, Any]]" = models.JSONField()
    taken_at = models.DateTimeField(db_default=Now(), editable=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["job", "digest"], name="one_snapshot_per_content")]
        triggers = [pgtrigger.Protect(name="snapshots_never_change", operation=pgtrigger.Update | pgtrigger.Delete)]

    def __str__(self) -> str:
        return f"Snapshot {self.pk} of job {self.job_id}"
