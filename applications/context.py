"""What the frame of every page shows of applications."""

from typing import Any

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from accounts.models import User
from applications.models import Application
from applications.states import Status


def needs_you(request: HttpRequest) -> dict[str, Any]:
    """How many applications wait for the person; asked only by a page that shows it."""
    user = getattr(request, "user", None)
    if not isinstance(user, User):
        return {}
    return {"needs_you": SimpleLazyObject(Application.objects.filter(user=user, status=Status.REVIEW).count)}
