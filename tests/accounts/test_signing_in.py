"""Signing in: tries are limited, second factors are asked for and kept encrypted, passkeys stand in for passwords."""

import re
import time
from io import StringIO
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.core.management import CommandError, call_command
from django.test import Client
from pytest_django import Settings
from selenium.webdriver.common.virtual_authenticator import VirtualAuthenticatorOptions

from accounts.models import User
from tests.conftest import PASSWORD
from tests.processes import Person, until

LOGIN = "/accounts/login/"
FACTORS = "/accounts/2fa/"


def sign_in(email: str, password: str = PASSWORD) -> tuple[Client, Any]:
    client = Client()
    return client, client.post(LOGIN, {"login": email, "password": password}, follow=True)


def confirm(client: Client) -> None:
    """Say the password once more, as every change of the sign-in asks for."""
    client.post("/accounts/reauthenticate/", {"password": PASSWORD})


def code_of(secret: str, ahead: int = 0) -> str:
    """Return what the app shows now, or `ahead` half minutes later: no code is taken twice."""
    return str(format_hotp_value(hotp_value(secret, int(time.time()) // 30 + ahead)))


@pytest.fixture
def secret(alice: User, settings: Settings) -> str:
    """Let alice use an authenticator app; give its secret."""
    settings.MFA_ALLOW_UNVERIFIED_EMAIL = True
    client, _ = sign_in(alice.email)
    assert "Confirm that it is you" in client.get(f"{FACTORS}totp/activate/", follow=True).content.decode()
    confirm(client)
    page = client.get(f"{FACTORS}totp/activate/").content.decode()
    found = re.search(r'class="secret">(\w+)<', page)
    assert found, page
    assert "data:image/svg+xml" in page
    answer = client.post(f"{FACTORS}totp/activate/", {"code": code_of(found[1])}, follow=True)
    assert "Recovery codes" in answer.content.decode()
    return found[1]


def test_too_many_wrong_passwords_stop_the_right_one_for_a_while(alice: User, bob: User) -> None:
    for _ in range(5):
        sign_in(alice.email, "a wrong password")
    assert "Too many failed login attempts" in sign_in(alice.email)[1].content.decode()
    assert sign_in(bob.email)[1].wsgi_request.user == bob


@pytest.mark.parametrize(
    ("page", "most"), [("/accounts/login/", 30), ("/accounts/signup/", 20), ("/accounts/password/reset/", 20)]
)
def test_an_address_that_tries_all_the_time_is_told_to_wait(db: None, client: Client, page: str, most: int) -> None:
    answers = [client.post(page, {"email": f"p{n}@example.com"}, REMOTE_ADDR="8.8.8.8") for n in range(most + 1)]
    assert [one.status_code for one in answers[-2:]] == [answers[0].status_code, 429]
    assert client.post(page, REMOTE_ADDR="9.9.9.9").status_code == 200


def test_another_address_of_the_same_network_is_no_other_one(db: None, client: Client) -> None:
    last = [
        client.post(
            "/accounts/password/reset/", {"email": f"p{n}@example.com"}, REMOTE_ADDR=f"2001:4860:0:7::{n + 1:x}"
        )
        for n in range(21)
    ][-1]
    assert last.status_code == 429


def test_the_limits_hold_for_all_web_processes_together(settings: Settings) -> None:
    assert settings.CACHES["default"]["BACKEND"].endswith("DatabaseCache")


def test_an_authenticator_app_is_asked_for_after_the_password(alice: User, secret: str) -> None:
    client, answer = sign_in(alice.email)
    assert "Second step" in answer.content.decode()
    assert client.get("/jobs").status_code == 302
    assert client.post(f"{FACTORS}authenticate/", {"code": "000000"}).status_code == 200
    assert client.get("/jobs").status_code == 302
    assert client.post(f"{FACTORS}authenticate/", {"code": code_of(secret, ahead=1)}).status_code == 302
    assert client.get("/jobs").status_code == 200


def test_second_factors_are_kept_encrypted(alice: User, secret: str) -> None:
    kept = [str(row.data) for row in Authenticator.objects.filter(user=alice)]
    assert len(kept) == 2, "the app, and recovery codes"
    assert all(secret not in data and "gAAAA" in data for data in kept)


def test_the_secret_of_the_site_is_replaced_and_nobody_notices(alice: User, secret: str, settings: Settings) -> None:
    old, new = settings.SECRET_KEY, "another-secret-" * 4
    before, _ = sign_in(alice.email)
    before.post(f"{FACTORS}authenticate/", {"code": code_of(secret, ahead=1)})
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = new, [old]
    assert before.get("/jobs").status_code == 200, "the session goes on"

    call_command("rotate_second_factors", verbosity=0, stdout=StringIO())
    settings.SECRET_KEY_FALLBACKS = []
    codes = Authenticator.objects.get(user=alice, type="recovery_codes").wrap().get_unused_codes()
    client, answer = sign_in(alice.email)
    assert "Second step" in answer.content.decode()
    client.post(f"{FACTORS}authenticate/", {"code": codes[0]})
    assert client.get("/jobs").status_code == 200
    assert Authenticator.objects.get(user=alice, type="totp").wrap().validate_code(code_of(secret, ahead=-1))

    settings.SECRET_KEY = "lost-" * 10
    with pytest.raises(CommandError, match="SECRET_KEY_FALLBACKS"):
        call_command("rotate_second_factors", verbosity=0, stdout=StringIO())


def test_a_recovery_code_lets_in_once(alice: User, secret: str) -> None:
    codes = Authenticator.objects.get(user=alice, type="recovery_codes").wrap().get_unused_codes()
    for expected in (200, 302):
        client, _ = sign_in(alice.email)
        client.post(f"{FACTORS}authenticate/", {"code": codes[0]})
        assert client.get("/jobs").status_code == expected


def test_every_page_of_it_is_one_of_ours(alice: User, secret: str) -> None:
    client, _ = sign_in(alice.email)
    codes = Authenticator.objects.get(user=alice, type="recovery_codes").wrap().get_unused_codes()
    client.post(f"{FACTORS}authenticate/", {"code": codes[0]})
    confirm(client)
    pages = ("", "totp/deactivate/", "recovery-codes/", "recovery-codes/generate/", "webauthn/", "webauthn/add/")
    for page in pages:
        answer = client.get(f"{FACTORS}{page}", follow=True)
        assert answer.status_code == 200, page
        assert answer.content.decode().count('class="brand"') == 1, page
        assert "'unsafe-inline'" not in answer["Content-Security-Policy"]


def test_the_address_to_sign_in_with_can_be_changed(alice: User) -> None:
    client, _ = sign_in(alice.email)
    assert "Remove it" not in client.get("/accounts/email/").content.decode()  # there is nothing to choose from
    client.post("/accounts/email/", {"action_add": "1", "email": "ada@example.com"})
    page = client.get("/accounts/email/").content.decode()
    assert "ada@example.com" in page
    assert "not confirmed" in page
    assert page.count('class="brand"') == 1
    EmailAddress.objects.filter(email="ada@example.com").update(verified=True)
    client.post("/accounts/email/", {"action_primary": "1", "email": "ada@example.com"})
    alice.refresh_from_db()
    assert alice.email == "ada@example.com"
    assert sign_in("ada@example.com")[1].wsgi_request.user == alice


def test_a_passkey_is_added_and_signs_in_alone(
    alice: User, person: Person, settings: Settings, transactional_db: None
) -> None:
    driver = person.driver
    person.site = person.site.replace("127.0.0.1", "localhost")  # passkeys belong to a name, not to a number
    options = VirtualAuthenticatorOptions(
        transport=VirtualAuthenticatorOptions.Transport.INTERNAL,
        has_resident_key=True,
        has_user_verification=True,
        is_user_verified=True,
    )
    driver.add_virtual_authenticator(options)
    try:
        person.sign_in(alice.email, PASSWORD)
        person.go(f"{FACTORS}webauthn/add/")
        person.one("[name=password]").send_keys(PASSWORD)
        person.one("main .button--main").click()
        person.one("[name=name]").send_keys("My phone")
        person.one("[name=passwordless]").click()
        person.one("#mfa_webauthn_add").click()
        until(lambda: Authenticator.objects.filter(user=alice, type="webauthn").exists(), "the passkey is kept")
        driver.delete_all_cookies()
        person.go(LOGIN)
        person.one("#passkey_login").click()
        until(lambda: driver.current_url.endswith("/jobs"), "signed in by the passkey alone")
    finally:
        driver.remove_virtual_authenticator()
        person.site = person.site.replace("localhost", "127.0.0.1")
