"""Runs of applications: who held each, what it saw and did, and what it left as proof."""

from typing import Any

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models.functions import Now

from accounts.models import ApiToken
from applications.models import Application, Lane
from proxies.models import Proxy


def _person() -> Any:
    """Whose a row is, beside what it belongs to, which says the same: what a sharded database finds it by.

    Always there: for code that does not give it, `_filled` does. That it may be empty goes with the version after.
    """
    return models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.DO_NOTHING,  # the row goes with its application
        related_name="+",
        db_constraint=False,
        db_index=False,
        null=True,
        editable=False,
    )


def _filled(table: str, by: str) -> pgtrigger.Trigger:
    """Take the person of a new row that names none from the row of `table` whose id is in `by`."""
    return pgtrigger.Trigger(
        name="its_person",
        when=pgtrigger.Before,
        operation=pgtrigger.Insert,
        condition=pgtrigger.Q(new__user__isnull=True),
        func=f"SELECT user_id INTO NEW.user_id FROM {table} WHERE id = NEW.{by}; RETURN NEW;",  # noqa: S608
    )


class Device(models.Model):
    """A paired desktop agent. Its token is void from `revoked_at` on."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="devices")
    token = models.OneToOneField(
        ApiToken, on_delete=models.SET_NULL, null=True, blank=True, editable=False, related_name="device"
    )
    name = models.CharField(max_length=100)
    platform = models.CharField(max_length=50, blank=True)
    version = models.CharField(max_length=20, blank=True)
    last_seen_at = models.DateTimeField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField(db_default=Now(), editable=False)

    def __str__(self) -> str:
        return self.name


class DeviceCode(models.Model):
    """A request to pair a device (RFC 8628): open until its person has decided and the device has fetched its token.

    Both codes are kept as hashes. `approved_by` decides whose device it becomes.
    """

    device_code = models.CharField(max_length=64, unique=True, editable=False, help_text="SHA-256")
    user_code = models.CharField(max_length=64, db_index=True, editable=False, help_text="HMAC-SHA-256 under our key")
    name = models.CharField(max_length=100)
    platform = models.CharField(max_length=50, blank=True)
    version = models.CharField(max_length=20, blank=True)
    address = models.CharField(max_length=45, help_text="From where the device asked")
    interval = models.PositiveSmallIntegerField(help_text="Seconds between two polls")
    created_at = models.DateTimeField(db_default=Now(), editable=False)
    expires_at = models.DateTimeField()
    polled_at = models.DateTimeField(null=True, blank=True)
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, null=True, blank=True, related_name="+"
    )
    denied_at = models.DateTimeField(null=True, blank=True)
    device = models.OneToOneField(Device, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    redeemed_at = models.DateTimeField(null=True, blank=True, help_text="When the device fetched its token")

    class Meta:
        indexes = [models.Index(fields=["address", "created_at"], name="device_codes_of_an_address")]

    def __str__(self) -> str:
        return self.name


class WrongCode(models.Model):
    """A wrong code that somebody tried at pairing: what guessing is counted by."""

    who = models.CharField(max_length=60, help_text="`address ADDRESS` or `person ID`")
    at = models.DateTimeField(db_default=Now(), editable=False)

    class Meta:
        indexes = [models.Index(fields=["who", "at"], name="wrong_codes_by_whom")]

    def __str__(self) -> str:
        return self.who


class Attempt(models.Model):
    """One run of an application by one runner. It is open until `finished_at`; `lease` is its fencing token."""

    application = models.ForeignKey(  # found by `one_attempt_per_lease`
        Application, on_delete=models.CASCADE, related_name="attempts", db_index=False
    )
    user = _person()
    lease = models.PositiveIntegerField()
    lane = models.CharField(max_length=6, choices=Lane)
    runner = models.CharField(max_length=100, help_text="The worker or device that held it")
    device = models.ForeignKey(
        Device, on_delete=models.PROTECT, null=True, blank=True, related_name="attempts", db_index=False
    )
    proxy = models.ForeignKey(Proxy, on_delete=models.SET_NULL, null=True, blank=True, related_name="+", db_index=False)
    packet = models.JSONField(help_text="All that the runner was given, frozen at the claim")
    packet_sha256 = models.CharField(max_length=64)

    lease_expires_at = models.DateTimeField()
    claimed_at = models.DateTimeField(db_default=Now(), editable=False)
    submit_started_at = models.DateTimeField(null=True, blank=True, help_text="When the grant for the click was given")
    finished_at = models.DateTimeField(null=True, blank=True)
    step = models.CharField(max_length=20, blank=True)
    percent = models.PositiveSmallIntegerField(default=0)
    outcome = models.CharField(max_length=20, blank=True)
    failure_kind = models.CharField(max_length=20, blank=True)
    result = models.JSONField(null=True, blank=True, help_text="What the engine reported")

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(fields=["application", "lease"], name="one_attempt_per_lease"),
            models.UniqueConstraint(
                fields=["application"],
                condition=models.Q(finished_at__isnull=True),
                name="one_open_attempt_per_application",
            ),
        ]
        # Each change of a row is written into every index that has it, so those that most rows do not need have few.
        indexes = [
            models.Index(fields=["lease_expires_at"], condition=models.Q(finished_at__isnull=True), name="open_leases"),
            models.Index(fields=["device"], condition=models.Q(device__isnull=False), name="attempts_of_a_device"),
            models.Index(fields=["proxy"], condition=models.Q(proxy__isnull=False), name="attempts_by_a_proxy"),
        ]
        triggers = [_filled("applications_application", by="application_id")]

    def __str__(self) -> str:
        return f"Attempt {self.lease} of application {self.application_id}"


class LogEntry(models.Model):
    """One line of an attempt's log, numbered by the runner, so that sending it twice changes nothing."""

    user = _person()
    attempt = models.ForeignKey(Attempt, on_delete=models.CASCADE, related_name="log")
    seq = models.PositiveIntegerField()
    at = models.DateTimeField(db_default=Now(), editable=False)
    step = models.CharField(max_length=20)
    message = models.TextField()
    percent = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["seq"]
        verbose_name_plural = "log entries"
        constraints = [models.UniqueConstraint(fields=["attempt", "seq"], name="one_log_entry_per_number")]
        triggers = [
            _filled("automation_attempt", by="attempt_id"),
            pgtrigger.Protect(name="log_entries_never_change", operation=pgtrigger.Update | pgtrigger.Delete),
        ]

    def __str__(self) -> str:
        return self.message[:80]


class Evidence(models.Model):
    """A file that shows what a runner saw or sent: private to its person and to staff."""

    user = _person()
    attempt = models.ForeignKey(Attempt, on_delete=models.CASCADE, related_name="evidence")
    name = models.CharField(max_length=100)
    kind = models.CharField(max_length=30)
    file = models.FileField(upload_to="evidence/%Y/%m/%d/", max_length=200)
    content_type = models.CharField(max_length=100)
    size = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)
    created_at = models.DateTimeField(db_default=Now(), editable=False)

    class Meta:
        ordering = ["id"]
        verbose_name_plural = "evidence"
        constraints = [models.UniqueConstraint(fields=["attempt", "name"], name="one_evidence_per_name")]
        triggers = [
            _filled("automation_attempt", by="attempt_id"),
            pgtrigger.Protect(name="evidence_never_changes", operation=pgtrigger.Update | pgtrigger.Delete),
        ]

    def __str__(self) -> str:
        return self.name


class DeadLetter(models.Model):
    """An application that ended on our side: its tries are used up, or its form is beyond us. Staff may put it back.

    One is written with each such end, in the same transaction; one application may have several.
    """

    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="dead_letters")
    lease = models.PositiveIntegerField(help_text="The attempt that ended it")
    failure_kind = models.CharField(max_length=20)
    reason = models.TextField(help_text="What its person was told")
    created_at = models.DateTimeField(db_default=Now(), editable=False)
    told_at = models.DateTimeField(null=True, blank=True, help_text="When its person was written to")
    put_back_at = models.DateTimeField(null=True, blank=True)
    put_back_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )

    class Meta:
        ordering = ["-id"]
        constraints = [models.UniqueConstraint(fields=["application", "lease"], name="one_dead_letter_per_attempt")]
        indexes = [models.Index(fields=["id"], condition=models.Q(told_at__isnull=True), name="untold_dead_letters")]

    def __str__(self) -> str:
        return f"Application {self.application_id}: {self.failure_kind}"


class Pulse(models.Model):
    """When a worker or beat was last seen at work."""

    class Kind(models.TextChoices):
        WORKER = "worker", "Worker"
        BEAT = "beat", "Beat"

    name = models.CharField(max_length=300, primary_key=True, help_text="HOST:PID")
    kind = models.CharField(max_length=6, choices=Kind)
    browser_bytes = models.PositiveBigIntegerField(null=True, help_text="Memory of its browsers")
    seen_at = models.DateTimeField(db_default=Now(), editable=False)

    def __str__(self) -> str:
        return f"{self.kind} {self.name}"


class Alarm(models.Model):
    """Something that staff must look at. It is open until what raised it has passed."""

    class Name(models.TextChoices):
        STALLED = "stalled", "Work waits and none is finished"
        CANARY = "canary", "The canary was not sent"

    name = models.CharField(max_length=20, choices=Name)
    text = models.TextField()
    raised_at = models.DateTimeField(db_default=Now(), editable=False)
    cleared_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["name"], condition=models.Q(cleared_at__isnull=True), name="one_open_alarm_per_name"
            )
        ]

    def __str__(self) -> str:
        return self.text
