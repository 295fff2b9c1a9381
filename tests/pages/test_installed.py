"""The site can be installed, says so without a connection, and keeps no page of a person."""

import json
import re
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from rest_framework.test import APIClient

from accounts.models import User
from tests.conftest import PASSWORD, make_job
from tests.processes import Person, until


def content_of(client: Client, path: str) -> bytes:
    answer = client.get(path)
    assert answer.status_code == 200, path
    try:
        return answer.getvalue()
    finally:
        answer.close()


def test_the_manifest_has_what_installing_asks_for(db: None, client: Client) -> None:
    answer = client.get("/manifest.webmanifest")
    assert answer["Content-Type"] == "application/manifest+json"
    manifest = answer.json()
    assert (manifest["display"], manifest["start_url"], manifest["scope"]) == ("standalone", "/jobs", "/")
    assert {(one["sizes"], one["purpose"]) for one in manifest["icons"]} >= {
        ("192x192", "any"), ("512x512", "any"), ("512x512", "maskable"),
    }  # fmt: skip
    for icon in manifest["icons"]:
        assert content_of(client, icon["src"])[:8] == b"\x89PNG\r\n\x1a\n", icon


def test_the_service_worker_names_assets_that_exist_and_is_asked_for_anew(db: None, client: Client) -> None:
    answer = client.get("/service-worker.js")
    assert (answer["Content-Type"], answer["Cache-Control"]) == ("text/javascript", "no-cache")
    found = re.search(r"ASSETS = \[(.*?)\]", answer.content.decode())
    assert found
    assets = [one.encode().decode("unicode_escape") for one in re.findall(r"'([^']+)'", found[1])]
    assert {"/static/css/site.css", "/static/js/app.js"} <= set(assets)
    assert all(content_of(client, one) for one in assets)


def test_the_page_for_no_connection_is_nobodys(alice: User, client_of: Callable[[User], APIClient]) -> None:
    theirs = client_of(alice).get("/offline").content.decode()
    assert "No connection" in theirs
    assert "Sign in" in theirs
    assert "Sign out" not in theirs


@pytest.mark.parametrize("path", ["/manifest.webmanifest", "/service-worker.js", "/offline"])
def test_it_is_only_looked_at(client: Client, path: str) -> None:
    assert client.post(path).status_code == 405


KEPT = """const done = arguments[0];
(async () => {
  const names = await caches.keys();
  const keys = async (name) => (await (await caches.open(name)).keys()).map((one) => new URL(one.url).pathname);
  const kept = await Promise.all(names.map(keys));
  return { names, kept: kept.flat(), controlled: Boolean(navigator.serviceWorker.controller) };
})().then(done);"""


SHOWN = """const done = arguments[0];
navigator.serviceWorker.ready.then((one) => one.getNotifications()).then((found) => done(
  found.map(({ title, body, data }) => ({ title, body, url: data.url }))));"""


def hear(person: Person, message: dict[str, str]) -> None:
    """Let the browser hear of a message as if its push service had brought it."""
    permission = {"permissions": ["notifications"], "origin": person.site}
    person.driver.execute_cdp_cmd("Browser.grantPermissions", permission)
    person.driver.execute_cdp_cmd("ServiceWorker.enable", {})

    def shown() -> Any:
        for number in range(10):  # registrations are numbered, and ours is one of the first
            push = {"origin": person.site + "/", "registrationId": str(number), "data": json.dumps(message)}
            person.driver.execute_cdp_cmd("ServiceWorker.deliverPushMessage", push)
        return person.driver.execute_async_script(SHOWN)

    # Told again until it shows: the worker may not know yet that it may. One tag is one message, told twice or not.
    until(shown, "the message is shown")


def test_in_a_browser(person: Person, alice: User) -> None:
    """Installable; without a connection a page of ours; nothing of a person in the cache, before or after sign-out."""
    make_job()
    driver = person.driver
    person.sign_in(alice.email, PASSWORD)
    for page in ("/jobs", "/applications", "/profile"):
        person.go(page)

    def kept() -> dict[str, list[str]]:
        found: dict[str, list[str]] = driver.execute_async_script(KEPT)
        return found

    until(lambda: kept()["controlled"] and "/offline" in kept()["kept"], "the service worker is in charge")
    public = set(kept()["kept"])
    assert all(path == "/offline" or path.startswith("/static/") for path in public)
    assert driver.execute_cdp_cmd("Page.getInstallabilityErrors", {})["installabilityErrors"] == []
    assert driver.execute_cdp_cmd("Page.getAppManifest", {})["errors"] == []
    answer = driver.execute_async_script(
        "const done = arguments[0]; caches.match('/offline').then((one) => one.text()).then(done)"
    )
    assert "No connection" in answer
    assert alice.email not in answer
    hear(person, {"title": "Applied: Engineer", "body": "They thanked you.", "url": "/applications", "tag": "one"})
    shown = driver.execute_async_script(SHOWN)
    assert shown == [{"title": "Applied: Engineer", "body": "They thanked you.", "url": "/applications"}]
    person.script("document.querySelector('form[action$=\"/logout/\"] button').click()")
    until(lambda: "/offline" in kept()["kept"] and set(kept()["kept"]) == public, "emptied, and filled for everybody")
    assert len(kept()["names"]) == 1


def test_the_first_field_that_is_wrong_is_brought_into_sight(person: Person, alice: User) -> None:
    person.sign_in(alice.email, PASSWORD)
    person.go("/profile")
    country = person.one("[name=country]")
    country.clear()
    country.send_keys("Atlantis")
    person.press("main form.form .button--main")
    until(lambda: person.script("return document.activeElement.name") == "country", "the field has the focus")
    person.sees("Write the name of a country", ".errorlist")
    assert 0 < person.script("return document.activeElement.getBoundingClientRect().top") < 900
