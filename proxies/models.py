"""Exits for the server lane: which there are, who uses them where, and how well each one is."""

from collections.abc import Iterable

from django.db import models
from django.db.models.base import ModelBase
from django.db.models.functions import Now

from proxies import crypto


class Proxy(models.Model):
    """A proxy server through which browsers on the server go out. User and password are encrypted at rest."""

    class Scheme(models.TextChoices):
        HTTP = "http", "HTTP"
        HTTPS = "https", "HTTPS"
        SOCKS5 = "socks5", "SOCKS5"

    class Kind(models.TextChoices):
        DATACENTER = "datacenter", "Data centre"
        RESIDENTIAL = "residential", "Residential"
        ISP = "isp", "Internet provider"
        MOBILE = "mobile", "Mobile"

    scheme = models.CharField(max_length=6, choices=Scheme, default=Scheme.HTTP)
    host = models.CharField(max_length=253)
    port = models.PositiveIntegerField()
    user_encrypted = models.TextField(blank=True, editable=False)
    password_encrypted = models.TextField(blank=True, editable=False)
    identity = models.CharField(
        max_length=64, unique=True, default="", editable=False, help_text="Digest of address and user"
    )

    country = models.CharField(max_length=2, blank=True, help_text="Where it comes out: two letters, US or DE")
    provider = models.CharField(
        max_length=20,
        default="static",
        help_text="static: one address. gateway: its user name carries a session, and each session an address.",
    )
    kind = models.CharField(max_length=11, choices=Kind, blank=True)
    tags = models.JSONField(default=list, blank=True)
    parallel = models.PositiveSmallIntegerField(default=20, help_text="Browsers at a time")
    host_parallel = models.PositiveSmallIntegerField(default=2, help_text="Browsers at a time on one site")
    host_per_hour = models.PositiveSmallIntegerField(default=30, help_text="Uses within an hour on one site")

    is_enabled = models.BooleanField(default=True)
    retired_at = models.DateTimeField(null=True, blank=True, editable=False)
    retired_reason = models.CharField(max_length=200, blank=True, editable=False)
    # Health. Failures in a row are its own, whatever the site: it could not be reached, or refused us.
    failures = models.PositiveSmallIntegerField(default=0, editable=False)
    cool_until = models.DateTimeField(null=True, blank=True, editable=False)
    latency_ms = models.PositiveIntegerField(null=True, blank=True, editable=False)
    exit_address = models.GenericIPAddressField(null=True, blank=True, editable=False)
    checked_at = models.DateTimeField(null=True, blank=True, editable=False)
    people = models.PositiveIntegerField(default=0, editable=False, help_text="Whose home it is")
    created_at = models.DateTimeField(db_default=Now(), editable=False)

    class Meta:
        verbose_name_plural = "proxies"
        constraints = [
            models.CheckConstraint(condition=models.Q(port__range=(1, 65535)), name="port_is_a_port"),
        ]

    def __str__(self) -> str:
        return self.url

    def save(
        self,
        *,
        force_insert: bool | tuple[ModelBase, ...] = False,
        force_update: bool = False,
        using: str | None = None,
        update_fields: Iterable[str] | None = None,
    ) -> None:
        self.identity = self.make_identity()
        fields = None if update_fields is None else {*update_fields, "identity"}
        super().save(force_insert=force_insert, force_update=force_update, using=using, update_fields=fields)

    def make_identity(self) -> str:
        """Return the digest that two entries for the same exit share."""
        return crypto.fingerprint(self.scheme, self.host, self.port, self.user)

    @property
    def url(self) -> str:
        """The address, without user and password."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"{self.scheme}://{host}:{self.port}"

    @property
    def user(self) -> str:
        return crypto.decrypt(self.user_encrypted)

    @user.setter
    def user(self, text: str) -> None:
        self.user_encrypted = crypto.encrypt(text)

    @property
    def password(self) -> str:
        return crypto.decrypt(self.password_encrypted)

    @password.setter
    def password(self, text: str) -> None:
        self.password_encrypted = crypto.encrypt(text)


class HomeExit(models.Model):
    """The exit that a person's applications take while it is well. `person` is their id; this app knows no more."""

    person = models.BigIntegerField(primary_key=True)
    proxy = models.ForeignKey(Proxy, on_delete=models.CASCADE, related_name="homes")
    session = models.PositiveIntegerField(default=0, help_text="Raised to leave a gateway by another address")

    def __str__(self) -> str:
        return f"{self.person} goes out by {self.proxy_id}"


class Site(models.Model):
    """What we owe one site: a host that takes applications, or one employer. Its row lock puts takers in line.

    An empty limit means the usual one (settings, `POLITE_*`), which sites on this machine itself do not have.
    """

    class Kind(models.TextChoices):
        HOST = "host", "A host"
        EMPLOYER = "employer", "An employer"

    kind = models.CharField(max_length=8, choices=Kind, default=Kind.HOST)
    name = models.CharField(max_length=255, help_text="Host with its port if that is unusual, or the employer's name")
    parallel = models.PositiveSmallIntegerField(null=True, blank=True, help_text="Applications at a time")
    per_hour = models.PositiveIntegerField(null=True, blank=True)
    per_person_day = models.PositiveSmallIntegerField("per person and day", null=True, blank=True)
    gap = models.FloatField(null=True, blank=True, help_text="Seconds between the starts of two applications")
    quiet_from = models.TimeField(null=True, blank=True, help_text="No applications from this time of its day …")
    quiet_until = models.TimeField(null=True, blank=True, help_text="… until this one")
    time_zone = models.CharField(max_length=40, default="UTC", help_text="Of its quiet hours: America/New_York")

    closed_until = models.DateTimeField(null=True, blank=True, editable=False)
    closed_reason = models.CharField(max_length=20, blank=True, editable=False)
    trips = models.PositiveSmallIntegerField(default=0, editable=False, help_text="Times in a row its breaker opened")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["kind", "name"], name="one_site_per_name")]

    def __str__(self) -> str:
        return self.name


class Verdict(models.TextChoices):
    """What a use of an exit showed about it and the site."""

    REACHED = "reached", "Reached"
    REFUSED = "refused", "Refused"
    RATE_LIMITED = "rate_limited", "Asked to slow down"
    CHALLENGE = "challenge", "Challenged"
    TIMEOUT = "timeout", "Too slow"
    UNREACHABLE = "unreachable", "Site not reached"
    EXIT_FAILED = "exit_failed", "The exit failed"
    NONE = "none", "Nothing learned"
    LOST = "lost", "Its worker was lost"


class ProxyLease(models.Model):
    """One use of an exit for one site: live until it is released or expires. Without a proxy we went out directly."""

    proxy = models.ForeignKey(Proxy, on_delete=models.SET_NULL, null=True, blank=True, related_name="leases")
    person = models.BigIntegerField()
    host = models.CharField(max_length=255)
    employer = models.CharField(max_length=255, blank=True)
    holder = models.CharField(max_length=100, blank=True, help_text="Who asked; asking again gives the same lease")
    is_home = models.BooleanField(default=True, help_text="Whether it was the person's own exit")
    taken_at = models.DateTimeField(db_default=Now(), editable=False)
    expires_at = models.DateTimeField()
    released_at = models.DateTimeField(null=True, blank=True)
    verdict = models.CharField(max_length=12, choices=Verdict, blank=True)

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(fields=["holder"], condition=~models.Q(holder=""), name="one_exit_per_holder")
        ]
        indexes = [
            models.Index(fields=["proxy", "host", "taken_at"], name="uses_of_an_exit"),
            models.Index(fields=["host", "taken_at"], name="uses_of_a_host"),
            models.Index(fields=["employer", "taken_at"], name="uses_of_an_employer"),
            models.Index(fields=["proxy"], condition=models.Q(released_at__isnull=True), name="live_uses_of_an_exit"),
        ]

    def __str__(self) -> str:
        return f"{self.host} by {self.proxy_id or 'no proxy'}"


class HostHealth(models.Model):
    """How one exit fares at one host."""

    proxy = models.ForeignKey(Proxy, on_delete=models.CASCADE, related_name="hosts")
    host = models.CharField(max_length=255)
    failures = models.PositiveSmallIntegerField(default=0, help_text="In a row")
    cool_until = models.DateTimeField(null=True, blank=True)
    reached = models.PositiveIntegerField(default=0)
    refused = models.PositiveIntegerField(default=0)
    challenged = models.PositiveIntegerField(default=0)
    timed_out = models.PositiveIntegerField(default=0)
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        verbose_name_plural = "health at hosts"
        constraints = [models.UniqueConstraint(fields=["proxy", "host"], name="one_health_per_exit_and_host")]

    def __str__(self) -> str:
        return f"{self.proxy_id} at {self.host}"


class Check(models.Model):
    """One active test of an exit."""

    proxy = models.ForeignKey(Proxy, on_delete=models.CASCADE, related_name="checks")
    at = models.DateTimeField(db_default=Now(), editable=False)
    is_ok = models.BooleanField()
    finding = models.CharField(max_length=200)
    latency_ms = models.PositiveIntegerField(null=True, blank=True)
    exit_address = models.GenericIPAddressField(null=True, blank=True)

    class Meta:
        ordering = ["-id"]
        indexes = [models.Index(fields=["proxy", "-id"], name="checks_of_an_exit")]

    def __str__(self) -> str:
        return self.finding
