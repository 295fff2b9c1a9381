"""A WebSocket's person is who has signed in with the browser's session, for as long as a page would know them."""

from collections.abc import Callable
from typing import Any

import pytest
from asgiref.testing import ApplicationCommunicator as Communicator
from django.conf import settings
from django.contrib.sessions.models import Session
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from accounts.models import User
from accounts.sessions import person_of
from jobswipe.asgi import application as asgi
from tests.statements import Statement, sent


@pytest.fixture
def session(client: Client, alice: User) -> str:
    client.force_login(alice)
    return client.cookies[settings.SESSION_COOKIE_NAME].value


def test_they_are_found_by_two_statements(session: str, alice: User, monkeypatch: pytest.MonkeyPatch) -> None:
    found: list[Statement] = []
    with sent(found, "socket", monkeypatch):
        assert person_of(session) == alice
    assert len(found) == 2


def sign_out(client: Client, alice: User) -> None:
    client.logout()


def let_it_expire(client: Client, alice: User) -> None:
    Session.objects.update(expire_date=timezone.now())


def change_the_password(client: Client, alice: User) -> None:
    alice.set_password("another one")
    alice.save()


def shut_the_account(client: Client, alice: User) -> None:
    User.objects.filter(pk=alice.pk).update(is_active=False)


def tamper(client: Client, alice: User) -> None:
    data = Session.objects.get().session_data
    Session.objects.update(session_data=data[:-1] + ("a" if data[-1] != "a" else "b"))


@pytest.mark.parametrize("end", [sign_out, let_it_expire, change_the_password, shut_the_account, tamper])
def test_an_ended_session_is_nobodys(
    session: str, client: Client, alice: User, end: Callable[[Client, User], None]
) -> None:
    end(client, alice)
    assert person_of(session) is None


def test_a_session_without_a_person_is_nobodys(client: Client, db: None) -> None:
    held = client.session
    held["seen"] = True
    held.save()
    assert person_of(str(held.session_key)) is None
    assert person_of("unknown") is None


def test_it_outlives_a_change_of_the_secret_key(session: str, alice: User, settings: Settings) -> None:
    settings.SECRET_KEY_FALLBACKS, settings.SECRET_KEY = [settings.SECRET_KEY], "the next"
    assert person_of(session) == alice
    settings.SECRET_KEY_FALLBACKS = []
    assert person_of(session) is None


@pytest.mark.parametrize("cookie", ["", "sessionid=", 'sessionid="\\000"', "sessionid=nobody", "=;=;", "\xff"])
@pytest.mark.django_db(transaction=True)
async def test_a_web_socket_without_a_person_is_told_to_sign_in(cookie: str) -> None:
    headers = [(b"cookie", cookie.encode("latin-1")), (b"origin", b"http://localhost"), (b"host", b"localhost")]
    scope = {"type": "websocket", "path": "/ws/events/", "query_string": b"", "headers": headers, "subprotocols": []}
    ends: Any = Communicator(asgi, scope)  # type: ignore[no-untyped-call]
    await ends.send_input({"type": "websocket.connect"})
    assert (await ends.receive_output(5))["type"] == "websocket.accept"
    assert (await ends.receive_output(5)).items() >= {"type": "websocket.close", "code": 4401}.items()
    await ends.send_input({"type": "websocket.disconnect", "code": 4401})
    await ends.wait(5)
