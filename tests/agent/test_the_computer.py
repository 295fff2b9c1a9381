"""What the desktop program keeps on a computer, and how it starts with it."""

import codecs
import io
import os
import plistlib
import shutil
import stat
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from xml.etree import ElementTree

import pytest
from rich.console import Console

from automation.agent import config, service
from automation.agent.config import SettingsError
from automation.agent.keychain import Keychain
from automation.agent.one_run import AlreadyRunning, only_run
from automation.agent.outbox import Outbox
from automation.agent.overview import overview
from automation.agent.view import render
from automation.engine.browser import installed
from tests.agent.conftest import OpenOutbox, claimed
from tests.processes import ROOT

SITE = "https://jobswipe.example"


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
    calls = at_home_on("linux", "systemctl", tmp_path, monkeypatch)
    place = Path(service.Service(["/opt/my tools/100%/agent", "run"], {"JOBSWIPE_SYNC": "30"}).install())
    unit = place.read_text()
    assert 'ExecStart="/opt/my tools/100%%/agent" "run"' in unit
    assert 'Environment="JOBSWIPE_SYNC=30"' in unit
    assert "RestartPreventExitStatus=3" in unit
    assert "WantedBy=default.target" in unit
    assert service.uninstall()
    assert not place.exists()
    assert not service.uninstall()
    assert calls() == [
        "--user daemon-reload",
        "--user enable jobswipe-agent.service",
        "--user restart jobswipe-agent.service",
        "--user disable --now jobswipe-agent.service",
    ]


def test_on_macos_it_is_a_launch_agent(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    calls = at_home_on("darwin", "launchctl", tmp_path, monkeypatch)
    place = Path(service.Service(["/opt/my tools/<agent>", "run"], {"JOBSWIPE_SYNC": "30"}).install())
    assert place == tmp_path / "Library" / "LaunchAgents" / "com.jobswipe.agent.plist"
    wanted = plistlib.loads(place.read_bytes())
    # launchd.plist(5): the label is the file's name, arguments are a list, a value of the environment is a string.
    assert wanted["Label"] == place.stem
    assert wanted["ProgramArguments"] == ["/opt/my tools/<agent>", "run"]
    assert wanted["EnvironmentVariables"]["JOBSWIPE_SYNC"] == "30"
    assert (wanted["RunAtLoad"], wanted["KeepAlive"], wanted["ProcessType"]) == (True, {"Crashed": True}, "Interactive")
    assert service.uninstall()
    assert not place.exists()
    assert not service.uninstall()
    domain = f"gui/{os.getuid()}"
    assert calls() == [
        f"bootout {domain}/com.jobswipe.agent",
        f"bootstrap {domain} {place}",
        f"bootout {domain}/com.jobswipe.agent",
    ]


def test_on_windows_it_is_a_task_of_its_user(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    calls = at_home_on("win32", "schtasks", tmp_path, monkeypatch)
    monkeypatch.setenv("USERDOMAIN", "DESK")
    monkeypatch.setenv("LOGNAME", "ada")
    assert "JobSwipe" in service.Service([r"C:\Program Files\agent.exe", "run", "a b"], {}).install()
    assert service.uninstall()
    said = calls()
    assert [line.split()[0] for line in said] == ["/End", "/Create", "/Run", "/End", "/Delete"]
    assert said[1].startswith("/Create /F /TN JobSwipe /XML ")

    document = service.task_xml([r"C:\Program Files\agent.exe", "run", "a b"], r"DESK\ada")
    assert document.startswith(codecs.BOM_UTF16)  # schtasks reads UTF-16
    task = ElementTree.fromstring(document)
    names = {"t": service.TASK_NAMESPACE}
    assert (task.tag, task.get("version")) == (f"{{{service.TASK_NAMESPACE}}}Task", "1.2")
    # The schema knows these children of a task, each once.
    assert {one.tag.partition("}")[2] for one in task} == {"Triggers", "Principals", "Settings", "Actions"}
    assert task.findtext("t:Triggers/t:LogonTrigger/t:UserId", None, names) == r"DESK\ada"
    assert task.findtext("t:Principals/t:Principal/t:LogonType", None, names) == "InteractiveToken"
    assert task.findtext("t:Principals/t:Principal/t:RunLevel", None, names) == "LeastPrivilege"
    [principal], [actions] = task.findall("t:Principals/t:Principal", names), task.findall("t:Actions", names)
    assert principal.get("id") == actions.get("Context")
    assert actions.findtext("t:Exec/t:Command", None, names) == r"C:\Program Files\agent.exe"
    assert actions.findtext("t:Exec/t:Arguments", None, names) == 'run "a b"'
    settings = {one.tag.partition("}")[2]: one.text for one in task.find("t:Settings", names) or ()}
    assert settings["ExecutionTimeLimit"] == "PT0S"  # else it ends after three days
    assert settings["DisallowStartIfOnBatteries"] == settings["StopIfGoingOnBatteries"] == "false"


def at_home_on(platform: str, program: str, home: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[], list[str]]:
    """Be on that system, with a stand-in for the program that writes down how it was called."""
    written = home / "calls"
    stand_in = home / program
    stand_in.write_text(f'#!/bin/sh\necho "$@" >>"{written}"\n')
    stand_in.chmod(0o755)
    monkeypatch.setenv("PATH", f"{home}:{os.environ['PATH']}")
    monkeypatch.setenv("HOME", str(home))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(home / "config"))
    monkeypatch.setattr(sys, "platform", platform)
    return lambda: written.read_text().splitlines()


def test_on_other_systems_the_browser_is_found_where_installers_put_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shutil, "which", lambda name: None)
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("LOCALAPPDATA", str(tmp_path / "Local"))
    for platform, place in (
        ("darwin", "Applications/Google Chrome.app/Contents/MacOS/Google Chrome"),
        ("win32", "Local/Google/Chrome/Application/chrome.exe"),
    ):
        monkeypatch.setattr(sys, "platform", platform)
        assert installed.browser_path() is None
        (tmp_path / place).parent.mkdir(parents=True)
        (tmp_path / place).touch()
        assert installed.browser_path() == str(tmp_path / place)


@pytest.mark.parametrize("platform", ["win32", "darwin"])
def test_every_part_loads_on_a_system_without_what_posix_or_linux_alone_has(platform: str) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "tests.agent.elsewhere", platform], cwd=ROOT, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr
    loaded = done.stdout.split()
    assert {"automation.agent.cli", "automation.agent.window", "automation.engine.run"} <= set(loaded)
    assert len(loaded) > 50


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
