"""Paired devices: hear from them, rename and revoke them, and say what each holds."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from http import HTTPStatus
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import Q, QuerySet
from django.db.models.functions import Now
from django.utils import timezone
from packaging.version import InvalidVersion, Version

from accounts.models import ApiToken, User
from accounts.services import revoke_token
from applications import live, presence
from applications.models import Application, Lane
from applications.services import NotFound
from applications.states import HELD, Status
from automation import outcomes
from automation.leases import why_lost
from automation.models import Attempt, Device
from jobswipe import rows
from jobswipe.problems import Problem

SAME_SIGN = timedelta(seconds=30)  # signs of life closer than this are written down once


class AgentTooOld(Problem):
    """This version of the desktop program may no longer claim."""

    code = "agent_too_old"
    status = HTTPStatus.FORBIDDEN


def device_of(token: ApiToken) -> Device | None:
    """Return the device whose token this is, with its person, as long as it may come in."""
    if token.scope == ApiToken.Scope.DEVICE:
        for row in rows.run(ITS_DEVICE, [token.pk]):
            device = DEVICE.take(iter(row))
            device.user = token.user
            return device
    return None


DEVICE = rows.Part(Device, "device")
ITS_DEVICE = f"SELECT {DEVICE} FROM automation_device device WHERE token_id = %b AND revoked_at IS NULL"  # noqa: S608


def hear_from(device: Device, *, version: str = "", platform: str = "", said: Mapping[str, Any] | None = None) -> None:
    """Note that the device is there, which version it runs, and what it says that it does."""
    presence.sign_of_device(device.user_id, device.pk, said)
    said = {name: value for name, value in (("version", version), ("platform", platform)) if value}
    changed = {name: value for name, value in said.items() if getattr(device, name) != value}
    if changed or device.last_seen_at is None or timezone.now() - device.last_seen_at > SAME_SIGN:
        seen = {"version": device.version, "platform": device.platform} | changed
        rows.run(HEARD, [seen["version"], seen["platform"], device.pk])


HEARD = """
UPDATE automation_device SET last_seen_at = statement_timestamp(), version = %b, platform = %b WHERE id = %b
"""


def was_heard_lately(device: Device) -> bool:
    """Say whether PostgreSQL knows of a sign of life that has not grown old."""
    since = timezone.now() - timedelta(seconds=presence.BEATS * settings.DEVICE_HEARTBEAT)
    return device.last_seen_at is not None and device.last_seen_at > since


def refuse_too_old(version: str) -> None:
    """Raise AgentTooOld for a version below AGENT_MIN_VERSION; one that is not told is not checked."""
    if is_too_old(version):
        raise AgentTooOld(
            f"JobSwipe {version} on this computer is too old to apply. Update it: {settings.SITE_URL}/download",
            min_version=settings.AGENT_MIN_VERSION,
        )


def is_too_old(version: str) -> bool:
    """Say whether a version may no longer claim; one that is not told may."""
    try:
        return bool(version) and Version(version) < Version(settings.AGENT_MIN_VERSION)
    except InvalidVersion:
        return True


def devices_of(user: User) -> "QuerySet[Device]":
    """Return the person's paired devices, the newest first."""
    return Device.objects.filter(user=user, revoked_at=None).order_by("-id")


def rename(*, actor: User, device_id: int, name: str) -> None:
    """Give the device another name."""
    if not devices_of(actor).filter(pk=device_id).update(name=name):
        raise NotFound("There is no such device.")


@transaction.atomic
def revoke(*, actor: User, device_id: int) -> Device:
    """Refuse the device from now on, and take back what it holds. Again: changes nothing."""
    device = Device.objects.select_for_update(of=("self",), no_key=True).filter(user=actor, pk=device_id).first()
    if device is None:
        raise NotFound("There is no such device.")
    if device.revoked_at is None:
        Device.objects.filter(pk=device.pk).update(revoked_at=Now())
        if device.token_id:
            revoke_token(user=actor, token_id=device.token_id)
        outcomes.take_from(device)
        live.announce_to_devices(actor.pk, {"notice": "revoked", "device": device.pk})
    return device


# ---------------------------------------------------------------- what waits, and what a device holds


def news(device: Device) -> tuple[int, list[int]]:
    """Count the applications that the device could claim now, and name the attempts that it holds."""
    [found] = rows.run(NEWS, [device.user_id, device.user_id, device.pk])
    return found


# In one statement, prepared: each heartbeat asks for it, and they come back all at once.
NEWS = f"""
SELECT
    (SELECT count(*) FROM applications_application
     WHERE user_id = %b AND lane = '{Lane.DEVICE}' AND status = '{Status.QUEUED}'
         AND available_at <= statement_timestamp()),
    ARRAY(SELECT attempt.id
          FROM automation_attempt attempt JOIN applications_application held ON held.id = attempt.application_id
          WHERE held.user_id = %b AND attempt.device_id = %b AND attempt.finished_at IS NULL
              AND held.status IN ({", ".join(f"'{status}'" for status in sorted(HELD))})
          ORDER BY attempt.id)
"""  # noqa: S608 names of statuses


def needs_you(user_id: int) -> int:
    """Count the person's applications that wait for them."""
    return Application.objects.filter(user_id=user_id, status=Status.REVIEW).count()


def held_by(device: Device) -> "QuerySet[Attempt]":
    """Return the open attempts that this device holds."""
    still = Q(finished_at=None, application__status__in=HELD)
    return Attempt.objects.filter(still, device=device).order_by("id")


def no_longer(device: Device, holding: Iterable[int], held: Iterable[int]) -> dict[int, str]:
    """Return those of `holding` that the device has lost, each with the reason."""
    lost = set(holding) - set(held)
    leases = dict(Attempt.objects.filter(device=device, pk__in=lost).values_list("pk", "lease"))
    return {pk: why_lost(pk, leases[pk]) if pk in leases else "token" for pk in sorted(lost)}


# ---------------------------------------------------------------- what the page shows


@dataclass(frozen=True)
class ShownDevice:
    """A paired device with what it does now."""

    device: Device
    is_there: bool  # heard from within two and a half heartbeats
    state: str  # idle, working, paused; empty if it has not said
    attempts: list[Attempt]

    @property
    def is_too_old(self) -> bool:
        return is_too_old(self.device.version)


def shown_devices(user: User) -> list[ShownDevice]:
    """Return the person's devices as their page shows them: live from Redis, else as PostgreSQL knows it."""
    found = list(devices_of(user))
    live_signs = presence.signs("desktop:heartbeat", {device.pk: device.user_id for device in found})
    attempts = list(
        Attempt.objects.filter(device__in=found, finished_at=None)
        .select_related("application__snapshot")
        .order_by("id")
    )
    return [
        ShownDevice(
            device=device,
            is_there=device.pk in live_signs or was_heard_lately(device),
            state=live_signs.get(device.pk, {}).get("state") or "",
            attempts=[attempt for attempt in attempts if attempt.device_id == device.pk],
        )
        for device in found
    ]
