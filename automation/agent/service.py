"""Start with the desktop: a systemd user unit, a launchd agent, or a Windows task. None needs an administrator."""

import os
import plistlib
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

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
WantedBy=default.target
"""


class ServiceError(Exception):
    """The system did not do it; the text is a sentence for the person."""


@dataclass(frozen=True)
class Service:
    """What is started: the program's own command and the settings from the environment that it needs."""

    command: list[str]
    environment: dict[str, str]

    def install(self) -> str:
        """Start it now and with every sign-in; return where that is written. Safe to run again."""
        return {"darwin": self._launchd, "win32": self._task}.get(sys.platform, self._systemd)()

    def _systemd(self) -> str:
        path = _unit()
        path.parent.mkdir(parents=True, exist_ok=True)
        lines = "".join(f'Environment="{name}={_escaped(value)}"\n' for name, value in self.environment.items())
        command = " ".join(f'"{_escaped(part)}"' for part in self.command)
        path.write_text(UNIT.format(command=command, signed_out=SIGNED_OUT, environment=lines), encoding="utf-8")
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
        command = subprocess.list2cmdline(self.command)
        _run("schtasks", "/Create", "/F", "/SC", "ONLOGON", "/RL", "LIMITED", "/TN", TASK, "/TR", command)
        _run("schtasks", "/Run", "/TN", TASK)
        return f"the task {TASK}"


def uninstall() -> bool:
    """Stop it and start it no more; False if it was not installed."""
    if sys.platform == "win32":
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
    if not shutil.which(command[0]):
        raise ServiceError(f"{command[0]} is not there, so this system cannot start it by itself. Use `run`.")
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        raise ServiceError(f"`{' '.join(command)}` failed: {done.stderr.strip() or done.stdout.strip()}")


def _try(*command: str) -> bool:
    """Run what may fail: there may be nothing to undo."""
    try:
        _run(*command)
    except ServiceError:
        return False
    return True
