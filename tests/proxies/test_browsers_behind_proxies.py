"""A warm browser goes out by another exit in each context; no credential, name or address leaks on the way."""

import json
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import psutil
import pytest

from automation.engine.browser.context import ContextOptions
from automation.engine.browser.page import Page
from automation.engine.browser.session import Browser, start
from automation.engine.result import Ended, FailureKind
from proxies.forwarder import forwarding
from proxies.places import language_of, time_zone_of
from proxies.upstream import Upstream
from tests.engine.conftest import ADA, PDF
from tests.engine.site import Site
from tests.processes import PATIENCE, ROOT, until
from tests.proxies.servers import ProxyServer, proxy_server

SECRET = {"user": "ada-user", "password": "ada-s3cret"}
GATHER = """
const [server, done] = arguments;
const connection = window.kept = new RTCPeerConnection({iceServers: [{urls: 'stun:' + server}]});
const found = [];
connection.createDataChannel('x');
connection.onicecandidate = ({candidate}) => candidate ? found.push(candidate.candidate) : done(found);
connection.createOffer().then((offer) => connection.setLocalDescription(offer));
setTimeout(() => done(found), 1000);
"""


class Listener:
    """A UDP port that counts what comes in, as a STUN server would see it."""

    def __init__(self) -> None:
        self._socket = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self._socket.bind(("127.0.0.1", 0))
        self._socket.settimeout(0.1)
        self.address = f"127.0.0.1:{self._socket.getsockname()[1]}"
        self.heard = 0
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._listen)
        self._thread.start()

    def _listen(self) -> None:
        while not self._ended.is_set():
            try:
                self._socket.recv(2048)
                self.heard += 1
            except TimeoutError:
                continue

    def close(self) -> None:
        self._ended.set()
        self._thread.join()
        self._socket.close()


@pytest.fixture(scope="module")
def target() -> Iterator[Site]:
    site = Site()
    site.page("<p>Hello")
    yield site
    site.close()


@pytest.fixture(scope="module")
def warm() -> Iterator[Browser]:
    browser = start()
    yield browser
    browser.quit()


def facts(page: Page) -> dict[str, str]:
    told: dict[str, str] = page.script(
        "return {agent: navigator.userAgent, language: navigator.language,"
        " zone: Intl.DateTimeFormat().resolvedOptions().timeZone}"
    )
    return told


def test_each_context_has_its_own_exit_and_nothing_leaks(warm: Browser, target: Site) -> None:
    port = int(target.url.rpartition(":")[2])
    names = {"careers.employer.test": ("127.0.0.1", port)}
    stun = Listener()
    with ExitStack() as stack:
        stack.callback(stun.close)
        servers: list[ProxyServer] = [
            stack.enter_context(proxy_server(scheme, names=names, **secret))
            for scheme, secret in (("http", SECRET), ("socks5", SECRET), ("http", {}))
        ]
        for server in servers:
            upstream = Upstream(server.scheme, "127.0.0.1", server.port, server.user, server.password)
            with forwarding(upstream) as forwarder:
                options = ContextOptions(forwarder.url, time_zone_of("DE"), language_of("GB"))
                with warm.context(options) as page:
                    assert page.open("http://careers.employer.test/job") == 200
                    assert "Hello" in page.text()
                    told = facts(page)
                    page.driver.set_script_timeout(PATIENCE)
                    candidates = page.driver.execute_async_script(GATHER, stun.address)
                    shown = json.dumps([page.driver.page_source, page.script("return document.cookie"), told])
            assert set(server.asked) == {"careers.employer.test:80"}
            assert set(server.users) <= {server.user}
            assert told["zone"] == "Europe/Berlin"
            assert told["language"] == "en-GB"
            assert "Headless" not in told["agent"]
            assert f"Chrome/{warm._version['product'].partition('/')[2].partition('.')[0]}" in told["agent"]
            assert not [one for one in candidates if " udp " in one.lower()]
            assert "s3cret" not in shown
        assert stun.heard == 0
        assert not [one for one in psutil.process_iter(["cmdline"]) if "s3cret" in " ".join(one.info["cmdline"] or [])]
        with warm.context() as page:  # and without an exit it is as ever
            assert page.open(f"{target.url}/job") == 200


def test_a_page_learns_an_address_by_webrtc_where_the_door_is_open(target: Site) -> None:
    """The proof that the proof above can fail."""
    from automation.engine.browser import session

    stun = Listener()
    arguments, preferences = session.ARGUMENTS, session.PREFERENCES
    try:
        session.ARGUMENTS = tuple(one for one in arguments if "webrtc" not in one)  # type: ignore[assignment]
        session.PREFERENCES = {name: value for name, value in preferences.items() if "webrtc" not in name}
        browser = start()
        try:
            with browser.context() as page:
                page.open(f"{target.url}/job")
                page.driver.set_script_timeout(PATIENCE)
                page.driver.execute_async_script(GATHER, stun.address)
                until(lambda: stun.heard, "the server is asked")
        finally:
            browser.quit()
    finally:
        session.ARGUMENTS, session.PREFERENCES = arguments, preferences
        stun.close()


def test_a_broken_exit_ends_the_run_and_is_known_as_the_culprit(warm: Browser, target: Site) -> None:
    with (
        proxy_server("http", manner="asks_wrongly") as server,
        forwarding(Upstream("http", "127.0.0.1", server.port, "ada-user", "ada-s3cret")) as forwarder,
        warm.context(ContextOptions(forwarder.url)) as page,
    ):
        with pytest.raises(Ended):
            page.open(f"{target.url}/job")
        with pytest.raises(Ended) as end:
            page.open("https://careers.employer.test/")
        assert end.value.kind == FailureKind.PROXY_BLOCKED
        assert "(407)" in forwarder.trouble_at("127.0.0.1")


def test_the_other_driver_goes_out_by_an_exit_with_a_password_too(target: Site, tmp_path: Path) -> None:
    target.form("<label>E-mail <input name=email></label><label>CV <input type=file name=cv></label>")
    person, resume = tmp_path / "candidate.json", tmp_path / "cv.pdf"
    person.write_text(json.dumps(ADA))
    resume.write_bytes(PDF)
    names = {"careers.employer.test": ("127.0.0.1", int(target.url.rpartition(":")[2]))}
    with (
        proxy_server("socks5", names=names, **SECRET) as server,
        forwarding(Upstream("socks5", "127.0.0.1", server.port, **SECRET)) as forwarder,
    ):
        done = subprocess.run(
            [sys.executable, "-m", "automation.engine.apply", "http://careers.employer.test/job", "--dry-run", "--json",
             "--driver", "undetected", "--pace", "fast", "--candidate", str(person), "--resume", str(resume),
             "--evidence", str(tmp_path / "evidence"), "--proxy", forwarder.url],
            cwd=ROOT, capture_output=True, text=True, check=False,
        )  # fmt: skip
    assert json.loads(done.stdout)["outcome"] == "dry_run", done.stderr
    assert set(server.users) == {"ada-user"}
    assert "s3cret" not in done.stdout + done.stderr
