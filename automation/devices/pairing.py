"""Pairing a device: OAuth 2.0's Device Authorization Grant (RFC 8628).

The device asks for two codes, shows the short one, and polls with the long one until its person has decided on
`/devices`. Both are kept as hashes, live ten minutes and work once. Guessing is counted and slowed down.
"""

import hashlib
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from http import HTTPStatus

from django.db import transaction
from django.db.models import Count, QuerySet
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext

from accounts.models import ApiToken, User
from accounts.services import issue_token
from automation.devices import services as devices
from automation.models import Device, DeviceCode, WrongCode
from jobswipe.problems import Problem, TooMany

LIFETIME = timedelta(minutes=10)
INTERVAL = 5  # seconds between two polls, at first
SLOWER = 5  # seconds more after a poll that came too soon (RFC 8628, 3.5)
EARLY = 1.0  # seconds that a poll may come early: clocks and networks jitter
LETTERS = "BCDFGHJKLMNPQRSTVWXZ"  # no vowels, so no words (RFC 8628, 6.1); 20^8 codes
MOST_CODES = 20  # asked for by one address within LIFETIME
MOST_WRONG = 10  # wrong codes of one address, or person, within LIFETIME


class Refused(Problem):
    """The device gets no token; `code` is the error of RFC 8628, 3.5, or RFC 6749, 5.2."""

    status = HTTPStatus.BAD_REQUEST

    def __init__(self, code: str, sentence: str, **details: object) -> None:
        super().__init__(sentence, error=code, **details)
        self.code = code


class UnknownCode(Problem):
    """Nobody waits for this code."""

    code = "unknown_code"
    status = HTTPStatus.BAD_REQUEST


@dataclass(frozen=True)
class Codes:
    """What a device gets when it asks to be paired; neither code can be read again later."""

    device_code: str
    user_code: str
    expires_in: int
    interval: int


def request_codes(*, name: str, platform: str, version: str, address: str) -> Codes:
    """Begin a pairing. Raises TooMany for an address that asks all the time."""
    since = timezone.now() - LIFETIME
    if DeviceCode.objects.filter(address=address, created_at__gt=since).count() >= MOST_CODES:
        raise TooMany(
            gettext("Too many codes were asked for from here. Wait ten minutes."), int(LIFETIME.total_seconds())
        )
    device_code, user_code = secrets.token_urlsafe(32), _new_user_code()
    DeviceCode.objects.create(
        device_code=_device_digest(device_code),
        user_code=_user_digest(user_code),
        name=name or gettext("My computer"),
        platform=platform,
        version=version,
        address=address,
        interval=INTERVAL,
        expires_at=timezone.now() + LIFETIME,
    )
    return Codes(device_code, user_code, int(LIFETIME.total_seconds()), INTERVAL)


def _new_user_code() -> str:
    """Return a short code that no open pairing has."""
    while True:
        letters = "".join(secrets.choice(LETTERS) for _ in range(8))
        code = f"{letters[:4]}-{letters[4:]}"
        if not _open_codes().filter(user_code=_user_digest(code)).exists():
            return code


def _device_digest(code: str) -> str:
    return hashlib.sha256(code.encode()).hexdigest()


def _user_digest(code: str) -> str:
    """Return what is kept of a short code: under our key, since all short codes could be hashed and compared."""
    letters = "".join(letter for letter in code.upper() if letter in LETTERS)
    return salted_hmac("jobswipe.pairing", letters, algorithm="sha256").hexdigest()


def _open_codes() -> "QuerySet[DeviceCode]":
    return DeviceCode.objects.filter(expires_at__gt=timezone.now(), redeemed_at=None, denied_at=None, approved_by=None)


# ---------------------------------------------------------------- the person's side


def waiting_device(*, actor: User, user_code: str, address: str) -> DeviceCode:
    """Return the open pairing with this short code. Raises UnknownCode, and TooMany for one who keeps guessing."""
    guesser = [f"person {actor.pk}", f"address {address}"]
    _refuse_guessing(guesser)
    found = _open_codes().filter(user_code=_user_digest(user_code)).first()
    if found is None:
        _count_wrong(guesser)
        raise UnknownCode(gettext("No computer waits for this code. Look at it again; it is good for ten minutes."))
    return found


def decide(*, actor: User, user_code: str, address: str, approve: bool, name: str = "") -> DeviceCode:
    """Let the waiting device in as one of the person's, under `name` if they gave one, or turn it away."""
    code = waiting_device(actor=actor, user_code=user_code, address=address)
    decision = {"approved_by": actor, "name": name or code.name} if approve else {"denied_at": timezone.now()}
    if not _open_codes().filter(pk=code.pk).update(**decision):
        raise UnknownCode(gettext("This code has just been used."))
    code.refresh_from_db()
    return code


# ---------------------------------------------------------------- the device's side


def redeem(*, device_code: str, address: str) -> tuple[Device, str]:
    """Return the new device and its token, once. Raises Refused, and TooMany for one who keeps guessing."""
    guesser = [f"address {address}"]
    _refuse_guessing(guesser)
    answer = _answer_to(_device_digest(device_code))
    if answer is None:
        _count_wrong(guesser)
        raise Refused("invalid_grant", gettext("This code is unknown."))
    if isinstance(answer, Refused):
        raise answer
    return answer


@transaction.atomic
def _answer_to(digest: str) -> tuple[Device, str] | Refused | None:
    """Return the token, or the refusal with what it changed already written; None for an unknown code."""
    code = DeviceCode.objects.select_for_update(of=("self",)).filter(device_code=digest).first()
    if code is None:
        return None
    if code.redeemed_at:
        return _used_before(code)
    if code.denied_at:
        return Refused("access_denied", gettext("The request was turned down."))
    if code.expires_at <= timezone.now():
        return Refused("expired_token", gettext("The code has run out. Begin again."))
    if code.approved_by is None:
        return _not_yet(code, timezone.now())
    return _let_in(code, code.approved_by)


def _used_before(code: DeviceCode) -> Refused:
    """Two hold this code: what it gave is taken back, as RFC 6749, 4.1.2, has it for codes."""
    if code.device and code.device.revoked_at is None:
        devices.revoke(actor=code.device.user, device_id=code.device.pk)
    return Refused("invalid_grant", "This code was used before. What it gave is void now; pair again.")


def _not_yet(code: DeviceCode, now: datetime) -> Refused:
    is_early = code.polled_at is not None and (now - code.polled_at).total_seconds() < code.interval - EARLY
    code.polled_at = now
    if is_early:
        code.interval = min(code.interval + SLOWER, 60)
    code.save(update_fields=["polled_at", "interval"])
    if is_early:
        return Refused("slow_down", "You ask too often.", interval=code.interval)
    return Refused("authorization_pending", gettext("Your person has not decided yet."), interval=code.interval)


def _let_in(code: DeviceCode, user: User) -> tuple[Device, str]:
    token, secret = issue_token(user=user, name=code.name, scope=ApiToken.Scope.DEVICE)
    code.device = Device.objects.create(
        user=user, token=token, name=code.name, platform=code.platform, version=code.version
    )
    code.redeemed_at = timezone.now()
    code.save(update_fields=["device", "redeemed_at"])
    return code.device, secret


# ---------------------------------------------------------------- guessing


def _refuse_guessing(guesser: Sequence[str]) -> None:
    since = timezone.now() - LIFETIME
    wrong = WrongCode.objects.filter(who__in=guesser, at__gt=since).values("who").annotate(n=Count("pk"))
    if any(row["n"] >= MOST_WRONG for row in wrong):
        raise TooMany(gettext("Too many wrong codes. Wait ten minutes, then try again."), int(LIFETIME.total_seconds()))


def _count_wrong(guesser: Sequence[str]) -> None:
    WrongCode.objects.bulk_create(WrongCode(who=who) for who in guesser)


def forget_old() -> None:
    """Delete what no longer counts: wrong codes, and requests whose time is long over."""
    WrongCode.objects.filter(at__lt=timezone.now() - LIFETIME).delete()
    DeviceCode.objects.filter(expires_at__lt=timezone.now() - timedelta(days=1)).delete()
