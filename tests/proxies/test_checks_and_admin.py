"""Exits are checked against an echo, and staff see how each one is, paste new ones in, and test one at once."""

from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import pytest
from django.test import Client
from pytest_django import Settings
from rest_framework.test import APIClient

from accounts.models import User
from proxies.models import Check, Proxy
from proxies.probes import check, check_due
from proxies.services import add_pasted
from tests.proxies.servers import Manner, ProxyServer, proxy_server

SECRET = {"user": "ada", "password": "s3cret"}


class Echo(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        body = f'{{"address": "{self.client_address[0]}"}}'.encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


@pytest.fixture(autouse=True)
def echo(settings: Settings) -> Iterator[None]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Echo)
    Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
    settings.PROXY_ECHO_URL = f"http://127.0.0.1:{server.server_port}/"
    yield
    server.shutdown()
    server.server_close()


def added(server: ProxyServer) -> Proxy:
    assert add_pasted(server.address).count == 1
    return Proxy.objects.get(port=server.port)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("scheme", "manner", "finding"),
    [
        ("http", "works", "it comes out at 127.0.0.1"),
        ("socks5", "works", "it comes out at 127.0.0.1"),
        ("http", "injects", "a page of its own in place of the echo"),
        ("http", "asks_wrongly", "(407)"),
    ],
)
def test_a_check_says_what_it_found(scheme: str, manner: Manner, finding: str, settings: Settings) -> None:
    with proxy_server(scheme, manner=manner, **SECRET) as server:
        proxy = added(server)
        found = check(proxy)
        assert finding in found.finding
        assert found.is_ok == (manner == "works")
        proxy.refresh_from_db()
        assert (proxy.failures == 0, proxy.latency_ms is not None) == (found.is_ok, found.is_ok)
        assert check_due() == 0
        settings.PROXY_CHECK_EVERY = 0
        assert check_due() == 1
        if found.is_ok:
            settings.PROXY_OWN_ADDRESS = "127.0.0.1"
            assert "our own address" in check(proxy).finding
            settings.PROXY_ECHO_URL = ""
            assert check(proxy).finding == "it can be reached"
            assert Proxy.objects.get().failures == 0
    assert "cannot be reached" in check(proxy).finding


@pytest.fixture
def staff(charlie: User, client_of: Callable[[User], APIClient]) -> Client:
    return client_of(charlie)


def test_staff_paste_switch_and_test(staff: Client) -> None:
    with proxy_server("http", **SECRET) as server:
        page = staff.post("/admin/proxies/proxy/paste/", {"lines": f"{server.address}\nnonsense"}).content.decode()
        assert "1 added" in page
        assert "Line 2: It has no port" in page
        proxy = Proxy.objects.get()
        chosen = {"_selected_action": [proxy.pk]}
        page = staff.post("/admin/proxies/proxy/", {**chosen, "action": "test_now"}, follow=True).content.decode()
        assert "it comes out at 127.0.0.1" in page
        page = staff.get(f"/admin/proxies/proxy/{proxy.pk}/change/").content.decode()
        assert "it comes out at 127.0.0.1" in page
        assert "s3cret" not in page
        for action, is_on in (("switch_off", False), ("switch_on", True)):
            staff.post("/admin/proxies/proxy/", {**chosen, "action": action})
            assert Proxy.objects.get().is_enabled is is_on
    assert Check.objects.count() == 1


def test_an_entry_keeps_its_password_unless_a_new_one_is_given(staff: Client) -> None:
    add_pasted("h.example:80:ada:s3cret")
    proxy = Proxy.objects.get()
    given = {
        "scheme": "http", "host": "h.example", "port": 81, "provider": "static", "tags": "[]", "user": "eve",
        "parallel": 5, "host_parallel": 1, "host_per_hour": 9, "is_enabled": "on", "password": "",
        "checks-TOTAL_FORMS": 0, "checks-INITIAL_FORMS": 0, "hosts-TOTAL_FORMS": 0, "hosts-INITIAL_FORMS": 0,
    }  # fmt: skip
    staff.post(f"/admin/proxies/proxy/{proxy.pk}/change/", given)
    proxy.refresh_from_db()
    assert (proxy.port, proxy.user, proxy.password) == (81, "eve", "s3cret")
    again = staff.post("/admin/proxies/proxy/add/", given | {"password": "x"}).content.decode()
    assert "in the list already" in again
    assert Proxy.objects.count() == 1


def test_candidates_stay_outside(alice: User, client_of: Callable[[User], APIClient]) -> None:
    assert client_of(alice).post("/admin/proxies/proxy/paste/", {"lines": "h.example:80"}).status_code == 302
    assert not Proxy.objects.exists()
