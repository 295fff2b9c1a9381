"""A web process as it runs in production, behind a proxy with TLS: what browsers are told to keep, send and believe."""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import requests
from allauth.account.models import EmailAddress

from accounts.models import User
from tests.conftest import PASSWORD
from tests.processes import PATIENCE, ROOT, Process, answers, free_port, until

HOST = "site.example"
BY_TLS = {"Host": HOST, "X-Forwarded-Proto": "https", "X-Forwarded-For": "192.0.2.1, 8.8.8.8"}


PRODUCTION = {"DEBUG": "0", "SECRET_KEY": "of the tests " * 5, "ALLOWED_HOSTS": HOST, "BEHIND_PROXY": "1"}


@pytest.fixture(scope="module")
def assets() -> None:
    """What each page names by its hash, as `collectstatic` leaves it: without it every page is an error."""
    command = [sys.executable, "manage.py", "collectstatic", "--no-input", "--verbosity", "0"]
    subprocess.run(command, cwd=ROOT, env={**os.environ, **PRODUCTION}, check=True)


@pytest.fixture
def site(transactional_db: None, assets: None, tmp_path: Path) -> Iterator[str]:
    port = free_port()
    web = Process("uvicorn", "jobswipe.asgi:application", "--port", str(port), log=tmp_path / "log", **PRODUCTION)
    url = f"http://127.0.0.1:{port}"
    try:
        until(lambda: answers(f"{url}/healthz", Host=HOST), "the site answers")
        yield url
    finally:
        web.kill()  # asked to stop, it would go on for seconds, for the proxy to notice


def sign_in(url: str, email: str, **headers: str) -> requests.Response:
    token = "a" * 32
    given = {**BY_TLS, "X-CSRFToken": token, "Cookie": f"csrftoken={token}", "Referer": f"https://{HOST}/", **headers}
    body = {"login": email, "password": PASSWORD}
    return requests.post(f"{url}/accounts/login/", body, headers=given, timeout=PATIENCE, allow_redirects=False)


def test_a_session_is_kept_by_https_alone_and_from_scripts(site: str, alice: User) -> None:
    EmailAddress.objects.create(user=alice, email=alice.email, verified=True, primary=True)
    answer = sign_in(site, alice.email)
    assert (answer.status_code, answer.headers["Location"]) == (302, "/jobs")
    raw: Any = answer.raw
    cookies = {one.partition("=")[0]: one for one in raw.headers.getlist("Set-Cookie")}
    for flag in ("Secure", "HttpOnly", "SameSite=Lax"):
        assert flag in cookies["sessionid"]
    assert "Secure" in cookies["csrftoken"]
    assert int(answer.headers["Strict-Transport-Security"].partition("max-age=")[2].partition(";")[0]) >= 31_536_000


def test_a_form_from_another_site_is_refused(site: str, alice: User) -> None:
    assert sign_in(site, alice.email, Referer="https://evil.example/").status_code == 403
    assert sign_in(site, alice.email, Origin="https://evil.example").status_code == 403


def test_who_comes_without_tls_is_sent_to_it_and_another_name_is_refused(site: str) -> None:
    plain = requests.get(f"{site}/jobs?q=x", headers={"Host": HOST}, timeout=PATIENCE, allow_redirects=False)
    assert (plain.status_code, plain.headers["Location"]) == (301, f"https://{HOST}/jobs?q=x")
    other = requests.get(f"{site}/robots.txt", headers={**BY_TLS, "Host": "evil.example"}, timeout=PATIENCE)
    assert other.status_code == 400


def test_operators_pages_are_closed_to_who_comes_through_the_proxy(site: str) -> None:
    assert requests.get(f"{site}/metrics", headers=BY_TLS, timeout=PATIENCE).status_code == 404
    assert requests.get(f"{site}/metrics", headers={"Host": HOST}, timeout=PATIENCE).status_code == 404


def test_what_is_answered_says_what_browsers_may_do_with_it(site: str) -> None:
    answer = requests.get(f"{site}/api/v1/schema/", headers=BY_TLS, timeout=PATIENCE)
    told = answer.headers
    assert "script-src 'self'" in told["Content-Security-Policy"]
    assert "frame-ancestors 'none'" in told["Content-Security-Policy"]
    assert (told["X-Content-Type-Options"], told["X-Frame-Options"]) == ("nosniff", "DENY")
    assert told["Referrer-Policy"] == "same-origin"
