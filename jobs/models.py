"""Employers, what they post, and the boards on which they post it."""

from typing import Any

import pgtrigger
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchQuery, SearchVectorField
from django.db import models
from django.db.models import Case, F, Q, When
from django.db.models.functions import Cast, Coalesce, Now
from django.utils.translation import gettext_lazy as _

from accounts.models import PayPeriod, WorkMode
from jobs.derived import company_key, derive
from jobs.normalize.pay import HOURS_A_YEAR

BLOCKS = (10, 13, 16, 19)  # bits: how large the blocks of ids are that the search knows (jobs.walks)


class Lexemes(SearchQuery):
    """A tsquery of lexemes as they are in the index, which no parser touches."""

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self.lexemes = text

    def as_sql(self, *args: Any, **kwargs: Any) -> Any:
        return "%s::tsquery", [self.lexemes]


class Company(models.Model):
    """An employer. The name as it writes itself; `key` says which names are the same one."""

    name = models.CharField(max_length=200)
    slug = models.SlugField(max_length=80, unique=True)
    key = models.CharField(max_length=200, blank=True, editable=False, db_index=True)
    domain = models.CharField(max_length=200, blank=True, help_text="Of its own site: example.com")
    logo = models.FileField(upload_to="logos/", blank=True, help_text="SVG, PNG, JPEG or WebP, at most 200 kB")
    logo_asked_at = models.DateTimeField(null=True, blank=True, editable=False)
    about = models.TextField(blank=True)

    class Meta:
        ordering = ["name"]
        verbose_name_plural = "companies"

    def __str__(self) -> str:
        return self.name

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.key = company_key(self.name)
        super().save(*args, **kwargs)


class Board(models.Model):
    """A place where a company publishes its jobs, and when it is read again."""

    class Kind(models.TextChoices):
        GREENHOUSE = "greenhouse", "Greenhouse"
        LEVER = "lever", "Lever"
        ASHBY = "ashby", "Ashby"
        SMARTRECRUITERS = "smartrecruiters", "SmartRecruiters"
        WORKABLE = "workable", "Workable"
        WORKDAY = "workday", "Workday"
        PAGE = "page", "Careers page (JSON-LD)"
        FILE = "file", "File"

    kind = models.CharField(max_length=16, choices=Kind)
    token = models.CharField(
        max_length=400,
        help_text="What the system calls the employer: “stripe”; for Workday host/site; for a page its address",
    )
    company = models.ForeignKey(Company, on_delete=models.PROTECT, related_name="boards", null=True, blank=True)
    is_active = models.BooleanField("read by itself", default=True)
    every = models.PositiveIntegerField("hours between two readings", default=6)
    next_at = models.DateTimeField("next reading", db_default=Now())
    requested_at = models.DateTimeField("asked for by staff", null=True, blank=True, editable=False)
    failures = models.PositiveSmallIntegerField("failures in a row", default=0, editable=False)
    validators = models.JSONField(
        default=dict, blank=True, editable=False, help_text="ETag and Last-Modified of the last complete answer"
    )
    complete_at = models.DateTimeField("last complete reading", null=True, blank=True, editable=False)
    created_at = models.DateTimeField(db_default=Now(), editable=False)

    class Meta:
        ordering = ["kind", "token"]
        constraints = [models.UniqueConstraint(fields=["kind", "token"], name="one_board_per_token")]
        indexes = [models.Index(fields=["next_at"], condition=Q(is_active=True), name="due_boards")]

    def __str__(self) -> str:
        return f"{self.kind}:{self.token}"


def _in_year(bound: str) -> Case:
    return Case(
        *(
            When(pay_period=period, then=Cast(F(bound) * times, models.BigIntegerField()))
            for period, times in HOURS_A_YEAR.items()
        ),
        output_field=models.BigIntegerField(),
    )


class Job(models.Model):
    """One posting of a company. Pay that is absent is unknown, never zero."""

    class Status(models.TextChoices):
        OPEN = "open", _("Open")
        CLOSED = "closed", _("Closed")

    class EmploymentType(models.TextChoices):
        FULL_TIME = "full_time", _("Full time")
        PART_TIME = "part_time", _("Part time")
        CONTRACT = "contract", _("Contract")
        TEMPORARY = "temporary", _("Temporary")
        INTERNSHIP = "internship", _("Internship")

    class Seniority(models.TextChoices):
        INTERN = "intern", _("Intern")
        ENTRY = "entry", _("Entry level")
        SENIOR = "senior", _("Senior")
        STAFF = "staff", _("Staff or principal")
        MANAGER = "manager", _("Manager")
        DIRECTOR = "director", _("Director")
        EXECUTIVE = "executive", _("Executive")

    company = models.ForeignKey(Company, on_delete=models.PROTECT, related_name="jobs")
    board = models.ForeignKey(
        Board, on_delete=models.PROTECT, related_name="jobs", null=True, blank=True, db_index=False, editable=False
    )
    title = models.CharField(max_length=200)
    location = models.CharField(max_length=200, blank=True, help_text="Several places: with “ · ” in between")
    work_mode = models.CharField(max_length=10, choices=WorkMode, blank=True)
    employment_type = models.CharField(max_length=12, choices=EmploymentType, blank=True)
    seniority = models.CharField(max_length=10, choices=Seniority, blank=True)
    department = models.CharField(max_length=100, blank=True)
    description = models.TextField(help_text="HTML; only harmless tags are kept")
    benefits = models.JSONField(default=list, blank=True, help_text='A list of short texts: ["Health insurance"]')

    pay_min = models.DecimalField(max_digits=14, decimal_places=2, null=True, blank=True)
    pay_max = models.DecimalField(max_digits=14, decimal_places=2, null=True, blank=True)
    pay_currency = models.CharField(max_length=3, blank=True)
    pay_period = models.CharField(max_length=5, choices=PayPeriod, blank=True)
    pay_source = models.CharField(max_length=100, blank=True, help_text="Where the figure comes from")
    # The upper bound for a year of full work, to compare by; shown to nobody.
    pay_year = models.GeneratedField(
        expression=Coalesce(_in_year("pay_max"), _in_year("pay_min")),
        output_field=models.BigIntegerField(null=True),
        db_persist=True,
    )

    apply_url = models.URLField("apply address", max_length=1000)
    other_urls = models.JSONField("other addresses", default=list, blank=True)
    company_script = models.CharField(max_length=40, blank=True, help_text="Empty: chosen by the address")
    external_id = models.CharField(max_length=200, blank=True)
    questions = models.JSONField(
        default=list, blank=True, help_text="What the form asks, where the employer publishes it"
    )

    # Read from the columns above (`jobs.derived`); filters and ranking need them.
    places = models.JSONField(default=list, blank=True, editable=False)
    country = models.CharField(max_length=2, blank=True, editable=False, help_text="Of the first place")
    family = models.CharField("kind of work", max_length=14, blank=True, editable=False)
    keywords = ArrayField(models.CharField(max_length=60), default=list, blank=True, editable=False)
    group = models.BigIntegerField(
        default=0, editable=False, help_text="The same for one opening on several boards or in several cities"
    )
    search = SearchVectorField(null=True, editable=False, help_text="Written by a trigger")

    status = models.CharField(max_length=6, choices=Status, default=Status.OPEN)
    closed_reason = models.CharField(max_length=200, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    posted_at = models.DateTimeField(null=True, blank=True)
    digest = models.CharField(max_length=32, blank=True, editable=False, help_text="Of what the board said")
    version = models.PositiveIntegerField(default=1, editable=False)
    misses = models.PositiveSmallIntegerField(
        default=0, editable=False, help_text="Complete readings of its board in a row that did not have it"
    )
    asked_at = models.DateTimeField(null=True, blank=True, editable=False, help_text="When its form was read")
    changed_at = models.DateTimeField(null=True, blank=True, editable=False)
    reopened_at = models.DateTimeField(null=True, blank=True, editable=False)
    created_at = models.DateTimeField(db_default=Now(), editable=False)
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["company", "external_id"],
                condition=~Q(external_id="") & Q(board__isnull=True),
                name="one_job_per_external_id",
            ),
            models.UniqueConstraint(
                fields=["board", "external_id"], condition=Q(board__isnull=False), name="one_job_per_board_and_id"
            ),
            models.CheckConstraint(
                condition=Q(pay_min__isnull=True) | Q(pay_max__isnull=True) | Q(pay_min__lte=F("pay_max")),
                name="pay_min_is_not_above_pay_max",
                violation_error_message="The lowest pay is above the highest.",
            ),
        ]
        indexes = [
            models.Index(fields=["-id"], condition=Q(status="open"), name="open_jobs"),
            models.Index(
                fields=["family", "country", "-id"], condition=Q(status="open"), name="open_jobs_by_work_and_country"
            ),
            models.Index(
                fields=["family", "-id"], condition=Q(status="open", work_mode="remote"), name="open_remote_jobs"
            ),
            models.Index(fields=["-posted_at", "-id"], condition=Q(status="open"), name="open_jobs_by_age"),
            models.Index(fields=["group"], name="jobs_of_a_group"),
            models.Index(fields=["external_id"], condition=Q(board__isnull=False), name="jobs_by_external_id"),
            GinIndex(fields=["search"], name="search_open_jobs", condition=Q(status="open")),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="search_follows_the_posting",
                operation=pgtrigger.Insert
                | pgtrigger.UpdateOf(  # type: ignore[no-untyped-call]  # not typed there
                    "title",
                    "company_id",
                    "location",
                    "department",
                    "keywords",
                    "places",
                    "work_mode",
                    "employment_type",
                    "seniority",
                    "family",
                    "pay_currency",
                ),
                when=pgtrigger.Before,
                declare=[("employer", "text")],
                func="""
                    SELECT name INTO employer FROM jobs_company WHERE id = NEW.company_id;
                    NEW.search :=
                        setweight(to_tsvector('english', NEW.title), 'A')
                        || setweight(to_tsvector('english', coalesce(employer, '')), 'B')
                        || setweight(to_tsvector('english', concat_ws(' ', NEW.location, NEW.department,
                                                 array_to_string(NEW.keywords, ' '))), 'C')
                        || array_to_tsvector(array_remove(array_cat(
                               ARRAY['mode=' || NEW.work_mode, 'type=' || NEW.employment_type,
                                     'rank=' || NEW.seniority, 'work=' || NEW.family,
                                     '#10:' || (NEW.id >> 10), '#13:' || (NEW.id >> 13),
                                     '#16:' || (NEW.id >> 16), '#19:' || (NEW.id >> 19),
                                     'pay=' || CASE WHEN coalesce(NEW.pay_max, NEW.pay_min) IS NULL THEN ''
                                                    ELSE NEW.pay_currency END],
                               ARRAY(SELECT DISTINCT 'in=' || (place ->> 'country')
                                     FROM jsonb_array_elements(NEW.places) place WHERE place ? 'country')), NULL));
                    RETURN NEW;
                """,
            ),
            pgtrigger.Trigger(
                name="new_texts_wait_for_their_words",  # all of a statement's at once: an import brings thousands
                level=pgtrigger.Statement,
                operation=pgtrigger.Insert,
                when=pgtrigger.After,
                referencing=pgtrigger.Referencing(new="new_jobs"),  # type: ignore[no-untyped-call]  # not typed there
                func="""
                    INSERT INTO jobs_jobtext (job_id) SELECT id FROM new_jobs
                    ON CONFLICT (job_id) DO UPDATE SET words = NULL;
                    RETURN NULL;
                """,
            ),
            pgtrigger.Trigger(
                name="text_waits_for_its_words",
                operation=pgtrigger.UpdateOf("search", "description"),  # type: ignore[no-untyped-call]  # not typed there
                when=pgtrigger.After,
                func="""
                    INSERT INTO jobs_jobtext (job_id) VALUES (NEW.id)
                    ON CONFLICT (job_id) DO UPDATE SET words = NULL;
                    RETURN NULL;
                """,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title} at {self.company}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        derive(self)
        super().save(*args, **kwargs)


class JobText(models.Model):
    """All words of a posting, its description's too, as the search finds them; none while they wait to be read.

    Apart from the posting, which is written often and must stay small. Without positions, which would double it.
    """

    job = models.OneToOneField(
        Job, on_delete=models.CASCADE, primary_key=True, related_name="text", db_constraint=False
    )
    words = SearchVectorField(null=True)

    class Meta:
        indexes = [
            GinIndex(fields=["words"], name="search_all_words"),
            models.Index(fields=["-job"], condition=Q(words__isnull=True), name="texts_that_wait"),
        ]

    def __str__(self) -> str:
        return f"Words of job {self.pk}"


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


class ImportRun(models.Model):
    """One reading of a board or a file: what came in, what went, what was wrong."""

    class Status(models.TextChoices):
        RUNNING = "running", "Running"
        COMPLETE = "complete", "Complete"
        UNCHANGED = "unchanged", "Nothing new"
        PARTIAL = "partial", "Only a part"
        FAILED = "failed", "Failed"

    board = models.ForeignKey(Board, on_delete=models.CASCADE, related_name="runs", null=True, blank=True)
    source = models.CharField(max_length=450, help_text="The board, or the file's name")
    status = models.CharField(max_length=9, choices=Status, default=Status.RUNNING)
    started_at = models.DateTimeField(db_default=Now(), editable=False)
    finished_at = models.DateTimeField(null=True, blank=True)
    expected = models.PositiveIntegerField(null=True, blank=True, help_text="Postings that the board says it has")
    seen = models.PositiveIntegerField(default=0)
    added = models.PositiveIntegerField(default=0)
    changed = models.PositiveIntegerField(default=0)
    reopened = models.PositiveIntegerField(default=0)
    closed = models.PositiveIntegerField(default=0)
    refused = models.PositiveIntegerField(default=0, help_text="Rows with something wrong")
    message = models.TextField(blank=True, help_text="Why it failed or stopped")
    problems = models.JSONField(default=list, blank=True, help_text="The first rows with something wrong, in words")

    class Meta:
        ordering = ["-id"]

    def __str__(self) -> str:
        return f"{self.source}, {self.started_at:%Y-%m-%d %H:%M}" if self.started_at else self.source


class SearchWord(models.Model):
    """A word of titles and employers, to find what a mistyped one was meant to be."""

    word = models.CharField(max_length=40, primary_key=True)

    class Meta:
        indexes = [GinIndex(fields=["word"], name="words_by_likeness", opclasses=["gin_trgm_ops"])]

    def __str__(self) -> str:
        return self.word
