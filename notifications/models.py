"""Which devices hear of which news, how far each person's feed has been told, and what is still to be sent."""

from django.conf import settings
from django.db import models
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from applications.models import Event


class Kind(models.TextChoices):
    """What a person may want to hear of."""

    QUEUED = "queued", _("An application is queued")
    NEEDS_YOU = "needs_you", _("An application needs you")
    APPLIED = "applied", _("An application has been sent")
    FAILED = "failed", _("An application could not be sent")


class Wishes(models.Model):
    """What one person wants to hear of, and the number of the last event of their feed that was looked at for it."""

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, primary_key=True, related_name="notification_wishes"
    )
    queued = models.BooleanField(Kind.QUEUED.label, default=False)
    needs_you = models.BooleanField(Kind.NEEDS_YOU.label, default=True)
    applied = models.BooleanField(Kind.APPLIED.label, default=True)
    failed = models.BooleanField(Kind.FAILED.label, default=True)
    email_needs_you = models.BooleanField(
        _("E-mail when an application needs you and no device of yours is told"), default=True
    )
    seen_seq = models.PositiveBigIntegerField(default=0, editable=False)
    declined_at = models.DateTimeField(null=True, blank=True, editable=False, help_text="“Not now” to the first offer")

    def __str__(self) -> str:
        return f"Wishes of user {self.pk}"


class Subscription(models.Model):
    """A browser that takes messages (w3.org/TR/push-api): where to send them and the keys to encrypt them with."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="push_subscriptions")
    endpoint = models.TextField(unique=True)
    p256dh = models.CharField(max_length=100, help_text="The browser's public key, base64url")
    auth = models.CharField(max_length=40, help_text="The shared secret, base64url")
    name = models.CharField(max_length=100, blank=True, help_text="Which browser, for its person")
    created_at = models.DateTimeField(db_default=Now(), editable=False)

    class Meta:
        ordering = ["-id"]

    def __str__(self) -> str:
        return self.name or f"Subscription {self.pk}"


class Delivery(models.Model):
    """One event on its way to one browser or, without a subscription, to the mailbox. Deleted once it has arrived."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="deliveries")
    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="deliveries")
    subscription = models.ForeignKey(Subscription, on_delete=models.CASCADE, null=True, related_name="deliveries")
    kind = models.CharField(max_length=10, choices=Kind)
    due_at = models.DateTimeField(db_default=Now(), db_index=True)
    tries = models.PositiveSmallIntegerField(default=0)

    class Meta:
        verbose_name_plural = "deliveries"
        constraints = [
            models.UniqueConstraint(fields=["event", "subscription"], name="one_delivery_each", nulls_distinct=False)
        ]

    def __str__(self) -> str:
        return f"{self.kind} to user {self.user_id}"
