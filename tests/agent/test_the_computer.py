"""What the desktop program keeps on a computer, and how it starts with it."""

import io
import os
import stat
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import keyring
import pytest
from keyring.backends import fail
from rich.console import Console

from automation.agent import config, service
from automation.agent.config import SettingsError
from automation.agent.keychain import Keychain
from automation.agent.one_run import AlreadyRunning, only_run
from automation.agent.outbox import Outbox
from automation.agent.view import overview, render
from tests.agent.conftest import OpenOutbox, claimed

SITE = "https://jobswipe.example"


@pytest.fixture
def no_keyring() -> Iterator[None]:
    known = keyring.get_keyring()
    keyring.set_keyring(fail.Keyring())  # type: ignore[no-untyped-call]
    yield
    keyring.set_keyring(known)


def test_without_a_keyring_the_token_is_in_a_file_that_only_its_owner_can_read(
    tmp_path: Path, no_keyring: None
) -> None:
    keychain = Keychain(tmp_path, SITE)
    assert keychain.read() == ""
    assert str(tmp_path) in keychain.write("js_secret")
    keychain.write("js_newer")
    [file] = tmp_path.iterdir()
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert keychain.read() == "js_newer"
    keychain.forget()
    assert keychain.read() == ""
    assert not file.exists()


def test_settings_come_from_the_file_and_over_it_from_the_environment(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    config.remember(tmp_path, site=SITE, browsers=2, sync=30)
    monkeypatch.setenv("JOBSWIPE_SYNC", "5")
    told = config.load(tmp_path)
    assert (told.site, told.browsers, told.sync, told.pace) == (SITE, 2, 5.0, "human")


@pytest.mark.parametrize(
    ("name", "value"),
    [("BROWSERS", "0"), ("SYNC", "often"), ("PACE", "hasty"), ("WINDOW", ""), ("SITE", "http://jobswipe.example")],
)
def test_a_setting_that_makes_no_sense_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, value: str
) -> None:
    monkeypatch.setenv(f"JOBSWIPE_{name}", value)
    with pytest.raises(SettingsError, match=value or name.lower()):
        config.load(tmp_path)


def test_one_run_at_a_time_works_in_a_folder(tmp_path: Path) -> None:
    script = (
        "import sys; from pathlib import Path; from automation.agent.one_run import only_run\n"
        "with only_run(Path(sys.argv[1])): print('held', flush=True); sys.stdin.read()"
    )
    with subprocess.Popen(
        [sys.executable, "-c", script, str(tmp_path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as other:
        assert other.stdout
        other.stdout.readline()
        with pytest.raises(AlreadyRunning), only_run(tmp_path):
            pass
        other.kill()
        other.wait()
        with only_run(tmp_path):
            pass


def test_it_starts_with_the_desktop_by_a_unit_of_the_persons_own(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "platform", "linux")
    calls = tmp_path / "calls"
    systemctl = tmp_path / "systemctl"
    systemctl.write_text(f'#!/bin/sh\necho "$@" >>"{calls}"\n')
    systemctl.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:{os.environ['PATH']}")
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))

    place = Path(service.Service(["/opt/my tools/100%/agent", "run"], {"JOBSWIPE_SYNC": "30"}).install())
    unit = place.read_text()
    assert 'ExecStart="/opt/my tools/100%%/agent" "run"' in unit
    assert 'Environment="JOBSWIPE_SYNC=30"' in unit
    assert "RestartPreventExitStatus=3" in unit
    assert service.uninstall()
    assert not place.exists()
    assert not service.uninstall()
    assert calls.read_text().splitlines() == [
        "--user daemon-reload",
        "--user enable jobswipe-agent.service",
        "--user restart jobswipe-agent.service",
        "--user disable --now jobswipe-agent.service",
    ]


def shown(outbox: Outbox, **more: bool) -> str:
    console = Console(width=100, record=True, file=io.StringIO())
    console.print(render(overview(outbox, SITE), **more))
    return console.export_text()


def test_the_view_says_what_it_does_what_waits_and_when_the_site_was_heard(
    tmp_path: Path, open_outbox: OpenOutbox
) -> None:
    outbox = open_outbox(tmp_path)
    assert "Waiting for your next swipe." in shown(outbox)
    assert "Not running" in shown(outbox, is_running=False)

    outbox.take(claimed(1))
    outbox.step(1, "filling", "Filling in the [form]", 40)
    outbox.note(way="live", heard_at=0, needs_you=2, device="Ada's laptop")
    text = shown(outbox)
    for words in (
        "Ada's laptop",
        "live",
        "Engineer",
        "Meridian Labs",
        "Filling in the [form]",
        "40 %",
        "2 applications",
    ):
        assert words in text

    outbox.end(1, "finish", {}, outcome="submitted", message="Sent.")
    outbox.note(paused=1)
    text = shown(outbox)
    assert "Paused" in text
    assert "Sent, and confirmed" in text
    outbox.note(trouble="No browser starts.")
    assert "No browser starts." in shown(outbox)
