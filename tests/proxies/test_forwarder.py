"""The forwarder adds what the exit asks for, and says of every failure whether it was the exit's."""

import asyncio
import contextlib
import re
import ssl
from collections.abc import Iterator

import pytest
import requests

from proxies.forwarder import ExitFailed, connect, forwarding
from proxies.upstream import Upstream
from tests.engine.site import Site
from tests.processes import PATIENCE, free_port, until
from tests.proxies.servers import Manner, proxy_server

SECRET = {"user": "ada", "password": "s3cret:pass"}


@pytest.fixture(scope="module")
def target() -> Iterator[Site]:
    site = Site()
    site.page(f"<p>Hello{' ' * 5000}")
    yield site
    site.close()


def fetch(upstream: Upstream, url: str) -> tuple[int, str]:
    """Return the status that the browser would get (0: the connection broke), and the trouble with the exit."""
    with forwarding(upstream) as forwarder:
        with requests.Session() as session:
            session.trust_env = False
            try:
                status = session.get(url, proxies={"http": forwarder.url}, timeout=PATIENCE).status_code
            except requests.RequestException:
                status = 0
        return status, forwarder.trouble_at(re.split(r"[/:]+", url)[1])


@pytest.mark.parametrize("scheme", ["http", "socks5"])
@pytest.mark.parametrize("secret", [{}, SECRET])
def test_it_goes_out_with_user_and_password_and_lets_the_exit_resolve_names(
    scheme: str, secret: dict[str, str], target: Site
) -> None:
    port = int(target.url.rpartition(":")[2])
    with proxy_server(scheme, names={"careers.employer.test": ("127.0.0.1", port)}, **secret) as server:
        upstream = Upstream(scheme, "127.0.0.1", server.port, **secret)
        assert fetch(upstream, "http://careers.employer.test/job?x=1") == (200, "")
        assert server.asked == ["careers.employer.test:80"]
        assert set(server.users) <= {secret.get("user", "")}


@pytest.mark.parametrize(
    ("scheme", "how", "password", "trouble"),
    [
        ("http", "works", "wrong", r"\(407\)"),
        ("socks5", "works", "wrong", "refuses"),
        ("http", "asks_wrongly", "s3cret:pass", r"\(407\)"),
        ("socks5", "refuses", "s3cret:pass", "refuses"),
        ("http", "drops", "s3cret:pass", "breaks connections off"),
    ],
)
def test_what_the_exit_does_wrong_is_told(scheme: str, how: Manner, password: str, trouble: str, target: Site) -> None:
    with proxy_server(scheme, manner=how, **SECRET) as server:
        _, told = fetch(Upstream(scheme, "127.0.0.1", server.port, "ada", password), f"{target.url}/job")
    assert re.search(trouble, told)
    assert "s3cret" not in told


def test_an_exit_that_is_not_there_is_told_and_a_site_that_is_not_there_is_not_its_fault(target: Site) -> None:
    nowhere = free_port()
    assert fetch(Upstream("http", "127.0.0.1", nowhere), f"{target.url}/job") == (502, "it cannot be reached")
    with proxy_server("http") as server:
        upstream = Upstream("http", "127.0.0.1", server.port)
        with forwarding(upstream) as forwarder, pytest.raises(requests.exceptions.ProxyError):
            requests.get(f"https://127.0.0.1:{nowhere}/", proxies={"https": forwarder.url}, timeout=PATIENCE)
        until(lambda: server.asked, "the exit was asked")


def test_an_exit_that_speaks_tls_is_spoken_to_in_tls_with_user_and_password(target: Site, tls: ssl.SSLContext) -> None:
    port = int(target.url.rpartition(":")[2])
    names = {"careers.employer.test": ("127.0.0.1", port)}
    with proxy_server("https", names=names, tls=tls, **SECRET) as server:
        assert fetch(Upstream("https", "127.0.0.1", server.port, **SECRET), "http://careers.employer.test/job") == (
            200,
            "",
        )
        assert asyncio.run(tunnelled(Upstream("https", "127.0.0.1", server.port, **SECRET), port)).startswith(
            "HTTP/1.0 200"
        )
        assert set(server.users) == {"ada"}
        _, told = fetch(Upstream("https", "127.0.0.1", server.port, "ada", "wrong"), f"{target.url}/job")
        assert "(407)" in told


async def tunnelled(upstream: Upstream, port: int) -> str:
    """Return what a site answers through CONNECT, by a name that only the exit knows."""
    there = await connect(upstream, "careers.employer.test", port)
    there.writer.write(b"GET /job HTTP/1.0\r\n\r\n")
    answer = (await there.reader.readline()).decode()
    there.writer.close()
    with contextlib.suppress(OSError):  # the other side may not say goodbye in TLS
        await there.writer.wait_closed()
    return answer


def test_an_exit_whose_certificate_nobody_vouches_for_gets_no_password(
    target: Site, tls: ssl.SSLContext, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("SSL_CERT_FILE")
    with proxy_server("https", tls=tls, **SECRET) as server:
        upstream = Upstream("https", "127.0.0.1", server.port, **SECRET)
        assert fetch(upstream, f"{target.url}/job") == (502, "its certificate is not valid")
        with pytest.raises(ExitFailed, match="its certificate is not valid"):
            asyncio.run(connect(upstream, "127.0.0.1", 1))
    assert server.users == []


def test_slow_exits_are_waited_for(target: Site) -> None:
    with proxy_server("http", manner="slow") as server:
        assert fetch(Upstream("http", "127.0.0.1", server.port), f"{target.url}/job") == (200, "")
