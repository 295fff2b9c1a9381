"""The offer to be told of news, once there is something to tell of."""

from typing import Any

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from accounts.models import User
from applications.models import Application
from applications.states import Status
from notifications import vapid


def push_offer(request: HttpRequest) -> dict[str, Any]:
    """Whether to ask: after the first queued application, until a yes or a no. Found out only by a page that asks."""
    user = getattr(request, "user", None)
    return {"push_offer": SimpleLazyObject(lambda: _is_due(user))} if isinstance(user, User) else {}


def _is_due(user: User) -> bool:
    wishes = getattr(user, "notification_wishes", None)
    if not vapid.public_key() or (wishes and wishes.declined_at) or user.push_subscriptions.exists():
        return False
    return Application.objects.filter(user=user).exclude(status=Status.PENDING).exists()
