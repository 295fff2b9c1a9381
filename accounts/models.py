"""Who the person is and what forms may be told about them."""

from typing import Any, ClassVar

from django.conf import settings
from django.contrib.auth.base_user import BaseUserManager
from django.contrib.auth.models import AbstractUser
from django.db import models
from django.db.models.functions import Lower, Now
from django.utils.translation import gettext_lazy as _


class UserManager(BaseUserManager["User"]):
    """Makes users who are known by their e-mail address."""

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "User":
        user = self.model(email=email.lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> "User":
        return self.create_user(email, password, is_staff=True, is_superuser=True, **fields)

    def get_by_natural_key(self, username: str | None) -> "User":
        return self.get(email__iexact=username)


class User(AbstractUser):
    """A person who signs in with an e-mail address."""

    username = None  # type: ignore[assignment]
    email = models.EmailField("e-mail address", unique=True)
    is_premium = models.BooleanField(default=False, help_text="Their applications go before the rest.")
    server_limit = models.PositiveSmallIntegerField(
        null=True,
        blank=True,
        help_text="Applications on the server for this person; empty means the usual limit.",
    )

    unused_warned_at = models.DateTimeField(
        null=True, blank=True, editable=False, help_text="When they were told that their unused account will be deleted"
    )

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []
    objects: ClassVar[UserManager] = UserManager()  # type: ignore[assignment]

    class Meta:
        constraints = [
            models.UniqueConstraint(
                Lower("email"),
                name="one_user_per_email",
                violation_error_message=_("This e-mail address has an account."),
            )
        ]

    def __str__(self) -> str:
        return self.email


class LastWrite(models.Model):
    """How far the primary's log was after the person's newest request that may have written (`jobswipe.replicas`)."""

    user = models.OneToOneField(User, on_delete=models.CASCADE, primary_key=True, related_name="+")
    position = models.PositiveBigIntegerField(help_text="Bytes of its WAL")

    def __str__(self) -> str:
        return f"{self.position} for user {self.pk}"


class WorkMode(models.TextChoices):
    REMOTE = "remote", _("Remote")
    HYBRID = "hybrid", _("Hybrid")
    ONSITE = "onsite", _("On site")


class PayPeriod(models.TextChoices):
    HOUR = "hour", _("an hour")
    DAY = "day", _("a day")
    WEEK = "week", _("a week")
    MONTH = "month", _("a month")
    YEAR = "year", _("a year")


class UndoWindow(models.IntegerChoices):
    """Seconds between a right swipe and its place in the queue."""

    NONE = 0, _("Queue at once")
    SHORT = 5, _("5 seconds")
    MEDIUM = 10, _("10 seconds")
    LONG = 30, _("30 seconds")
    __empty__ = _("Wait until I review it")


class LaneWish(models.TextChoices):
    """Who should carry the person's applications out."""

    AUTO = "", _("My computer if one is paired, else your server")
    DEVICE = "device", _("Always my own computer")
    SERVER = "server", _("Your server, as far as my allowance goes")


class Candidate(models.Model):
    """The person as an applicant: the facts that forms ask for, each said by the person. Empty means not said.

    The JSON columns have the shapes of `candidate.json` (docs/architecture.md, "The engine").
    """

    user = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, primary_key=True)
    first_name = models.CharField(_("first name"), max_length=100, blank=True)
    last_name = models.CharField(_("last name"), max_length=100, blank=True)
    preferred_name = models.CharField(_("preferred name"), max_length=100, blank=True)
    phone = models.CharField(
        _("phone"), max_length=40, blank=True, help_text=_("With the country code: +1 512 555 0142")
    )

    street = models.CharField(_("street"), max_length=200, blank=True)
    city = models.CharField(_("city"), max_length=100, blank=True)
    region = models.CharField(_("state or region"), max_length=100, blank=True)
    postal_code = models.CharField(_("postal code"), max_length=20, blank=True)
    country = models.CharField(_("country"), max_length=2, blank=True, help_text=_("Two letters: US, DE, IN"))

    linkedin = models.URLField("LinkedIn", blank=True)
    github = models.URLField("GitHub", blank=True)
    website = models.URLField(_("website"), blank=True)
    portfolio = models.URLField(_("portfolio"), blank=True)

    current_company = models.CharField(_("current company"), max_length=200, blank=True)
    current_title = models.CharField(_("current title"), max_length=200, blank=True)
    experience_years = models.PositiveSmallIntegerField(_("years of experience"), null=True, blank=True)
    work_history = models.JSONField(
        default=list, blank=True, help_text='[{"company", "title", "start": "2019-01", "end"}]; no end: until now'
    )
    education = models.JSONField(default=list, blank=True)
    skills = models.JSONField(default=list, blank=True)
    languages = models.JSONField(default=list, blank=True)
    work_authorization = models.JSONField(default=list, blank=True)

    willing_to_relocate = models.BooleanField(_("willing to relocate"), null=True, blank=True)
    work_mode = models.CharField(_("work mode"), max_length=10, choices=WorkMode, blank=True)
    salary_amount = models.PositiveIntegerField(_("salary expectation"), null=True, blank=True)
    salary_currency = models.CharField(_("salary currency"), max_length=3, blank=True)
    salary_period = models.CharField(_("salary period"), max_length=5, choices=PayPeriod, blank=True)
    notice_period_days = models.PositiveSmallIntegerField(_("notice period in days"), null=True, blank=True)
    earliest_start = models.DateField(_("earliest start"), null=True, blank=True)
    over_18 = models.BooleanField(_("18 or older"), null=True, blank=True)
    heard_from = models.CharField(_("how you hear of jobs"), max_length=100, blank=True)
    demographics = models.JSONField(default=dict, blank=True)
    consents = models.JSONField(default=dict, blank=True)

    undo_window = models.PositiveSmallIntegerField(
        _("undo window"),
        choices=UndoWindow,
        null=True,
        blank=True,
        default=UndoWindow.SHORT,
        help_text=_("How long a right swipe can be taken back before it is queued."),
    )
    lane = models.CharField(_("who applies"), max_length=6, choices=LaneWish, blank=True, default=LaneWish.AUTO)
    updated_at = models.DateTimeField(auto_now=True)

    def __str__(self) -> str:
        return f"{self.first_name} {self.last_name}".strip() or f"Candidate {self.pk}"


class Resume(models.Model):
    """A file the person wants sent. The file never changes; a new upload is a new row."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="resumes")
    file = models.FileField(upload_to="resumes/", max_length=200)
    name = models.CharField(max_length=200)
    content_type = models.CharField(max_length=100)
    size = models.PositiveIntegerField(help_text="Bytes")
    sha256 = models.CharField(max_length=64)
    is_default = models.BooleanField(default=False)
    created_at = models.DateTimeField(db_default=Now(), editable=False)
    retired_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(fields=["user"], condition=models.Q(is_default=True), name="one_default_resume")
        ]

    def __str__(self) -> str:
        return self.name


class GettingStarted(models.Model):
    """How far a person has come with their profile, and what a resume says that they have not confirmed yet."""

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, primary_key=True, related_name="getting_started"
    )
    source = models.CharField(max_length=200, blank=True, help_text="The file that the findings were read from")
    findings = models.JSONField(
        default=list, blank=True, help_text='[{"field", "value", "read", "sure"}]: no facts yet'
    )
    confirmed_at = models.DateTimeField(null=True, blank=True)
    asked_at = models.DateTimeField(null=True, blank=True, help_text="When the usual questions were gone through")

    def __str__(self) -> str:
        return f"Getting started of user {self.pk}"


class Answer(models.Model):
    """A line of the person's answer bank: a question as a form asked it, and what they said."""

    class Source(models.TextChoices):
        PROFILE = "profile", _("Typed in the profile")
        REVIEW = "review", _("Answered for an application")

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="answers")
    question = models.TextField(_("question"))
    normalized = models.CharField(max_length=500, editable=False)
    answer = models.TextField(_("answer"))
    source = models.CharField(max_length=10, choices=Source, default=Source.PROFILE)
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        ordering = ["-updated_at"]
        constraints = [models.UniqueConstraint(fields=["user", "normalized"], name="one_answer_per_question")]

    def __str__(self) -> str:
        return self.question[:80]


class ApiToken(models.Model):
    """A bearer token; only its SHA-256 is kept."""

    class Scope(models.TextChoices):
        USER = "user", _("Everything the person may do")
        DEVICE = "device", _("Carry out applications")

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="api_tokens")
    name = models.CharField(max_length=100)
    scope = models.CharField(max_length=10, choices=Scope, default=Scope.USER)
    digest = models.CharField(max_length=64, unique=True, editable=False)
    created_at = models.DateTimeField(db_default=Now(), editable=False)
    last_used_at = models.DateTimeField(null=True, blank=True, editable=False)
    revoked_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return self.name
