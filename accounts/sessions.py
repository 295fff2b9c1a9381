"""Who comes with the browser's session over a WebSocket.

As `channels.auth` finds it, in one go and by prepared statements: pages come back all at once.
"""

from typing import Any

from channels.db import database_sync_to_async
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.http import parse_cookie
from django.utils.crypto import constant_time_compare

from accounts.models import User
from jobswipe import rows

PERSON = rows.Part(User, "person", ("id", "password", "is_active"))
BY_ID = f"SELECT {PERSON} FROM accounts_user person WHERE id = %b AND is_active"  # noqa: S608 names of columns
LIVE_SESSION = "SELECT session_data FROM django_session WHERE session_key = %b AND expire_date > statement_timestamp()"


class WithPerson:
    """ASGI: put the person into the scope as `user`; None if nobody has signed in."""

    def __init__(self, app: Any) -> None:
        self.app = app

    async def __call__(self, scope: dict[str, Any], receive: Any, send: Any) -> None:
        key = _session_key(scope)
        user = await database_sync_to_async(person_of)(key) if key.isalnum() else None
        await self.app({**scope, "user": user}, receive, send)


def _session_key(scope: dict[str, Any]) -> str:
    cookies = "; ".join(value.decode("latin-1") for name, value in scope["headers"] if name == b"cookie")
    return parse_cookie(cookies).get(settings.SESSION_COOKIE_NAME, "")


def person_of(session_key: str) -> User | None:
    """Return who has signed in with the session, as long as it is theirs: a new password ends those of the old one."""
    for (text,) in rows.run(LIVE_SESSION, [session_key]):
        said = SessionStore().decode(text)
        if said.get(BACKEND_SESSION_KEY) not in settings.AUTHENTICATION_BACKENDS:
            return None
        for row in rows.run(BY_ID, [int(said[SESSION_KEY])]):
            user = PERSON.take(iter(row))
            known = (user.get_session_auth_hash(), *user.get_session_auth_fallback_hash())
            if any(constant_time_compare(said.get(HASH_SESSION_KEY, ""), one) for one in known):
                return user
    return None
