"""Where this machine has its browser and the driver. Loads nothing of Selenium: the web asks, and drives none."""

import os
import shutil
import sys
from pathlib import Path

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
# Where installers put it on systems whose PATH does not lead there.
ON_MACOS = ("Google Chrome.app/Contents/MacOS/Google Chrome", "Chromium.app/Contents/MacOS/Chromium")
ON_WINDOWS = ("Google/Chrome/Application/chrome.exe", "Chromium/Application/chrome.exe")
WINDOWS_FOLDERS = ("PROGRAMFILES", "PROGRAMFILES(X86)", "LOCALAPPDATA")


def browser_path() -> str | None:
    """Return where the installed browser is; None if there is none on the PATH or in its usual place."""
    on_path = filter(None, map(shutil.which, BROWSERS))
    return next(on_path, None) or next((str(place) for place in _usual_places() if place.is_file()), None)


def _usual_places() -> list[Path]:
    if sys.platform == "darwin":
        folders = [Path("/Applications"), Path.home() / "Applications"]
        return [folder / name for folder in folders for name in ON_MACOS]
    if sys.platform == "win32":
        told = filter(None, map(os.environ.get, WINDOWS_FOLDERS))
        return [Path(folder) / name for folder in told for name in ON_WINDOWS]
    return []


def driver_path() -> str | None:
    """Return where the installed driver is; None if there is none on the PATH."""
    return shutil.which("chromedriver")
