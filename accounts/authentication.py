"""Who a REST request comes from: a bearer token, else the browser's session."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.db.models.functions import Now
from django.utils import timezone
from rest_framework.authentication import BaseAuthentication, get_authorization_header
from rest_framework.exceptions import AuthenticationFailed
from rest_framework.permissions import IsAuthenticated
from rest_framework.request import Request

from accounts.models import ApiToken, User
from accounts.services import token_digest
from jobswipe import rows

if TYPE_CHECKING:  # the views load this module: it is in their settings
    from rest_framework.views import APIView


SAME_USE = timedelta(minutes=1)  # uses closer than this are written down once
TOKEN = rows.Part(ApiToken, "token", ("id", "user_id", "scope", "last_used_at"))
PERSON = rows.Part(User, "person", ("id", "email", "is_active", "is_staff", "is_superuser", "is_premium"))
LIVE_TOKEN = f"""
SELECT {TOKEN}, {PERSON}
FROM accounts_apitoken token JOIN accounts_user person ON person.id = token.user_id
WHERE token.digest = %b AND token.revoked_at IS NULL AND person.is_active
"""  # noqa: S608 names of columns


class BearerAuthentication(BaseAuthentication):
    """`Authorization: Bearer TOKEN` (RFC 6750)."""

    def authenticate(self, request: Request) -> tuple[User, ApiToken] | None:
        header = get_authorization_header(request).decode("latin-1")
        if not header.lower().startswith("bearer "):
            return None
        token = token_of(header)
        if token is None:
            raise AuthenticationFailed("This token is unknown or revoked.")
        if token.scope == ApiToken.Scope.USER:  # a device's signs of life are its own
            _note_use(token)
        return token.user, token

    def authenticate_header(self, request: Request) -> str:
        return 'Bearer realm="api"'


def _note_use(token: ApiToken) -> None:
    if token.last_used_at is None or timezone.now() - token.last_used_at > SAME_USE:
        ApiToken.objects.filter(pk=token.pk).update(last_used_at=Now())


def token_of(header: str) -> ApiToken | None:
    """Return the live token in an `Authorization` header; None for an unknown or revoked one."""
    scheme, _, secret = header.partition(" ")
    if scheme.lower() != "bearer":
        return None
    for row in map(iter, rows.run(LIVE_TOKEN, [token_digest(secret.strip())])):
        token = TOKEN.take(row)
        token.user = PERSON.take(row)
        return token
    return None


class IsPerson(IsAuthenticated):
    """A signed-in person, or a token that may do what the person may."""

    def has_permission(self, request: Request, view: APIView) -> bool:
        return super().has_permission(request, view) and _scope(request.auth) == ApiToken.Scope.USER


class IsDevice(IsAuthenticated):
    """A token that may carry out applications."""

    def has_permission(self, request: Request, view: APIView) -> bool:
        return super().has_permission(request, view) and _scope(request.auth) == ApiToken.Scope.DEVICE


def _scope(auth: Any) -> str:
    return auth.scope if isinstance(auth, ApiToken) else ApiToken.Scope.USER
