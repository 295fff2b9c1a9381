"""Start with the desktop: a systemd user unit, a launchd agent, or a Windows task. None needs an administrator."""

import getpass
import os
import plistlib
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree

LABEL = "com.jobswipe.agent"
TASK = "JobSwipe"
SIGNED_OUT = 3  # the exit code of a program that must not be started again by itself

UNIT = """\
[Unit]
Description=JobSwipe: sends your applications from this computer
After=graphical-session.target
StartLimitIntervalSec=0

[Service]
ExecStart={command}
Restart=on-failure
RestartSec=15
RestartPreventExitStatus={signed_out}
{environment}
[Install]
WantedBy={target}
"""


TASK_NAMESPACE = "http://schemas.microsoft.com/windows/2004/02/mit/task"
# A task would by default not start on battery, end when the plug is pulled, and end after three days.
TASK_SETTINGS = {
    "MultipleInstancesPolicy": "IgnoreNew",
    "DisallowStartIfOnBatteries": "false",
    "StopIfGoingOnBatteries": "false",
    "StartWhenAvailable": "true",
    "ExecutionTimeLimit": "PT0S",  # none
}


class ServiceError(Exception):
    """The system did not do it; the text is a sentence for the person."""


@dataclass(frozen=True)
class Service:
    """What is started: the program's own command and the settings from the environment that it needs."""

    command: list[str]
    environment: dict[str, str]
    with_window: bool = False  # so it starts with the graphical session, not with the sign-in

    def install(self) -> str:
        """Start it now and with every sign-in; return where that is written. Safe to run again."""
        return {"darwin": self._launchd, "win32": self._task}.get(sys.platform, self._systemd)()

    def _systemd(self) -> str:
        path = _unit()
        path.parent.mkdir(parents=True, exist_ok=True)
        lines = "".join(f'Environment="{name}={_escaped(value)}"\n' for name, value in self.environment.items())
        command = " ".join(f'"{_escaped(part)}"' for part in self.command)
        target = "graphical-session.target" if self.with_window else "default.target"
        unit = UNIT.format(command=command, signed_out=SIGNED_OUT, environment=lines, target=target)
        path.write_text(unit, encoding="utf-8")
        _run("systemctl", "--user", "daemon-reload")
        _run("systemctl", "--user", "enable", path.name)
        _run("systemctl", "--user", "restart", path.name)
        return str(path)

    def _launchd(self) -> str:
        path = _plist()
        path.parent.mkdir(parents=True, exist_ok=True)
        wanted = {
            "Label": LABEL,
            "ProgramArguments": self.command,
            "EnvironmentVariables": {"PATH": os.environ.get("PATH", ""), **self.environment},
            "RunAtLoad": True,
            "KeepAlive": {"Crashed": True},
            "ProcessType": "Interactive",
        }
        path.write_bytes(plistlib.dumps(wanted))
        _try("launchctl", "bootout", f"gui/{os.getuid()}/{LABEL}")
        _run("launchctl", "bootstrap", f"gui/{os.getuid()}", str(path))
        return str(path)

    def _task(self) -> str:
        with tempfile.TemporaryDirectory() as folder:
            definition = Path(folder) / "task.xml"
            definition.write_bytes(task_xml(self.command, _windows_user()))
            _try("schtasks", "/End", "/TN", TASK)
            _run("schtasks", "/Create", "/F", "/TN", TASK, "/XML", str(definition))
        _run("schtasks", "/Run", "/TN", TASK)
        return f"the task {TASK}"


def task_xml(command: list[str], user: str) -> bytes:
    """Return the definition of a Windows task (Task Scheduler Schema 1.2) that runs the command at the user's logon.

    The trigger names the user: one for everybody's logon would take an administrator.
    """
    task = ElementTree.Element("Task", version="1.2", xmlns=TASK_NAMESPACE)
    trigger = _under(_under(task, "Triggers"), "LogonTrigger")
    principal = _under(_under(task, "Principals"), "Principal", id="Author")
    settings = _under(task, "Settings")
    action = _under(_under(task, "Actions", Context="Author"), "Exec")
    _fill(trigger, {"Enabled": "true", "UserId": user})
    _fill(principal, {"UserId": user, "LogonType": "InteractiveToken", "RunLevel": "LeastPrivilege"})
    _fill(settings, TASK_SETTINGS)
    _fill(_under(settings, "RestartOnFailure"), {"Interval": "PT1M", "Count": "3"})
    _fill(action, {"Command": command[0], "Arguments": subprocess.list2cmdline(command[1:])})
    document: bytes = ElementTree.tostring(task, encoding="utf-16", xml_declaration=True)
    return document


def _under(parent: ElementTree.Element, name: str, **attributes: str) -> ElementTree.Element:
    return ElementTree.SubElement(parent, name, attributes)


def _fill(parent: ElementTree.Element, texts: dict[str, str]) -> None:
    for name, text in texts.items():
        _under(parent, name).text = text


def _windows_user() -> str:
    return "\\".join(filter(None, (os.environ.get("USERDOMAIN"), getpass.getuser())))


def uninstall() -> bool:
    """Stop it and start it no more; False if it was not installed."""
    if sys.platform == "win32":
        _try("schtasks", "/End", "/TN", TASK)
        return _try("schtasks", "/Delete", "/F", "/TN", TASK)
    path = _plist() if sys.platform == "darwin" else _unit()
    if not path.exists():
        return False
    if sys.platform == "darwin":
        _try("launchctl", "bootout", f"gui/{os.getuid()}/{LABEL}")
    else:
        _run("systemctl", "--user", "disable", "--now", path.name)
    path.unlink()
    return True


def _unit() -> Path:
    config = Path(os.environ.get("XDG_CONFIG_HOME") or Path.home() / ".config")
    return config / "systemd" / "user" / "jobswipe-agent.service"


def _plist() -> Path:
    return Path.home() / "Library" / "LaunchAgents" / f"{LABEL}.plist"


def _escaped(text: str) -> str:
    """Return the text for inside double quotes of a unit file (systemd.syntax(7), systemd.unit(5) on "%")."""
    return text.replace("\\", "\\\\").replace('"', '\\"').replace("%", "%%")


def _run(*command: str) -> None:
    try:
        done = subprocess.run(command, capture_output=True, text=True, check=False)
    except FileNotFoundError:
        wanted = f"{command[0]} is not there, so this system cannot start it by itself. Use `run`."
        raise ServiceError(wanted) from None
    if done.returncode:
        raise ServiceError(f"`{' '.join(command)}` failed: {done.stderr.strip() or done.stdout.strip()}")


def _try(*command: str) -> bool:
    """Run what may fail: there may be nothing to undo."""
    try:
        _run(*command)
    except ServiceError:
        return False
    return True
