"""What the commands say and do on a computer that is not as it should be; at work they are shown in `tests/whole`."""

import json
import logging
import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any

import pytest

from automation.agent import config, logs
from automation.agent.cli import main
from automation.engine.browser import installed, session
from automation.engine.browser.session import BrowserError

Say = Callable[..., tuple[int, str]]


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, no_keyring: None) -> Path:
    monkeypatch.setenv("JOBSWIPE_HOME", str(tmp_path))
    monkeypatch.setenv("COLUMNS", "200")
    return tmp_path


@pytest.fixture
def say(home: Path, capsys: pytest.CaptureFixture[str]) -> Say:
    """Run a command; give its exit code and what it said."""

    def run(*arguments: str) -> tuple[int, str]:
        code = main(list(arguments))
        return code, capsys.readouterr().out

    return run


class _Late(BaseHTTPRequestHandler):
    """A site whose clock is years away, and which knows no token."""

    def do_GET(self) -> None:
        body = json.dumps({"code": "not_authenticated", "detail": "Sign in."}).encode()
        self.send_response_only(200 if self.path == "/healthz" else 401)
        self.send_header("Date", "Thu, 01 Jan 2020 00:00:00 GMT")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *words: object) -> None:
        """Say nothing."""


@pytest.fixture
def late_site() -> Iterator[str]:
    with HTTPServer(("127.0.0.1", 0), _Late) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        thread.join()


def no_browser(**options: Any) -> None:
    raise BrowserError("The browser does not start: it is not there.")


def test_the_doctor_names_what_is_ill_and_each_remedy(
    home: Path, say: Say, late_site: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(session, "start", no_browser)
    monkeypatch.setattr(installed, "browser_path", lambda: None)
    code, said = say("doctor")
    assert (code, "Install Chromium or Google Chrome." in said) == (1, True)
    assert "No site is set." in said
    assert "Sign in: jobswipe-agent login" in said

    config.remember(home, site="http://127.0.0.1:9")
    code, said = say("doctor")
    assert "cannot be reached" in said
    assert "Check the line, the proxy, the address." in said
    assert "This computer is not signed in." in said

    config.remember(home, site=late_site)
    (home / "token").write_text("js_forgotten")
    code, said = say("doctor")
    assert (code, "answers in" in said) == (1, True)
    assert "ahead of the site's" in said
    assert "Let your system set the time by itself." in said
    assert "The site does not know it any more." in said


def test_without_signing_in_nothing_runs_and_the_way_in_is_named(say: Say) -> None:
    for command in (["run"], ["run", "--plain"]):
        code, said = say(*command)
        assert (code, "Begin with: jobswipe-agent login" in said) == (3, True)
    assert say("login")[0] == 1
    code, said = say("login", "http://jobswipe.example", "--no-browser")
    assert (code, "is not encrypted" in said) == (1, True)


def test_it_is_paused_and_resumed_also_while_it_does_not_run(say: Say) -> None:
    assert "resume" in say("pause")[1]
    assert json.loads(say("status", "--json")[1])["is_paused"] is True
    assert "Start it with: jobswipe-agent run" in say("resume")[1]
    assert json.loads(say("status", "--json")[1])["is_paused"] is False
    assert "Not running" in say("status")[1]


def test_the_log_shows_its_last_lines_whatever_letters_they_have(home: Path, say: Say) -> None:
    assert say("log") == (0, "")
    logs.path(home).write_text("".join(f"line {number} ’ 工程师\n" for number in range(60)), encoding="utf-8")
    assert say("log", "-n", "2") == (0, "line 58 ’ 工程师\nline 59 ’ 工程师\n")
    assert len(say("log")[1].splitlines()) == 50


def test_installing_where_the_system_has_no_way_to_start_it_says_so(
    home: Path, say: Say, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(home))
    monkeypatch.setenv("PATH", str(home))
    code, said = say("install")
    assert (code, "cannot start it by itself" in said) == (1, True)


def test_a_line_of_the_log_can_be_shown_to_others() -> None:
    told = {"levelname": "INFO", "msg": "The site says: %s", "args": ("ada@example.com, +1 512 555 0142",)}
    line = logs.Line(logs.FORMAT).format(logging.makeLogRecord(told))
    assert line.endswith("INFO The site says: [e-mail], [phone]")
