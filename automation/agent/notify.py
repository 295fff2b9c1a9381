"""A notice on the desktop, by what each system has for it. Without one nothing happens: the window shows it too."""

import json
import logging
import os
import subprocess
import sys

logger = logging.getLogger(__name__)

POWERSHELL = """
Add-Type -AssemblyName System.Windows.Forms
$icon = New-Object System.Windows.Forms.NotifyIcon
$icon.Icon = [System.Drawing.SystemIcons]::Information
$icon.Visible = $true
$icon.ShowBalloonTip(10000, $env:JOBSWIPE_TITLE, $env:JOBSWIPE_TEXT, 'Info')
Start-Sleep -Seconds 10
$icon.Dispose()
"""


def notify(title: str, text: str) -> None:
    """Show it and return at once. The words may come from a web page: they are data, never part of a command."""
    command, more = _command(title, text)
    try:
        subprocess.Popen(
            command,
            env={**os.environ, **more},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),  # Windows alone has it
        )
    except OSError as error:
        logger.info("No notice could be shown: %s", error)


def _command(title: str, text: str) -> tuple[list[str], dict[str, str]]:
    if sys.platform == "darwin":
        script = f"display notification {_quoted(text)} with title {_quoted(title)}"
        return ["osascript", "-e", script], {}
    if sys.platform == "win32":
        words = {"JOBSWIPE_TITLE": title, "JOBSWIPE_TEXT": text}
        return ["powershell", "-NoProfile", "-WindowStyle", "Hidden", "-Command", POWERSHELL], words
    return ["notify-send", "--app-name=JobSwipe", "--", title, text], {}


def _quoted(words: str) -> str:
    """Return an AppleScript string: it escapes as JSON does, and has no other escapes than these."""
    return json.dumps(" ".join(words.split()), ensure_ascii=False)
