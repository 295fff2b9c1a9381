"""A browser on the server cannot look inside: not by an address, a name, a redirect, or a name that changes."""

import socket
from typing import Any

import pytest
import requests

from automation.engine.browser.page import Page
from automation.engine.result import Ended, FailureKind
from proxies import gate
from proxies.forwarder import forwarding
from proxies.upstream import Upstream
from tests.engine.site import Site
from tests.processes import PATIENCE
from tests.proxies.servers import proxy_server

INSIDE = [
    "127.0.0.1", "127.1", "2130706433", "0x7f.1", "[::1]", "::ffff:127.0.0.1", "10.1.2.3", "172.16.0.1", "192.168.1.1",
    "169.254.169.254", "100.64.0.1", "fd00:ec2::254", "2002:7f00:1::",
    "64:ff9b::a9fe:a9fe", "::ffff:0:10.0.0.1", "::10.0.0.1", "::1", "::", "0.0.0.0", "224.0.0.1", "localhost",
    "LOCALHOST.", "redis", "metadata.google.internal", "db.jobswipe.local",
]  # fmt: skip
PUBLIC = ["boards.greenhouse.io", "8.8.8.8", "[2606:4700::1111]", "64:ff9b::808:808", "10.example.com", "1password.com"]


def test_names_and_addresses_that_lead_inside_are_known() -> None:
    assert [host for host in INSIDE if not gate.says_private(host)] == []
    assert [host for host in PUBLIC if gate.says_private(host)] == []


def status_of(proxy: str, url: str) -> int:
    """Return what the browser is answered: for a tunnel, by the proxy itself."""
    host, port = proxy.removeprefix("http://").split(":")
    with socket.create_connection((host, int(port)), PATIENCE) as line:
        line.sendall(f"CONNECT {url} HTTP/1.1\r\nHost: {url}\r\n\r\n".encode())
        return int(line.recv(100).split(b" ")[1])


def test_in_front_of_an_exit_what_says_private_is_refused_and_never_reaches_it() -> None:
    with (
        proxy_server("http") as server,
        forwarding(Upstream("http", "127.0.0.1", server.port), only_public=True) as forwarder,
        requests.Session() as session,
    ):
        session.trust_env = False
        for host in ("169.254.169.254", "127.0.0.1", "localhost"):
            assert status_of(forwarder.url, f"{host}:443") == 403
            assert session.get(f"http://{host}/", proxies={"http": forwarder.url}, timeout=PATIENCE).status_code == 403
        assert server.asked == []
        assert forwarder.troubles == []  # it is not the exit's fault


def test_without_an_exit_a_name_counts_by_what_it_resolves_to(monkeypatch: pytest.MonkeyPatch) -> None:
    site = Site()
    port = int(site.url.rpartition(":")[2])
    resolve = socket.getaddrinfo
    monkeypatch.setattr(  # a public name of a private address, as rebinding gives at the second look
        socket, "getaddrinfo", lambda host, *given, **more: resolve(
            "127.0.0.1" if host == "rebound.example.com" else host, *given, **more
        ),
    )  # fmt: skip
    try:
        with forwarding(None, only_public=True) as forwarder:
            assert status_of(forwarder.url, f"rebound.example.com:{port}") == 403
    finally:
        site.close()


def test_without_an_exit_public_addresses_are_reached(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(gate, "is_public", lambda address: address == "127.0.0.1")  # there is no open network here
    site = Site()
    url = site.page("<p>Hello")
    try:
        with forwarding(None) as forwarder, requests.Session() as session:
            session.trust_env = False
            assert session.get(url, proxies={"http": forwarder.url}, timeout=PATIENCE).status_code == 200
    finally:
        site.close()


@pytest.mark.parametrize("url", ["file:///etc/passwd", "FILE:///etc/passwd", "chrome://version", "data:text/html,x"])
def test_the_engine_opens_nothing_but_the_web(url: str) -> None:
    page: Any = object.__new__(Page)
    with pytest.raises(Ended) as ended:
        page.open(url)
    assert ended.value.kind == FailureKind.FORM_UNSUPPORTED
