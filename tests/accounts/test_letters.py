"""What the sign-in writes to people: from JobSwipe, in its words, with a link that does what it says."""

import re
from typing import Any

import pytest
from django.test import Client
from pytest_django import Settings

from accounts.models import User
from tests.conftest import PASSWORD


def link_in(letter: Any) -> str:
    found = re.search(r"http://testserver(\S+)", letter.body)
    assert found, letter.body
    return found[1]


def test_a_new_person_confirms_their_address(client: Client, db: None, settings: Settings, mailoutbox: Any) -> None:
    settings.ACCOUNT_EMAIL_VERIFICATION = "mandatory"
    page = client.post("/accounts/signup/", {"email": "dora@example.com", "password1": PASSWORD}, follow=True)
    assert "Look into your mailbox" in page.content.decode()
    [letter] = mailoutbox
    assert letter.subject == "Confirm your e-mail address"
    client.post(link_in(letter))
    client.post("/accounts/login/", {"login": "dora@example.com", "password": PASSWORD})
    assert client.get("/start").status_code == 200


def test_a_forgotten_password_is_replaced(client: Client, alice: User, mailoutbox: Any) -> None:
    client.post("/accounts/password/reset/", {"email": alice.email})
    [letter] = mailoutbox
    assert letter.subject == "Choose a new password"
    form = client.get(link_in(letter), follow=True).request["PATH_INFO"]
    page = client.post(form, {"password1": "another horse 9", "password2": "another horse 9"}, follow=True)
    assert "Your new password works" in page.content.decode()


@pytest.mark.parametrize(
    ("path", "email", "subject"),
    [
        ("/accounts/password/reset/", "nobody@example.com", "There is no account with this address"),
        ("/accounts/signup/", "alice@example.com", "You have an account already"),
    ],
)
def test_who_asks_is_told_what_there_is(
    client: Client, alice: User, settings: Settings, mailoutbox: Any, path: str, email: str, subject: str
) -> None:
    settings.ACCOUNT_EMAIL_VERIFICATION = "mandatory"
    client.post(path, {"email": email, "password1": "another horse 9"})
    [letter] = mailoutbox
    assert (letter.subject, letter.to) == (subject, [email])
    assert client.get(link_in(letter)).status_code == 200
